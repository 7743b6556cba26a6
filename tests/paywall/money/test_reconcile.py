"""Every difference is listed, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from books import one_subscription, the_order
from shop import Shop
from sqlalchemy import select

from paywall.accounts.payments import note, receive_payment
from paywall.accounts.subscriptions import cancel, keep_renewing, pause
from paywall.money.books import Difference
from paywall.money.offline import Receipt, confirm
from paywall.money.reconcile import differences
from paywall.money.refunds import refund
from paywall.store.schema import Period, Subscription


def listed(shop: Shop) -> list[str]:
    shop.later(minutes=1)
    return [difference.text for difference in differences(shop.till)]


def test_nothing_where_everything_agrees(shop: Shop) -> None:
    reference, subscription = shop.subscribe()
    shop.buy(issue="812-lumiere")
    assert shop.hear() == {200}
    with shop.unit() as unit:
        paid = shop.books.order(unit, plan="print")
        confirm(unit, paid.reference, Receipt(7800), shop.books.offers)
        shop.books.order(unit, plan="print")  # awaited still
    refund(shop.till, reference, 1000, "command:test")
    assert shop.hear() == {200}
    shop.later(days=365)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    assert listed(shop) == []


def test_a_payment_of_which_nothing_was_heard(shop: Shop) -> None:
    reference = shop.buy(renews=True)
    (payment,) = shop.stripe.client.v1.payment_intents.list({}).data
    assert Difference(
        payment.id,
        f"48,00 EUR reçus par Stripe pour la commande {reference}, de 48,00 EUR, "
        "pas dans les livres",
    ) in differences(shop.till)
    assert shop.hear() == {200}
    assert listed(shop) == []


def test_a_renewal_of_which_nothing_was_heard(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    shop.stripe.renew(subscription)
    assert any("48,00 EUR reçus par Stripe pour renouveler" in text for text in listed(shop))


def test_a_refund_and_a_dispute_of_which_nothing_was_heard(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    other = shop.buy(plan="print")
    assert shop.hear() == {200}
    shop.refund_at_stripe(shop.payment(reference), 4800)
    shop.stripe.dispute(shop.payment(other))
    said = listed(shop)
    assert len(said) == 2
    assert said[0].startswith("48,00 EUR rendus par Stripe")
    assert said[1].startswith("contestée chez Stripe")
    assert shop.hear() == {200}
    assert listed(shop) == []


def test_a_dispute_that_was_lost_or_won_of_which_nothing_was_heard(shop: Shop) -> None:
    first, _ = shop.subscribe()
    second = shop.buy(plan="print")
    assert shop.hear() == {200}
    lost, won = (shop.stripe.dispute(shop.payment(r)) for r in (first, second))
    assert shop.hear() == {200}
    v1 = shop.stripe.client.v1.disputes
    v1.close(lost)
    v1.update(won, {"evidence": {"uncategorized_text": "winning_evidence"}})
    said = listed(shop)
    assert [text.partition(" (")[0] for text in said].count("contestation perdue") == 1
    assert "contestée ici, plus chez Stripe" in said
    assert shop.hear() == {200}
    assert listed(shop) == []


def by_offline(shop: Shop, cents: int, **wish: object) -> str:
    with shop.unit() as unit:
        order = shop.books.order(unit, **wish)
        confirm(unit, order.reference, Receipt(cents), shop.books.offers)
        return order.reference


def test_what_was_paid_in_part_too_much_or_after_it_was_refunded(shop: Shop) -> None:
    by_offline(shop, 3000)
    by_offline(shop, 5000)
    again = by_offline(shop, 4800)
    refund(shop.till, again, None, "command:test")
    with shop.unit() as unit:
        confirm(unit, again, Receipt(1200), shop.books.offers)
    assert listed(shop) == [
        "payée en partie : il manque 18,00 EUR",
        "payée en trop : 2,00 EUR à rendre",
        "remboursée, mais il en reste 12,00 EUR : à rendre",
    ]


def test_what_was_paid_for_a_plan_that_is_gone_or_by_somebody_who_is(shop: Shop) -> None:
    with shop.unit() as unit:
        order = shop.books.order(unit)
        receive_payment(unit, order, "1", 4800, shop.books.without_plan("digital"))
    assert listed(shop) == ["payée, rien n’est donné : à donner : paywall confirm sans montant"]
    shop.erase_reader(order.reference)
    assert listed(shop) == [
        "payée, rien n’est donné : le compte est effacé : il n’y a personne à qui donner"
    ]


def lose_right(shop: Shop) -> None:
    with shop.unit() as unit:
        unit.db.delete(unit.db.scalars(select(Period)).one())


def give_twice(shop: Shop) -> None:
    with shop.unit() as unit:
        order, held = the_order(unit), one_subscription(unit)
        row = Period(starts_at=shop.now, ends_at=shop.now, order_id=order.id)
        held.periods.append(row)


def never_paid(shop: Shop) -> None:
    with shop.unit() as unit:
        the_order(unit).status = "awaiting"


def nobodys(shop: Shop) -> None:
    with shop.unit() as unit:
        held = one_subscription(unit)
        held.periods.append(Period(starts_at=shop.now, ends_at=shop.now, order_id=None))


def invented(shop: Shop) -> None:
    with shop.unit() as unit:
        note(unit, the_order(unit), "pi_invented", 1)


def given_back(shop: Shop) -> None:
    with shop.unit() as unit:
        note(unit, the_order(unit), "VIR 9", -4900)


def other_amount(shop: Shop) -> None:
    with shop.unit() as unit:
        the_order(unit).payments[0].amount_cents = 4700


@pytest.mark.parametrize(
    ("deed", "text"),
    [
        (lose_right, "payée, et rien n’est donné"),
        (give_twice, "a donné 2 fois"),
        (never_paid, "donnée sans être payée"),
        (nobodys, "une période que personne n’a payée ni offerte"),
        (given_back, "rendu plus que reçu : -1,00 EUR"),
        (invented, "0,01 EUR dans les livres (pi_invented), pas chez Stripe"),
        (other_amount, "48,00 EUR chez Stripe, 47,00 EUR dans les livres"),
    ],
)
def test_books_that_somebody_altered(shop: Shop, deed: Callable[[Shop], None], text: str) -> None:
    shop.subscribe()
    assert listed(shop) == []
    deed(shop)
    assert text in listed(shop)


def test_a_refund_of_another_amount_than_stripes(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    refund(shop.till, reference, 1000, "command:test")
    with shop.unit() as unit:
        the_order(unit).payments[1].amount_cents = -900
    assert listed(shop) == ["un autre montant rendu chez Stripe"]


def test_a_payment_for_an_order_that_is_nobodys(shop: Shop) -> None:
    """As after a copy was restored that is older than the sale."""
    reference = shop.buy(plan="print")
    (payment,) = shop.stripe.client.v1.payment_intents.list({}).data
    shop.stripe.dispute(payment.id)
    with shop.unit() as unit:
        unit.db.delete(the_order(unit, reference))
    (said,) = listed(shop)
    assert f"pour la commande {reference}, qui n’existe pas" in said


def test_a_subscription_that_ended_there_before_it_was_heard_of(shop: Shop) -> None:
    shop.buy(renews=True)
    assert len(listed(shop)) == 2
    shop.stripe.client.v1.subscriptions.cancel(shop.stripe_subscription())
    (said,) = listed(shop)
    assert "pas dans les livres" in said


@pytest.mark.parametrize(
    ("deed", "text"),
    [
        (lambda shop, unit, held: cancel(unit, held), "renouvelé par Stripe, mais résilié ici"),
        (lambda shop, unit, held: pause(unit, held), "suspendu ici seulement"),
        (
            lambda shop, unit, held: setattr(held, "provider_ref", "sub_other"),
            "à renouveler ici, inconnu chez Stripe",
        ),
    ],
)
def test_a_subscription_that_stands_otherwise_there(
    shop: Shop, deed: Callable[[Shop, object, Subscription], None], text: str
) -> None:
    shop.subscribe()
    with shop.unit() as unit:
        deed(shop, unit, one_subscription(unit))
    assert text in listed(shop)


def test_a_subscription_that_was_cancelled_or_paused_there_only(shop: Shop) -> None:
    _, reference = shop.subscribe()
    v1 = shop.stripe.client.v1.subscriptions
    v1.update(reference, {"pause_collection": {"behavior": "void"}})
    assert listed(shop) == ["suspendu chez Stripe seulement"]
    v1.update(reference, {"pause_collection": ""})
    v1.update(reference, {"cancel_at_period_end": True})
    assert listed(shop) == ["résilié chez Stripe, mais pas ici"]
    shop.hear()
    assert listed(shop) == []
    with shop.unit() as unit:
        keep_renewing(unit, one_subscription(unit))
    assert listed(shop) == ["résilié chez Stripe, mais pas ici"]


def test_a_charge_on_another_day_than_the_periods_end(shop: Shop) -> None:
    shop.subscribe()
    with shop.unit() as unit:
        one_subscription(unit).periods[0].ends_at += timedelta(days=40)
    (said,) = listed(shop)
    assert said.startswith("Stripe prélève le ")


def test_other_business_of_the_same_account_is_left_out(shop: Shop) -> None:
    v1 = shop.stripe.client.v1
    made = v1.payment_methods.create(
        {
            "type": "card",
            "card": {"number": "4242424242424242", "exp_month": 1, "exp_year": 2034, "cvc": "123"},
        }
    )
    v1.payment_intents.create(
        {"amount": 9900, "currency": "eur", "payment_method": made.id, "confirm": True}
    )
    assert listed(shop) == []
