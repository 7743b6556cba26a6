"""Names and postal addresses, as they are kept: plain text that no sign can upset."""

import unicodedata

MAX_NAME, MAX_POST, MAX_LINES = 200, 500, 8
"""Characters, characters, lines: what is longer is refused, never cut."""

_JOINERS = "\u200c\u200d"
"""Unseen, and needed in the names of several languages."""


def cleaned_name(text: str) -> str:
    """A name: one line, without what turns or hides text."""
    return one_line(text)


def cleaned_post(text: str) -> str:
    """A postal address: its lines, without empty ones."""
    return "\n".join(line for line in map(one_line, text.splitlines()) if line)


def one_line(text: str) -> str:
    """Blanks joined; of signs that are not seen, only those that join letters.

    Control characters would be lines of a mail's header.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(map(_plain, composed)).split())


def is_long_name(name: str) -> bool:
    """Whether a cleaned name is longer than what is kept."""
    return len(name) > MAX_NAME


def is_long_post(post: str) -> bool:
    """Whether a cleaned address is longer than what is kept."""
    return len(post) > MAX_POST or len(post.splitlines()) > MAX_LINES


def _plain(sign: str) -> str:
    if sign.isprintable() or sign in _JOINERS:
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "
