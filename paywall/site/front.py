"""Answers from memory what has been answered before: nearly every request of nearly every reader.

It stands outside everything else and learns by listening: what the application sends for a page
or file, whole and with all headers, is kept under what it depends on, which is the address, the
variant, and whether the client takes gzip. Whoever asks next is judged by the same decision, with
the same reading of tokens. Anything out of the ordinary (a conditional request, a header sent
twice, another method, a reader to be renewed) is left to the application.

Another publication, or a file that has changed, is noticed within `look_seconds`.
"""

from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from paywall.site.encoding import accepts_gzip
from paywall.site.kept import Kept, Shelf, may_be_kept
from paywall.site.lookup import Variant
from paywall.site.output import Output
from paywall.visits import Visits

LOOK_SECONDS = 0.05
"""Three looks at the disk (root, manifest, file) cost 6 µs, a sixth of what a request may."""
NOTE = "bicorne.served"
"""Where in the scope the pages say what they have served."""

_IDENTITY = (b"cookie", b"authorization")


class Front:
    """ASGI middleware, outside all others. Not for development: pages change as one looks."""

    def __init__(
        self,
        app: ASGIApp,
        output: Output,
        visits: Visits,
        *,
        hosts: tuple[str, ...] = (),
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._app, self._output, self._visits = app, output, visits
        self._hosts = hosts
        self._look_seconds = look_seconds
        self._look_at = 0.0
        self._shelf = Shelf()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on and listen."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        kept = self._find(scope)
        if kept is not None:
            await send(kept.start)
            await send(kept.body)
        else:
            await self._app(scope, receive, _Listener(self, scope, send).send)

    def keep(self, scope: Scope, start: Message, body: Message) -> None:
        """Remember an answer of the application's, if its maker said what it is."""
        served, request = scope.get(NOTE), _plain_request(scope)
        if served is None or request is None or served.build is not self._shelf.build:
            return
        kept = Kept(start, body, served, monotonic())
        self._shelf.keep(scope["raw_path"], kept, gzip=_takes_gzip(request))

    def _find(self, scope: Scope) -> Kept | None:
        ticks = monotonic()
        if ticks >= self._look_at:
            self._look(ticks)
        address = self._shelf.find(scope["raw_path"])
        if address is None:
            return None
        request = _plain_request(scope)
        if request is None or not _is_for(request, self._hosts):
            return None
        variant = Variant.PUBLIC
        if address.entries is not None:
            visit = self._visits.of(
                [(name, request[name]) for name in _IDENTITY if name in request]
            )
            variant = visit.opened if visit.may_open(address.entries) else Variant.PREVIEW
            if visit.wants_renewal:
                return None
        kept = address.answers.get((variant, _takes_gzip(request)))
        if kept is None or ticks - kept.looked_at < self._look_seconds:
            return kept
        return self._look_again(scope["raw_path"], kept, ticks)

    def _look(self, ticks: float) -> None:
        """Ask whether there is another publication: nothing of one is served with another's."""
        self._look_at = ticks + self._look_seconds
        build = self._output.current()
        if build is not self._shelf.build:
            self._shelf = Shelf(build)

    def _look_again(self, raw_path: bytes, kept: Kept, ticks: float) -> Kept | None:
        """Make sure of a file that somebody may have changed in its place."""
        if not kept.served.still_stands():
            self._shelf.drop(raw_path)
            return None
        kept.looked_at = ticks
        return kept


class _Listener:
    """Passes an answer on, and has it kept."""

    def __init__(self, front: Front, scope: Scope, send: Send) -> None:
        self._front, self._scope, self._send = front, scope, send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """Take one message of the answer: what comes in several pieces is not kept."""
        start, self._start = self._start, None
        if message["type"] == "http.response.start":
            self._start = message
        elif start is not None and may_be_kept(start, message):
            self._front.keep(self._scope, start, message)
        await self._send(message)


def _plain_request(scope: Scope) -> dict[bytes, bytes] | None:
    """Return the headers of a request that depends on nothing else; None for any other."""
    sent = scope["headers"]
    headers: dict[bytes, bytes] = dict(sent)
    plain = len(headers) == len(sent) and b"if-none-match" not in headers
    return headers if plain else None


def _takes_gzip(request: dict[bytes, bytes]) -> bool:
    coding = request.get(b"accept-encoding")
    return coding is not None and accepts_gzip(coding.decode("latin-1"))


def _is_for(request: dict[bytes, bytes], hosts: tuple[str, ...]) -> bool:
    """Tell whether it names a host of ours; where in doubt, the application looks closer."""
    if not hosts:
        return True
    name = request.get(b"host", b"").decode("latin-1").partition(":")[0]
    return any(name == host or (host[0] == "*" and name.endswith(host[1:])) for host in hosts)
