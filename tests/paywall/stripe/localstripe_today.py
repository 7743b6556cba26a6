"""localstripe's resources as Stripe's API of 2026-10-28 has them, where our code looks at them.

Invoices have `payments` and a reason; items of subscriptions have their period, which is as long
as `interval_count` says; a change of a subscription, a paid invoice and a refund are told; POST
with an `Idempotency-Key` that was used answers what was answered then. Called at start, once.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from dateutil.relativedelta import relativedelta
from localstripe import webhooks
from localstripe.errors import UserError
from localstripe.resources import (
    Charge,
    Event,
    Invoice,
    List,
    PaymentIntent,
    Refund,
    StripeObject,
    Subscription,
    SubscriptionItem,
    extra_apis,
    store,
)
from localstripe.webhooks import schedule_webhook

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def apply() -> None:
    """Before `localstripe.server` is imported."""
    store.dump_to_disk = lambda: None
    _invoices()
    _subscriptions()
    _refunds()
    # A message that is told a second later, as localstripe does, is as true and slow.
    webhooks.asyncio = SimpleNamespace(sleep=lambda _seconds: asyncio.sleep(0), ensure_future=_tell)


_telling: set["asyncio.Future[None]"] = set()


def _tell(sending: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(sending)
    _telling.add(task)
    task.add_done_callback(_telling.discard)


class InvoicePayment(StripeObject):
    object = "invoice_payment"
    _id_prefix = "inpay_"

    def __init__(self, invoice: Any) -> None:  # made when it is asked for, so never stored
        intent = PaymentIntent._api_retrieve(invoice.payment_intent)
        self.id = self._id_prefix + invoice.id[3:]
        self.created, self.livemode = invoice.created, False
        self.invoice, self.currency, self.is_default = invoice.id, invoice.currency, True
        self.amount_requested = intent.amount
        paid = intent.status == "succeeded"
        self.amount_paid = intent.amount if paid else None
        self.status = "paid" if paid else "open"
        self.payment = {"type": "payment_intent", "payment_intent": intent.id}

    @classmethod
    def _api_list(cls, payment: dict[str, str] | None = None, limit: Any = None) -> List:
        wanted = (payment or {}).get("payment_intent")
        found = List("/v1/invoice_payments", limit=limit)
        found._list = [cls(i) for i in _every("invoice") if i.payment_intent == wanted and wanted]
        return found


def _every(kind: str) -> list[Any]:
    return [held for key, held in store.items() if key.startswith(f"{kind}:")]


def _invoices() -> None:
    def payments(invoice: Any) -> List:
        found = List(f"/v1/invoice_payments?invoice={invoice.id}")
        found._list = [InvoicePayment(invoice)] if invoice.payment_intent else []
        return found

    def billing_reason(invoice: Any) -> str:
        if invoice.subscription is None:
            return "manual"
        first = next(i for i in _every("invoice") if i.subscription == invoice.subscription)
        return "subscription_create" if first is invoice else "subscription_cycle"

    def list_all(cls: Any, url: str, status: str | None = None, **asked: Any) -> List:
        found = before_list(url, **asked)
        found._list = [i for i in found._list if status in {None, i.status}]
        return found

    def paid(invoice: Any) -> None:
        before_paid(invoice)
        schedule_webhook(Event("invoice.paid", invoice))

    before_list, before_paid = Invoice._api_list_all, Invoice._on_payment_success
    Invoice.payments = property(payments)
    Invoice.billing_reason = property(billing_reason, lambda _invoice, _value: None)
    Invoice._api_list_all = classmethod(list_all)
    Invoice._on_payment_success = paid
    extra_apis.append(("GET", "/v1/invoice_payments", InvoicePayment._api_list))


def _subscriptions() -> None:
    def current_period(item: Any) -> dict[str, int]:
        held = store.get(f"subscription:{item._subscription}")
        start = getattr(held, "_starts_at", None) or (held.start_date if held else item.created)
        months = item.plan.interval_count * (12 if item.plan.interval == "year" else 1)
        end = datetime.fromtimestamp(start, UTC) + relativedelta(months=months)
        trial = getattr(held, "_trial_until", None)
        return {"start": start, "end": trial or int(end.timestamp())}

    def update(held: Any, pause_collection: Any = None, **asked: Any) -> None:
        asked.pop("proration_behavior", None)
        if pause_collection is not None:
            held.pause_collection = pause_collection or None
        if (until := asked.pop("trial_end", None)) is not None:
            held.trial_end = held._trial_until = int(until)
            held.status = "trialing"
        metadata = asked.pop("metadata", None)
        before_update(held, metadata=metadata, **asked)
        schedule_webhook(Event("customer.subscription.updated", held))

    before_update = Subscription._update
    Subscription._update = update
    Subscription.pause_collection = None
    SubscriptionItem._current_period = current_period
    SubscriptionItem.current_period_start = property(lambda item: item._current_period()["start"])
    SubscriptionItem.current_period_end = property(lambda item: item._current_period()["end"])
    PaymentIntent.amount_received = property(
        lambda intent: intent.amount if intent.status == "succeeded" else 0
    )


def _refunds() -> None:
    def refund(
        made: Any, charge: str | None = None, payment_intent: str | None = None, **asked: Any
    ) -> None:
        if payment_intent is not None:
            charge = PaymentIntent._api_retrieve(payment_intent).latest_charge.id
        paid = Charge._api_retrieve(charge)
        left = paid.amount - paid.amount_refunded
        asked["amount"] = int(asked.get("amount") or left)
        if not 0 < asked["amount"] <= left:
            raise UserError(400, "too much", {"code": "charge_already_refunded"})
        before(made, charge=charge, **asked)
        made.payment_intent = paid.payment_intent
        schedule_webhook(Event("charge.refunded", paid))

    before = Refund.__init__
    Refund.__init__ = refund


def renew(held: Any, draft: bool = False) -> None:
    """A period is over: the next begins and is charged, as Stripe's billing does.

    A draft is charged an hour later at Stripe: here, by `POST /v1/invoices/<id>/pay`.
    """
    if held.cancel_at_period_end:
        Subscription._api_delete(held.id)
        return
    held._starts_at, held._trial_until = held.current_period_end, None
    held.status = "active"
    schedule_webhook(Event("customer.subscription.updated", held))
    if held.pause_collection:
        return
    if draft:
        Invoice(
            customer=held.customer,
            subscription=held.id,
            items=list(held.items._list),
            date=held.current_period_start,
        )
        return
    held._create_invoice()
    invoice = Invoice._api_retrieve(held.latest_invoice)
    if invoice.status != "paid":
        schedule_webhook(Event("invoice.payment_failed", invoice))
        schedule_webhook(Event("customer.subscription.updated", held))


async def renew_page(request: web.Request) -> web.Response:
    held = Subscription._api_retrieve(request.match_info["id"])
    renew(held, draft="draft" in request.query)
    return web.json_response({"invoice": held.latest_invoice})


async def fail_refund(request: web.Request) -> web.Response:
    """The card's bank sends the money of a refund back."""
    found = Refund._api_retrieve(request.match_info["id"])
    found.status = "failed"
    schedule_webhook(Event("refund.failed", found))
    return web.Response()


async def be_quiet(request: web.Request) -> web.Response:
    """Answers once every message was told."""
    while _telling:
        await asyncio.gather(*_telling, return_exceptions=True)
    return web.Response()


async def send_again(request: web.Request) -> web.Response:
    """Stripe tells again what was not heard, for three days; localstripe tells once."""
    event = store[f"event:{request.match_info['id']}"]
    await webhooks._send_webhook(event)
    return web.Response()


def idempotency() -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
    """What was answered to a key is answered again (docs.stripe.com/api/idempotent_requests)."""
    answered: dict[str, tuple[str, web.Response]] = {}

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method != "POST":
            return await handler(request)
        body = hashlib.sha256(request.path.encode() + await request.read()).hexdigest()
        if key in answered:
            before, kept = answered[key]
            if before != body:
                raise UserError(400, "other parameters", {"type": "idempotency_error"})
            return web.Response(body=kept.body, status=kept.status, content_type="application/json")
        try:
            answer = await handler(request)
        except UserError as error:  # kept too, but for what was not understood
            if error.code != 402:
                raise
            answer = error.to_response()
        assert isinstance(answer, web.Response)
        answered[key] = (body, answer)
        return answer

    return middleware


def add_pages(app: web.Application) -> None:
    app.middlewares.append(idempotency())
    app.router.add_post("/_config/subscriptions/{id}/renew", renew_page)
    app.router.add_post("/_config/refunds/{id}/fail", fail_refund)
    app.router.add_post("/_config/quiet", be_quiet)
    app.router.add_post("/_config/events/{id}/resend", send_again)
