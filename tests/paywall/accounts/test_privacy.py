"""A reader's own data: all of it can be had, and all of it goes. On SQLite and on PostgreSQL."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from books import write_offers
from sqlalchemy import select

from paywall.accounts import address_change
from paywall.accounts.orders import Wish, place_order, price_of
from paywall.accounts.own_data import export_of
from paywall.accounts.payments import receive_payment
from paywall.accounts.privacy import erase, forget_traces, takes_money
from paywall.accounts.rights import rights_of
from paywall.accounts.secrets import new_secret
from paywall.accounts.sessions import open_session
from paywall.accounts.sign_in import ask, reader_of
from paywall.accounts.subscriptions import give, pause
from paywall.errors import RefusedError
from paywall.mail.queue import queue_mail
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers
from paywall.store.database import Database, file_of
from paywall.store.schema import Feed, Mail, Order, Reader, Session, SignIn, Table
from paywall.store.unit import Unit

NOW = datetime(2027, 3, 14, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
TRACES = ("germain", "Sophie", "savoie", "nouvelle-adresse", "/carnet/lecture-secrete/")


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    database = Database(store_url)
    yield database
    database.close()


@pytest.fixture
def offers(tmp_path: Path) -> Offers:
    return read_offers(write_offers(tmp_path))


def settle(unit: Unit, offers: Offers, address: str = "sophie.germain@exemple.fr") -> Reader:
    """Somebody who has everything that can be had."""
    reader = Reader(
        email=address,
        name="Sophie Germain",
        post="13 rue de savoie\n75006 Paris",
        language="en",
        created_at=unit.now,
    )
    unit.db.add(reader)
    for wish in (
        Wish(plan="digital", return_to="/carnet/lecture-secrete/"),
        Wish(issue="812-lumiere"),
        Wish(plan="print"),
    ):
        price = price_of(offers, wish, offers.public_class, unit.now.date())
        order = place_order(unit, reader, wish, price, offers)
        if wish.plan != "print":
            receive_payment(unit, order, f"V-{order.reference}", order.amount_cents, offers)
    give(unit, reader, offers.plans[1], offers, unit.now + timedelta(days=1000))
    open_session(unit, reader, "Firefox, Linux")
    unit.db.add(Feed(reader_id=reader.id, digest=new_secret().encode()[:32], created_at=unit.now))
    ask(unit, address, f"network of {reader.id}")
    asked = ask(unit, f"nouvelle-adresse-{address}", f"network of {reader.id}", purpose="change-to")
    unit.db.flush()
    unit.db.scalars(select(SignIn).order_by(SignIn.id.desc())).first().reader_id = reader.id
    queue_mail(unit, address, "Votre commande", f"Bonjour Sophie, {asked.link}")
    queue_mail(unit, f"nouvelle-adresse-{address}", "À confirmer", "Bonjour")
    queue_mail(unit, "bureau@exemple.fr", "Un départ", f"De {address} : je m’en vais.")
    return reader


def everything(store: Database) -> str:
    """Every cell of every table."""
    with store.read() as db:
        tables = Table.metadata.sorted_tables
        return repr([tuple(row) for table in tables for row in db.execute(table.select())])


def test_an_erased_reader_stands_in_no_table(store: Database, offers: Offers) -> None:
    with store.begin(NOW, "command:test") as unit:
        number = settle(unit, offers).id
    assert all(trace in everything(store) for trace in TRACES)
    with store.begin(LATER, "command:test") as unit:
        erase(unit, unit.db.get_one(Reader, number))
    left = everything(store)
    assert [trace for trace in TRACES if trace in left] == []
    with store.read() as db:
        for table in (Session, Feed, SignIn, Mail):
            assert db.scalars(select(table)).all() == []


def test_an_address_that_an_erased_reader_had_before_is_forgotten_too(store: Database) -> None:
    with store.begin(NOW, "command:test") as unit:
        reader = reader_of(unit, "sophie.germain@exemple.fr")
        ask(unit, reader.email, "a network")
        asked = address_change.ask(unit, reader, "nouvelle-adresse@exemple.fr", "a network")
        number = reader.id
    with store.begin(LATER - timedelta(hours=23, minutes=30), "command:test") as unit:
        for link in (asked.old_link, asked.new_link):
            row, wished = address_change.find(unit, link)
            address_change.confirm(unit, row, wished, None)
    with store.begin(LATER, "command:test") as unit:
        ask(unit, "sophie.germain@exemple.fr", "of whoever has it now")
        erase(unit, unit.db.get_one(Reader, number))
    with store.read() as db:
        (left,) = db.scalars(select(SignIn))
        assert left.created_at == LATER


def test_what_accounting_law_requires_stays_and_leads_to_nobody(
    store: Database, offers: Offers
) -> None:
    with store.begin(NOW, "command:test") as unit:
        reader = settle(unit, offers)
        paid = [(o.reference, p.amount_cents) for o in reader.orders for p in o.payments]
        number = reader.id
    with store.begin(LATER, "command:test") as unit:
        erase(unit, unit.db.get_one(Reader, number))
    with store.read() as db:
        reader = db.get_one(Reader, number)
        assert [(o.reference, p.amount_cents) for o in reader.orders for p in o.payments] == paid
        assert (reader.email, reader.name, reader.post, reader.erased_at) == (None, "", "", LATER)
        assert [o.status for o in reader.orders] == ["paid", "paid", "cancelled"]
        assert not rights_of(reader, LATER).everything


def test_the_audit_log_says_that_somebody_was_erased_and_stays_whole(
    store: Database, offers: Offers
) -> None:
    with store.begin(NOW, "command:test") as unit:
        reader = settle(unit, offers)
        pause(unit, reader.subscriptions[0])
        number = reader.id
        before = len(export_of(unit.db, reader, NOW)["changes"])
    with store.begin(LATER, "reader:1") as unit:
        erase(unit, unit.db.get_one(Reader, number))
    with store.read() as db:
        changes = export_of(db, db.get_one(Reader, number), LATER)["changes"]
    assert len(changes) > before
    assert changes[-1]["what"] == "reader.erased"
    assert changes[-1]["of"] == f"reader:{number}"


def test_others_keep_everything(store: Database, offers: Offers) -> None:
    with store.begin(NOW, "command:test") as unit:
        other = settle(unit, offers, "sophie.germain@exemple.fr.example.org")
        other.name, other.post = "Une autre", "ailleurs"
        reader, kept = settle(unit, offers).id, other.id
        before = export_of(unit.db, other, NOW)
    with store.begin(NOW, "command:test") as unit:
        erase(unit, unit.db.get_one(Reader, reader))
    with store.read() as db:
        after = export_of(db, db.get_one(Reader, kept), NOW)
    assert after == before
    assert len(after["sessions"]) == 1
    assert len(after["messages"]) == 2


def test_the_address_may_come_back_as_somebody_new(store: Database, offers: Offers) -> None:
    with store.begin(NOW, "command:test") as unit:
        number = settle(unit, offers).id
    with store.begin(LATER, "command:test") as unit:
        erase(unit, unit.db.get_one(Reader, number))
    with store.begin(LATER, "command:test") as unit:
        again = Reader(email="sophie.germain@exemple.fr", created_at=LATER)
        unit.db.add(again)
        unit.db.flush()
        assert again.id != number
        assert rights_of(again, LATER).stretches == ()


def renewing(unit: Unit, offers: Offers) -> Reader:
    reader = settle(unit, offers)
    card = reader.subscriptions[0]
    card.provider, card.renews, card.provider_ref = "stripe", True, "sub_1"
    return reader


def test_a_card_that_would_be_charged_again_stops_the_erasure(
    store: Database, offers: Offers
) -> None:
    with store.begin(NOW, "command:test") as unit:
        number = renewing(unit, offers).id
    before = everything(store)
    with (
        pytest.raises(RefusedError, match="se renouvelle encore par stripe"),
        store.begin(LATER, "command:test") as unit,
    ):
        erase(unit, unit.db.get_one(Reader, number))
    assert everything(store) == before


def test_the_provider_is_told_first_and_only_of_what_takes_money(
    store: Database, offers: Offers
) -> None:
    stopped = []
    with store.begin(NOW, "command:test") as unit:
        reader = renewing(unit, offers)
        (opened,) = unit.db.scalars(select(Session)).all()
        subjects = erase(unit, reader, lambda s: stopped.append((s.provider_ref, reader.email)))
        assert subjects == [opened.subject]
        assert not any(takes_money(subscription) for subscription in reader.subscriptions)
    assert stopped == [("sub_1", "sophie.germain@exemple.fr")]


def test_everything_held_can_be_had_as_json(store: Database, offers: Offers) -> None:
    with store.begin(NOW, "command:test") as unit:
        number = settle(unit, offers).id
    with store.read() as db:
        data = export_of(db, db.get_one(Reader, number), NOW)
    assert json.loads(json.dumps(data)) == data
    assert data["reader"]["email"] == "sophie.germain@exemple.fr"
    assert data["may_read"]["everything_now"]
    assert data["may_read"]["issues"] == ["812-lumiere"]
    assert [order["payments"][0]["amount_cents"] for order in data["orders"][:2]] == [4800, 1000]
    assert data["sessions"][0]["device"] == "Firefox, Linux"
    assert len(data["private_feeds"]) == 1
    assert {s["purpose"] for s in data["sign_ins_asked_for"]} == {"sign-in", "change-to"}
    assert data["orders"][0]["ordered_again_at"] is None
    assert [message["subject"] for message in data["messages"]] == ["Votre commande", "À confirmer"]


def test_what_was_written_to_an_address_of_before_is_taken_away_too(store: Database) -> None:
    with store.begin(NOW, "command:test") as unit:
        reader = reader_of(unit, "sophie.germain@exemple.fr")
        queue_mail(unit, reader.email, "Votre commande", "Bonjour")
        asked = address_change.ask(unit, reader, "nouvelle-adresse@exemple.fr", "a network")
    with store.begin(NOW + timedelta(minutes=30), "command:test") as unit:
        for link in (asked.old_link, asked.new_link):
            row, wished = address_change.find(unit, link)
            address_change.confirm(unit, row, wished, None)
    with store.read() as db:
        data = export_of(db, db.get_one(Reader, reader.id), LATER)
    assert data["reader"]["email"] == "nouvelle-adresse@exemple.fr"
    assert [message["subject"] for message in data["messages"]] == ["Votre commande"]


def test_every_column_that_is_about_a_reader_is_exported_or_named_here() -> None:
    """A column that is added must be exported, or be said to be none of the reader's data."""
    told = {
        Reader: 7, Session: 5, Feed: 2, Mail: 3, SignIn: 6, Order: 17,
    }  # fmt: skip
    not_theirs = {
        Reader: set(),
        Session: {"id", "reader_id", "digest", "subject"},
        Feed: {"id", "reader_id", "digest"},
        Mail: {"id", "recipient", "text", "next_try_at", "tries", "failed_at"} | {"expires_at"},
        SignIn: {"id", "reader_id", "link_digest", "code_digest", "browser_digest", "tries"}
        | {"expires_at"},
        Order: {"id", "reader_id", "subscription_id"},
    }
    for table, count in told.items():
        assert len(set(table.__table__.columns.keys()) - not_theirs[table]) == count, table


def test_an_erased_reader_is_in_no_byte_of_the_files(
    migrated_sqlite: Path, tmp_path: Path, offers: Offers
) -> None:
    """Pages split and merge under many readers; every second one is erased."""
    file = tmp_path / "many.sqlite"
    file.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{file}")
    addresses = [f"lectrice-{n:03}-{'x' * (n % 60)}@exemple.fr" for n in range(100)]
    with database.begin(NOW, "command:test") as unit:
        for address in addresses:
            settle(unit, offers, address)
    for number, address in enumerate(addresses, start=1):
        if number % 2:
            with database.begin(LATER, "command:test") as unit:
                assert unit.db.get_one(Reader, number).email == address
                erase(unit, unit.db.get_one(Reader, number))
    assert forget_traces(database)
    written = b"".join(found.read_bytes() for found in tmp_path.glob("many.sqlite*"))
    erased, kept = addresses[::2], addresses[1::2]
    assert [a for a in erased if a.encode() in written] == []
    assert [a for a in kept if a.encode() not in written] == []
    database.close()


def test_whoever_reads_meanwhile_is_told_that_traces_remain(
    store: Database, offers: Offers
) -> None:
    file = file_of(store.url)
    if file is None:
        assert forget_traces(store)  # PostgreSQL waits for nobody
        return
    with store.begin(NOW, "command:test") as unit:
        number = settle(unit, offers).id
    reading = sqlite3.connect(file, isolation_level=None)
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM reader").fetchone()
    with store.begin(LATER, "command:test") as unit:
        erase(unit, unit.db.get_one(Reader, number))
    assert not forget_traces(store)
    reading.close()
    assert forget_traces(store)
