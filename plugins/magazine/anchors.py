"""Names for addresses, made from words and from content."""

import hashlib
import re
import unicodedata


def anchor(title: str) -> str:
    """The fragment of a title: lower case, no accents, words joined by hyphens."""
    ascii_only = unicodedata.normalize("NFKD", title.lower().replace("œ", "oe")).encode(
        "ascii", "ignore"
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.decode()).strip("-") or "section"


def content_name(content: bytes) -> str:
    """The folder that a file is published in: equal content, equal address."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()
