"""What a PNG says besides its pixels, read chunk by chunk: nothing of the picture is decoded.

Chunks: https://www.w3.org/TR/png-3/ (11.3.3, textual information).
"""

import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"})
_COMPRESSED = frozenset({b"zTXt", b"iTXt", b"iCCP"})


def said_in_png(content: bytes) -> Iterator[bytes]:
    """The data of every chunk but the picture's own, unpacked; and what follows the last one."""
    at = len(SIGNATURE)
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        if kind not in _PIXELS:
            yield data
        if kind in _COMPRESSED:
            yield from _unpacked(data)
        at += 12 + length
        if kind == b"IEND":
            break
    yield content[at:]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """A compressed text begins after one of the chunk's zero bytes, which one its kind says."""
    zeros = [n for n, byte in enumerate(data[:256]) if byte == 0]
    for start in (zero + skip for zero in zeros for skip in (1, 2)):
        try:
            yield zlib.decompress(data[start:])
        except zlib.error:
            continue
