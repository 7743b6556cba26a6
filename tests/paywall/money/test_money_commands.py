"""What the treasurer types: orders, confirm, refund, reconcile."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from books import ADDRESS
from local_stripe import KEY, SECRET, LocalStripe
from shop import Shop
from sqlalchemy import select
from stores import sqlite_copy

from paywall.commands.main import main
from paywall.store.database import Database
from paywall.store.schema import Mail, Reader


class Typed:
    """The command line over the same books as a shop."""

    def __init__(self, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
        self.shop, self._capsys = shop, capsys

    def __call__(self, *arguments: str) -> tuple[int, str]:
        status = main(arguments)
        said = self._capsys.readouterr()
        return status, said.out + said.err


@pytest.fixture
def typed(
    migrated_sqlite: Path,
    stripe: LocalStripe,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Typed:
    database = Database(sqlite_copy(migrated_sqlite, tmp_path))
    shop = Shop(database, stripe, tmp_path)
    for name, value in {
        "DATABASE_URL": database.url,
        "BICORNE_OFFERS": str(shop.books.offers_file),
        "BICORNE_VAR": str(tmp_path),
        "BICORNE_STRIPE_KEY": KEY,
        "BICORNE_STRIPE_WEBHOOK_SECRET": SECRET,
        "BICORNE_STRIPE_API": stripe.address,
        "USER": "marie",
        "LOGNAME": "marie",
    }.items():
        monkeypatch.setenv(name, value)
    return Typed(shop, capsys)


def transfer(typed: Typed) -> str:
    return typed.shop.order(provider="offline")


def test_a_transfer_is_confirmed_in_parts(typed: Typed) -> None:
    reference = transfer(typed)
    assert typed("confirm", reference.lower(), "30") == (
        0,
        f"{reference} : il manque 18,00 EUR.\n",
    )
    assert typed("confirm", reference, "18,00", "--bank-reference", "CHQ 7") == (
        0,
        f"{reference} : payée, l’accès est ouvert.\n",
    )
    typed.shop.later(minutes=1)
    assert typed.shop.reads()


def test_a_part_is_answered_by_a_letter_that_says_what_is_missing(typed: Typed) -> None:
    reference = transfer(typed)
    typed("confirm", reference, "30")
    typed("confirm", reference, "30")  # again by mistake
    typed("confirm", reference, "18")
    with typed.shop.database.read() as db:
        part, whole = db.scalars(select(Mail).order_by(Mail.id)).all()[-2:]
    assert part.subject == f"Paiement reçu en partie : {reference}"
    assert "Reçu : 30,00" in part.text
    assert "Il manque : 18,00" in part.text
    assert "\n\n\n" not in part.text
    assert whole.subject == f"Paiement reçu : {reference}"


def test_typed_twice_it_counts_once_and_says_so(typed: Typed) -> None:
    reference = transfer(typed)
    typed("confirm", reference, "48")
    status, said = typed("confirm", reference, "48")
    assert status == 0
    assert "Déjà noté" in said
    assert typed.shop.standing(reference).paid_cents == 4800


def test_excess_is_told_then_refunded(typed: Typed) -> None:
    reference = transfer(typed)
    _, said = typed("confirm", reference, "50")
    typed_next = f"refund {reference} 2,00"
    assert said.endswith(f"2,00 EUR de trop : à rendre, puis paywall {typed_next}.\n")
    status, said = typed("reconcile")
    assert (status, said) == (1, f"{reference} : payée en trop : 2,00 EUR à rendre\n")
    _, said = typed(*typed_next.split())
    assert "le virement est à faire" in said
    assert typed.shop.standing(reference).paid_cents == 4800
    assert typed("reconcile")[0] == 0


@pytest.mark.parametrize("by_card", [False, True])
def test_a_part_is_sent_back_once_however_often_it_is_typed(typed: Typed, *, by_card: bool) -> None:
    reference = typed.shop.subscribe()[0] if by_card else transfer(typed)
    if not by_card:
        typed("confirm", reference, "48")
    _, said = typed("refund", reference, "10")
    assert said.endswith("Reste payé : 38,00 EUR.\n")
    status, said = typed("refund", reference, "10")
    assert status == 1
    assert f"10,00 EUR ont déjà été rendus sur {reference}" in said
    assert typed.shop.standing(reference).paid_cents == 3800
    assert typed("refund", reference, "10", "--again")[0] == 0
    assert typed.shop.standing(reference).paid_cents == 2800


@pytest.mark.parametrize(
    "arguments",
    [
        ("confirm", "BIC-ZZZZ-ZZZZ", "48"),
        ("refund", "BIC-ZZZZ-ZZZZ"),
        ("orders", "show", "BIC-ZZZZ-ZZZZ"),
        ("confirm", "BIC-ZZZZ-ZZZZ", "--on", "2026-01-01"),
        ("confirm", "BIC-ZZZZ-ZZZZ", "48", "--on", "2199-01-01"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(typed: Typed, arguments: tuple[str, ...]) -> None:
    status, said = typed(*arguments)
    assert status == 1
    assert said.startswith("paywall : ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("amount", ["-5", "4,", "48 000", "1e3", "0", "٤٨", "48,001", ""])
def test_an_amount_that_is_none_is_refused(
    typed: Typed, amount: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        typed("confirm", "BIC-ZZZZ-ZZZZ", "--", amount)
    capsys.readouterr()


def test_a_card_is_refunded_by_stripe(typed: Typed) -> None:
    reference, subscription = typed.shop.subscribe()
    status, said = typed("refund", reference, "24", "--end")
    assert (status, said) == (
        0,
        f"{reference} : 24,00 EUR rendus sur la carte par Stripe.\nReste payé : 24,00 EUR.\n",
    )
    v1 = typed.shop.stripe.client.v1
    assert v1.subscriptions.retrieve(subscription).cancel_at_period_end
    typed.shop.hear()
    said = "Aucune différence : chaque paiement a son droit, ici et chez Stripe.\n"
    assert typed("reconcile") == (0, said)


def listed(typed: Typed, *arguments: str) -> list[dict[str, str]]:
    status, said = typed("orders", "list", *arguments)
    assert status == 0, said
    return list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff")), delimiter=";"))


def test_orders_are_listed_by_status_as_a_table(typed: Typed) -> None:
    paid, waiting = transfer(typed), transfer(typed)
    typed("confirm", paid, "48")
    (row,) = listed(typed, "--status", "paid")
    assert (row["référence"], row["état"], row["moyen"]) == (paid, "payée", "virement ou chèque")
    assert (row["dû"], row["payé"], row["monnaie"]) == ("48.00", "48.00", "EUR")
    assert (row["nom"], row["e-mail"]) == ("Camille", ADDRESS)
    assert [row["référence"] for row in listed(typed)] == [paid, waiting]


@pytest.mark.parametrize(
    "words", [["camille"], ["CAMÏLLE"], ["example.org"], ["Camille", "example"], ["{}"]]
)
def test_orders_are_found_by_name_address_or_reference(typed: Typed, words: list[str]) -> None:
    reference = transfer(typed)
    found = listed(typed, *(word.format(reference.lower()) for word in words))
    assert [row["référence"] for row in found] == [reference]
    assert listed(typed, *words, "dupont") == []
    assert listed(typed, "Δ") == []
    assert listed(typed, "'") == []


@pytest.mark.parametrize("words", [["jean pierre"], ["L'Hermite"], ["lhermite"], ["bic{}"]])
def test_signs_between_letters_keep_no_order_from_being_found(
    typed: Typed, words: list[str]
) -> None:
    reference = transfer(typed)
    with typed.shop.database.begin(typed.shop.now, "test") as unit:
        unit.db.scalars(select(Reader)).one().name = "Jean-Pierre L’Hermite"
    signs = reference.removeprefix("BIC").replace("-", "")
    assert [row["référence"] for row in listed(typed, *(w.format(signs) for w in words))] == [
        reference
    ]


def test_a_name_in_the_list_of_orders_is_no_formula_and_an_erased_reader_has_none(
    typed: Typed,
) -> None:
    transfer(typed)
    with typed.shop.database.begin(typed.shop.now, "test") as unit:
        unit.db.scalars(select(Reader)).one().name = "=1+1"
    assert [row["nom"] for row in listed(typed)] == ["'=1+1"]
    typed("subscribers", "erase", ADDRESS, "--yes")
    assert [(row["nom"], row["e-mail"]) for row in listed(typed)] == [("", "")]


@pytest.mark.parametrize(
    ("amount", "left"),
    [("14,5", "33,50"), ("14.50", "33,50"), ("14", "34,00"), ("14,05 €", "33,95")],
)
def test_an_amount_is_read_as_people_write_it(typed: Typed, amount: str, left: str) -> None:
    reference = transfer(typed)
    assert typed("confirm", reference, amount)[1] == f"{reference} : il manque {left} EUR.\n"


@pytest.mark.parametrize("amount", ["14,555", "1.000", "0,125 €"])
def test_an_amount_finer_than_cents_says_what_is_wrong(
    typed: Typed, amount: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        typed("confirm", transfer(typed), amount)
    assert "deux chiffres au plus après la virgule" in capsys.readouterr().err


def test_an_order_is_shown_with_its_payments_and_its_history(typed: Typed) -> None:
    reference, today = transfer(typed), datetime.now(UTC).date().isoformat()
    typed("confirm", reference, "48", "--on", today, "--bank-reference", "VIR 12")
    _, said = typed("orders", "show", reference)
    assert f"{today}  48,00 EUR  offline:" in said
    assert "VIR 12" in said
    assert "order.payment  (command:marie)" in said


def test_without_stripe_the_books_alone_are_compared(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BICORNE_STRIPE_KEY")
    monkeypatch.delenv("BICORNE_STRIPE_WEBHOOK_SECRET")
    reference = transfer(typed)
    typed("confirm", reference, "48")
    assert typed("reconcile") == (0, "Aucune différence : chaque paiement a son droit.\n")


def test_a_stripe_that_is_down_is_said_in_a_line(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BICORNE_STRIPE_API", "http://127.0.0.1:1")
    status, said = typed("reconcile")
    assert status == 1
    assert said.startswith("paywall : Stripe ne répond pas")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BICORNE_STRIPE_KEY", "pk_test_publiable", "sk_"),
        ("BICORNE_STRIPE_KEY", "", "vont ensemble"),
        ("BICORNE_STRIPE_WEBHOOK_SECRET", "", "vont ensemble"),
        ("BICORNE_STRIPE_API", "https://stripe.example", "sur cette machine"),
    ],
)
def test_settings_of_stripe_that_cannot_be_are_refused_and_no_key_is_told(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    status, said = typed("reconcile")
    assert status == 1
    assert told in said
    assert KEY not in said
    assert SECRET not in said
    assert not value.startswith("pk_") or value not in said


def test_settings_do_not_show_their_secrets(typed: Typed) -> None:
    shown = repr(typed.shop.settings)
    assert KEY not in shown
    assert SECRET not in shown
