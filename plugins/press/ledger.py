"""What stands in an output folder: each path with the key of what was put there.

The ledger lies in the folder itself, so that both are exchanged in one step and always agree.
It is taken away before the folder is changed and written when all is done: a folder without a
ledger, or with a damaged one, is one of which nothing is known.
"""

import hashlib
from pathlib import Path

import msgspec

NAME = ".ledger"
_FORMAT = b"bicorne ledger 1\n"
_DIGEST_BYTES = 16

Entries = dict[str, bytes]
"""Path below the output folder (with a final slash: a folder) → key; empty for a plugin's file."""


def read_ledger(folder: Path) -> Entries | None:
    """The entries of a folder; ``None`` when they are unknown."""
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return None
    sealed = content.removeprefix(_FORMAT)
    digest, payload = sealed[:_DIGEST_BYTES], sealed[_DIGEST_BYTES:]
    if not content.startswith(_FORMAT) or _digest(payload) != digest:
        return None
    return msgspec.msgpack.decode(payload, type=Entries)


def write_ledger(folder: Path, entries: Entries) -> None:
    """Write the entries, in the order of their paths."""
    payload = msgspec.msgpack.encode(entries, order="deterministic")
    (folder / NAME).write_bytes(_FORMAT + _digest(payload) + payload)


def forget(folder: Path) -> None:
    """Take the ledger away: from here on, nothing is known of the folder."""
    (folder / NAME).unlink(missing_ok=True)


def _digest(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_DIGEST_BYTES).digest()
