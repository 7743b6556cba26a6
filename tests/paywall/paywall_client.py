"""A synchronous client that drives the application itself, without a network."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


class Client:
    """Sends one request at a time, follows no redirect and keeps no cookie."""

    def __init__(
        self,
        app: ASGIApp,
        base_url: str = "http://localhost:8000",
        *,
        raise_app_exceptions: bool = True,
    ) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions)
        self._base_url = base_url

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._request(method, path, options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def head(self, path: str, **options: Any) -> httpx.Response:
        return self.request("HEAD", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url=self._base_url) as client:
            return await client.request(method, path, **options)
