"""The spelling of the files that the build hands to the service: equal means identical."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec


def encoded(content: Mapping[str, Any]) -> bytes:
    """JSON in one canonical spelling, its keys in order."""
    written = msgspec.json.encode(content, order="deterministic")
    return msgspec.json.format(written, indent=1) + b"\n"


def utc(moment: datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
