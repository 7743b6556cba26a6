# ruff: noqa: A002, PLR0913 - the names of localstripe, which are its way of working
"""Cards that are kept for later, in localstripe: sessions in `setup` mode, and who is charged.

As docs.stripe.com/api describes 2026-10-28: Checkout keeps the card on the subscription that it
makes, and that card comes before the customer's; `POST /v1/invoices/<id>/pay` takes a card, keeps
it nowhere, and answers 402 where it is declined; setup intents are listed newest first.
"""

from typing import Any

from localstripe.errors import UserError
from localstripe.resources import (
    Customer,
    Event,
    Invoice,
    List,
    PaymentIntent,
    PaymentMethod,
    SetupIntent,
    Subscription,
    extra_apis,
    store,
)
from localstripe.webhooks import schedule_webhook
from localstripe_checkout import CheckoutSession


class SetupSession(CheckoutSession):
    """Asks for a card and charges nothing."""

    def __init__(
        self,
        customer: str | None = None,
        currency: str | None = None,
        allowed_payment_method_types: list[str] | None = None,
        success_url: str = "",
        cancel_url: str | None = None,
        metadata: dict[str, str] | None = None,
        locale: str | None = None,
        setup_intent_data: dict[str, Any] | None = None,
        **kwargs: object,
    ) -> None:
        if kwargs:
            raise UserError(400, "Unexpected " + ", ".join(kwargs))
        if not success_url or not (currency or allowed_payment_method_types):
            raise UserError(400, "Bad request")
        if customer is not None:
            Customer._api_retrieve(customer)
        super(CheckoutSession, self).__init__()
        made_with = (setup_intent_data or {}).get("metadata") or {}
        intent = SetupIntent(customer=customer, metadata=dict(made_with))
        self.mode, self.customer, self.currency = "setup", customer, currency
        self.success_url, self.cancel_url, self.locale = success_url, cancel_url, locale
        self.metadata, self.setup_intent = metadata or {}, intent.id
        self.status, self.payment_status = "open", "no_payment_required"
        self.payment_intent = self.subscription = self.amount_total = None
        self.client_reference_id = self.customer_email = None
        self.expires_at = self.created + 24 * 3600
        self._name = "Enregistrer une carte"

    def _pay(self, method: PaymentMethod) -> None:
        """As the hosted page does. Raises `UserError` where the card is declined."""
        if self.status != "open":
            raise UserError(400, "session is not open")
        if self.customer is not None:
            PaymentMethod._api_attach(method.id, customer=self.customer)
        intent = SetupIntent._api_retrieve(self.setup_intent)
        intent._attach_pm(method)
        self.status = "complete"
        schedule_webhook(Event("checkout.session.completed", self))


def apply() -> None:
    """Before `localstripe.server` is imported."""
    CheckoutSession._of_mode = {"setup": SetupSession}
    SetupIntent._api_list_all = classmethod(_list_intents)
    Subscription.default_payment_method = None
    before = Subscription._update

    def update(held: Any, default_payment_method: str | None = None, **asked: Any) -> None:
        if default_payment_method is not None:
            _of_customer(held.customer, default_payment_method)
            held.default_payment_method = default_payment_method
        before(held, **asked)

    Subscription._update = update
    Invoice._api_pay_invoice = classmethod(_charge)
    (old,) = [api for api in extra_apis if api[1] == "/v1/invoices/{id}/pay"]
    extra_apis[extra_apis.index(old)] = (*old[:2], pay_invoice)


def _list_intents(
    cls: Any, url: str, customer: str | None = None, limit: Any = None, **page: Any
) -> List:
    found = List(url, limit=limit, **page)
    every = [held for key, held in store.items() if key.startswith("setup_intent:")]
    found._list = [s for s in reversed(every) if customer in {None, s.customer}]
    return found


def _of_customer(customer: str, method: str) -> PaymentMethod:
    found = PaymentMethod._api_retrieve(method)
    if found.customer != customer:
        raise UserError(400, "The customer does not have a payment method with the ID " + method)
    return found


def _payer(invoice: Any, method: str | None) -> PaymentMethod:
    held = store.get(f"subscription:{invoice.subscription}")
    kept = method or getattr(held, "default_payment_method", None)
    if kept is not None:
        return _of_customer(invoice.customer, kept)
    found = Customer._api_retrieve(invoice.customer)._get_default_payment_method_or_source()
    if found is None:
        raise UserError(404, "This customer has no payment method")
    return found


def _charge(_cls: Any, id: str, payment_method: str | None = None) -> Any:
    """As localstripe does, with the card that counts."""
    invoice = Invoice._api_retrieve(id)
    if invoice.status == "paid":
        raise UserError(400, "Invoice is already paid", {"code": "invoice_already_paid"})
    if invoice.status not in {"draft", "open"}:
        raise UserError(400, "Bad request")
    invoice._draft = False
    if invoice.total <= 0:
        invoice._on_payment_success()
        return invoice
    intent = PaymentIntent(
        amount=invoice.total,
        currency=invoice.currency,
        customer=invoice.customer,
        payment_method=_payer(invoice, payment_method).id,
    )
    invoice.payment_intent, intent.invoice = intent.id, invoice.id
    intent._confirm(on_failure_now=lambda: None)
    return invoice


def pay_invoice(id: str, payment_method: str | None = None) -> Any:
    """What the API does: the same, and 402 where the card is declined."""
    invoice = Invoice._api_pay_invoice(id, payment_method=payment_method)
    if invoice.status == "open":
        schedule_webhook(Event("invoice.payment_failed", invoice))
        raise UserError(402, "Your card was declined.", {"code": "card_declined"})
    return invoice
