"""Mail as a page, where there is no relay and nobody else to see it: in development only."""

from sqlalchemy import select

from paywall.site.answers import Answer
from paywall.store.schema import Mail
from paywall.views.asked import Asked
from paywall.views.table import OUTBOX_PATH, Desk, View

_LAST = 30


def outbox(desk: Desk, asked: Asked) -> Answer:
    """The last messages, newest first."""
    if not desk.shows_mail:
        return desk.not_found(asked)
    with desk.service.database.read() as db:
        mails = list(db.scalars(select(Mail).order_by(Mail.id.desc()).limit(_LAST)))
    return desk.page(asked, "outbox.html", mails=mails)


VIEWS = (View("outbox", OUTBOX_PATH, get=outbox),)
