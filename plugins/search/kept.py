"""Shards kept from build to build, sealed: what something damaged is noticed, and built again."""

import hashlib
import os
from pathlib import Path

import msgspec

from plugins.search.shard import Shard

_SEAL_BYTES = 16


def keep(shard: Shard, path: Path) -> None:
    """Write a shard: it stands there whole, or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    content = msgspec.msgpack.encode(shard)
    unfinished.write_bytes(_seal(content) + content)
    unfinished.replace(path)


def read(path: Path) -> Shard | None:
    """Read a shard back; ``None`` if it is not there, or is not as it was written."""
    try:
        sealed = path.read_bytes()
    except OSError:
        return None
    content = memoryview(sealed)[_SEAL_BYTES:]
    if sealed[:_SEAL_BYTES] != _seal(content):
        return None
    return msgspec.msgpack.decode(content, type=Shard)


def _seal(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_SEAL_BYTES).digest()
