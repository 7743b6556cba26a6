"""How many ads were really seen, from what the recorder noted of every frame.

The rule is the Media Rating Council's (« Viewable Ad Impression Measurement Guidelines », 2014):
half of the pixels for one second on end, three tenths of an ad of 242,500 pixels or more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Frame = tuple[float, str | list[list[float]]]
"""Milliseconds, and « hidden », « shown », « again » (from the back-forward cache), or of each
picture the share in sight and its pixels."""

SECOND_MS = 1000.0
_LARGE_PX = 242_500
_HALF, _THREE_TENTHS = 0.5, 0.3


@dataclass
class _Stretch:
    """How long each picture has been enough in sight."""

    since: dict[int, float] = field(default_factory=dict)

    def until(self, now: float, still: frozenset[int]) -> float:
        """End what is not in sight any more; the longest that has ended or goes on."""
        longest = max((now - start for start in self.since.values()), default=0.0)
        self.since = {n: self.since.get(n, now) for n in still}
        return longest


def views(frames: Iterable[Frame]) -> Iterator[bool]:
    """Of each page view, in order, whether its one ad was seen."""
    stretch, seen = _Stretch(), False
    for now, what in frames:
        seen |= stretch.until(now, _enough(what)) >= SECOND_MS
        if what == "again":
            yield seen
            seen = False
    yield seen


def _enough(what: str | Sequence[Sequence[float]]) -> frozenset[int]:
    if isinstance(what, str):
        return frozenset()
    return frozenset(
        n
        for n, (share, pixels) in enumerate(what)
        if share >= (_THREE_TENTHS if round(pixels) >= _LARGE_PX else _HALF)
    )
