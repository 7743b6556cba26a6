"""All that Stripe has of ours, read from its lists, to compare with the books."""

from collections.abc import Iterator

import stripe

from paywall.money.provider import (
    KnownDispute,
    KnownPayment,
    KnownSubscription,
    Statement,
)
from paywall.money.stripe_client import id_of, written
from paywall.money.stripe_facts import (
    ORDER,
    dispute_of,
    payments_of,
    renews_at,
    stops,
    subscription_of,
)

_PAGE = 100


def read_statement(client: stripe.StripeClient) -> Statement:
    """A request for each hundred of them. What is not ours, in a shared account, is left out."""
    subscriptions = {known.reference: known for known in _subscriptions(client)}
    payments = {p.reference: p for p in (*_single(client), *_invoiced(client, subscriptions))}
    returned = {
        refund.id: (payment, refund.amount)
        for refund in client.v1.refunds.list({"limit": _PAGE}).auto_paging_iter()
        if (payment := id_of(refund.payment_intent)) in payments
        and payment is not None
        and refund.status not in {"failed", "canceled"}
    }
    disputes = {known.reference: known for known in _disputes(client) if known.payment in payments}
    return Statement(payments, returned, disputes, subscriptions)


def _subscriptions(client: stripe.StripeClient) -> Iterator[KnownSubscription]:
    asked = client.v1.subscriptions.list({"status": "all", "limit": _PAGE})
    for found in asked.auto_paging_iter():
        order = written(found.metadata, ORDER)
        if order is not None and found.status not in {"incomplete", "incomplete_expired"}:
            paused = found.pause_collection is not None
            yield KnownSubscription(found.id, order, stops(found), paused, renews_at(found))


def _single(client: stripe.StripeClient) -> Iterator[KnownPayment]:
    """What was paid once: a period that does not renew, or an issue."""
    for found in client.v1.payment_intents.list({"limit": _PAGE}).auto_paging_iter():
        order = written(found.metadata, ORDER)
        if order is not None and found.status == "succeeded":
            yield KnownPayment(found.id, found.amount_received, found.currency.upper(), order)


def _invoiced(
    client: stripe.StripeClient, subscriptions: dict[str, KnownSubscription]
) -> Iterator[KnownPayment]:
    asked = client.v1.invoices.list({"status": "paid", "limit": _PAGE, "expand": ["data.payments"]})
    for invoice in asked.auto_paging_iter():
        reference = subscription_of(invoice)
        if reference is None or reference not in subscriptions:
            continue
        for paid in payments_of(invoice, subscriptions[reference].order):
            yield KnownPayment(
                paid.reference, paid.amount_cents, paid.currency, paid.order, reference
            )


def _disputes(client: stripe.StripeClient) -> Iterator[KnownDispute]:
    for found in client.v1.disputes.list({"limit": _PAGE}).auto_paging_iter():
        told, payment = dispute_of(found), id_of(found.payment_intent)
        if told is not None and payment is not None:
            yield KnownDispute(told.reference, payment, told.is_open, told.is_lost)
