"""How many addresses of feeds that are none a network may try.

256 bits cannot be guessed; this keeps whoever tries from keeping the database busy. It is counted
in memory: a write for each would cost more than what it saves. Feeds that were found before are
let through, for one network may be an aggregator that fetches those of many readers.
"""

from datetime import datetime, timedelta

from paywall.site.lru import Lru

TIMES = 300
WITHIN = timedelta(minutes=10)
_MAX_NETWORKS = 10_000
_MAX_FEEDS = 100_000


class Strangers:
    """Counts what was not found, by network; knows what was. For one thread."""

    def __init__(self) -> None:
        self._counts: Lru[str, tuple[datetime, int]] = Lru(_MAX_NETWORKS)
        self._found: Lru[bytes, bool] = Lru(_MAX_FEEDS)

    def wait(self, network: str, sought: bytes, now: datetime) -> timedelta | None:
        """How long this network must wait before this is looked up; None: it need not."""
        since, times = self._counts.get(network) or (now, 0)
        if times < TIMES or now >= since + WITHIN or self._found.get(sought):
            return None
        return since + WITHIN - now

    def note(self, network: str, sought: bytes, now: datetime, *, found: bool) -> None:
        """Count what was not found; remember what was."""
        if found:
            self._found.put(sought, value=True)
            return
        self._found.drop(sought)
        since, times = self._counts.get(network) or (now, 0)
        if now >= since + WITHIN:
            since, times = now, 0
        self._counts.put(network, (since, times + 1))
