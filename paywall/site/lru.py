"""A small cache that forgets what was used longest ago, bounded by weight."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Lru(Generic[Key, Value]):
    """Keep values up to a total weight (a count, or bytes). For one thread: the event loop's."""

    def __init__(self, max_weight: int) -> None:
        self._max_weight = max_weight
        self._weight = 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Value | None:
        """Return the value and mark it as just used."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return kept[0]

    def put(self, key: Key, value: Value, weight: int = 1) -> None:
        """Keep a value, at the expense of the least used; one too heavy is not kept at all."""
        self.drop(key)
        if weight > self._max_weight:
            return
        self._kept[key] = (value, weight)
        self._weight += weight
        while self._weight > self._max_weight:
            _, (_, dropped_weight) = self._kept.popitem(last=False)
            self._weight -= dropped_weight

    def drop(self, key: Key) -> None:
        """Forget a key, if it is there."""
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._weight -= kept[1]
