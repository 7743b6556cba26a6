"""The connection to Stripe: one client, its version of the API, its errors as ours."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

import requests
import stripe
from stripe._base_address import BaseAddresses

from paywall.money.provider import ProviderDownError, ProviderMissingError, ProviderRefusedError
from paywall.settings import Settings

API_VERSION = "2026-10-28.endive"
"""What this code was written for; Stripe answers in it whatever the account's own is."""

CONNECT_SECONDS, READ_SECONDS = 5, 15
"""To be answered at all, and for each part of an answer: what a thread of ours waits for."""

RETRIES = 2
"""Of what was not answered; Stripe knows by its key that it is the same."""

_MISSING = 404
_DOWN = (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError)


class _Sessions(threading.local):
    """Connections, each thread's own. None is sent elsewhere by a redirect: Stripe's API answers
    with none, and every request holds the secret key."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.max_redirects = 0

    def request(self, method: str, url: str, **asked: Any) -> Any:
        """As `requests` does it."""
        return self._session.request(method, url, **asked)

    def close(self) -> None:
        """This thread's."""
        self._session.close()


def connect(settings: Settings) -> stripe.StripeClient:
    """A client. Nothing is sent before it is asked for something."""
    address: BaseAddresses = {"api": settings.stripe_api} if settings.stripe_api else {}
    sessions = cast("requests.Session", _Sessions())
    return stripe.StripeClient(
        settings.stripe_key,
        stripe_version=API_VERSION,
        base_addresses=address,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(
            timeout=(CONNECT_SECONDS, READ_SECONDS), session=sessions
        ),
    )


@contextmanager
def told_plainly() -> Iterator[None]:
    """Stripe's errors as ours, without what they quote of the request."""
    try:
        yield
    except _DOWN as error:
        raise ProviderDownError(f"Stripe ne répond pas : {type(error).__name__}") from error
    except stripe.StripeError as error:
        told = error.code or type(error).__name__
        kind = ProviderMissingError if error.http_status == _MISSING else ProviderRefusedError
        raise kind(f"Stripe refuse : {told}") from error


def id_of(held: str | stripe.StripeObject | None) -> str | None:
    """The id of something that Stripe gives whole or by its id."""
    if held is None or isinstance(held, str):
        return held
    return str(held["id"])


def written(metadata: stripe.StripeObject | None, name: str) -> str | None:
    """What we wrote into Stripe's metadata under a name."""
    return str(metadata[name]) if metadata is not None and name in metadata else None


def instant(seconds: int) -> datetime:
    """Stripe's times are seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
