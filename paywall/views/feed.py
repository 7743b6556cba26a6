"""A reader's private feed: its address is shown once, when it is made."""

from paywall.accounts.feeds import create_feed, feed_of, reset_feed, revoke_feed
from paywall.site.answers import Answer
from paywall.store.schema import Feed, Reader
from paywall.store.unit import Unit
from paywall.views.asked import Asked
from paywall.views.known import reader_in
from paywall.views.table import Desk, View

FEED_PATH = "/compte/flux/"
TEMPLATE = "feed.html"


def show(desk: Desk, asked: Asked) -> Answer:
    """Whether there is one, and what it is for."""
    _, reader = asked.signed_in()
    with desk.service.database.read() as db:
        held = feed_of(db, reader)
    return desk.page(asked, TEMPLATE, held=held, made="", outdated=False)


def change(desk: Desk, asked: Asked) -> Answer:
    """Make one, make its address another, or end it: the one that the form showed, no other.

    A form that is sent twice, or from an older page, must not end an address that was just copied.
    """
    address, (_, known) = "", asked.signed_in()
    with desk.service.database.begin(asked.now, f"reader:{known.id}") as unit:
        reader = reader_in(unit, asked)
        held = feed_of(unit.db, reader)
        wanted = asked.form.get("faire", "")
        outdated = asked.form.get("flux", "") != _name(held) or wanted not in _allowed(held)
        if not outdated:
            address = _do(unit, reader, wanted, desk)
            held = feed_of(unit.db, reader)
    status = 409 if outdated else 200
    return desk.page(asked, TEMPLATE, status=status, held=held, made=address, outdated=outdated)


def _do(unit: Unit, reader: Reader, wanted: str, desk: Desk) -> str:
    """The new address, if there is one."""
    if wanted == "revoke":
        revoke_feed(unit, reader)
        return ""
    opened = create_feed(unit, reader) if wanted == "create" else reset_feed(unit, reader)
    return f"{desk.service.settings.address}/flux/prive/{opened.secret}/rss.xml"


def _allowed(held: Feed | None) -> set[str]:
    return {"create"} if held is None else {"reset", "revoke"}


def _name(held: Feed | None) -> str:
    return "" if held is None else str(held.id)


VIEWS = (
    View(
        "feed",
        FEED_PATH,
        get=show,
        post=change,
        fields=frozenset({"faire", "flux"}),
        for_readers=True,
    ),
)
