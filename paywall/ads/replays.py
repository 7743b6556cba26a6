"""Which events have been told already, today or yesterday.

A Bloom filter a day (Bloom, 1970): memory is the same whatever is sent. Nothing that was told is
forgotten before its time; of what is new, one event in ten million is taken for a repetition where
a day has a million events, two in a thousand where it has five million.
"""

from collections import OrderedDict

_BITS = 1 << 26
_MASK = _BITS - 1
_PROBES = 7
_HALF_BITS = 32
DAYS = 2
BYTES = DAYS * _BITS // 8
"""What it holds of memory: 16 MiB."""


class Replays:
    """What has been seen, by day (`2026-12-01`). For one thread."""

    def __init__(self) -> None:
        self._days: OrderedDict[str, bytearray] = OrderedDict()

    def add(self, day: str, once: bytes) -> bool:
        """Remember an event by its 8 bytes; whether it was new, which a repetition is not."""
        if day not in self._days:
            self._begin(day)
        places = _places(once)
        if any(_holds(bits, places) for bits in self._days.values()):
            return False
        bits = self._days[day]
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return True

    def holds(self, once: bytes) -> bool:
        """Whether it was told before."""
        places = _places(once)
        return any(_holds(bits, places) for bits in self._days.values())

    def _begin(self, day: str) -> None:
        """A day more; the oldest goes, whichever way the clock went."""
        self._days[day] = bytearray(_BITS // 8)
        if len(self._days) > DAYS:
            self._days.popitem(last=False)


def _places(once: bytes) -> list[int]:
    """Double hashing (Kirsch and Mitzenmacher, 2006) of what is a keyed digest already."""
    number = int.from_bytes(once, "little")
    first, step = number & 0xFFFFFFFF, number >> _HALF_BITS | 1
    return [(first + n * step) & _MASK for n in range(_PROBES)]


def _holds(bits: bytearray, places: list[int]) -> bool:
    for place in places:  # noqa: SIM110 - half the time of `all`: nearly always the first says no
        if not bits[place >> 3] & 1 << (place & 7):
            return False
    return True
