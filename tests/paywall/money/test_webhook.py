"""Stripe's messages: told twice, late, in any order, at once, by somebody else."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from books import ADDRESS, the_order
from local_stripe import SECRET, LocalStripe
from patience import PATIENCE_SECONDS
from paywall_client import Client
from paywall_process import free_port
from shop import PARIS, Shop, Standing, only, post, signed
from sqlalchemy import func, select
from stores import sqlite_copy

from paywall.app import create_app
from paywall.money.offline import Receipt, confirm
from paywall.money.webhook import MAX_BODY_BYTES, STRIPE_PATH, StripeWebhook
from paywall.store.database import Database
from paywall.store.schema import Order, Payment, Period, ProviderEvent


def test_a_payment_that_is_told_opens(shop: Shop) -> None:
    reference = shop.buy(renews=True)
    assert not shop.reads()
    assert shop.hear() == {200}
    assert shop.reads()
    assert shop.standing(reference) == Standing("paid", 4800)
    assert shop.subscription().provider_ref == shop.stripe_subscription()


def test_everything_told_three_times_counts_once(shop: Shop) -> None:
    reference = shop.buy(renews=True)
    messages = shop.stripe.heard()
    for _ in range(3):
        assert {shop.deliver(message) for message in messages} == {200}
    assert shop.standing(reference) == Standing("paid", 4800)
    assert len(shop.periods()) == 1
    assert shop.books.log().count("period.added") == 1


def test_stripes_own_second_telling_is_taken_and_changes_nothing(shop: Shop) -> None:
    shop.buy(renews=True)
    (told,) = only(shop.stripe.heard(), "checkout.session.completed")
    assert shop.deliver(told) == 200
    shop.stripe.http.post(f"/_config/events/{told.event['id']}/resend")
    (again,) = shop.stripe.heard()
    lines = len(shop.books.log())
    assert shop.deliver(again) == 200
    assert len(shop.books.log()) == lines


def test_four_messages_in_every_order_come_to_the_same(
    migrated_sqlite: Path, stripe: LocalStripe, tmp_path: Path
) -> None:
    """A first payment, its renewal, a part refunded: in 24 orders, each on fresh books."""
    (folder := tmp_path / "first").mkdir()
    url = sqlite_copy(migrated_sqlite, folder)
    shop = Shop(Database(url), stripe, folder)
    reference = shop.buy(renews=True)
    shop.database.close()
    ordered = (folder / "accounts.sqlite").read_bytes()  # before anything is told
    subscription = shop.stripe_subscription()
    stripe.renew(subscription)
    first, second = (
        i.payments.data[0].payment.payment_intent
        for i in sorted(
            stripe.client.v1.invoices.list({"expand": ["data.payments"]}).data,
            key=lambda i: i.billing_reason != "subscription_create",
        )
    )
    shop.refund_at_stripe(str(first), 1000)
    told = stripe.heard()
    paid = only(told, "invoice.paid")
    four = [*only(told, "checkout.session.completed", "charge.refunded"), *paid]
    assert len(four) == 4
    assert first != second
    for number, sequence in enumerate(permutations(four)):
        file = tmp_path / f"{number}.sqlite"
        file.write_bytes(ordered)
        database = Database(f"sqlite:///{file}")
        shop.database = shop.books_database(database)
        assert {shop.deliver(message) for message in sequence} == {200}
        assert shop.orders() == [Standing("paid", 3800), Standing("paid", 4800)]
        assert shop.standing(reference).status == "paid"
        (start, middle), (also_middle, end) = shop.periods()
        assert middle == also_middle
        assert int(end[:4]) - int(start[:4]) == 2
        database.close()


def test_a_refund_that_is_told_before_its_payment_is_kept_in_mind(shop: Shop) -> None:
    reference = shop.buy()
    (intent,) = shop.stripe.client.v1.payment_intents.list({}).data
    shop.refund_at_stripe(intent.id, 4800)
    told = shop.stripe.heard()
    assert {shop.deliver(m) for m in only(told, "charge.refunded")} == {200}
    assert shop.standing(reference) == Standing("refunded", 0)
    assert {shop.deliver(m) for m in told} == {200}
    assert shop.standing(reference) == Standing("refunded", 0)
    assert not shop.reads()


@pytest.mark.parametrize("times", [2, 6])
def test_the_same_message_at_once_on_several_threads_counts_once(shop: Shop, times: int) -> None:
    reference = shop.buy(renews=True)
    (told,) = only(shop.stripe.heard(), "checkout.session.completed")
    assert at_once(shop, [told] * times) == [200] * times
    assert shop.standing(reference) == Standing("paid", 4800)
    assert len(shop.periods()) == 1
    with shop.database.read() as db:
        assert db.scalar(select(func.count()).select_from(ProviderEvent)) == 1


def test_all_messages_of_a_sale_at_once_come_to_the_same(shop: Shop) -> None:
    reference = shop.buy(renews=True)
    messages = shop.stripe.heard()
    answers = set(at_once(shop, messages))
    assert answers <= {200, 503}  # told again later where too many came at once
    assert {shop.deliver(message) for message in messages} == {200}
    assert shop.standing(reference) == Standing("paid", 4800)
    assert len(shop.periods()) == 1


def at_once(shop: Shop, messages: list[object]) -> list[int]:
    answers: list[int] = []
    start = threading.Barrier(len(messages), timeout=PATIENCE_SECONDS)

    def tell(message: object) -> None:
        start.wait()
        answers.append(shop.deliver(message))  # type: ignore[arg-type]

    threads = [threading.Thread(target=tell, args=(message,)) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    return answers


FORGED = {"id": "evt_1", "type": "invoice.paid", "created": 1, "data": {"object": {}}}


def _as_stripe(event: object, **how: object) -> tuple[str, bytes]:
    made = signed(event, **how)
    return made.signature, made.body


FORGERIES: dict[str, Callable[[], tuple[str | None, bytes]]] = {
    "unsigned": lambda: (None, b"{}"),
    "empty": lambda: ("", b"{}"),
    "made up": lambda: ("t=1,v1=00", json.dumps(FORGED).encode()),
    "nonsense": lambda: ("nonsense", b"{}"),
    "no time": lambda: ("t=x,v1=y", b"{}"),
    "not ASCII": lambda: ("v1=\xe9", b"{}"),
    "another secret": lambda: _as_stripe(FORGED, secret="whsec_other"),
    "too old": lambda: _as_stripe(FORGED, age_seconds=301),
    "altered": lambda: (signed(FORGED).signature, signed(FORGED).body + b" "),
    "not JSON": lambda: _as_stripe(b"not json"),
    "a list": lambda: _as_stripe(b"[1]"),
    "a wrong type": lambda: _as_stripe({"id": "evt_1", "type": 7}),
    "a long name": lambda: _as_stripe({**FORGED, "id": "e" * 300}),
    "not UTF-8": lambda: _as_stripe(b"\xff\xfe"),
    "too deep": lambda: _as_stripe(b"[" * 100_000),
}
"""Signed when the test runs: in a long run, what was signed before would be too old, all of it."""


@pytest.mark.parametrize("forged", FORGERIES)
def test_what_is_not_stripes_is_refused_and_writes_nothing(shop: Shop, forged: str) -> None:
    signature, body = FORGERIES[forged]()
    before = shop.books.log()
    raw = signature.encode("latin-1") if signature else None
    headers = {b"stripe-signature": raw} if raw is not None else {}
    answer = Client(StripeWebhook(shop.till), PARIS).post(
        STRIPE_PATH, content=body, headers=headers
    )
    assert answer.status_code == 400
    assert answer.content == b""
    assert shop.books.log() == before


def test_a_message_that_was_altered_on_its_way_is_refused(shop: Shop) -> None:
    shop.buy()
    (told,) = only(shop.stripe.heard(), "checkout.session.completed")
    assert post(shop.till, told.body.replace(b"4800", b"1000"), told.signature) == 400
    assert not shop.reads()


def test_a_message_is_bounded(shop: Shop) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    assert post(shop.till, body, signed(body).signature) == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_only_post_is_answered(shop: Shop, method: str) -> None:
    answer = Client(StripeWebhook(shop.till), PARIS).request(method, STRIPE_PATH)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_messages_of_other_kinds_and_of_other_things_are_answered_and_forgotten(
    shop: Shop,
) -> None:
    for event in (
        {**FORGED, "type": "product.created"},
        {**FORGED, "type": "charge.refunded"},
        {**FORGED, "type": "invoice.paid", "data": {"object": {"parent": None}}},
        {**FORGED, "type": "checkout.session.completed", "data": {"object": {"id": "cs_other"}}},
    ):
        told = signed(event)
        assert post(shop.till, told.body, told.signature) == 200
    assert shop.orders() == []


def session(shop: Shop, reference: str | None, cents: int, currency: str, **more: object) -> None:
    """A payment that our own page would not have asked for."""
    metadata = {"order": reference} if reference else {}
    made = shop.stripe.client.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": currency,
                        "unit_amount": cents,
                        "product_data": {"name": "x"},
                    },
                }
            ],
            "metadata": metadata,
            "payment_intent_data": {"metadata": metadata},
            "success_url": PARIS,
            **more,
        }  # type: ignore[typeddict-item]
    )
    shop.stripe.pay(str(made.url))


@pytest.mark.parametrize(
    ("cents", "currency"),
    [(4799, "eur"), (4801, "eur"), (100, "eur"), (4800, "usd"), (4800, "jpy")],
)
def test_another_amount_or_currency_gives_nothing_and_is_said_once(
    shop: Shop, cents: int, currency: str
) -> None:
    reference = shop.order()
    session(shop, reference, cents, currency)
    for message in shop.stripe.heard() * 2:
        assert shop.deliver(message) == 200
    assert shop.standing(reference) == Standing("awaiting", 0)
    assert not shop.reads()
    assert shop.books.log().count("order.mismatch") == 1


def test_a_payment_of_an_unknown_order_gives_nothing(shop: Shop) -> None:
    session(shop, "BIC-AAAA-AAAA", 4800, "eur")
    assert shop.hear() == {200}
    assert shop.orders() == []


def test_a_reference_that_anybody_may_put_in_an_address_pays_nothing(shop: Shop) -> None:
    """`client_reference_id` is taken from the address of a payment link, metadata is not."""
    reference = shop.order()
    session(shop, None, 4800, "eur", client_reference_id=reference)
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("awaiting", 0)


def test_money_for_a_reader_who_was_erased_meanwhile_is_in_the_books_and_gives_nothing(
    shop: Shop,
) -> None:
    reference = shop.buy(renews=True)
    shop.erase_reader(reference)
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("partial", 4800)
    assert shop.periods() == []


def test_while_the_database_is_down_stripe_is_told_to_come_back(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    reference = shop.buy()
    messages = shop.stripe.heard()
    gone = Database("sqlite:////nulle/part/accounts.sqlite")
    down = replace(shop.till, database=gone)
    answers = [
        Client(StripeWebhook(down), PARIS).post(
            STRIPE_PATH, content=m.body, headers={"stripe-signature": m.signature}
        )
        for m in only(messages, "checkout.session.completed")
    ]
    gone.close()
    assert [(a.status_code, a.headers["retry-after"]) for a in answers] == [(503, "60")]
    assert {shop.deliver(message) for message in messages} == {200}
    assert shop.standing(reference) == Standing("paid", 4800)


def test_while_stripe_is_down_nothing_is_lost(shop: Shop) -> None:
    reference = shop.buy()
    messages = shop.stripe.heard()
    alone = shop.till_of(replace(shop.settings, stripe_api=f"http://127.0.0.1:{free_port()}"))
    told = only(messages, "checkout.session.completed")
    assert [shop.deliver(message, alone) for message in told] == [503]
    assert shop.standing(reference) == Standing("awaiting", 0)
    assert {shop.deliver(message) for message in messages} == {200}
    assert shop.reads()


def test_a_key_that_stripe_refuses_loses_nothing(shop: Shop) -> None:
    shop.buy()
    messages = shop.stripe.heard()
    refused = shop.till_of(replace(shop.settings, stripe_key="rk_short"))
    told = only(messages, "checkout.session.completed")
    assert [shop.deliver(message, refused) for message in told] == [503]
    assert {shop.deliver(message) for message in messages} == {200}
    assert shop.reads()


def test_the_log_holds_no_address_no_amount_and_no_name_of_a_payment(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    reference = shop.buy(renews=True)
    session(shop, reference, 100, "usd")
    session(shop, "BIC-AAAA-AAAA", 100, "usd")
    messages = shop.stripe.heard()
    shop.hear()
    for message in messages:
        shop.deliver(message)
        post(shop.till, message.body, "t=1,v1=00")
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("paywall")]
    for secret in (ADDRESS, SECRET, shop.settings.stripe_key, reference, "4800", "pi_", "4242"):
        assert not [line for line in ours if secret in line]
    loud = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    for secret in (ADDRESS, SECRET, shop.settings.stripe_key, reference):
        assert not [line for line in loud if secret in line]


def test_sepa_opens_when_the_money_comes_and_not_before(shop: Shop) -> None:
    reference = shop.order()
    shop.stripe.pay(shop.till.start_checkout(reference), iban="FR1420041010050500013M02606")
    completed = only(shop.stripe.heard(), "checkout.session.completed")
    for message in completed:
        assert message.event["data"]["object"]["payment_status"] == "unpaid"
    later = shop.stripe.heard_until("checkout.session.async_payment_succeeded")
    assert {shop.deliver(message) for message in completed + later} == {200}
    assert shop.standing(reference) == Standing("paid", 4800)


def test_sepa_that_fails_gives_nothing(shop: Shop) -> None:
    reference = shop.order()
    shop.stripe.pay(shop.till.start_checkout(reference), iban="DE62370400440532013001")
    told = shop.stripe.heard_until("checkout.session.async_payment_failed")
    assert {shop.deliver(message) for message in told} == {200}
    assert shop.standing(reference) == Standing("awaiting", 0)
    assert not shop.reads()


def test_every_payment_that_was_told_has_one_row_and_one_period(shop: Shop) -> None:
    for _ in range(3):
        shop.buy()
    messages = shop.stripe.heard()
    for message in reversed(messages * 2):
        assert shop.deliver(message) == 200
    with shop.database.read() as db:
        counts = [
            db.scalar(select(func.count()).select_from(table)) for table in (Payment, Period, Order)
        ]
    assert counts == [3, 3, 3]


def test_an_order_keeps_its_provider_when_it_was_paid_by_transfer_meanwhile(shop: Shop) -> None:
    reference = shop.order(renews=True)
    page = shop.till.start_checkout(reference)
    with shop.unit() as unit:
        confirm(unit, reference, Receipt(4800), shop.books.offers)
    shop.stripe.pay(page)
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("paid", 9600)  # listed until it goes back
    assert len(shop.periods()) == 1
    with shop.unit() as unit:
        assert the_order(unit, reference).provider == "offline"


def test_the_service_has_the_endpoint(shop: Shop, tmp_path: Path) -> None:
    app = create_app(replace(shop.settings, var=tmp_path / "var"), clock=lambda: shop.now)
    client = Client(app, PARIS)
    assert client.post(STRIPE_PATH, content=b"{}").status_code == 400
    known = signed({**FORGED, "type": "product.created"})
    headers = {"stripe-signature": known.signature}
    assert client.post(STRIPE_PATH, content=known.body, headers=headers).status_code == 200


def test_without_an_account_at_stripe_every_message_is_refused(shop: Shop) -> None:
    shop.buy()
    none = shop.till_of(replace(shop.settings, stripe_key="", stripe_webhook_secret=""))
    for secret in ("", SECRET):
        told = signed(FORGED, secret=secret)
        assert post(none, told.body, told.signature) == 400
