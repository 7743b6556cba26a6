"""What Stripe says, at this instant, of what was paid: asked, never taken from a message's copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import stripe

from paywall.money.stripe_client import id_of, instant, told_plainly, written

ORDER = "order"
"""Under this name our order's reference is in Stripe's metadata, where only we can write."""

CARD_OF = "card_of"
"""On a checkout session in `setup` mode, and what it makes: the subscription that it is for."""

ENDS = "ends"
"""On a refund: the subscription ends with it."""

_PAGE = 100
_OWING = {"active", "past_due", "unpaid", "trialing"}
OVER = {"canceled", "incomplete_expired"}
_OPEN_DISPUTES = {"needs_response", "under_review", "appeal_needs_response", "appeal_under_review"}


@dataclass(frozen=True, slots=True)
class CardRefund:
    """Money that went back."""

    reference: str
    amount_cents: int
    ends: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class CardDispute:
    """A payment that its card's holder disputes. Inquiries, which move no money, are none."""

    reference: str
    amount_cents: int
    is_open: bool
    is_lost: bool


@dataclass(frozen=True, slots=True)
class CardPayment:
    """Money that came."""

    reference: str
    amount_cents: int
    currency: str
    order: str | None
    """Our order's reference; None where it is a renewal."""
    invoice: str | None = None
    refunds: tuple[CardRefund, ...] = ()
    disputes: tuple[CardDispute, ...] = ()


@dataclass(frozen=True, slots=True)
class CardSubscription:
    """A subscription, and what was paid of it, oldest first."""

    reference: str
    order: str
    """Reference of the order that began it."""
    stops: bool
    paused: bool
    owes: bool
    """Whether a renewal was asked for and is not paid."""
    renews_at: datetime | None
    payments: tuple[CardPayment, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found about one thing."""

    subscription: CardSubscription | None = None
    payment: CardPayment | None = None
    expired: str | None = None
    """Reference of an order that can no longer be paid in the session that it had."""
    card_of: str | None = None
    """A subscription for which a card was typed: whether it is used already was not asked."""
    card: str | None = None
    """The card that was typed last for the subscription, and that it is charged to from now on."""


class Inquiry:
    """Asks Stripe. Raises `ProviderDownError`, `ProviderRefusedError`."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self._v1 = client.v1

    def session(self, reference: str) -> Facts:
        """A checkout session, and what was paid in it."""
        with told_plainly():
            session = self._v1.checkout.sessions.retrieve(reference)
        if session.mode == "setup":
            is_done = session.status == "complete"
            return Facts(card_of=written(session.metadata, CARD_OF) if is_done else None)
        order = written(session.metadata, ORDER)
        if order is None:
            return Facts()
        if session.status == "expired":
            return Facts(expired=order)
        if (subscription := id_of(session.subscription)) is not None:
            return self.subscription(subscription)
        payment = id_of(session.payment_intent)
        if payment is None or session.payment_status != "paid":
            return Facts()
        return self.payment(payment)

    def subscription(self, reference: str) -> Facts:
        """A subscription and its invoices."""
        with told_plainly():
            found = self._v1.subscriptions.retrieve(reference)
            asked = self._v1.invoices.list(
                {"subscription": reference, "limit": _PAGE, "expand": ["data.payments"]}
            )
            invoices = list(asked.auto_paging_iter())
        order = written(found.metadata, ORDER)
        if order is None:
            return Facts()
        invoices.sort(key=lambda invoice: invoice.created)
        return Facts(
            subscription=CardSubscription(
                reference=found.id,
                order=order,
                stops=stops(found),
                paused=found.pause_collection is not None,
                owes=found.status in _OWING and any(map(_is_owed, invoices)),
                renews_at=renews_at(found),
                payments=tuple(p for i in invoices for p in payments_of(i, order)),
            )
        )

    def payment(self, reference: str) -> Facts:
        """One payment, what went back of it, and the subscription that it is of."""
        with told_plainly():
            intent = self._v1.payment_intents.retrieve(reference)
            paid_for = self._v1.invoice_payments.list(
                {
                    "payment": {"type": "payment_intent", "payment_intent": reference},
                    "expand": ["data.invoice"],
                }
            ).data
            refunds = tuple(map(_refund, self._list_refunds(reference)))
            disputes = tuple(d for d in map(dispute_of, self._list_disputes(reference)) if d)
        invoice = paid_for[0].invoice if paid_for else None
        subscription = subscription_of(invoice) if isinstance(invoice, stripe.Invoice) else None
        facts = self.subscription(subscription) if subscription else Facts()
        if intent.status != "succeeded" or (invoice is not None and not facts.subscription):
            return Facts()
        payment = CardPayment(
            reference=reference,
            amount_cents=intent.amount_received,
            currency=intent.currency.upper(),
            order=written(intent.metadata, ORDER),
            invoice=id_of(invoice),
            refunds=refunds,
            disputes=disputes,
        )
        return Facts(subscription=facts.subscription, payment=payment)

    def _list_refunds(self, payment: str) -> Iterator[stripe.Refund]:
        asked = self._v1.refunds.list({"payment_intent": payment, "limit": _PAGE})
        return asked.auto_paging_iter()

    def _list_disputes(self, payment: str) -> Iterator[stripe.Dispute]:
        asked = self._v1.disputes.list({"payment_intent": payment, "limit": _PAGE})
        return asked.auto_paging_iter()


def stops(found: stripe.Subscription) -> bool:
    """Whether it will not be charged again."""
    return found.cancel_at_period_end or found.cancel_at is not None or found.status in OVER


def renews_at(found: stripe.Subscription) -> datetime | None:
    """When it is charged next."""
    ends = [item.current_period_end for item in found["items"].data]
    return instant(max(ends)) if ends else None


def subscription_of(invoice: stripe.Invoice) -> str | None:
    """The subscription that an invoice is of."""
    details = invoice.parent.subscription_details if invoice.parent else None
    return id_of(details.subscription) if details else None


def payments_of(invoice: stripe.Invoice, order: str | None) -> Iterator[CardPayment]:
    """What was paid of an invoice by card; the first invoice of a subscription pays its order."""
    is_first = invoice.billing_reason == "subscription_create"
    for paid in invoice.payments.data if invoice.payments else ():
        reference = id_of(paid.payment.payment_intent)
        if paid.status == "paid" and reference and paid.amount_paid:
            yield CardPayment(
                reference=reference,
                amount_cents=paid.amount_paid,
                currency=invoice.currency.upper(),
                order=order if is_first else None,
                invoice=invoice.id,
            )


def dispute_of(found: stripe.Dispute) -> CardDispute | None:
    """A dispute; None for an inquiry, and for what was settled before it became one."""
    if found.status.startswith("warning_") or found.status == "prevented":
        return None
    return CardDispute(
        reference=found.id,
        amount_cents=found.amount,
        is_open=found.status in _OPEN_DISPUTES,
        is_lost=found.status == "lost",
    )


def _refund(found: stripe.Refund) -> CardRefund:
    return CardRefund(
        reference=found.id,
        amount_cents=found.amount,
        ends=written(found.metadata, ENDS) == "1",
        failed=found.status in {"failed", "canceled"},
    )


def _is_owed(invoice: stripe.Invoice) -> bool:
    return invoice.billing_reason == "subscription_cycle" and invoice.status in {"draft", "open"}
