"""Mail as a page, where there is no relay and nobody else to see it: in development only."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import select

from paywall.site.answers import Answer
from paywall.store.schema import Mail
from paywall.views.asked import Asked
from paywall.views.table import OUTBOX_PATH, Desk, View

_LAST = 30
_PROXIED = frozenset({b"x-forwarded-for", b"x-real-ip", b"forwarded", b"via"})


def outbox(desk: Desk, asked: Asked) -> Answer:
    """The last messages, newest first."""
    if not desk.shows_mail or not _is_here(desk, asked):
        return desk.not_found(asked)
    with desk.service.database.read() as db:
        readable = select(Mail).where(Mail.text != "")  # those with a key are emptied when it ends
        mails = list(db.scalars(readable.order_by(Mail.id.desc()).limit(_LAST)))
    return desk.page(asked, "outbox.html", mails=mails)


def _is_here(desk: Desk, asked: Asked) -> bool:
    """Whether it is somebody at this machine, and no page of another site through their browser.

    Whoever serves the public with the settings of development would show everybody's codes.
    """
    ours = urlsplit(desk.service.settings.address).netloc.encode()
    hosts = [value for name, value in asked.headers if name == b"host"]
    proxied = any(name in _PROXIED for name, _ in asked.headers)
    return hosts == [ours] and not proxied and _is_loopback(asked.network)


def _is_loopback(network: str) -> bool:
    try:
        return ip_address(network.removesuffix("/64")).is_loopback or network == "::/64"
    except ValueError:
        return False


VIEWS = (View("outbox", OUTBOX_PATH, get=outbox),)
