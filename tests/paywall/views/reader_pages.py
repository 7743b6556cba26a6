"""What tests of the readers' pages share: names, the office's deeds, and what a page says."""

import html
import re
from datetime import timedelta

import httpx
from accounts_browser import Browser
from paywall_clock import Clock
from sqlalchemy import func, select

from paywall.accounts.orders import find_order
from paywall.accounts.subscriptions import give
from paywall.money.offline import Receipt, confirm
from paywall.offers.grid import Offers
from paywall.store.database import Database
from paywall.store.schema import Order, Reader, Subscription

ANA, BEN = "ana@example.org", "ben@example.org"
ARTICLE = "/numeros/812-lumiere/la-tache-de-fresnel/"
ISSUE_PAGE = "/numeros/812-lumiere/"

DIGITAL = {"formule": "digital", "moyen": "virement"}


class Office:
    """The treasurer and the subscriptions desk, at their commands."""

    def __init__(self, database: Database, clock: Clock, offers: Offers) -> None:
        self.database, self.clock, self.offers = database, clock, offers

    def confirm(self, reference: str, cents: int) -> None:
        with self.database.begin(self.clock(), "command:test") as unit:
            confirm(unit, reference, Receipt(cents, f"bank {reference} {cents}"), self.offers)

    def subscribe(self, email: str, *, renews: bool = True, days: int = 365) -> int:
        """Give somebody a subscription that renews; its number."""
        with self.database.begin(self.clock(), "command:test") as unit:
            reader = unit.db.scalars(select(Reader).where(Reader.email == email)).one()
            until = unit.now + timedelta(days=days)
            held = give(unit, reader, self.offers.plans[0], self.offers, until)
            held.renews, held.complimentary, held.amount_cents = renews, False, 2600
            unit.db.flush()
            return held.id

    def orders(self) -> list[Order]:
        with self.database.read() as db:
            return list(db.scalars(select(Order).order_by(Order.id)))

    def order(self, reference: str) -> Order:
        with self.database.read() as db:
            found = find_order(db, reference)
        assert found is not None
        return found

    def subscription(self, number: int) -> Subscription:
        with self.database.read() as db:
            return db.get_one(Subscription, number)

    def reader(self, email: str) -> Reader:
        with self.database.read() as db:
            return db.scalars(select(Reader).where(Reader.email == email)).one()

    def count(self, table: type[Order] | type[Subscription] | type[Reader]) -> int:
        with self.database.read() as db:
            return db.scalar(select(func.count()).select_from(table)) or 0


def order_by_transfer(browser: Browser, target: str = ARTICLE, **fields: str) -> str:
    """Subscribe as somebody signed in does; the order's reference."""
    wish = browser.post("/abonnement/", {**DIGITAL, "vers": target, **fields})
    done = browser.post(wish.headers["location"], {})
    assert done.status_code == 303, words(done)
    return reference_in(done.headers["location"])


def reference_in(path: str) -> str:
    found = re.search(r"BIC-[A-Z0-9]{4}-[A-Z0-9]{4}", path)
    assert found, path
    return found[0]


def words(page: httpx.Response) -> str:
    """The text of a page's content, as somebody reads it: blanks are all one."""
    main = page.text.partition('<main id="contenu">')[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
