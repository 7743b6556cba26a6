"""The account's first page: what its reader has, and until when."""

from dataclasses import dataclass

from paywall.accounts.orders import AWAITING, PARTIAL
from paywall.accounts.providers import OFFLINE, STRIPE
from paywall.accounts.receipts import receipt_of
from paywall.accounts.rights import State, rights_of
from paywall.site.answers import Answer
from paywall.store.schema import Reader
from paywall.views.access import access_cookie
from paywall.views.asked import Asked
from paywall.views.holdings import holding_of
from paywall.views.table import Desk, View

ACCOUNT_PATH = "/compte/"


@dataclass(frozen=True, slots=True)
class Owned:
    """An issue that was bought; without an address, one that the site has no more."""

    title: str
    url: str


def account(desk: Desk, asked: Asked) -> Answer:
    """What they have. What was paid a minute ago opens from here on: the token is new."""
    service, (session, known) = desk.service, asked.signed_in()
    offers = service.offers.current()
    with service.database.read() as db:
        reader = db.get_one(Reader, known.id)
        rights = rights_of(reader, asked.now)
        held = [holding_of(s, offers, asked.language, asked.now) for s in reader.subscriptions]
        to_pay = [
            receipt_of(order, offers, asked.language)
            for order in reader.orders
            if order.provider == OFFLINE and order.status in {AWAITING, PARTIAL}
        ]
        fresh = access_cookie(service, session, reader, asked.now)
    found = {slug: service.issues.find(slug) for slug in sorted(rights.issues)}
    page = desk.page(
        asked,
        "account.html",
        to_pay=to_pay,
        running=[holding for holding in held if holding.state is not State.ENDED],
        stretches=[stretch for stretch in rights.stretches if stretch.ends_at <= asked.now],
        issues=[
            Owned(issue.title, issue.url) if issue else Owned(slug, "")
            for slug, issue in found.items()
        ],
        currency=offers.currency,
        takes_cards=STRIPE in service.till.providers,
    )
    return page.with_headers(fresh)


VIEWS = (View("account", ACCOUNT_PATH, get=account, for_readers=True),)
