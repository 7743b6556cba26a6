"""The pages of accounts: a request in, a page or a redirect out, on a thread of its own."""

from paywall.views import access, demonstration, feed, sign_in

ALL_VIEWS = (*access.VIEWS, *demonstration.VIEWS, *feed.VIEWS, *sign_in.VIEWS)
