"""A year later: charged again, declined, paid late, cancelled here or there, disputed, refunded."""

from datetime import timedelta
from itertools import pairwise

import pytest
from books import one_subscription
from local_stripe import DISPUTED_CARD, GOOD_CARD, LATER_DECLINED_CARD
from shop import Shop, Standing, only
from sqlalchemy import select

from paywall.accounts.rights import State, end_of, state_of
from paywall.accounts.subscriptions import resume
from paywall.errors import RefusedError
from paywall.money import renewals
from paywall.money.provider import RefundWish
from paywall.money.refunds import refund
from paywall.store.schema import Period, Subscription

YEAR = {"days": 366}


def days(shop: Shop) -> list[int]:
    """Between a period's end and the next one's start."""
    with shop.database.read() as db:
        periods = list(db.scalars(select(Period).order_by(Period.starts_at)))
    return [(b.starts_at - a.ends_at).days for a, b in pairwise(periods)]


def state(shop: Shop) -> State:
    with shop.unit() as unit:
        return state_of(one_subscription(unit), shop.now)


def test_a_renewal_is_charged_at_the_price_that_is_held_and_follows(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    shop.later(days=365)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    assert shop.orders() == [Standing("paid", 4800)] * 2
    assert days(shop) == [0]
    shop.later(days=300)
    assert shop.reads()


def test_between_a_periods_end_and_its_charge_an_hour_later_everything_stays_open(
    shop: Shop,
) -> None:
    _, subscription = shop.subscribe()
    shop.later(**YEAR)
    shop.stripe.renew(subscription, draft=True)
    assert shop.hear() == {200}
    shop.later(minutes=30)
    assert shop.reads()
    (open_invoice,) = [
        i for i in shop.stripe.client.v1.invoices.list({}).data if i.status == "draft"
    ]
    shop.stripe.client.v1.invoices.pay(open_invoice.id)
    assert shop.hear() == {200}
    assert days(shop) == [0]


def test_declined_then_paid_late_there_is_no_gap_and_nothing_double(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.later(**YEAR)
    shop.stripe.renew(subscription)
    declined = shop.stripe.heard()
    assert {shop.deliver(message) for message in declined} == {200}
    assert state(shop) is State.GRACE
    assert shop.reads()
    shop.later(days=10)
    assert shop.reads()
    shop.stripe.use_card(subscription, GOOD_CARD)
    (owed,) = [i for i in shop.stripe.client.v1.invoices.list({}).data if i.status == "open"]
    shop.stripe.client.v1.invoices.pay(owed.id)
    assert shop.hear() == {200}
    assert {shop.deliver(message) for message in declined} == {200}  # late, and out of date
    assert state(shop) is State.ACTIVE
    assert days(shop) == [0]
    assert shop.orders() == [Standing("paid", 4800)] * 2
    assert shop.subscription().grace_until is None


def test_declined_and_never_paid_grace_ends_and_what_was_published_stays(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.later(**YEAR)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    shop.later(days=13)
    assert shop.reads()
    shop.later(days=2)
    assert not shop.reads()
    assert len(shop.grants()) == 1
    shop.stripe.client.v1.subscriptions.cancel(subscription)  # Stripe gives up
    assert shop.hear() == {200}
    assert state(shop) is State.ENDED


def test_a_decline_that_is_told_after_the_payment_gives_no_grace(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.later(**YEAR)
    shop.stripe.renew(subscription)
    declined = shop.stripe.heard()
    shop.stripe.use_card(subscription, GOOD_CARD)
    (owed,) = [i for i in shop.stripe.client.v1.invoices.list({}).data if i.status == "open"]
    shop.stripe.client.v1.invoices.pay(owed.id)
    assert shop.hear() == {200}
    assert {shop.deliver(message) for message in only(declined, "invoice.payment_failed")} == {200}
    assert shop.subscription().grace_until is None
    assert state(shop) is State.ACTIVE


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "at the period's end"])
def test_cancelled_in_stripes_dashboard_it_runs_to_the_end_of_what_is_paid(
    shop: Shop, at_once: bool
) -> None:
    _, subscription = shop.subscribe()
    v1 = shop.stripe.client.v1
    if at_once:
        v1.subscriptions.cancel(subscription)
    else:
        v1.subscriptions.update(subscription, {"cancel_at_period_end": True})
    assert shop.hear() == {200}
    assert state(shop) is State.ENDING
    shop.later(days=360)
    assert shop.reads()
    shop.later(days=10)
    assert not shop.reads()


def test_stopped_here_it_is_charged_no_more_there_and_taken_back_it_is(shop: Shop) -> None:
    _, reference = shop.subscribe()
    held, v1 = shop.subscription().id, shop.stripe.client.v1
    renewals.stop(shop.till, held, "reader:1")
    assert v1.subscriptions.retrieve(reference).cancel_at_period_end
    assert state(shop) is State.ENDING
    assert shop.hear() == {200}
    renewals.keep(shop.till, held, "reader:1")
    assert not v1.subscriptions.retrieve(reference).cancel_at_period_end
    assert state(shop) is State.ACTIVE
    assert shop.hear() == {200}
    assert state(shop) is State.ACTIVE


def test_stopped_there_while_the_books_were_down_is_stopped_here_by_the_message(
    shop: Shop,
) -> None:
    _, reference = shop.subscribe()
    shop.stripe.client.v1.subscriptions.update(reference, {"cancel_at_period_end": True})
    assert state(shop) is State.ACTIVE
    assert shop.hear() == {200}
    assert state(shop) is State.ENDING


def test_while_it_stands_still_nothing_is_charged_and_then_when_what_was_left_is_over(
    shop: Shop,
) -> None:
    _, reference = shop.subscribe()
    held, v1 = shop.subscription().id, shop.stripe.client.v1
    shop.later(days=100)
    renewals.stand_still(shop.till, held, "reader:1")
    assert v1.subscriptions.retrieve(reference).pause_collection is not None
    assert not shop.reads()
    with pytest.raises(RefusedError):
        renewals.keep(shop.till, held + 1, "reader:1")
    shop.later(days=60)
    renewals.go_on(shop.till, held, "reader:1")
    told = v1.subscriptions.retrieve(reference)
    end = end_of(shop_subscription(shop))
    assert end is not None
    assert told.pause_collection is None
    assert abs(told["items"].data[0].current_period_end - end.timestamp()) < 60
    assert end - shop.now > timedelta(days=264)
    assert shop.hear() == {200}
    shop.now = end
    shop.stripe.renew(reference)
    assert shop.hear() == {200}
    assert days(shop) == [0]


def shop_subscription(shop: Shop) -> Subscription:
    with shop.unit() as unit:
        found = one_subscription(unit)
        _ = list(found.periods), list(found.pauses)
        return found


def test_what_was_given_before_is_not_charged_over(shop: Shop) -> None:
    """A renewing year bought while another runs: Stripe charges when both are over."""
    with shop.unit() as unit:
        shop.books.paid(unit)
    shop.buy(renews=True)
    assert shop.hear() == {200}
    told = shop.stripe.client.v1.subscriptions.retrieve(shop.stripe_subscription())
    at = told["items"].data[0].current_period_end
    assert timedelta(days=729) < timedelta(seconds=at - shop.now.timestamp()) < timedelta(days=733)


def test_refunded_in_whole_in_the_dashboard_it_closes_and_is_charged_no_more(shop: Shop) -> None:
    reference, subscription = shop.subscribe()
    shop.refund_at_stripe(shop.payment(reference), 4800)
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("refunded", 0)
    assert shop.grants() == ()
    assert shop.stripe.client.v1.subscriptions.retrieve(subscription).cancel_at_period_end


def test_refunded_in_parts_it_closes_with_the_last(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    for cents, open_ in ((2000, True), (2000, True), (800, False)):
        shop.refund_at_stripe(shop.payment(reference), cents)
        assert shop.hear() == {200}
        assert shop.reads() is open_
    assert shop.standing(reference) == Standing("refunded", 0)


def test_a_refund_whose_money_comes_back_is_in_the_books(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    shop.refund_at_stripe(shop.payment(reference), 4800)
    assert shop.hear() == {200}
    (made,) = shop.stripe.client.v1.refunds.list({}).data
    shop.stripe.fail_refund(made.id)
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("refunded", 4800)
    assert not shop.reads()


def test_the_treasurers_refund_goes_to_the_card_and_ends_what_it_should(shop: Shop) -> None:
    reference, subscription = shop.subscribe()
    shop.later(days=100)
    told = refund(shop.till, reference, 2400, "command:test", ends=True)
    assert (told.by_card, told.status) == (True, "paid")
    assert not shop.reads()
    assert len(shop.grants()) == 1  # what was published in those hundred days
    v1 = shop.stripe.client.v1
    assert [r.amount for r in v1.refunds.list({}).data] == [2400]
    assert v1.subscriptions.retrieve(subscription).cancel_at_period_end
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("paid", 2400)


def test_a_refund_asked_again_after_a_crash_is_made_once(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    wish = RefundWish(
        (shop.payment(reference),), 4800, ends=False, key=f"refund-{reference}-4800-4800"
    )
    assert shop.till.cards is not None
    shop.till.cards.refund(wish)  # and the process dies here
    refund(shop.till, reference, None, "command:test")
    assert [r.amount for r in shop.stripe.client.v1.refunds.list({}).data] == [4800]
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("refunded", 0)


def test_a_refund_of_which_stripe_tells_first_ends_what_it_should(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    shop.later(days=10)
    shop.refund_at_stripe(shop.payment(reference), 2400, ends=True)
    assert shop.hear() == {200}
    assert not shop.reads()
    assert len(shop.grants()) == 1


def test_no_more_is_refunded_than_was_paid(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    with pytest.raises(RefusedError, match="plus que"):
        refund(shop.till, reference, 4801, "command:test")
    assert shop.stripe.client.v1.refunds.list({}).data == []


def test_a_dispute_closes_and_stops_and_winning_it_opens_again(shop: Shop) -> None:
    reference, subscription = shop.subscribe()
    dispute = shop.stripe.dispute(shop.payment(reference))
    assert shop.hear() == {200}
    assert shop.standing(reference).status == "disputed"
    assert shop.grants() == ()
    v1 = shop.stripe.client.v1
    assert v1.subscriptions.retrieve(subscription).cancel_at_period_end
    v1.disputes.update(dispute, {"evidence": {"uncategorized_text": "winning_evidence"}})
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("paid", 4800)
    assert shop.reads()


def test_a_dispute_that_is_lost_takes_the_money_and_what_it_paid(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    dispute = shop.stripe.dispute(shop.payment(reference))
    shop.stripe.client.v1.disputes.close(dispute)
    told = shop.stripe.heard()
    assert {shop.deliver(message) for message in reversed(told * 2)} == {200}
    assert shop.standing(reference) == Standing("refunded", 0)
    assert shop.grants() == ()


def test_an_inquiry_that_moves_no_money_changes_nothing(shop: Shop) -> None:
    reference, _ = shop.subscribe()
    shop.stripe.dispute(shop.payment(reference), "warning_needs_response")
    assert shop.hear() == {200}
    assert shop.standing(reference) == Standing("paid", 4800)
    assert shop.reads()


def test_a_card_that_disputes_by_itself_opens_and_closes(shop: Shop) -> None:
    reference = shop.buy(DISPUTED_CARD)
    assert shop.hear() == {200}
    assert shop.standing(reference).status == "disputed"
    assert not shop.reads()


def test_resuming_in_the_books_alone_is_no_charge(shop: Shop) -> None:
    _, reference = shop.subscribe()
    held = shop.subscription().id
    renewals.stand_still(shop.till, held, "reader:1")
    with shop.unit() as unit:
        resume(unit, one_subscription(unit))
    assert shop.stripe.client.v1.subscriptions.retrieve(reference).pause_collection is not None
