"""A browser without a window, and the mail that its readers receive."""

import asyncio
import re
from typing import Any

import httpx
from sqlalchemy import select
from starlette.types import ASGIApp

from paywall.store.database import Database
from paywall.store.schema import Mail


class Browser:
    """Keeps cookies, sends forms as pages of the site do, follows no redirect."""

    def __init__(self, app: ASGIApp, address: str, client: str = "127.0.0.1") -> None:
        self._transport = httpx.ASGITransport(app, client=(client, 50_000))
        self.address = address
        self.cookies = httpx.Cookies()

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, fields: dict[str, str], **options: Any) -> httpx.Response:
        headers = {"origin": self.address} | options.pop("headers", {})
        return self.request("POST", path, data=fields, headers=headers, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._request(method, path, options))

    def follow(self, answer: httpx.Response) -> httpx.Response:
        """Go where answers lead, to the end."""
        for _ in range(10):
            if not answer.is_redirect:
                return answer
            answer = self.get(answer.headers["location"])
        raise AssertionError("sent round in circles")

    def sign_in(self, email: str, mailbox: "Mailbox", target: str = "/") -> httpx.Response:
        """Sign in by the code, as a reader does."""
        self.post("/connexion/", {"email": email, "vers": target})
        return self.post("/connexion/code/", {"code": mailbox.code(email)})

    def wait_for_renewal(self) -> None:
        """Forget what a browser has forgotten by itself a quarter of an hour later."""
        for name in ("bicorne_access", "bicorne_pause"):
            if name in self.cookies:
                self.cookies.delete(name)

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(
            transport=self._transport, base_url=self.address, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **options)
            self.cookies = client.cookies
            return answer


class Mailbox:
    """What the service wants to send, newest last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def to(self, email: str) -> list[Mail]:
        with self._database.read() as db:
            return list(db.scalars(select(Mail).where(Mail.recipient == email).order_by(Mail.id)))

    def code(self, email: str) -> str:
        found = re.search(r"\b(\d{3}) (\d{3})\b", self.to(email)[-1].text)
        assert found
        return found[1] + found[2]

    def link(self, email: str) -> str:
        found = re.search(r"http://localhost:8000(/connexion/lien/\S+)", self.to(email)[-1].text)
        assert found
        return found[1]
