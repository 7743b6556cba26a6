"""Payments by card, by Stripe: what we ask of it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import stripe

from paywall.accounts.providers import STRIPE
from paywall.errors import RefusedError
from paywall.money.provider import (
    Checkout,
    ProviderRefusedError,
    RefundWish,
    Returned,
    Sale,
    Statement,
)
from paywall.money.stripe_client import connect, told_plainly, written
from paywall.money.stripe_facts import ENDS, ORDER, Facts, Inquiry
from paywall.money.stripe_statement import read_statement
from paywall.money.stripe_wallet import Wallet
from paywall.settings import Settings

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

_WISH = "wish"
"""On a refund: the key of what asked for it."""

MAX_MONTHS = 36
"""Stripe's longest period (docs.stripe.com/api/prices, `recurring.interval_count`)."""

MIN_CENTS = 50
"""Stripe's least charge in euros."""


class StripeCards:
    """Stripe as a provider."""

    name = STRIPE

    def __init__(self, settings: Settings) -> None:
        self._address = settings.address
        self._client = connect(settings)
        self._v1 = self._client.v1
        self.inquiry = Inquiry(self._client)
        self.wallet = Wallet(self._client)

    def start(self, sale: Sale) -> Checkout:
        """A checkout session: the one that is open still, or a new one."""
        if sale.provider_ref is not None:
            with told_plainly():
                earlier = self._v1.checkout.sessions.retrieve(sale.provider_ref)
            if earlier.status == "open" and earlier.url:
                return Checkout(earlier.url, earlier.id)
            if earlier.status == "complete":
                return Checkout(self._thanks(sale), earlier.id, is_done=True)
        asked = self._session(sale)
        with told_plainly():
            made = self._v1.checkout.sessions.create(
                asked, {"idempotency_key": _key(sale.provider_ref or "first", asked)}
            )
        if made.url is None:
            raise ProviderRefusedError("Stripe n’a pas dit où payer")
        return Checkout(made.url, made.id)

    def heed(self, session: str) -> Facts:
        """What became of a checkout session; a card that was typed in it is used from now on."""
        facts = self.inquiry.session(session)
        return self.use_newest_card(facts.card_of) if facts.card_of is not None else facts

    def use_newest_card(self, subscription_ref: str) -> Facts:
        """Charge to the card that was typed last; then ask how the subscription stands."""
        card = self.wallet.use_newest(subscription_ref)
        return replace(self.inquiry.subscription(subscription_ref), card=card)

    def stop_renewing(self, subscription_ref: str) -> None:
        """Charge nothing more; what is paid runs on."""
        with told_plainly():
            self._v1.subscriptions.update(subscription_ref, {"cancel_at_period_end": True})

    def renew_again(self, subscription_ref: str) -> None:
        """Take `stop_renewing` back."""
        with told_plainly():
            self._v1.subscriptions.update(subscription_ref, {"cancel_at_period_end": False})

    def pause(self, subscription_ref: str) -> None:
        """Charge nothing while it stands still: renewals that fall due are void."""
        with told_plainly():
            self._v1.subscriptions.update(
                subscription_ref, {"pause_collection": {"behavior": "void"}}
            )

    def resume(self, subscription_ref: str, renews_at: datetime | None) -> None:
        """Charge again, from an instant on."""
        with told_plainly():
            self._v1.subscriptions.update(subscription_ref, {"pause_collection": ""})
        if renews_at is not None:
            self.renew_at(subscription_ref, renews_at)

    def renew_at(self, subscription_ref: str, at: datetime) -> None:
        """Charge next at an instant, and not before: in Stripe's words, a trial until then."""
        with told_plainly():
            self._v1.subscriptions.update(
                subscription_ref,
                {"trial_end": int(at.timestamp()), "proration_behavior": "none"},
            )

    def refund(self, wish: RefundWish) -> Sequence[Returned]:
        """Send money back to the card, from the newest payment to the oldest.

        What an earlier try of the same wish has sent back is found again by its key.
        """
        returned: list[Returned] = []
        left = wish.amount_cents
        for payment in wish.payments:
            done = self._refunded(payment, wish.key)
            part = 0 if done else min(left, self._refundable(payment))
            if part:
                done = self._refund(payment, part, wish)
            if done:
                returned.append(done)
                left -= done.amount_cents
            if left <= 0:
                return returned
        raise ProviderRefusedError(f"Stripe n’a plus ces {left} centimes à rendre")

    def statement(self) -> Statement:
        """All that Stripe has of ours."""
        with told_plainly():
            return read_statement(self._client)

    def _refund(self, payment: str, cents: int, wish: RefundWish) -> Returned:
        with told_plainly():
            made = self._v1.refunds.create(
                {
                    "payment_intent": payment,
                    "amount": cents,
                    "metadata": {ENDS: "1" if wish.ends else "0", _WISH: wish.key},
                },
                {"idempotency_key": f"{wish.key}-{payment}"},
            )
        return Returned(made.id, made.amount)

    def _refunded(self, payment: str, key: str) -> Returned | None:
        with told_plainly():
            asked = self._v1.refunds.list({"payment_intent": payment, "limit": 100})
            made = [r for r in asked.auto_paging_iter() if written(r.metadata, _WISH) == key]
        return Returned(made[0].id, made[0].amount) if made else None

    def _refundable(self, payment: str) -> int:
        with told_plainly():
            intent = self._v1.payment_intents.retrieve(payment, {"expand": ["latest_charge"]})
        charge = intent.latest_charge
        if not isinstance(charge, stripe.Charge) or not charge.paid:
            return 0
        return charge.amount - charge.amount_refunded

    def _thanks(self, sale: Sale) -> str:
        return f"{self._address}/commande/{sale.reference}/merci/"

    def _session(self, sale: Sale) -> "SessionCreateParams":
        if sale.amount_cents < MIN_CENTS or (sale.months or 0) > MAX_MONTHS:
            raise RefusedError("cette commande ne peut pas être payée par carte")
        metadata = {ORDER: sale.reference}
        asked: SessionCreateParams = {
            "mode": "subscription" if sale.months else "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": sale.currency.lower(),
                        "unit_amount": sale.amount_cents,
                        "product_data": {"name": sale.title},
                    },
                }
            ],
            "client_reference_id": sale.reference,
            "metadata": metadata,
            "success_url": self._thanks(sale),
            "cancel_url": f"{self._address}/commande/{sale.reference}/",
            "locale": "en" if sale.language == "en" else "fr",
        }
        if sale.email:
            asked["customer_email"] = sale.email
        if sale.months:
            price = asked["line_items"][0]["price_data"]
            price["recurring"] = {"interval": "month", "interval_count": sale.months}
            asked["subscription_data"] = {"metadata": metadata}
        else:
            asked["payment_intent_data"] = {"metadata": metadata}
        return asked


def _key(before: str, asked: "SessionCreateParams") -> str:
    """The same for the same wish: told twice, it makes one session."""
    told = json.dumps([before, asked], sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()
