"""Puts the service together: `create_app(settings)`. Nothing happens at import."""

import logging
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

from paywall.ads.beacon import BEACON_PATH, Beacon
from paywall.ads.published_plan import PLAN_PATH, PublishedPlan
from paywall.cookies import Cookies
from paywall.ended import EndedSubjects
from paywall.feeds.endpoint import Feeds
from paywall.headers import SecurityHeaders
from paywall.keys import Keyring
from paywall.life import life_of
from paywall.live_keys import Keys, LiveKeys
from paywall.money.webhook import STRIPE_PATH, StripeWebhook
from paywall.offers.members import Members
from paywall.readers import Readers, TokenReaders
from paywall.readiness import READY_PATH, Readiness
from paywall.service import OffersFile, Service
from paywall.settings import Settings
from paywall.site.answers import BROKEN, Answer, method_not_allowed
from paywall.site.development import Development
from paywall.site.front import LOOK_SECONDS, Front
from paywall.site.output import Output
from paywall.site.pages import Pages
from paywall.store.database import Database
from paywall.tokens import Verifier
from paywall.views import ALL_VIEWS
from paywall.views.render import Renderer
from paywall.views.table import Accounts, Desk
from paywall.visits import Visits

HEALTH_PATH = "/healthz"
KEYS_PATH = "/.well-known/jwks.json"

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def create_app(  # noqa: PLR0913 - by keyword, each of them with a default
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    keys: Keys | None = None,
    readers: Readers | None = None,
    ended: EndedSubjects | None = None,
    database: Database | None = None,
    look_seconds: float = LOOK_SECONDS,
) -> ASGIApp:
    """Build the application. Keys are loaded, or made, in `settings.keys` unless given.

    Whether the output has changed is looked at every `look_seconds` at most.
    """
    service = Service(
        settings=settings,
        database=database or Database(settings.database),
        offers=OffersFile(settings.offers),
        members=Members(settings.members),
        keys=keys or LiveKeys(settings.keys),
        clock=clock,
        cookies=Cookies(secure=settings.secure),
        ended=EndedSubjects() if ended is None else ended,
    )
    output = Output(settings.output)
    visits = Visits(readers or _token_readers(service), clock)
    addresses = _addresses(service, output, visits)
    app = _guarded(Router(default=addresses, lifespan=life_of(service)), settings)
    if settings.news:
        return app
    return Front(app, output, visits, hosts=settings.hosts, look_seconds=look_seconds)


def _token_readers(service: Service) -> TokenReaders:
    """Readers as their access tokens say, which any gate could read."""
    verifier = Verifier(service.keys.public_keys, service.settings.address)
    return TokenReaders(verifier, service.cookies, service.ended)


def _addresses(service: Service, output: Output, visits: Visits) -> "Addresses":
    """Everything that answers."""
    keys = service.keys
    own: dict[str, ASGIApp] = {
        HEALTH_PATH: _answering(lambda: _HEALTHY),
        READY_PATH: Readiness(service.database, output),
        KEYS_PATH: _answering(lambda: _key_set(keys.current())),
        STRIPE_PATH: StripeWebhook(service.till),
        BEACON_PATH: Beacon(service.counting, service.settings, service.clock),
        PLAN_PATH: PublishedPlan(service.settings.var),
    }
    accounts = Accounts(Desk(service, Renderer(service.settings.output)), ALL_VIEWS)
    return Addresses(own, (accounts, Feeds(service, output)), Pages(output, visits))


def _guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """What every request goes through on its way in, and every answer on its way out."""
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

    def __init__(
        self, own: Mapping[str, ASGIApp], families: tuple[Accounts | Feeds, ...], pages: ASGIApp
    ) -> None:
        self._own = {path.encode("ascii"): endpoint for path, endpoint in own.items()}
        self._families, self._pages = families, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        path: bytes = scope["raw_path"]
        endpoint = self._own.get(path) or self._endpoint(path)
        await endpoint(scope, receive, send)

    def _endpoint(self, path: bytes) -> ASGIApp:
        return next((family for family in self._families if family.finds(path)), self._pages)


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


def _answering(answer: Callable[[], Answer]) -> ASGIApp:
    """Make an endpoint that gives an answer to whoever asks."""

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        allowed = scope["method"] in {"GET", "HEAD"}
        given = answer() if allowed else method_not_allowed(b"GET, HEAD")
        await given(scope, receive, send)

    return endpoint


def _broken(_request: Request, error: Exception) -> Response:
    log.error("requête sans réponse", exc_info=error)
    headers = {name.decode("ascii"): value.decode("ascii") for name, value in BROKEN.headers}
    return Response(BROKEN.body, BROKEN.status, headers)
