"""Content coding: whether the client takes gzip, and the compressing itself."""

import gzip
from functools import lru_cache

MIN_COMPRESSED_BYTES = 1024
# What zlib itself holds for the best balance; full texts are compressed at each request.
_LEVEL = 6


@lru_cache(maxsize=256)  # browsers have a handful of ways to say it
def accepts_gzip(accept_encoding: str) -> bool:
    """Read an `Accept-Encoding` header (RFC 9110, 12.5.3): `gzip;q=0` means no."""
    weights = dict(_weight(part) for part in accept_encoding.lower().split(",") if part.strip())
    return weights.get("gzip", weights.get("*", 0.0)) > 0.0


def _weight(part: str) -> tuple[str, float]:
    coding, _, parameters = part.partition(";")
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(value)
    except ValueError:
        return coding.strip(), 0.0


def compress(body: bytes) -> bytes:
    """Compress; the same bytes always give the same bytes."""
    return gzip.compress(body, compresslevel=_LEVEL, mtime=0)
