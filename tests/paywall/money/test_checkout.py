"""From an order to Stripe's page and back, before Stripe has told anything."""

import pytest
from books import ADDRESS, the_order
from local_stripe import DECLINED_CARD, DeclinedError
from shop import PARIS, Shop, Standing

from paywall.errors import RefusedError


def test_the_page_asks_for_our_price_and_knows_the_order_and_the_reader(shop: Shop) -> None:
    reference = shop.order(renews=True)
    shop.till.start_checkout(reference)
    (session,) = shop.stripe.client.v1.checkout.sessions.list({}).data
    assert (session.amount_total, session.currency, session.mode) == (4800, "eur", "subscription")
    assert session.customer_email == ADDRESS
    assert session.client_reference_id == session.metadata["order"] == reference
    assert session.success_url == f"{PARIS}/commande/{reference}/merci/"
    assert session.cancel_url == f"{PARIS}/commande/{reference}/"
    assert session.locale == "fr"


def test_asked_twice_there_is_one_page(shop: Shop) -> None:
    reference = shop.order()
    first = shop.till.start_checkout(reference)
    assert shop.till.start_checkout(reference) == first
    assert len(shop.stripe.client.v1.checkout.sessions.list({}).data) == 1


def test_a_crash_before_the_page_was_noted_makes_no_second_one(shop: Shop) -> None:
    reference = shop.order()
    first = shop.till.start_checkout(reference)
    with shop.unit() as unit:
        the_order(unit, reference).provider_ref = None
    assert shop.till.start_checkout(reference) == first


def test_after_a_page_has_expired_there_is_another(shop: Shop) -> None:
    reference = shop.order()
    first = shop.till.start_checkout(reference)
    (session,) = shop.stripe.client.v1.checkout.sessions.list({}).data
    shop.stripe.client.v1.checkout.sessions.expire(session.id)
    assert shop.hear() == {200}
    assert shop.standing(reference).status == "cancelled"
    second = shop.till.start_checkout(reference)
    assert second != first
    shop.stripe.pay(second)
    assert shop.till.catch_up(reference)


def test_a_declined_card_gives_nothing_and_another_may_be_tried(shop: Shop) -> None:
    reference = shop.order(renews=True)
    page = shop.till.start_checkout(reference)
    with pytest.raises(DeclinedError):
        shop.stripe.pay(page, DECLINED_CARD)
    assert not shop.till.catch_up(reference)
    assert not shop.reads()
    shop.stripe.pay(page)
    assert shop.till.catch_up(reference)


@pytest.mark.parametrize(
    ("wish", "grant"),
    [
        ({"renews": True}, "all"),
        ({}, "all"),
        ({"issue": "812-lumiere"}, "issue:812-lumiere"),
    ],
    ids=["renewing", "one year", "one issue"],
)
def test_whoever_comes_back_before_stripes_message_reads_at_once(
    shop: Shop, wish: dict[str, object], grant: str
) -> None:
    reference = shop.buy(**wish)
    assert shop.till.catch_up(reference)
    assert shop.grants() == (grant,)
    before = (shop.periods(), shop.standing(reference), shop.books.log())
    assert shop.hear() == {200}
    assert (shop.periods(), shop.standing(reference), shop.books.log()) == before


def test_catching_up_again_changes_nothing(shop: Shop) -> None:
    reference = shop.buy()
    assert [shop.till.catch_up(reference) for _ in range(3)] == [True] * 3
    assert shop.standing(reference) == Standing("paid", 4800)
    assert len(shop.periods()) == 1


def test_a_reader_who_paid_in_another_window_is_thanked(shop: Shop) -> None:
    reference = shop.buy()
    assert shop.till.start_checkout(reference).endswith(f"/commande/{reference}/merci/")
    assert shop.reads()


def test_what_costs_nothing_is_given_without_stripe(shop: Shop) -> None:
    reference = shop.order()
    with shop.unit() as unit:
        the_order(unit, reference).amount_cents = 0
    assert shop.till.start_checkout(reference) == f"/commande/{reference}/merci/"
    assert shop.reads()
    assert shop.till.start_checkout(reference) == f"/commande/{reference}/merci/"
    assert len(shop.periods()) == 1


def test_what_stripe_does_not_charge_is_refused_before_it_is_asked(shop: Shop) -> None:
    reference = shop.order()
    with shop.unit() as unit:
        the_order(unit, reference).amount_cents = 49
    with pytest.raises(RefusedError, match="par carte"):
        shop.till.start_checkout(reference)


def test_an_order_that_was_refunded_is_not_paid_again(shop: Shop) -> None:
    reference = shop.buy()
    shop.till.catch_up(reference)
    shop.refund_at_stripe(shop.payment(reference), 4800)
    assert shop.hear() == {200}
    with pytest.raises(RefusedError, match="nouvelle"):
        shop.till.start_checkout(reference)


def test_an_unknown_order_is_refused(shop: Shop) -> None:
    with pytest.raises(RefusedError, match="pas de commande"):
        shop.till.start_checkout("BIC-AAAA-AAAA")


def test_a_name_of_a_plan_is_in_its_readers_language(shop: Shop) -> None:
    reference = shop.order(renews=True)
    with shop.unit() as unit:
        the_order(unit, reference).reader.language = "en"
    shop.till.start_checkout(reference)
    (session,) = shop.stripe.client.v1.checkout.sessions.list({}).data
    assert session.locale == "en"
    assert "<h1>Digital</h1>" in shop.stripe.http.get(str(session.url)).text
