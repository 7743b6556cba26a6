"""`paywall subscribers erase`, as the office types it."""

import sqlite3
from pathlib import Path

import pytest
from office import Office
from sqlalchemy import select

from paywall.accounts.orders import Wish, place_order, price_of
from paywall.accounts.payments import receive_payment
from paywall.store.schema import Reader, Subscription


@pytest.fixture
def address(office: Office) -> str:
    office.run("subscribers", "add", "germain@exemple.fr", "--name", "Sophie Germain")
    return "germain@exemple.fr"


def files_hold(office: Office, trace: str) -> bool:
    return any(trace.encode() in file.read_bytes() for file in Path(office.var).rglob("*.sqlite*"))


def test_typing_the_address_again_erases(office: Office, address: str) -> None:
    ran = office.process("subscribers", "erase", address, typed=f"{address}\n")
    assert ran.status == 0
    assert "tapez encore son adresse" in ran.logged
    assert "Le lecteur n° 1 est effacé." in ran.printed
    assert [(r.email, r.name) for r in office.rows(Reader)] == [(None, "")]
    assert not files_hold(office, "germain")


@pytest.mark.parametrize("typed", ["", "oui\n", "autre@exemple.fr\n"])
def test_anything_else_erases_nothing(office: Office, address: str, typed: str) -> None:
    before = office.everything()
    ran = office.process("subscribers", "erase", address, typed=typed)
    assert ran.status == 1
    assert "rien n’a été fait" in ran.logged
    assert office.everything() == before


def test_a_script_may_erase_without_being_asked(office: Office, address: str) -> None:
    assert files_hold(office, address)
    assert office.run("subscribers", "erase", address, "--yes").status == 0
    assert not files_hold(office, "germain")


def test_what_was_erased_is_imported_again_as_somebody_new(office: Office, address: str) -> None:
    office.run("subscribers", "erase", address, "--yes")
    file = office.file("liste.csv", f"mail\n{address}\n")
    assert "1 lecteur créé\n" in office.run("subscribers", "import", file).printed


def test_a_card_that_still_pays_is_stopped_first(office: Office, address: str) -> None:
    office.run("grant", address, "--until", "2199-01-01")
    with office.begin() as unit:
        held = unit.db.get_one(Subscription, 1)
        held.provider, held.renews = "stripe", True
    refusal = office.run("subscribers", "erase", address, "--yes").refusal
    assert "se renouvelle encore par stripe" in refusal
    assert office.rows(Reader)[0].email == address


def test_traces_that_remain_while_somebody_reads_are_told(office: Office, address: str) -> None:
    reading = sqlite3.connect(office.var / "accounts.sqlite", isolation_level=None)
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM reader").fetchone()
    ran = office.run("subscribers", "erase", address, "--yes")
    reading.close()
    assert ran.status == 0
    assert "quittera son journal plus tard" in ran.logged


def test_what_is_still_to_be_given_back_is_told_before(office: Office, address: str) -> None:
    with office.begin() as unit:
        wish, offers = Wish(plan="digital"), office.offers
        price = price_of(offers, wish, offers.public_class, unit.now.date())
        reader = unit.db.scalars(select(Reader).where(Reader.email == address)).one()
        order = place_order(unit, reader, wish, price, offers)
        reference = order.reference
        receive_payment(unit, order, "VIR 1", order.amount_cents + 1250, offers)
    ran = office.process("subscribers", "erase", address, typed="non\n")
    assert f"{reference} : 12,50 EUR sont à lui rendre" in ran.logged.replace(
        "\N{NO-BREAK SPACE}", " "
    )
