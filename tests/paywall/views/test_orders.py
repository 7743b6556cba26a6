"""Orders, how they are paid and their receipts: each for its own reader."""

from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from reader_pages import ANA, ARTICLE, DIGITAL, Office, order_by_transfer, words

from paywall.accounts.receipts import vat_cents
from paywall.money.refunds import refund
from paywall.money.till import Till
from paywall.money.unpaid import drop_unpaid
from paywall.settings import Settings


def test_an_order_that_waits_says_how_it_is_paid(ana: Browser) -> None:
    reference = order_by_transfer(ana)
    page = words(ana.get(f"/commande/{reference}/"))
    for told in ("À payer", "26,00 €", reference, "FR76 0000", "XXXXFRPPXXX"):
        assert told in page


def test_a_part_that_came_is_told_and_what_is_missing(ana: Browser, office: Office) -> None:
    reference = order_by_transfer(ana)
    office.confirm(reference, 1000)
    page = words(ana.get(f"/commande/{reference}/"))
    assert "10,00 € sont déjà reçus." in page
    assert "Montant 16,00 €" in page


def test_a_receipt_adds_up_and_names_both_sides(ana: Browser, office: Office) -> None:
    ana.post("/compte/profil/", {"nom": "Ana Exemple", "post": "1, rue\nParis", "langue": "fr"})
    reference = order_by_transfer(ana)
    office.confirm(reference, 2600)
    page = words(ana.get(f"/commande/{reference}/"))
    assert "Hors taxe 25,47 €" in page
    assert "TVA à 2,1 % 0,53 €" in page
    assert "Total, TVA comprise 26,00 €" in page
    assert "Payé le 14 mars 2027 26,00 €" in page
    assert "Vendeur : Association de démonstration" in page
    assert f"Acheteur : Ana Exemple {ANA} 1, rue Paris" in page


def test_what_was_paid_too_much_is_told_until_it_is_given_back(
    ana: Browser, office: Office, settings: Settings, clock: Clock
) -> None:
    reference = order_by_transfer(ana)
    office.confirm(reference, 3000)
    page = words(ana.get(f"/commande/{reference}/"))
    assert "Payé le 14 mars 2027 30,00 €" in page
    assert "Reçu de trop, à vous rendre 4,00 €" in page
    assert "Vous avez versé 4,00 € de trop" in page
    till = Till(settings, office.database, lambda: office.offers, clock)
    refund(till, reference, 400, "test")
    page = words(ana.get(f"/commande/{reference}/"))
    assert "Payé le 14 mars 2027 30,00 € Rendu 4,00 €" in page
    assert "de trop" not in page
    ana.get("/compte/?langue=en")
    assert "Returned €4.00" in words(ana.get(f"/commande/{reference}/"))


def test_an_order_that_is_asked_for_again_is_waited_for_as_long_as_a_new_one(
    ana: Browser, office: Office, clock: Clock, settings: Settings, mailbox: Mailbox
) -> None:
    reference = order_by_transfer(ana)
    clock.advance(days=59)
    ana.sign_in(ANA, mailbox)
    assert order_by_transfer(ana) == reference  # a transfer may be on its way
    assert order_by_transfer(ana) == reference
    assert "À payer avant le 11 juillet 2027" in words(ana.get(f"/commande/{reference}/"))
    letters = [m.text for m in mailbox.to(ANA) if m.subject == f"Votre commande {reference}"]
    assert ["13 mai 2027" in text for text in letters] == [True, False]
    assert ["11 juillet 2027" in text for text in letters] == [False, True]
    assert office.order(reference).created_at.date().isoformat() == "2027-03-14"
    clock.advance(days=58)
    till = Till(settings, office.database, lambda: office.offers, clock)
    with office.database.begin(clock(), "test") as unit:
        assert drop_unpaid(unit, till) == 0
    assert office.order(reference).status == "awaiting"


@pytest.mark.parametrize("amount", [0, 1, 2, 48, 49, 50, 2600, 4799, 4800, 1_000_000_000_01])
@pytest.mark.parametrize("rate", [0, 21, 55, 100, 200, 999])
def test_the_tax_is_the_nearest_cent_and_a_half_counts_as_one(amount: int, rate: int) -> None:
    vat = vat_cents(amount, rate)
    # |vat - amount x rate / (1000 + rate)| <= 1/2, without a division
    assert -(1000 + rate) < 2 * (vat * (1000 + rate) - amount * rate) <= 1000 + rate


def test_someone_elses_order_is_not_there_and_neither_is_an_unknown_one(
    ana: Browser, ben: Browser, office: Office
) -> None:
    reference = order_by_transfer(ana)
    for path in ("", "merci/"):
        other = ben.get(f"/commande/{reference}/{path}")
        unknown = ben.get(f"/commande/BIC-AAAA-AAAA/{path}")
        assert (other.status_code, words(other)) == (404, words(unknown))
    assert ben.post(f"/commande/{reference}/payer/", {}).status_code == 404
    assert reference not in ben.get("/compte/commandes/").text


def test_whoever_is_not_signed_in_signs_in_first(
    ana: Browser, browser: Callable[[], Browser], mailbox: Mailbox
) -> None:
    path = f"/commande/{order_by_transfer(ana)}/"
    new = browser()
    assert new.get(path).headers["location"] == f"/connexion/?vers={path}"
    assert new.sign_in(ANA, mailbox, path).headers["location"] == path


def test_the_list_shows_all_orders_the_newest_first(ana: Browser, office: Office) -> None:
    assert "Aucune commande" in words(ana.get("/compte/commandes/"))
    first, second = order_by_transfer(ana), order_by_transfer(ana, debut="2027-06-01")
    office.confirm(first, 2600)
    page = words(ana.get("/compte/commandes/"))
    assert page.index(second) < page.index(first)
    assert page.count("Payée") == 1


def test_thanks_of_an_order_that_is_not_paid_promises_nothing(ana: Browser) -> None:
    reference = order_by_transfer(ana)
    back = ana.get(f"/commande/{reference}/merci/")
    assert back.headers["location"] == f"/commande/{reference}/?fait=en-attente"
    assert "pas encore confirmé" in words(ana.follow(back))


def test_words_in_the_address_that_nobody_wrote_are_not_said(ana: Browser) -> None:
    page = ana.get("/compte/?fait=<script>alert(1)</script>")
    assert "alert(1)" not in page.text


def test_the_mail_of_an_order_says_where_the_money_goes(ana: Browser, mailbox: Mailbox) -> None:
    reference = order_by_transfer(ana)
    mail = mailbox.to(ANA)[-1]
    assert mail.subject == f"Votre commande {reference}"
    for told in (reference, "FR76 0000 0000", "26,00 €", f"/commande/{reference}/", "TVA"):
        assert told in mail.text.replace("\N{NO-BREAK SPACE}", " ")


def test_after_paying_it_opens_at_once_where_one_was(
    ana: Browser, office: Office, clock: Clock
) -> None:
    reference = order_by_transfer(ana)
    office.confirm(reference, 2600)
    assert ana.get(f"/commande/{reference}/payer/").status_code == 405
    assert ana.post(f"/commande/{reference}/payer/", {}).headers["location"] == ARTICLE


def test_nobody_fills_the_books_with_orders(ana: Browser, office: Office) -> None:
    answers = []
    for day in range(21):
        wish = ana.post("/abonnement/", DIGITAL | {"debut": f"2027-05-{day + 1:02}"})
        answers.append(ana.post(wish.headers["location"], {}).status_code)
    assert answers == [303] * 20 + [429]
    assert len(office.orders()) == 20
