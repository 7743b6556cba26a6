"""Logs: one JSON object a line, which holds no address of mail, no token, no path and no query.

A request to the account pages is told by the name of its route, never by its path: a link that
signs in is one. What an exception says may quote what somebody typed: its type and where it was
raised are told, its message is not.
"""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = logging.getLogger("paywall.requests")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FIELDS = ("method", "route", "status", "milliseconds")
_NOT_ANSWERED = 499
"""As nginx writes it: whoever asked went away."""

CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "paywall.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "_granian": {},
        "granian.access": {},
        "paywall.requests": {"level": "INFO"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
"""For `logging.config.dictConfig`: warnings of everything, and requests to account pages."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; plain words where standard error is a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told = _told(record)
        if sys.stderr.isatty():
            return " ".join(str(value) for value in told.values())
        return json.dumps(told, ensure_ascii=False)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    told: dict[str, Any] = {"at": at, "level": record.levelname, "from": record.name}
    told["message"] = _first_line(record)
    told |= {field: getattr(record, field) for field in _FIELDS if hasattr(record, field)}
    if record.exc_info and record.exc_info[0]:
        kind, _, frames = record.exc_info
        told |= {"error": kind.__name__, "raised_at": _places(frames)}
    return told


def _first_line(record: logging.LogRecord) -> str:
    """The server writes a traceback below its message, and that ends with what an error says."""
    return record.getMessage().partition("\n")[0]


def _places(frames: TracebackType | None) -> list[str]:
    places = traceback.extract_tb(frames)
    return [f"{place.filename}:{place.lineno} {place.name}" for place in places]


class Logged:
    """ASGI middleware around one route: says who answered what, and how long it took."""

    def __init__(self, app: ASGIApp, route: str) -> None:
        self._app = app
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell it when it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), _NOT_ANSWERED

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except Exception:
            status = 500
            raise
        finally:
            self._tell(scope["method"], status, time.perf_counter() - began)

    def _tell(self, method: str, status: int, seconds: float) -> None:
        told = {
            "method": method if method in _METHODS else "other",
            "route": self._route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
        }
        REQUESTS.info("request", extra=told)
