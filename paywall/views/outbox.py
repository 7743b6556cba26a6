"""Mail as a page, where there is no relay and nobody else to see it: in development only."""

from sqlalchemy import select

from paywall.settings import Settings
from paywall.site.answers import Answer
from paywall.store.schema import Mail
from paywall.views.asked import Asked
from paywall.views.table import Desk, View

PATH = "/_bicorne/courriels/"
_LAST = 30


def is_open(settings: Settings) -> bool:
    """Whether mail is shown: it goes nowhere, and readers come from this machine only."""
    return not settings.relay and not settings.secure


def outbox(desk: Desk, asked: Asked) -> Answer:
    """The last messages, newest first."""
    if not is_open(desk.service.settings):
        return desk.not_found(asked)
    with desk.service.database.read() as db:
        mails = list(db.scalars(select(Mail).order_by(Mail.id.desc()).limit(_LAST)))
    return desk.page(asked, "outbox.html", mails=mails)


VIEWS = (View("outbox", PATH, get=outbox),)
