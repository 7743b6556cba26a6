"""Pagefind's engine, by a client that neither dozes nor waits for an engine that died."""

import json
from asyncio import IncompleteReadError
from base64 import b64decode
from contextlib import suppress
from typing import Any

from pagefind.service import PagefindService


class EngineError(Exception):
    """Pagefind could not index something, or ended."""


class Engine(PagefindService):  # type: ignore[misc]
    """Pagefind 1.5's own client sleeps a tenth of a second before it reads each answer."""

    async def close(self) -> None:
        """End the engine, unless it already did."""
        self._poll_task.cancel()
        with suppress(ProcessLookupError):
            self._backend.terminate()
        await self._backend.wait()

    async def _wait_for_responses(self) -> None:
        try:
            while True:
                answer = await self._backend.stdout.readuntil(b",")
                self._hand_over(json.loads(b64decode(answer[:-1])))
        except IncompleteReadError as error:
            last_words = error.partial.decode(errors="replace")
            for waiting in self._responses.values():
                waiting.set_exception(EngineError(f"Pagefind ended: {last_words}"))
            self._responses.clear()

    def _hand_over(self, answer: dict[str, Any]) -> None:
        """Give an answer to whoever asked; the engine repeats a question it cannot read."""
        payload = answer["payload"]
        asked = answer["message_id"]
        if asked is None:
            asked = json.loads(payload["original_message"])["message_id"]
        waiting = self._responses.pop(asked)
        if payload["type"] == "Error":
            waiting.set_exception(EngineError(payload["message"]))
        else:
            waiting.set_result(payload)
