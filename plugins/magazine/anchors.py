"""Names for addresses, made from words."""

import re
import unicodedata


def anchor(title: str) -> str:
    """The fragment of a title: lower case, no accents, words joined by hyphens."""
    ascii_only = unicodedata.normalize("NFKD", title.lower().replace("œ", "oe")).encode(
        "ascii", "ignore"
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.decode()).strip("-") or "section"
