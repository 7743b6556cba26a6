"""`paywall confirm`, as the treasurer types it with the bank's statement beside."""

from datetime import UTC, datetime, timedelta

import pytest
from office import Office

from paywall.accounts.orders import Wish, give_up, place_order, price_of
from paywall.store.schema import Mail, Order, Payment, Reader

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


def test_a_part_says_what_is_missing_to_the_treasurer_and_to_the_reader(
    office: Office, reference: str
) -> None:
    ran = office.run("confirm", reference, "30")
    assert "il manque 18,00" in ran.printed
    assert not office.rights(ADDRESS).everything
    assert letters(office) == [f"Paiement reçu en partie : {reference}"]
    office.run("confirm", reference, "18")
    assert letters(office)[1:] == [f"Paiement reçu : {reference}"]


@pytest.mark.parametrize("amount", ["0", "-48", "48,005", "quarante-huit"])
def test_what_is_no_amount_is_refused(office: Office, reference: str, amount: str) -> None:
    before = office.everything()
    assert office.run("confirm", reference, amount).status == 2
    assert office.everything() == before


def test_an_unknown_reference_is_refused_in_one_line(office: Office) -> None:
    assert "BIC-AAAA-2222" in office.run("confirm", "BIC-AAAA-2222", "48").refusal


@pytest.fixture
def dropped(office: Office, reference: str) -> str:
    """The order, dropped by its reader on 1 December."""
    with office.begin(datetime(2026, 12, 1, 12, tzinfo=UTC), "reader:1") as unit:
        assert give_up(unit, unit.db.query(Order).one())
    return reference


def books(office: Office) -> tuple[int, str, bool]:
    """Payments in the books, the order's status, and whether its reader reads."""
    (order,) = office.rows(Order)
    return len(office.rows(Payment)), order.status, office.rights(ADDRESS).everything


def test_money_for_an_order_that_was_dropped_is_told_and_waits_for_a_decision(
    office: Office, dropped: str
) -> None:
    ran = office.run("confirm", dropped, "48")
    assert (
        f"{dropped} a été annulée le 2026-12-01, par son lecteur : rien n’est noté" in ran.refusal
    )
    assert "--reopen" in ran.refusal
    assert "--send-back" in ran.refusal
    assert books(office) == (0, "cancelled", False)
    assert office.run("confirm", dropped).status == 0  # nothing was paid, nothing is to be given
    assert books(office) == (0, "cancelled", False)


def test_reopened_it_gives_what_was_ordered_once(office: Office, dropped: str) -> None:
    ran = office.run("confirm", dropped, "48", "--reopen")
    assert ran.printed == f"{dropped} : payée, l’accès est ouvert.\n"
    assert books(office) == (1, "paid", True)
    for again in ((), ("--reopen",)):
        assert "Déjà noté" in office.run("confirm", dropped, "48", *again).printed
    assert books(office) == (1, "paid", True)


def test_reopened_with_a_part_it_waits_for_the_rest(office: Office, dropped: str) -> None:
    assert "il manque 18,00" in office.run("confirm", dropped, "30", "--reopen").printed
    assert "payée" in office.run("confirm", dropped, "18").printed
    assert books(office) == (2, "paid", True)


def test_sent_back_it_is_in_the_books_both_ways_and_opens_nothing(
    office: Office, dropped: str
) -> None:
    ran = office.run("confirm", dropped, "48", "--send-back", "--bank-reference", "VIR 9")
    assert "noté comme rendu" in ran.printed
    assert [p.amount_cents for p in office.rows(Payment)] == [4800, -4800]
    assert books(office) == (2, "cancelled", False)
    assert office.run("reconcile").status == 0
    again = office.run("confirm", dropped, "48", "--bank-reference", "VIR 9")
    assert "Déjà noté" in again.printed
    assert books(office) == (2, "cancelled", False)


def test_what_was_not_dropped_is_not_sent_back_so(office: Office, reference: str) -> None:
    ran = office.run("confirm", reference, "48", "--send-back")
    assert "n’est pas annulée" in ran.refusal
    assert books(office) == (0, "awaiting", False)


def test_a_decision_goes_with_an_amount(office: Office, dropped: str) -> None:
    assert office.run("confirm", dropped, "--reopen").status == 1


def test_orders_list_those_that_were_dropped_and_who_did_it(office: Office, dropped: str) -> None:
    assert dropped in office.run("orders", "list", "--status", "cancelled").printed
    assert "order.cancelled  (reader:1)" in office.run("orders", "show", dropped).printed


def test_a_second_payment_is_answered_by_what_is_to_come_back(
    office: Office, reference: str
) -> None:
    office.run("confirm", reference, "48")
    office.run("confirm", reference, "48", "--bank-reference", "VIR 2")
    assert letters(office) == [f"Paiement reçu : {reference}", f"Paiement en trop : {reference}"]
    assert "Vous avez versé 48,00\N{NO-BREAK SPACE}€ de trop" in office.rows(Mail)[1].text


def test_the_reader_is_told_of_an_excess_that_goes_back_and_that_nothing_else_changes(
    office: Office, reference: str
) -> None:
    office.run("confirm", reference, "60,50")
    office.run("refund", reference, "12,50")
    assert letters(office)[1:] == [f"Remboursement : {reference}"]
    text = office.rows(Mail)[1].text
    assert f"Nous vous rendons 12,50\N{NO-BREAK SPACE}€ de la commande {reference}." in text
    assert "par virement" in text
    assert "ce que vous avez acheté reste ouvert" in text
    assert office.rights(ADDRESS).everything


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("48",), "ce que cette commande avait ouvert est refermé"),
        (("20", "--end"), "Votre abonnement s’arrête aujourd’hui"),
    ],
)
def test_a_refund_that_ends_something_says_so(
    office: Office, reference: str, typed: tuple[str, ...], told: str
) -> None:
    office.run("confirm", reference, "48")
    office.run("refund", reference, *typed)
    assert letters(office)[1:] == [f"Remboursement : {reference}"]
    text = office.rows(Mail)[1].text
    assert told in text
    assert "reste ouvert" not in text
    assert not office.rights(ADDRESS).everything


def test_money_that_is_sent_back_is_told_to_who_sent_it(office: Office, dropped: str) -> None:
    office.run("confirm", dropped, "48", "--send-back")
    assert letters(office) == [f"Remboursement : {dropped}"]
    text = office.rows(Mail)[0].text
    assert "Nous vous rendons 48,00\N{NO-BREAK SPACE}€" in text
    assert "ouvert" not in text


def test_a_statement_of_before_the_order_is_a_slip_of_the_pen(
    office: Office, reference: str
) -> None:
    ran = office.run("confirm", reference, "48", "--on", "2025-11-25")
    assert f"{reference} n’a été passée que le 2026-11-22" in ran.refusal
    assert books(office) == (0, "awaiting", False)


def test_what_opens_later_is_told_with_its_day(office: Office) -> None:
    office.reader(ADDRESS)
    with office.begin() as unit:
        begins = unit.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=90)
        wish, offers = Wish(plan="digital", starts_at=begins), office.offers
        price = price_of(offers, wish, offers.public_class, unit.now.date())
        order = place_order(unit, unit.db.query(Reader).one(), wish, price, offers)
        reference, cents = order.reference, order.amount_cents
    ran = office.run("confirm", reference, f"{cents / 100:.2f}")
    assert ran.printed == f"{reference} : payée ; l’accès s’ouvre le {begins.date()}.\n"
