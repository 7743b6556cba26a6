"""Amounts as people write and read them; everywhere else they are integer cents."""

import re

from paywall.errors import RefusedError

_AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{2}))?(?: ?(?:€|EUR))?", re.ASCII)


def read_cents(text: str) -> int:
    """`48`, `48,00` or `48.00`, with or without `€`. Raises `RefusedError`."""
    found = _AMOUNT.fullmatch(text.strip().replace("\N{NO-BREAK SPACE}", " "))
    if not found:
        raise RefusedError(f"« {text} » : un montant comme 48 ou 48,50")
    return int(found[1]) * 100 + int(found[2] or 0)


def spell_cents(cents: int, currency: str = "EUR") -> str:
    """`48,50 EUR`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02} {currency}"
