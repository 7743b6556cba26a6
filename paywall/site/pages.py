"""Serves pages and files: the canonical address, the right variant, the right headers."""

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from paywall.renewal import renewal
from paywall.site.answers import NOT_FOUND, UNAVAILABLE, Answer, method_not_allowed, redirect
from paywall.site.front import NOTE
from paywall.site.kept import Served
from paywall.site.lookup import Variant, find, locate
from paywall.site.output import Output
from paywall.site.paths import page_of, read_path, spell
from paywall.site.representations import Rendering, Representations, vary
from paywall.visits import Visit, Visits

NOT_FOUND_PATH = "/404.html"

_REDIRECT_CACHE = (b"cache-control", b"public, max-age=3600")
_NO_CACHE = (b"cache-control", b"no-cache")


class Pages:
    """The ASGI endpoint of everything that is a file of the output tree."""

    def __init__(self, output: Output, visits: Visits) -> None:
        self._output = output
        self._visits = visits
        self._representations = Representations()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and say in the scope what was served, for whoever keeps answers."""
        visit = self._visits.of(scope["headers"])
        answer = await self._answer(Request(scope), visit)
        scope[NOTE] = visit.served
        await answer(scope, receive, send)

    async def answer(self, request: Request) -> Answer:
        """Choose the answer to a request, without sending it."""
        return await self._answer(request, self._visits.of(request.scope["headers"]))

    async def _answer(self, request: Request, visit: Visit) -> Answer:
        if request.method not in {"GET", "HEAD"}:
            return method_not_allowed(b"GET, HEAD")
        raw = request.scope["raw_path"]
        path = read_path(raw)
        if path is None:
            return await self._not_found(request, Variant.PUBLIC)
        if spell(path) != raw or page_of(path) != path:
            return await self._elsewhere(request, path, Variant.PUBLIC)
        return await self._serve(request, path, visit)

    async def _serve(self, request: Request, path: str, visit: Visit) -> Answer:
        found = find(self._output, path, visit.may_open)
        if found is None:
            return UNAVAILABLE
        if visit.wants_renewal and found.variant is Variant.PREVIEW:
            found.close()
            return renewal(path)
        if found.file is None:
            return await self._elsewhere(request, path, found.variant)
        variant = visit.opened if found.variant is Variant.FULL else found.variant
        rendering = Rendering(path, variant, found.file)
        visit.served = Served(found.build, found.entries, variant, found.name, found.file.key)
        return await self._representations.answer(request, rendering)

    async def _elsewhere(self, request: Request, path: str, variant: Variant) -> Answer:
        """Redirect a near miss to the address it meant; the rest is not found."""
        build = self._output.current()
        if build is None:
            return UNAVAILABLE
        target = locate(build, path)
        if target is None or spell(target) == request.scope["raw_path"]:
            return await self._not_found(request, variant)
        return redirect(spell(target) + _query(request.scope["query_string"]), _REDIRECT_CACHE)

    async def _not_found(self, request: Request, variant: Variant) -> Answer:
        """Serve the site's own page, the same whatever the reason."""
        found = find(self._output, NOT_FOUND_PATH, lambda _: False)
        if found is None:
            return UNAVAILABLE
        answer = NOT_FOUND
        if found.file is not None:
            rendering = Rendering(NOT_FOUND_PATH, Variant.PUBLIC, found.file)
            answer = await self._representations.error_page(request, rendering)
        return answer.with_headers(_NO_CACHE, *vary(NOT_FOUND_PATH, variant))


def _query(raw: bytes) -> bytes:
    """Keep the query of a redirected address, if it can stand in a header."""
    printable = all(0x21 <= byte <= 0x7E for byte in raw)
    return b"?" + raw if raw and printable else b""
