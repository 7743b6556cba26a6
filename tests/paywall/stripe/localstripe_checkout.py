# ruff: noqa: A002, A003, PLR0913 - the names of localstripe, which are its way of working
"""What localstripe lacks, in its own way: Checkout Sessions, hosted payment page, disputes.

Built on localstripe's customers, payment methods, payment intents, subscriptions and invoices, as
docs.stripe.com/api describes 2026-10-28: a session is `open`, then `complete` or `expired`; its
payment is `unpaid` or `paid`; metadata of `payment_intent_data` and `subscription_data` is on what
it makes; some numbers of cards decline or dispute (docs.stripe.com/testing).

What differs from Stripe: the hosted page asks for a card and nothing else; nobody's bank asks for
a second factor; a subscription is charged when `/_config/subscriptions/<id>/renew` says that its
period is over (Stripe's test clocks); lists are oldest first; a paused one makes no void invoice.
"""

import asyncio
from html import escape
from typing import Any, ClassVar

from aiohttp import web
from localstripe.errors import UserError
from localstripe.resources import (
    Customer,
    Event,
    List,
    PaymentIntent,
    PaymentMethod,
    Plan,
    StripeObject,
    Subscription,
    extra_apis,
    store,
)
from localstripe.webhooks import schedule_webhook

DISPUTED_CARD = "4000000000000259"
ROOT = "/_config"  # localstripe asks for no key there
DAY_SECONDS = 24 * 3600


class CheckoutSession(StripeObject):
    object = "checkout.session"
    _id_prefix = "cs_test_"
    _base = ""
    _of_mode: ClassVar[dict[str, type["CheckoutSession"]]] = {}

    def __init__(
        self,
        mode: str = "",
        line_items: list[dict[str, Any]] | None = None,
        success_url: str = "",
        cancel_url: str | None = None,
        client_reference_id: str | None = None,
        customer_email: str | None = None,
        metadata: dict[str, str] | None = None,
        locale: str | None = None,
        subscription_data: dict[str, Any] | None = None,
        payment_intent_data: dict[str, Any] | None = None,
        **kwargs: object,
    ) -> None:
        if kwargs:
            raise UserError(400, "Unexpected " + ", ".join(kwargs))
        item = (line_items or [{}])[0]
        price = item.get("price_data") or {}
        recurring = price.get("recurring")
        if mode not in {"payment", "subscription"} or not success_url or len(line_items or ()) != 1:
            raise UserError(400, "Bad request")
        if (mode == "subscription") != bool(recurring):
            raise UserError(400, "mode and recurring price do not agree")
        if (subscription_data and mode != "subscription") or (
            payment_intent_data and mode != "payment"
        ):
            raise UserError(400, "data of another mode")
        if recurring and int(recurring.get("interval_count", 1)) > 36:
            raise UserError(400, "interval_count too large")
        if int(price["unit_amount"]) < 50:
            raise UserError(400, "amount_too_small", {"code": "amount_too_small"})
        super().__init__()
        self.mode, self.success_url, self.cancel_url = mode, success_url, cancel_url
        self.client_reference_id, self.locale = client_reference_id, locale
        self.customer_email, self.customer = customer_email, None
        self.metadata = metadata or {}
        self.currency = price["currency"]
        self.amount_total = int(price["unit_amount"]) * int(item.get("quantity", 1))
        self.amount_subtotal = self.amount_total
        self.status, self.payment_status = "open", "unpaid"
        self.payment_intent: str | None = None
        self.subscription: str | None = None
        self.expires_at = self.created + DAY_SECONDS
        self._name = price["product_data"]["name"]
        self._recurring = recurring
        self._made_with = (subscription_data or payment_intent_data or {}).get("metadata") or {}

    @classmethod
    def _api_create(cls, mode: str = "", **data: Any) -> "CheckoutSession":
        other = cls._of_mode.get(mode)
        return other(**data) if other else cls(mode, **data)

    @property
    def url(self) -> str | None:
        return f"{self._base}{ROOT}/c/pay/{self.id}" if self.status == "open" else None

    def _pay(self, method: PaymentMethod) -> None:
        """As the hosted page does. Raises `UserError` where the card is declined."""
        if self.status != "open":
            raise UserError(400, "session is not open")
        customer = Customer(email=self.customer_email)
        PaymentMethod._api_attach(method.id, customer=customer.id)
        customer.invoice_settings["default_payment_method"] = method.id  # localstripe charges it
        intent = self._subscribe(customer) if self._recurring else self._charge(customer, method)
        self.customer, self.status = customer.id, "complete"
        self.payment_status = "paid" if intent.status == "succeeded" else "unpaid"
        schedule_webhook(Event("checkout.session.completed", self))
        if self.payment_status == "unpaid":
            self._waiting = asyncio.ensure_future(self._wait_for(intent))
        elif method.type == "card" and method._card_number == DISPUTED_CARD:
            Dispute(intent)

    def _charge(self, customer: Customer, method: PaymentMethod) -> PaymentIntent:
        intent = PaymentIntent(
            amount=self.amount_total,
            currency=self.currency,
            customer=customer.id,
            payment_method=method.id,
            metadata=dict(self._made_with),
        )
        intent._confirm(on_failure_now=intent._report_failure)
        if method.type == "sepa_debit" and intent.latest_charge._authorized:
            intent.latest_charge.status = "pending"  # localstripe says so only of those that fail
        self.payment_intent = intent.id
        return intent

    def _subscribe(self, customer: Customer) -> PaymentIntent:
        plan = Plan(
            product={"name": self._name},
            amount=self.amount_total,
            currency=self.currency,
            interval=self._recurring["interval"],
            interval_count=self._recurring.get("interval_count", 1),
        )
        made = Subscription(
            customer=customer.id,
            items=[{"plan": plan.id}],
            metadata=dict(self._made_with),
        )
        if made.status != "active":
            del store[f"subscription:{made.id}"]
            raise UserError(402, "Your card was declined.", {"code": "card_declined"})
        self.subscription = made.id
        made.default_payment_method = customer.invoice_settings["default_payment_method"]
        customer.invoice_settings["default_payment_method"] = None  # Checkout keeps it there only
        invoice = store[f"invoice:{made.latest_invoice}"]
        return PaymentIntent._api_retrieve(invoice.payment_intent)

    async def _wait_for(self, intent: PaymentIntent) -> None:
        while intent.status == "processing":
            await asyncio.sleep(0.05)
        paid = intent.status == "succeeded"
        self.payment_status = "paid" if paid else "unpaid"
        told = "succeeded" if paid else "failed"
        schedule_webhook(Event(f"checkout.session.async_payment_{told}", self))

    @classmethod
    def _api_expire(cls, id: str) -> "CheckoutSession":
        session = cls._api_retrieve(id)
        if session.status != "open":
            raise UserError(400, "only open sessions expire")
        session.status = "expired"
        schedule_webhook(Event("checkout.session.expired", session))
        return session


class Dispute(StripeObject):
    """`needs_response` until evidence wins it, or it is closed and lost."""

    object = "dispute"
    _id_prefix = "du_"
    _ANSWERS: ClassVar = {
        "winning_evidence": "won",
        "losing_evidence": "lost",
    }  # docs.stripe.com/testing

    def __init__(self, intent: PaymentIntent, status: str = "needs_response") -> None:
        super().__init__()
        self.charge, self.payment_intent = intent.latest_charge.id, intent.id
        self.amount, self.currency = intent.amount, intent.currency
        self.reason, self.status, self.metadata = "fraudulent", status, {}
        schedule_webhook(Event("charge.dispute.created", self))

    @classmethod
    def _api_update(cls, id: str, evidence: dict[str, str] | None = None) -> "Dispute":
        dispute = cls._api_retrieve(id)
        answer = cls._ANSWERS.get((evidence or {}).get("uncategorized_text", ""))
        return dispute._close(answer) if answer else dispute

    @classmethod
    def _api_close(cls, id: str) -> "Dispute":
        return cls._api_retrieve(id)._close("lost")

    def _close(self, status: str) -> "Dispute":
        self.status = status
        schedule_webhook(Event("charge.dispute.closed", self))
        return self

    @classmethod
    def _api_list(cls, limit: Any = None, payment_intent: str | None = None, **page: Any) -> List:
        found = List("/v1/disputes", limit=limit, **page)
        every = [held for key, held in store.items() if key.startswith("dispute:")]
        found._list = [d for d in every if payment_intent in {None, d.payment_intent}]
        return found


def _list_sessions(limit: Any = None, **page: Any) -> List:
    found = List("/v1/checkout/sessions", limit=limit, **page)
    found._list = [held for key, held in store.items() if key.startswith("checkout.session:")]
    return found


extra_apis.extend(
    (
        ("POST", "/v1/checkout/sessions", CheckoutSession._api_create),
        ("GET", "/v1/checkout/sessions", _list_sessions),
        ("GET", "/v1/checkout/sessions/{id}", CheckoutSession._api_retrieve),
        ("POST", "/v1/checkout/sessions/{id}/expire", CheckoutSession._api_expire),
        ("GET", "/v1/disputes", Dispute._api_list),
        ("GET", "/v1/disputes/{id}", Dispute._api_retrieve),
        ("POST", "/v1/disputes/{id}", Dispute._api_update),
        ("POST", "/v1/disputes/{id}/close", Dispute._api_close),
    )
)

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{name}</title>
<h1>{name}</h1><p>{amount}</p><p>{email}</p><p role="alert">{error}</p>
<form method="post">
<label>Numéro de carte <input name="cardNumber" required></label>
<label>Expiration <input name="cardExpiry" value="12 / 34" required></label>
<label>Code <input name="cardCvc" value="123" required></label>
<button>Payer</button></form><p><a href="{cancel}">Retour</a></p></html>"""


def _session(request: web.Request) -> CheckoutSession:
    found = store.get(f"checkout.session:{request.match_info['id']}")
    if found is None or found.status != "open":
        raise UserError(404, "Not Found")
    return found


def _page(session: CheckoutSession, error: str = "") -> web.Response:
    text = PAGE.format(
        lang=escape(session.locale or "fr"),
        name=escape(session._name),
        amount=f"{(session.amount_total or 0) / 100:.2f} {(session.currency or '').upper()}",
        email=escape(session.customer_email or ""),
        cancel=escape(session.cancel_url or ""),
        error=escape(error),
    )
    return web.Response(text=text, content_type="text/html", status=402 if error else 200)


async def show_page(request: web.Request) -> web.Response:
    return _page(_session(request))


async def pay_page(request: web.Request) -> web.Response:
    session, form = _session(request), await request.post()
    try:
        if iban := form.get("iban"):
            method = PaymentMethod(type="sepa_debit", sepa_debit={"iban": str(iban)})
        else:
            method = _card(str(form["cardNumber"]), str(form["cardExpiry"]), str(form["cardCvc"]))
        session._pay(method)
    except UserError as error:
        return _page(session, str(error.body["error"].get("message")))
    return web.Response(status=303, headers={"location": session.success_url})


def _card(number: str, expiry: str, cvc: str) -> PaymentMethod:
    month, _, year = expiry.replace(" ", "").partition("/")
    card = {"number": number.replace(" ", ""), "exp_month": month, "exp_year": year, "cvc": cvc}
    return PaymentMethod(type="card", card=card)


async def dispute_payment(request: web.Request) -> web.Response:
    """As a card's holder does at the bank: `payment_intent`, and a `status` for inquiries."""
    asked = await request.json()
    intent = PaymentIntent._api_retrieve(asked["payment_intent"])
    made = Dispute(intent, asked.get("status", "needs_response"))
    return web.json_response({"id": made.id})


def add_pages(app: web.Application) -> None:
    app.router.add_get(f"{ROOT}/c/pay/{{id}}", show_page)
    app.router.add_post(f"{ROOT}/c/pay/{{id}}", pay_page)
    app.router.add_post(f"{ROOT}/disputes", dispute_payment)
