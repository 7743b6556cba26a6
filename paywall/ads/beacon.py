"""`POST /ads/beacon`: where pages tell what was seen. It answers with a status and nothing else.

No cookie is read or set. Of the address and the user agent, what is written is at most a mark. The
message is `text/plain`, which any site may send anywhere: it counts only where `Origin` is ours.
Who asks not to be counted, by `Sec-GPC` or `DNT`, is not, whatever the page's script thought.
"""

from collections.abc import Callable
from datetime import datetime

from starlette.types import Receive, Scope, Send

from paywall.ads.batch import MAX_BYTES, BatchError, read_batch
from paywall.ads.counting import ClosedError, Counting, FloodError, ForgedError
from paywall.ads.patience import Patience, TooSlowError
from paywall.networks import Address, address_of
from paywall.settings import Settings
from paywall.site.answers import Answer, method_not_allowed

BEACON_PATH = "/ads/beacon"
BODY_SECONDS = 10.0
"""For four kilobytes, which a browser sends in one piece; twice that, at most."""

_DIGITS = 20
_FORWARDED = b"x-forwarded-for"
_RETRY = (b"retry-after", b"60")
_NO_STORE = (b"cache-control", b"no-store")


class _ForeignError(BatchError):
    """Sent from another site."""


class _TooLongError(BatchError):
    """Longer than any message of ours."""


_REFUSALS: tuple[tuple[type[Exception], Answer], ...] = (
    (_ForeignError, Answer(403, (_NO_STORE,))),
    (_TooLongError, Answer(413, (_NO_STORE,))),
    (BatchError, Answer(400, (_NO_STORE,))),
    (ForgedError, Answer(403, (_NO_STORE,))),
    (FloodError, Answer(429, (_NO_STORE, _RETRY))),
    (ClosedError, Answer(503, (_NO_STORE, _RETRY))),
)
_REFUSED = tuple(kind for kind, _ in _REFUSALS)


class Beacon:
    """ASGI endpoint: 204 once it is counted, or was not to be; nothing of it was kept else."""

    def __init__(
        self, counting: Counting, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._counting, self._clock = counting, clock
        self._proxies = settings.proxies
        self._patience = Patience(BODY_SECONDS)
        self._origin = settings.address.encode("ascii")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one message."""
        if scope["method"] != "POST":
            await method_not_allowed(b"POST")(scope, receive, send)
            return
        try:
            await self._take(scope, receive)
        except _REFUSED as error:
            answer = next(answer for kind, answer in _REFUSALS if isinstance(error, kind))
            await answer(scope, receive, send)
            return
        # By hand: 204 has no length (RFC 9110, 8.6), and this is what nearly everybody is told.
        await send({"type": "http.response.start", "status": 204, "headers": [_NO_STORE]})
        await send({"type": "http.response.body", "body": b""})

    async def _take(self, scope: Scope, receive: Receive) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        is_browser = self._comes_from_here(headers)
        if not headers.get(b"content-type", b"").lower().startswith(b"text/plain"):
            raise BatchError("text/plain attendu")
        batch = read_batch(await self._body(headers, receive))
        if headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1":
            return
        agent = headers.get(b"user-agent", b"").decode("latin-1") if is_browser else ""
        self._counting.count(batch, agent, self._address(scope), self._clock())

    def _comes_from_here(self, headers: dict[bytes, bytes]) -> bool:
        """Whether a page of ours sent it; False where nothing says so, which no browser leaves out.

        Raises `_ForeignError` where it says another (OWASP ASVS 5.0, 3.5.1).
        """
        origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
        if site not in {None, b"same-origin"} or origin not in {None, b"null", self._origin}:
            raise _ForeignError("d’un autre site")
        return site is not None or origin == self._origin

    def _address(self, scope: Scope) -> Address | None:
        forwarded = (
            value.decode("latin-1") for name, value in scope["headers"] if name == _FORWARDED
        )
        client = scope.get("client")
        return address_of(client[0] if client else "", forwarded, self._proxies)

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        """The whole message. Raises `BatchError` where it breaks off or is slow or too long."""
        length = headers.get(b"content-length", b"")
        wanted = int(length[:_DIGITS]) if length.isdigit() else MAX_BYTES + 1
        if length and wanted > MAX_BYTES:
            raise _TooLongError
        try:
            with self._patience:
                body = await _read(receive, wanted)
        except TooSlowError as error:
            raise BatchError("trop lent") from error
        if len(body) > MAX_BYTES:
            raise _TooLongError
        return body


async def _read(receive: Receive, wanted_bytes: int) -> bytes:
    body, more = b"", True
    while more and len(body) < wanted_bytes:
        message = await receive()
        if message["type"] != "http.request":
            raise BatchError("interrompu")
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body
