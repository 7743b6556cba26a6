"""A subscriber for whoever tries the service: signed in by one click, for some minutes."""

from collections.abc import Sequence
from datetime import timedelta

from paywall.access import one_click_link
from paywall.app import utc_now
from paywall.grants import ALL_ISSUES
from paywall.keys import load_keys
from paywall.settings import Settings
from paywall.site.output import Output
from paywall.tokens import MAX_LIFETIME, issue_token

DEMO_MINUTES = int(MAX_LIFETIME.total_seconds()) // 60


def demo_link(settings: Settings) -> str:
    """A link that opens every issue, on a page that shows it."""
    token = sign_token(settings, [ALL_ISSUES], timedelta(minutes=DEMO_MINUTES))
    return one_click_link(settings.address, token, _gated_page(settings))


def sign_token(settings: Settings, grants: Sequence[str], lifetime: timedelta) -> str:
    """A token signed with the service's newest key, which is made if there is none."""
    key = load_keys(settings.keys).signing
    return issue_token(key, settings.address, grants, now=utc_now(), lifetime=lifetime)


def _gated_page(settings: Settings) -> str:
    """Choose a page that shows what the token opens: the first that is still closed."""
    build = Output(settings.output).current()
    now = utc_now()
    closed = (
        path
        for path, entry in (build.manifest.pages.items() if build else ())
        if entry.opens is None or entry.opens > now
    )
    return min(closed, default="/")
