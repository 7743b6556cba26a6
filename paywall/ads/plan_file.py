"""`plan.json`: what each flight should be given in the coming hours, as browsers read it."""

from datetime import datetime
from typing import Literal

import msgspec


class Plan(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rates in the order in which a browser goes through them.

    A page's candidates are taken in this order; with one random number from 0 to 1, the first
    whose rate, added to those before it, exceeds the number is shown, and a house ad if none does
    (high-water-mark allocation: arXiv 1203.3619). A paid flight that is not named is not shown.
    Without `flights`, or after `until`, the build's first choice stands.
    """

    version: Literal[1] = msgspec.field(default_factory=lambda: 1)
    """Always written, which `omit_defaults` does with what a function makes."""
    made_at: datetime | None = None
    until: datetime | None = None
    flights: tuple[tuple[str, float], ...] | None = None
