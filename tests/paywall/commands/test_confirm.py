"""`paywall confirm`, as the treasurer types it with the bank's statement beside."""

from datetime import UTC, datetime

import pytest
from office import Office

from paywall.accounts.orders import Wish, place_order, price_of
from paywall.store.schema import Mail, Reader

ADDRESS = "germain@exemple.fr"


@pytest.fixture
def reference(office: Office) -> str:
    """An order by transfer, at 48,00 €."""
    office.reader(ADDRESS)
    wish, offers = Wish(plan="digital"), office.offers
    with office.begin(datetime(2026, 11, 22, 12, tzinfo=UTC)) as unit:
        price = price_of(offers, wish, offers.public_class, unit.now.date())
        reader = unit.db.query(Reader).one()
        return str(place_order(unit, reader, wish, price, offers).reference)


def letters(office: Office) -> list[str]:
    return [mail.subject for mail in office.rows(Mail)]


def test_an_amount_that_is_there_opens_and_the_reader_is_told_once(
    office: Office, reference: str
) -> None:
    ran = office.process("confirm", reference, "48,00")
    assert ran.printed == f"{reference} : payée, l’accès est ouvert.\n"
    assert office.rights(ADDRESS).everything
    assert letters(office) == [f"Paiement reçu : {reference}"]
    assert "\nPayée le" in office.rows(Mail)[0].text
    assert "Déjà noté" in office.run("confirm", reference, "48").printed
    assert len(letters(office)) == 1


def test_a_part_says_what_is_missing_and_writes_to_nobody(office: Office, reference: str) -> None:
    ran = office.run("confirm", reference, "30")
    assert "il manque 18,00" in ran.printed
    assert not office.rights(ADDRESS).everything
    assert letters(office) == []
    office.run("confirm", reference, "18")
    assert letters(office) == [f"Paiement reçu : {reference}"]


@pytest.mark.parametrize("amount", ["0", "-48", "48,005", "quarante-huit"])
def test_what_is_no_amount_is_refused(office: Office, reference: str, amount: str) -> None:
    before = office.everything()
    assert office.run("confirm", reference, amount).status == 2
    assert office.everything() == before


def test_an_unknown_reference_is_refused_in_one_line(office: Office) -> None:
    assert "BIC-AAAA-2222" in office.run("confirm", "BIC-AAAA-2222", "48").refusal
