"""Security headers on every answer, whichever part of the service gave it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Pagefind runs WebAssembly; no other page may.
SEARCH_TREES = (b"/chercher/", b"/pagefind/")

# Pages that advertisers send: each is shut in a frame of ours, and runs nothing.
_FRAMES = b"/cadres/"

_FRAME_POLICY = (
    "sandbox; default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_POLICY = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; frame-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_YEAR_SECONDS = 31_536_000


def page_policy(*form_targets: str) -> str:
    """The policy of a page whose forms may lead to these origins, besides ours."""
    return _POLICY.format(wasm="", forms="".join(f" {target}" for target in form_targets))


class SecurityHeaders:
    """ASGI middleware, the outermost. An answer's own value of a header wins."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        common = dict(_HEADERS)
        if secure:
            common["strict-transport-security"] = f"max-age={_YEAR_SECONDS}"
        self._app = app
        self._pages = _encode(common | {"content-security-policy": page_policy()})
        self._search = _encode(
            common
            | {"content-security-policy": _POLICY.format(wasm=" 'wasm-unsafe-eval'", forms="")}
        )
        self._frames = _encode(common | {"content-security-policy": _FRAME_POLICY})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = self._for(scope["raw_path"])

        async def send_completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                missing = [header for header in ours if header[0] not in given]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        await self._app(scope, receive, send_completed)

    def _for(self, path: bytes) -> list[tuple[bytes, bytes]]:
        if path.startswith(_FRAMES):
            return self._frames
        return self._search if path.startswith(SEARCH_TREES) else self._pages


def _encode(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
