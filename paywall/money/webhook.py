"""Where Stripe tells that something happened. Its word starts a question, it is no answer."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send
from stripe import SignatureVerificationError, WebhookSignature

from paywall.accounts.providers import STRIPE
from paywall.errors import DatabaseDownError, OffersError
from paywall.money.provider import (
    ProviderDownError,
    ProviderMissingError,
    ProviderRefusedError,
)
from paywall.money.stripe_cards import StripeCards
from paywall.money.stripe_facts import Facts
from paywall.money.till import Message, Till
from paywall.site.answers import Answer, method_not_allowed

log = logging.getLogger(__name__)

STRIPE_PATH = "/paiement/stripe/"
MAX_BODY_BYTES = 256 * 1024
TOLERANCE_SECONDS = 300
_MAX_ID = 200

EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "invoice.created",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.upcoming",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "charge.refunded",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
)
"""What is listened to (docs/payments.md); others are answered and forgotten."""


_LATER = (DatabaseDownError, ProviderDownError, ProviderRefusedError, OffersError)


class ForgedError(Exception):
    """It does not come from Stripe, or not in time, or is no message at all."""


class StripeWebhook:
    """ASGI endpoint: 200 once it is done, or was; 400 if it is not Stripe's; 503 to hear again."""

    def __init__(self, till: Till) -> None:
        self._till = till

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one message."""
        answer = await self._answer(scope, receive)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            return method_not_allowed(b"POST")
        request = Request(scope, receive)
        try:
            body = await _read(request)
        except ClientDisconnect:
            return _said(400)
        if body is None:
            return _said(413)
        signature = request.headers.get("stripe-signature", "")
        return await anyio.to_thread.run_sync(self._handle, body, signature)

    def _handle(self, body: bytes, signature: str) -> Answer:
        """On a thread. Nothing of a message reaches the log but its kind."""
        try:
            handle(self._till, body, signature)
        except ForgedError:
            return _said(400)
        except ProviderMissingError:  # of another account, or of a test: asking again is no use
            log.error("message de Stripe sur ce que Stripe n’a pas")
            return _said(200)
        except _LATER as error:
            log.error("message de Stripe remis à plus tard : %s", type(error).__name__)
            return _said(503, (b"retry-after", b"60"))
        return _said(200)


async def _read(request: Request) -> bytes | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            return None
    return body


def _said(status: int, *headers: tuple[bytes, bytes]) -> Answer:
    return Answer(status, ((b"cache-control", b"no-store"), *headers))


def handle(till: Till, body: bytes, signature: str) -> bool:
    """Act upon a message, once; tells whether anything was to be done. Raises `ForgedError`."""
    event = _verified(body, signature, till.settings.stripe_webhook_secret)
    if till.cards is None or event["type"] not in EVENTS:
        return False
    inquire = _inquiry(till.cards, event["type"], event["data"]["object"])
    if inquire is None:
        return False
    happened_at = datetime.fromtimestamp(event["created"], UTC)
    return till.enter(inquire, Message(f"{STRIPE}:{event['id']}", happened_at))


def _verified(body: bytes, signature: str, secret: str) -> dict[str, Any]:
    """The message, once its signature is right. Raises `ForgedError`."""
    if not secret or not signature.isascii():
        raise ForgedError
    try:
        WebhookSignature.verify_header(body, signature, secret, TOLERANCE_SECONDS)
        event = json.loads(body)
    except (SignatureVerificationError, ValueError, RecursionError) as error:
        raise ForgedError from error
    if not _is_event(event):
        raise ForgedError
    found: dict[str, Any] = event
    return found


def _is_event(event: object) -> bool:
    if not isinstance(event, dict) or not isinstance(event.get("data"), dict):
        return False
    named = all(isinstance(event.get(name), str) for name in ("id", "type"))
    return (
        named
        and len(event["id"]) <= _MAX_ID
        and isinstance(event.get("created"), int)
        and isinstance(event["data"].get("object"), dict)
    )


def _inquiry(cards: StripeCards, kind: str, told: dict[str, Any]) -> Callable[[], Facts] | None:
    """What to ask about, and to do at Stripe first; None for what cannot be ours."""
    family = kind.partition(".")[0]
    if family == "checkout":
        return partial(cards.heed, str(told["id"]))
    if family == "customer":
        return partial(cards.inquiry.subscription, str(told["id"]))
    if family == "invoice":
        details = (told.get("parent") or {}).get("subscription_details") or {}
        name, ask = details.get("subscription"), cards.inquiry.subscription
    else:
        name, ask = told.get("payment_intent"), cards.inquiry.payment
    return partial(ask, name) if isinstance(name, str) else None
