"""Words measured once: how text breaks into lines at any size is then arithmetic.

Text arrives typographed: only an ordinary space may become a line end, so no-break and narrow
no-break spaces hold. Widths are in em; `measure` is the longest line.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from plugins.cards.typesetting import Type, width

# A line should not end on one of these.
WEAK_ENDINGS = frozenset(("à", "au", "aux", "ce", "de", "des", "du", "en", "et", "la")) | frozenset(
    ("le", "les", "ne", "ou", "par", "se", "sur", "un", "une")
)
WEAK_ENDING_COST = 0.12  # in squared shares of the measure: worth a line a third shorter
EVEN_LINES = 24  # no title has more; evenness costs words × lines
REFERENCE_PX = 1000  # faces are drawn unhinted, so widths grow with the size


class Words:
    """The words of a text, set in one face."""

    def __init__(self, text: str, type_: Type) -> None:
        self._words = text.split(" ")
        face = type_.at(REFERENCE_PX)
        self._widths = [_word_em(word, face) for word in self._words]
        joints = [0.0, *(_joint_em(a[-1:], b[:1], face) for a, b in pairwise(self._words))]
        ends = accumulate(a + b for a, b in zip(joints, self._widths, strict=True))
        self._ends = list(ends)  # of each word, were they all on one line

    def widest(self, breaks: Sequence[int]) -> float:
        """Return the width of the longest line; `breaks` number the words that lines end after."""
        return max(self._width(start, end) for start, end in pairwise((0, *breaks)))

    def lines(self, breaks: Sequence[int]) -> tuple[str, ...]:
        """Join the words of each line."""
        return tuple(" ".join(self._words[a:b]) for a, b in pairwise((0, *breaks)))

    def fill(self, measure: float) -> tuple[int, ...]:
        """Fill each line in turn; a single word wider than the measure stands alone."""
        ends: list[int] = []
        start = 0
        for index in range(1, len(self._words)):
            if self._width(start, index + 1) > measure:
                ends.append(index)
                start = index
        return (*ends, len(self._words))

    def even(self, count: int, measure: float) -> tuple[int, ...] | None:
        """Return the breaks into `count` lines that waste least; None when none holds."""
        last = len(self._words)
        if count > EVEN_LINES:
            return None

        @cache
        def best(start: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
            found: list[tuple[float, tuple[int, ...]]] = []
            for end in (last,) if lines == 1 else range(start + 1, last - lines + 2):
                share = self._width(start, end) / measure
                if share > 1:
                    break
                rest = (0.0, ()) if end == last else best(end, lines - 1)
                if rest is not None:
                    found.append((self._cost(end, share) + rest[0], (end, *rest[1])))
            return min(found, default=None)

        result = best(0, count)
        return result[1] if result else None

    def _width(self, start: int, end: int) -> float:
        return self._ends[end - 1] - self._ends[start] + self._widths[start]

    def _cost(self, end: int, share: float) -> float:
        weak = end < len(self._words) and self._words[end - 1].lower() in WEAK_ENDINGS
        return (1 - share) ** 2 + (WEAK_ENDING_COST if weak else 0)


@lru_cache(maxsize=1 << 15)
def _word_em(word: str, face: Type) -> float:
    return width(word, face) / face.size_px


@lru_cache(maxsize=1 << 13)
def _joint_em(left: str, right: str, face: Type) -> float:
    """Return the space between two words, kerned with the letters it stands between."""
    return (width(f"{left} {right}", face) - width(left, face) - width(right, face)) / face.size_px
