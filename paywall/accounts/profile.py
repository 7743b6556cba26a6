"""Names and postal addresses, as they are kept: plain text that no sign can upset."""

import unicodedata

MAX_NAME, MAX_POST, MAX_LINES = 200, 500, 8
"""Characters, characters, lines."""

_JOINERS = "\u200c\u200d"
"""Unseen, and needed in the names of several languages."""


def cleaned_name(text: str) -> str:
    """A name: one line, without what turns or hides text."""
    return " ".join(_plain(text).split())[:MAX_NAME].strip()


def cleaned_post(text: str) -> str:
    """A postal address: its lines, without empty ones."""
    lines = (" ".join(line.split()) for line in _plain(text).splitlines())
    return "\n".join([line for line in lines if line][:MAX_LINES])[:MAX_POST].strip()


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) != "Cf")
