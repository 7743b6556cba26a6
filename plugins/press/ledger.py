"""What stands in an output folder: each path with the key of what was put there.

The ledger lies in the folder itself, so that both are exchanged in one step and always agree.
It is taken away before the folder is changed and put back when all is done: a folder without a
ledger, or with a damaged one, is one of which nothing is known.

It is written whole, or what has changed is added to its end: a resident build changes a few of
many thousands of files.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

NAME = ".ledger"
_OPEN = ".ledger.open"
_FORMAT = b"bicorne ledger 2\n"
_DIGEST_BYTES = 16
_LENGTH = struct.Struct("<Q")

Entries = dict[str, bytes]
"""Path below the output folder (with a final slash: a folder) → key; empty for a plugin's file."""

Changes = dict[str, bytes | None]
"""Entries to put in the place of older ones; ``None`` for what is no longer there."""

_CHANGES = msgspec.msgpack.Decoder(Changes)


def read_ledger(folder: Path) -> Entries | None:
    """The entries of a folder; ``None`` when they are unknown."""
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return None
    if not content.startswith(_FORMAT):
        return None
    entries: Entries = {}
    for part in _parts(content):
        if part is None:
            return None
        _apply(entries, _CHANGES.decode(part))
    return entries


def write_ledger(folder: Path, entries: Entries) -> None:
    """Write the entries, in the order of their paths."""
    (folder / NAME).write_bytes(_FORMAT + _sealed(entries))


def open_ledger(folder: Path) -> None:
    """Put the ledger out of sight: until it is closed, nothing is known of the folder."""
    (folder / NAME).rename(folder / _OPEN)


def close_ledger(folder: Path, changes: Changes) -> None:
    """Add what has changed since the ledger was opened, and put it back."""
    if changes:
        with (folder / _OPEN).open("ab") as ledger:
            ledger.write(_sealed(changes))
    (folder / _OPEN).rename(folder / NAME)


def forget(folder: Path) -> None:
    """Take the ledger away: from here on, nothing is known of the folder."""
    for name in (NAME, _OPEN):
        (folder / name).unlink(missing_ok=True)


def _apply(entries: Entries, changes: Changes) -> None:
    for path, key in changes.items():
        if key is None:
            entries.pop(path, None)
        else:
            entries[path] = key


def _sealed(entries: Mapping[str, bytes | None]) -> bytes:
    payload = msgspec.msgpack.encode(entries, order="deterministic")
    return _LENGTH.pack(len(payload)) + _digest(payload) + payload


def _parts(content: bytes) -> Iterator[memoryview | None]:
    """What was sealed, part by part; ``None`` for what is not as it was written."""
    at, start = len(_FORMAT), _LENGTH.size + _DIGEST_BYTES
    while at < len(content):
        head = content[at : at + start]
        size = _LENGTH.unpack_from(head)[0] if len(head) == start else 0
        payload = memoryview(content)[at + start : at + start + size]
        yield payload if _digest(payload) == head[_LENGTH.size :] else None
        at += start + size


def _digest(payload: bytes | memoryview) -> bytes:
    return hashlib.blake2b(payload, digest_size=_DIGEST_BYTES).digest()
