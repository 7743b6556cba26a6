"""The browser's rule: which of a page's candidates a plan shows (`theme/static/js/ads.js`)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Rates = Sequence[tuple[str, float]]
"""`flights` of the plan."""


def choose(
    rates: Rates, candidates: Sequence[str], numbers: NDArray[np.float64]
) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """What is shown for each random number from 0 to 1.

    The plan's flights are gone through in its order, those that the page does not carry left out:
    the first whose rate, added to those before it, exceeds the number. Returns the flights, and for
    each number which of them: one past the last is a house ad.
    """
    carried = frozenset(candidates)
    ordered = [(slug, rate) for slug, rate in rates if slug in carried]
    up_to = np.cumsum([rate for _, rate in ordered])
    return tuple(slug for slug, _ in ordered), np.searchsorted(up_to, numbers, side="right")
