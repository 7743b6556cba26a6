"""An association's books in tests: what it sells, a reader, orders, and instants to act at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.orders import Wish, place_order, price_of
from paywall.accounts.payments import receive_payment
from paywall.accounts.rights import Rights, rights_of, stretches_of
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers
from paywall.store.database import Database
from paywall.store.schema import Change, Order, Reader, Subscription
from paywall.store.unit import Unit

ADDRESS = "camille@example.org"

OFFERS_FILE = """
seller: {name: Revue, address: "1, rue de l'Exemple", email: revue@example.org}
bank: {holder: Association, iban: FR76 0000 0000 0000, bic: XXXXFRPPXXX}
currency: EUR
vat_permille: 21
classes:
  - {name: alumnus, label: {fr: Ancien, en: Alumnus}, alumnus: true}
  - {name: public, label: {fr: Tous, en: Anybody}}
plans:
  - {name: digital, label: {fr: Numérique, en: Digital}, description: {}, months: 12}
  - {name: print, label: {fr: Papier, en: Print}, description: {}, months: 12, paper: true}
  - {name: monthly, label: {fr: Au mois, en: Monthly}, description: {}, months: 1}
grids:
  - starts_on: 2020-01-01
    plans:
      digital: {alumnus: 3600, public: 4800}
      print: {alumnus: 6000, public: 7800}
      monthly: {alumnus: 300, public: 500}
    issue: {alumnus: 800, public: 1000}
"""


def write_offers(folder: Path) -> Path:
    file = folder / "offers.yaml"
    file.write_text(OFFERS_FILE, "utf-8")
    return file


def instant(text: str) -> datetime:
    """`2027-01-31` or `2027-01-31T09:30`, UTC; noon unless said."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00").replace(tzinfo=UTC)


class Books:
    """A database and what is sold."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.offers_file = write_offers(folder)
        self.offers: Offers = read_offers(self.offers_file)

    @contextmanager
    def on(self, day: str, who: str = "test") -> Iterator[Unit]:
        """A transaction at an instant."""
        with self.database.begin(instant(day), who) as unit:
            yield unit

    def without_plan(self, name: str) -> Offers:
        return replace(self.offers, plans=tuple(p for p in self.offers.plans if p.name != name))

    def reader(self, unit: Unit, email: str = ADDRESS) -> Reader:
        """The reader with an address, who is made if there is none."""
        found = unit.db.scalars(select(Reader).where(Reader.email == email)).one_or_none()
        if found is None:
            found = Reader(email=email, name="Camille", created_at=unit.now)
            unit.db.add(found)
            unit.db.flush()
        return found

    def order(self, unit: Unit, reader: Reader | None = None, **wish: object) -> Order:
        wanted = Wish(**({"plan": "digital"} if "issue" not in wish else {}) | wish)  # type: ignore[arg-type]
        price = price_of(self.offers, wanted, self.offers.public_class, unit.now.date())
        order = place_order(unit, reader or self.reader(unit), wanted, price, self.offers)
        unit.db.flush()
        return order

    def paid(self, unit: Unit, reader: Reader | None = None, **wish: object) -> Order:
        """An order that was paid at once, in whole."""
        order = self.order(unit, reader, **wish)
        receive_payment(unit, order, f"p{order.id}", order.amount_cents, self.offers)
        return order

    def rights(self, day: str, email: str = ADDRESS) -> Rights:
        with self.database.read() as db:
            reader = db.scalars(select(Reader).where(Reader.email == email)).one()
            return rights_of(reader, instant(day))

    def reads(self, day: str) -> bool:
        """Whether everything is open to the reader at an instant."""
        return self.rights(day).everything

    def stretches(self) -> list[tuple[str, str]]:
        """What was paid, as days, oldest first."""
        with self.database.read() as db:
            held = db.scalars(select(Subscription)).all()
            found = sorted((s.starts_at, s.ends_at) for sub in held for s in stretches_of(sub))
            return [(start.date().isoformat(), end.date().isoformat()) for start, end in found]

    def log(self, db: Session | None = None) -> list[str]:
        with self.database.read() as read:
            return list((db or read).scalars(select(Change.what).order_by(Change.id)))


def one_subscription(unit: Unit) -> Subscription:
    return unit.db.scalars(select(Subscription)).one()


def the_order(unit: Unit, reference: str | None = None) -> Order:
    asked = select(Order).order_by(Order.id)
    return unit.db.scalars(asked.where(Order.reference == reference) if reference else asked).one()
