"""Money that goes back to a card, told by whoever is first, and what cannot go back."""

import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest
from books import the_order
from shop import Shop, Standing

from paywall.errors import RefusedError
from paywall.money.provider import ProviderDownError, ProviderRefusedError, RefundWish, Returned
from paywall.money.refunds import refund
from paywall.money.stripe_cards import StripeCards
from paywall.money.stripe_facts import Facts
from paywall.store.schema import ProviderEvent


@pytest.mark.parametrize(("ends", "reads"), [(False, True), (True, False)])
def test_stripes_message_may_come_before_its_answer_is_written_down(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, ends: bool, reads: bool
) -> None:
    reference, _ = shop.subscribe()
    asked = StripeCards.refund

    def then_heard(cards: StripeCards, wish: RefundWish) -> Sequence[Returned]:
        returned = asked(cards, wish)
        assert shop.hear() == {200}
        return returned

    monkeypatch.setattr(StripeCards, "refund", then_heard)
    refund(shop.till, reference, 1000, "command:test", ends=ends)
    assert shop.standing(reference) == Standing("paid", 3800)
    shop.later(minutes=1)
    assert shop.reads() == reads


def test_an_issue_that_is_refunded_closes_again(shop: Shop) -> None:
    reference = shop.buy(issue="812-lumiere")
    assert shop.hear() == {200}
    assert shop.grants() == ("issue:812-lumiere",)
    told = refund(shop.till, reference, None, "command:test")
    assert (told.by_card, told.left_cents) == (True, 0)
    assert shop.grants() == ()


def test_what_went_back_already_in_the_dashboard_is_not_sent_again(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    shop.refund_at_stripe(shop.payment(reference), 4800)
    with pytest.raises(ProviderRefusedError, match="n’a plus ces 4800 centimes"):
        refund(shop.till, reference, None, "command:test")
    assert shop.standing(reference) == Standing("paid", 4800)
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("refunded", 0)


def test_a_sale_that_the_books_have_lost_is_acknowledged_and_gives_nothing(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """As after a copy was restored that is older than the sale: `reconcile` lists it."""
    reference = shop.buy(renews=True)
    with shop.unit() as unit:
        unit.db.delete(the_order(unit, reference))
    with caplog.at_level(logging.WARNING):
        assert shop.hear() == {200}
    assert "dont la commande est inconnue" in caplog.text
    assert shop.orders() == []
    assert shop.periods() == []


def test_an_answer_that_other_messages_always_overtake_is_asked_for_again_later(shop: Shop) -> None:
    asked = list[int]()

    def overtaken() -> Facts:
        asked.append(len(asked))
        with shop.unit() as unit:
            name = f"stripe:evt_{len(asked)}"
            told = ProviderEvent(name=name, happened_at=unit.now, received_at=unit.now)
            unit.db.add(told)
        return Facts()

    with pytest.raises(ProviderDownError, match="trop de messages"):
        shop.till.enter(overtaken)
    assert len(asked) == 5


def test_a_way_to_pay_that_is_not_offered_is_refused(shop: Shop) -> None:
    with pytest.raises(RefusedError, match="n’est pas proposé"):
        shop.till.provider("cheque")


def test_a_period_that_was_over_stays_as_it_was(shop: Shop) -> None:
    reference, subscription = shop.subscribe()
    (first,) = shop.periods()
    shop.later(days=366)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    shop.now += timedelta(days=10)
    refund(shop.till, reference, 1000, "command:test", ends=True)
    assert shop.periods()[0] == first
    assert not shop.reads()
