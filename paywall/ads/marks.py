"""Marks: what the build signed, so that only what a page really offered is counted.

The build makes them by the same rule (`plugins.ads.marks`): neither half imports the other.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache

MARK_BYTES = 16
_PURPOSE = "bicorne-ads-1"
_MARKS = 8192
"""Those of the pages that are read now; 10 MB where a stranger makes up the longest of pages."""
_KEYS = 4
"""The present one, and those of a build before."""


@lru_cache(_MARKS)
def mark_of(key: bytes, page: str, tier: str, *ad: str) -> str:
    """The mark of a page, or of an ad on it: placement, flight and creative.

    The first 16 bytes of an HMAC-SHA256 (RFC 2104, truncated as its section 5 allows), in
    base64url without padding: 22 characters.
    """
    said = "\n".join((_PURPOSE, page, tier, *(ad or ("", "", ""))))
    return urlsafe_b64encode(digest_of(key, said)[:MARK_BYTES]).rstrip(b"=").decode("ascii")


def digest_of(key: bytes, said: str) -> bytes:
    """The HMAC-SHA256 of a text.

    `hmac.digest` lets other threads run meanwhile: changing to and fro, where there is one core,
    takes longer than all the rest of a beacon.
    """
    keyed = _keyed(key).copy()
    keyed.update(said.encode())
    return keyed.digest()


@lru_cache(_KEYS)
def _keyed(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")
