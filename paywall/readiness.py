"""`/readyz`: whether this process can do all that it is for. `/healthz` only says that it runs."""

import logging

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import Receive, Scope, Send

from paywall.errors import PaywallError
from paywall.site.answers import Answer, method_not_allowed
from paywall.site.output import Output
from paywall.store.database import Database
from paywall.store.migrate import check_version

READY_PATH = "/readyz"
RETRY_SECONDS = 5

log = logging.getLogger(__name__)


class Readiness:
    """ASGI endpoint: 200 where accounts and manifest can be had, else 503 and which cannot."""

    def __init__(self, database: Database, output: Output) -> None:
        self._database = database
        self._output = output

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look, on a thread, and answer."""
        if scope["method"] not in {"GET", "HEAD"}:
            await method_not_allowed(b"GET, HEAD")(scope, receive, send)
            return
        missing = [] if await anyio.to_thread.run_sync(self._has_accounts) else ["database"]
        if self._output.current() is None or self._output.reason:
            missing.append("manifest")
        await _answer(missing)(scope, receive, send)

    def _has_accounts(self) -> bool:
        try:
            check_version(self._database)
        except (PaywallError, SQLAlchemyError) as error:
            log.warning("la base n’est pas prête : %s", type(error).__name__)
            return False
        return True


def _answer(missing: list[str]) -> Answer:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
    ]
    if missing:
        headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
    body = f"not ready: {', '.join(missing)}\n" if missing else "ready\n"
    return Answer(503 if missing else 200, tuple(headers), body.encode())
