"""Amounts as people write and read them; everywhere else they are integer cents."""

import re

from paywall.errors import RefusedError

_AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?(?: ?(?:€|EUR))?", re.ASCII)
_FINER = re.compile(r"\d+[.,]\d{3,}(?: ?(?:€|EUR))?", re.ASCII)
"""More digits than cents have: a slip of the pen, or thousands."""


def read_cents(text: str) -> int:
    """`48`, `48,5`, `48,50` or `48.50`, with or without `€`. Raises `RefusedError`."""
    typed = " ".join(text.split())  # whatever blank stands before the sign
    found = _AMOUNT.fullmatch(typed)
    if found:
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if _FINER.fullmatch(typed):
        raise RefusedError(f"« {text} » : deux chiffres au plus après la virgule, comme 48,50")
    raise RefusedError(f"« {text} » : un montant comme 48 ou 48,50")


def spell_cents(cents: int, currency: str = "EUR") -> str:
    """`48,50 EUR`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02} {currency}"
