"""Puts the service together: `create_app(settings)`. Nothing happens at import."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import msgspec
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from paywall.headers import SecurityHeaders
from paywall.keys import Keyring, load_keys
from paywall.money.till import Till
from paywall.money.webhook import STRIPE_PATH, StripeWebhook
from paywall.readers import Readers, TokenReaders
from paywall.service import make_service
from paywall.settings import Settings
from paywall.site.answers import BROKEN, Answer, method_not_allowed
from paywall.site.development import Development
from paywall.site.output import Output
from paywall.site.pages import Pages
from paywall.tokens import Verifier
from paywall.views import ALL_VIEWS
from paywall.views.render import Renderer
from paywall.views.table import Accounts, Desk

HEALTH_PATH = "/healthz"
KEYS_PATH = "/.well-known/jwks.json"


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    keys: Keyring | None = None,
    readers: Readers | None = None,
) -> ASGIApp:
    """Build the application. Keys are loaded, or made, in `settings.keys` unless given."""
    keyring = keys or load_keys(settings.keys)
    service = make_service(settings, keyring, clock)
    verifier = Verifier(keyring.public_keys(), settings.address)
    readers = readers or TokenReaders(verifier, service.cookies, service.ended)
    pages = Pages(Output(settings.output), readers, clock)
    accounts = Accounts(Desk(service, Renderer(settings.output)), ALL_VIEWS)
    own: dict[str, ASGIApp] = {
        HEALTH_PATH: _constant(_HEALTHY),
        KEYS_PATH: _constant(_key_set(keyring)),
        STRIPE_PATH: StripeWebhook(Till(settings, service.database, service.offers.current, clock)),
    }
    app: ASGIApp = Router(default=Addresses(own, accounts, pages))
    if settings.news:
        app = Development(app, settings.news)
    if settings.hosts:
        app = TrustedHostMiddleware(app, allowed_hosts=settings.hosts, www_redirect=False)
    app = ServerErrorMiddleware(app, handler=_broken)
    return SecurityHeaders(app, secure=settings.secure)


class Addresses:
    """Sends the service's own addresses to their endpoints, and all others to the pages.

    Compares raw bytes, as `paywall.site.paths` does, where a router would compare what the server
    has decoded: one reading of an address, everywhere.
    """

    def __init__(self, own: Mapping[str, ASGIApp], accounts: Accounts, pages: ASGIApp) -> None:
        self._own = {path.encode("ascii"): endpoint for path, endpoint in own.items()}
        self._accounts, self._pages = accounts, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        path: bytes = scope["raw_path"]
        others = self._accounts if self._accounts.finds(path) else self._pages
        await self._own.get(path, others)(scope, receive, send)


_HEALTHY = Answer(
    200,
    ((b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")),
    b"ok\n",
)


def _key_set(keyring: Keyring) -> Answer:
    headers = (
        (b"content-type", b"application/jwk-set+json"),
        (b"cache-control", b"public, max-age=300"),
    )
    return Answer(200, headers, msgspec.json.encode(keyring.jwks()))


def _constant(answer: Answer) -> ASGIApp:
    """Make an endpoint that always gives the same answer."""

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        allowed = scope["method"] in {"GET", "HEAD"}
        given = answer if allowed else method_not_allowed(b"GET, HEAD")
        await given(scope, receive, send)

    return endpoint


def _broken(_request: Request, _error: Exception) -> Response:
    headers = {name.decode("ascii"): value.decode("ascii") for name, value in BROKEN.headers}
    return Response(BROKEN.body, BROKEN.status, headers)
