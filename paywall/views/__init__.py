"""The pages of accounts: a request in, a page or a redirect out, on a thread of its own."""

from paywall.views import (
    access,
    account,
    address,
    card,
    changes,
    confirm,
    data,
    demonstration,
    devices,
    feed,
    orders,
    outbox,
    prices,
    profile,
    sign_in,
    subscribe,
)

ALL_VIEWS = (
    *access.VIEWS,
    *account.VIEWS,
    *address.VIEWS,
    *card.VIEWS,
    *changes.VIEWS,
    *confirm.VIEWS,
    *data.VIEWS,
    *demonstration.VIEWS,
    *devices.VIEWS,
    *feed.VIEWS,
    *orders.VIEWS,
    *outbox.VIEWS,
    *prices.VIEWS,
    *profile.VIEWS,
    *sign_in.VIEWS,
    *subscribe.VIEWS,
)
