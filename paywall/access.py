"""The one-click link, which exchanges a token for a cookie, and signing out."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from paywall.cookies import Cookie
from paywall.site.answers import Answer, Header, method_not_allowed, redirect
from paywall.site.pages import Pages
from paywall.site.paths import local_target
from paywall.tokens import Verifier

OPEN_PATH = "/acces/"
CLOSE_PATH = "/acces/fermer/"
EXPIRED_PATH = "/lien-expire/"

_MAX_FIELDS = 8
# The address holds a token: no cache keeps the answer, no other site is told the address.
_DISCREET: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
)


class Access:
    """The two ASGI endpoints under `/acces/`."""

    def __init__(
        self, verifier: Verifier, pages: Pages, clock: Callable[[], datetime], cookie: Cookie
    ) -> None:
        self._verifier = verifier
        self._pages = pages
        self._clock = clock
        self._cookie = cookie

    async def open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the one-click link; without a token, show the page that explains access."""
        request = Request(scope)
        answer = await self._open(request)
        await answer.with_headers(*_DISCREET)(scope, receive, send)

    async def close(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sign out: only a POST, since anything may follow a link."""
        answer = method_not_allowed(b"POST")
        if scope["method"] == "POST":
            answer = redirect(b"/", self._cookie.removal(), status=303)
        await answer.with_headers(*_DISCREET)(scope, receive, send)

    async def _open(self, request: Request) -> Answer:
        fields = _fields(request.scope["query_string"])
        if request.method not in {"GET", "HEAD"} or "jeton" not in fields:
            return await self._pages.answer(request)
        now = self._clock()
        token = _single(fields["jeton"])
        read = self._verifier.read(token, now)
        if read is None:
            return redirect(EXPIRED_PATH.encode("ascii"), status=303)
        target = local_target(_single(fields.get("vers", [])))
        cookie = self._cookie.header(token, int(read.expires_at - now.timestamp()))
        return redirect(target.encode("ascii"), cookie, status=303)


def one_click_link(address: str, token: str, target: str) -> str:
    """Return the link that signs a reader in and takes them to a page."""
    return f"{address}{OPEN_PATH}?jeton={token}&vers={quote(target, safe='/')}"


def _fields(query: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(query.decode("latin-1"), max_num_fields=_MAX_FIELDS)
    except ValueError:
        return {}


def _single(values: list[str]) -> str:
    """Return a field given once; given twice, it has no value anyone could rely on."""
    return values[0] if len(values) == 1 else ""
