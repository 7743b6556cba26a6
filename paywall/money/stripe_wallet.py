"""The card that a subscription is charged to: shown, and changed for another.

The reader types the new one on Stripe's page (Checkout in `setup` mode); we see none of it but its
last digits. Using it is asked of Stripe as often as one likes: whatever messages are lost, late or
told twice, the card that was typed last is the one that counts, and what is owed is tried once
with it (docs.stripe.com/payments/checkout/subscriptions/update-payment-details).
"""

import logging
from dataclasses import dataclass

import stripe

from paywall.money.provider import ProviderRefusedError
from paywall.money.stripe_client import id_of, told_plainly, written
from paywall.money.stripe_facts import CARD_OF, ORDER, OVER

log = logging.getLogger(__name__)

_PAGE = 100
_BRANDS = {
    "amex": "American Express",
    "cartes_bancaires": "CB",
    "mastercard": "Mastercard",
    "visa": "Visa",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed on a card, as far as Stripe tells."""

    brand: str
    last_digits: str
    month: int
    year: int


@dataclass(frozen=True, slots=True)
class CardWish:
    """What the page that asks for another card needs."""

    subscription: str
    currency: str
    language: str
    done: str
    """Address to come back to with a card."""
    back: str
    """Address to come back to without one."""


class Wallet:
    """Stripe's customers and what they pay with."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self._v1 = client.v1

    def ask(self, wish: CardWish) -> str:
        """Open Stripe's page that asks for a card; its address. Nothing is charged there."""
        held = self._own(wish.subscription)
        customer = id_of(held.customer) if held is not None else None
        if customer is None:
            raise ProviderRefusedError("cet abonnement n’est plus prélevé par Stripe")
        metadata = {CARD_OF: wish.subscription}
        with told_plainly():
            made = self._v1.checkout.sessions.create(
                {
                    "mode": "setup",
                    "customer": customer,
                    "currency": wish.currency.lower(),
                    "allowed_payment_method_types": ["card"],
                    "metadata": metadata,
                    "setup_intent_data": {"metadata": metadata},
                    "success_url": wish.done,
                    "cancel_url": wish.back,
                    "locale": "en" if wish.language == "en" else "fr",
                }
            )
        if made.url is None:
            raise ProviderRefusedError("Stripe n’a pas dit où donner la carte")
        return made.url

    def use_newest(self, subscription: str) -> str | None:
        """Charge a subscription, and what is owed of it, to the card that was typed last for it.

        Tells which; None where none was typed, or one was chosen since in Stripe's dashboard.
        """
        held = self._own(subscription)
        newest = self._newest(held) if held is not None else None
        if held is None or newest is None:
            return None
        current = self._current(held)
        if current is not None and current.created > newest.created:
            return None
        if id_of(held.default_payment_method) != newest.id:
            self._use(held, newest)
        self._pay_owed(held, newest)
        return newest.id

    def card(self, subscription: str) -> Card | None:
        """The card that a subscription is charged to; None where it is none, or not told."""
        held = self._own(subscription)
        method = self._current(held) if held is not None else None
        found = method.card if method is not None else None
        if found is None:
            return None
        brand = (found.display_brand if "display_brand" in found else None) or found.brand
        spelt = _BRANDS.get(brand, brand.replace("_", " ").title())
        return Card(spelt, found.last4, found.exp_month, found.exp_year)

    def _own(self, subscription: str) -> stripe.Subscription | None:
        """A subscription of ours that is not over."""
        with told_plainly():
            found = self._v1.subscriptions.retrieve(subscription)
        is_ours = written(found.metadata, ORDER) is not None
        return found if is_ours and found.status not in OVER else None

    def _newest(self, held: stripe.Subscription) -> stripe.PaymentMethod | None:
        asked: stripe.params.SetupIntentListParams = {
            "customer": id_of(held.customer) or "",
            "limit": _PAGE,
            "expand": ["data.payment_method"],
        }
        with told_plainly():
            tried = list(self._v1.setup_intents.list(asked).auto_paging_iter())
        methods = [
            made.payment_method
            for made in tried
            if made.status == "succeeded" and written(made.metadata, CARD_OF) == held.id
        ]
        kept = [m for m in methods if isinstance(m, stripe.PaymentMethod) and m.customer]
        return max(kept, key=lambda method: method.created, default=None)

    def _current(self, held: stripe.Subscription) -> stripe.PaymentMethod | None:
        name = id_of(held.default_payment_method)
        with told_plainly():
            if name is None:
                customer = self._v1.customers.retrieve(id_of(held.customer) or "")
                settings = customer.invoice_settings
                name = id_of(settings.default_payment_method) if settings else None
            return self._v1.payment_methods.retrieve(name) if name else None

    def _use(self, held: stripe.Subscription, card: stripe.PaymentMethod) -> None:
        """The customer's first: it is by the subscription's that we know that both are done."""
        with told_plainly():
            self._v1.customers.update(
                id_of(held.customer) or "",
                {"invoice_settings": {"default_payment_method": card.id}},
            )
            self._v1.subscriptions.update(held.id, {"default_payment_method": card.id})

    def _pay_owed(self, held: stripe.Subscription, card: stripe.PaymentMethod) -> None:
        """Try once, with one card, each invoice that is open; Stripe tries again by itself."""
        with told_plainly():
            asked = self._v1.invoices.list(
                {"subscription": held.id, "status": "open", "limit": _PAGE}
            )
            owed = list(asked.auto_paging_iter())
        for invoice in owed:
            with told_plainly():
                self._pay(invoice.id, card.id)

    def _pay(self, invoice: str, card: str) -> None:
        try:
            self._v1.invoices.pay(
                invoice,
                {"payment_method": card},
                {"idempotency_key": f"pay-{invoice}-{card}"},
            )
        except stripe.CardError:
            log.info("la nouvelle carte est refusée elle aussi")
        except stripe.InvalidRequestError:  # paid, or given up, in between
            log.info("plus rien à payer")
