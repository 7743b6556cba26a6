"""Answers that are kept whole, as they go to the server, and what each depends on."""

import os
from dataclasses import dataclass

from starlette.types import Message

from paywall.gate import Entry
from paywall.site.lookup import Variant
from paywall.site.lru import Lru
from paywall.site.output import Build, FileKey, key_of

MAX_KEPT_BYTES = 64 * 1024 * 1024
MAX_BODY_BYTES = 256 * 1024
_OVERHEAD_BYTES = 4096
"""Of headers and the objects around them, roughly."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where an answer's bytes came from, told by whoever made it."""

    build: Build
    entries: tuple[Entry, ...] | None
    variant: Variant
    name: str
    """The file's, relative to the build's root."""
    key: FileKey

    def still_stands(self) -> bool:
        """Tell whether the file is what it was."""
        try:
            info = os.stat(self.name, dir_fd=self.build.root_fd, follow_symlinks=False)
        except OSError:
            return False
        return key_of(info) == self.key


@dataclass(slots=True)
class Kept:
    """One answer."""

    start: Message
    body: Message
    served: Served
    looked_at: float

    @property
    def weight_bytes(self) -> int:
        """Return what it takes in memory."""
        return len(self.body["body"]) + _OVERHEAD_BYTES


class Address:
    """The answers kept of one address: by variant, and whether gzip."""

    __slots__ = ("answers", "entries")

    def __init__(self, entries: tuple[Entry, ...] | None) -> None:
        self.entries = entries
        self.answers: dict[tuple[Variant, bool], Kept] = {}


class Shelf:
    """What is kept of one build, bounded by bytes: the least asked for goes first."""

    def __init__(self, build: Build | None = None, max_bytes: int = MAX_KEPT_BYTES) -> None:
        self.build = build
        self._addresses: Lru[bytes, Address] = Lru(max_bytes)
        self.find = self._addresses.get
        self.drop = self._addresses.drop

    def keep(self, raw_path: bytes, kept: Kept, *, gzip: bool) -> None:
        """Keep an answer, among the others of its address."""
        address = self.find(raw_path) or Address(kept.served.entries)
        address.answers[kept.served.variant, gzip] = kept
        weight_bytes = sum(each.weight_bytes for each in address.answers.values())
        self._addresses.put(raw_path, address, weight_bytes)


def may_be_kept(start: Message, body: Message) -> bool:
    """Tell whether an answer is whole, small, and nobody's own."""
    whole = not body.get("more_body") and len(body["body"]) <= MAX_BODY_BYTES
    personal = any(name == b"set-cookie" for name, _ in start["headers"])
    return start["status"] == 200 and whole and not personal
