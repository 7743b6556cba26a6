"""What readers are written when money comes, and when it does not: once, with what it tells."""

from local_stripe import GOOD_CARD, LATER_DECLINED_CARD
from shop import Shop
from sqlalchemy import select

from paywall.money.refunds import refund
from paywall.store.schema import Mail


def subjects(shop: Shop) -> list[str]:
    with shop.database.read() as db:
        return list(db.scalars(select(Mail.subject).order_by(Mail.id)))


def texts(shop: Shop) -> list[str]:
    with shop.database.read() as db:
        return list(db.scalars(select(Mail.text).order_by(Mail.id)))


def test_a_payment_is_answered_by_one_letter_however_often_it_is_told(shop: Shop) -> None:
    reference = shop.buy(renews=True)
    told = shop.stripe.heard()
    assert subjects(shop) == []
    for message in (*told, *told):
        shop.deliver(message)
    assert subjects(shop) == [f"Paiement reçu : {reference}"]


def test_a_renewal_says_that_it_is_one(shop: Shop) -> None:
    reference, subscription = shop.subscribe()
    shop.later(days=365)
    shop.stripe.renew(subscription)
    shop.hear()
    first, second = subjects(shop)
    assert first == f"Paiement reçu : {reference}"
    assert second.startswith("Abonnement renouvelé : BIC-")


def test_a_payment_that_fails_is_told_once_and_the_late_one_is_a_renewal(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.later(days=366)
    shop.stripe.renew(subscription)
    declined = shop.stripe.heard()
    for message in (*declined, *declined):
        shop.deliver(message)
    assert subjects(shop)[1:] == ["Un paiement n’est pas passé"]
    shop.stripe.use_card(subscription, GOOD_CARD)
    (owed,) = [i for i in shop.stripe.client.v1.invoices.list({}).data if i.status == "open"]
    shop.stripe.client.v1.invoices.pay(owed.id)
    shop.hear()
    assert [subject.partition(" : ")[0] for subject in subjects(shop)[2:]] == [
        "Abonnement renouvelé"
    ]


def test_a_refund_is_told_once_whoever_hears_of_it_first(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    refund(shop.till, reference, 1000, "command:test")
    assert shop.hear() == {200}
    shop.refund_at_stripe(shop.payment(reference), 3800)
    assert shop.hear() == {200}
    assert subjects(shop)[1:] == [f"Remboursement : {reference}"] * 2
    part, rest = texts(shop)[1:]
    assert "Nous vous rendons 10,00\N{NO-BREAK SPACE}€" in part
    assert "La somme revient sur la carte" in part
    assert "reste ouvert" in part
    assert "Nous vous rendons 38,00\N{NO-BREAK SPACE}€" in rest
    assert "est refermé" in rest


def test_nobody_is_written_to_about_the_money_of_an_erased_account(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    shop.erase_reader(reference)
    refund(shop.till, reference, None, "command:test")
    assert f"Remboursement : {reference}" not in subjects(shop)
