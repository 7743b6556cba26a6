"""Which numbers may be shown: none from 1 to 9, nor what would tell one.

A number under ten is one person's or a few people's doing. It is shown as « < 10 »; and since a
table's total is shown, too, other numbers must sometimes be kept (complementary suppression:
Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, ch. 8). The tables of a
report are all of one dimension, and each adds up to the same total, which is all that they have in
common: each can be seen to alone, by what its hidden cells add up to.

Somebody who knows these rules, all that is shown, and the rest of the table finds at least two
values for each hidden cell: `tests/paywall/ads/test_disclosure.py` goes through all small tables.
"""

from collections.abc import Sequence
from enum import Enum

LEAST = 10
"""The smallest number, but none at all, that is shown."""


class Hidden(Enum):
    """Why a number is not shown."""

    UNDER = "under"
    """It is from 1 to 9."""
    KEPT = "kept"
    """It would tell another, or whether it is under ten would."""


Figure = int | Hidden


def disclose_total(total: int, least: int = LEAST) -> Figure:
    """A total, as it may be shown."""
    return Hidden.UNDER if 0 < total < least else total


def disclose(values: Sequence[int], least: int = LEAST) -> tuple[Figure, ...]:
    """The cells of a table whose total is known, as they may be shown.

    Small cells are « < 10 » where they could be many things, given what they add up to. Else they
    are kept, and with them the smallest of the others (all that are equal: which of them was chosen
    would tell something), all alike: any may be any. Where none could cover them, all are kept.
    """
    small = [n for n, value in enumerate(values) if 0 < value < least]
    if not small or _could_be_many(sum(values[n] for n in small), len(small), least):
        return tuple(disclose_total(value, least) for value in values)
    cover = min((value for value in values if value >= least), default=None)
    if cover is None:
        return (Hidden.KEPT,) * len(values)
    return tuple(Hidden.KEPT if 0 < value <= cover else value for value in values)


def _could_be_many(total: int, cells: int, least: int) -> bool:
    """Whether small cells that add up to a total are far enough from being all 1, or all 9."""
    return cells > 1 and 2 * cells <= total <= (least - 2) * cells
