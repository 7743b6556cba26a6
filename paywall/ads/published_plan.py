"""`GET /ads/plan.json`: what each flight should be given in the coming hours, for browsers."""

from pathlib import Path

import msgspec
from starlette.types import Receive, Scope, Send

from paywall.ads.plan_file import Plan
from paywall.ads.watched import Watched
from paywall.errors import PaywallError
from paywall.site.answers import Answer, method_not_allowed

PLAN_PATH = "/ads/plan.json"
_HEADERS = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"public, max-age=300"),
)


class PlanError(PaywallError):
    """It is not what the planner writes."""


class PublishedPlan:
    """ASGI endpoint: the plan that was last made."""

    def __init__(self, var: Path) -> None:
        self._file: Watched[bytes] = Watched(var / "ads" / "plan.json", _read, _told(Plan()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: rare, for browsers keep it for five minutes."""
        if scope["method"] not in {"GET", "HEAD"}:
            await method_not_allowed(b"GET, HEAD")(scope, receive, send)
            return
        self._file.look()
        await Answer(200, _HEADERS, self._file.value)(scope, receive, send)


def _read(path: Path) -> bytes:
    """A plan as it is to be sent: understood first, so that nothing else ever is."""
    try:
        return _told(msgspec.json.decode(path.read_bytes(), type=Plan))
    except ValueError as error:
        raise PlanError(str(error)) from error


def _told(plan: Plan) -> bytes:
    """With its version always; without the rest of it the build's first choice stands."""
    rest: dict[str, object] = msgspec.to_builtins(plan)
    return msgspec.json.encode({"version": plan.version} | rest)
