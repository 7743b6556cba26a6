"""A feed's bytes, but for the addresses of its gated images, which every feed has its own of.

Rendered and compressed once for all who may read the same; a request puts the addresses in and
compresses nothing. For that, each piece is a run of whole deflate blocks that refers to nothing
before it, and an address is a stored block between two of them (RFC 1951, 3.2.4).
"""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LEVEL = 6
_RAW = -zlib.MAX_WBITS
_GZIP_HEAD = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))
_LAST_BLOCK = b"\x01\x00\x00\xff\xff"
_MASK = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of the feed, as they are and compressed."""

    plain: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class Template:
    """Pieces, with the path of an image between each and the next."""

    pieces: tuple[Piece, ...]
    images: tuple[str, ...]
    digest: bytes

    @property
    def size_bytes(self) -> int:
        """What it takes in memory, nearly."""
        return sum(len(piece.plain) + len(piece.packed) for piece in self.pieces)

    def plain(self, addresses: Mapping[str, bytes]) -> bytes:
        """The feed, with these addresses of images."""
        parts = [self.pieces[0].plain]
        for image, piece in zip(self.images, self.pieces[1:], strict=True):
            parts += (addresses[image], piece.plain)
        return b"".join(parts)

    def gzipped(self, addresses: Mapping[str, bytes]) -> bytes:
        """The same in gzip (RFC 1952)."""
        first = self.pieces[0]
        parts, crc, size = [_GZIP_HEAD, first.packed], zlib.crc32(first.plain), len(first.plain)
        for image, piece in zip(self.images, self.pieces[1:], strict=True):
            address = addresses[image]
            parts += (_stored(address), piece.packed)
            crc = zlib.crc32(piece.plain, zlib.crc32(address, crc))
            size += len(address) + len(piece.plain)
        return b"".join((*parts, _LAST_BLOCK, struct.pack("<LL", crc, size & _MASK)))


def make_template(plain: list[bytes], images: list[str]) -> Template:
    """Make one of the bytes around images."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (*plain, *(image.encode() for image in images)):
        digest.update(b"%d:" % len(part) + part)
    pieces = tuple(Piece(part, _packed(part)) for part in plain)
    return Template(pieces, tuple(images), digest.digest())


def _packed(plain: bytes) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    return deflate.compress(plain) + deflate.flush(zlib.Z_SYNC_FLUSH)


def _stored(data: bytes) -> bytes:
    return struct.pack("<BHH", 0, len(data), len(data) ^ 0xFFFF) + data
