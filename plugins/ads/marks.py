"""Marks: the build signs what each page offers, so that nothing else is counted.

The service makes them with the same few lines (`paywall.ads.marks`): neither half imports the
other.
"""

import hmac
from base64 import urlsafe_b64encode

MARK_BYTES = 16
_PURPOSE = "bicorne-ads-1"


def mark_of(key: bytes, page: str, tier: str, *ad: str) -> str:
    """The mark of a page, or of an ad on it: placement, flight and creative.

    The first 16 bytes of an HMAC-SHA256 (RFC 2104, truncated as its section 5 allows), in
    base64url without padding: 22 characters.
    """
    said = "\n".join((_PURPOSE, page, tier, *(ad or ("", "", ""))))
    digest = hmac.digest(key, said.encode(), "sha256")[:MARK_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
