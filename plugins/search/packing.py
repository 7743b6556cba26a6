"""Pagefind's files (version 1.5): gzip around a mark and one CBOR item (RFC 8949)."""

import gzip
import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cbor2

MARK = b"pagefind_dcd"
_LEVEL = 4
"""Of nine: the last, which Pagefind takes, costs thirty times as much for a file 7 % lighter."""


class IndexFormatError(ValueError):
    """Pagefind wrote something that this package does not know."""


def packed(content: bytes) -> bytes:
    """A file's bytes, the same on every machine and every day."""
    return gzip.compress(MARK + content, _LEVEL, mtime=0)


def unpacked(path: Path) -> bytes:
    """What a file of Pagefind's holds."""
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise IndexFormatError(str(path)) from error
    if not content.startswith(MARK):
        raise IndexFormatError(str(path))
    return content.removeprefix(MARK)


def item(path: Path) -> Any:
    """The CBOR item that a file of Pagefind's holds."""
    return cbor2.loads(unpacked(path))


def name_of(content: bytes, language: str) -> str:
    """A name by content, so that readers may keep a file for ever; every letter is in the root."""
    return f"{language}_{hashlib.blake2b(content, digest_size=5).hexdigest()}"


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind | number])
    for size, mark in ((1, 24), (2, 25), (4, 26)):
        if number < 1 << 8 * size:
            return bytes([kind | mark]) + number.to_bytes(size, "big")
    raise OverflowError(number)


_NATURAL = [_head(0x00, number) for number in range(4096)]
_NUMBERS = _NATURAL + [_head(0x20, number) for number in reversed(range(256))]
"""Its last items, which Python counts from -1, are those of the numbers below 0."""
_ARRAY = [_head(0x80, number) for number in range(256)]


def natural(number: int) -> bytes:
    """A whole number from 0, in CBOR."""
    return _NATURAL[number] if number < 4096 else _head(0x00, number)


def array(length: int) -> bytes:
    """What announces a list of so many items, in CBOR."""
    return _ARRAY[length] if length < 256 else _head(0x80, length)


def text(value: str) -> bytes:
    """A text, in CBOR."""
    content = value.encode()
    return _head(0x60, len(content)) + content


def numbers(values: Sequence[int]) -> bytes:
    """A list of whole numbers from -256."""
    return array(len(values)) + b"".join([_NUMBERS[v] if v < 4096 else natural(v) for v in values])
