import asyncio
from typing import Any

from starlette.types import ASGIApp


def test_the_application_starts_and_stops_with_its_server(app: ASGIApp) -> None:
    """Whatever stands before it passes this on: tasks of the service begin and end there."""
    asked = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    told: list[str] = []

    async def receive() -> Any:
        return asked.pop(0)

    async def send(message: Any) -> None:
        told.append(message["type"])

    asyncio.run(app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send))
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
