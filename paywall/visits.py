"""One reader before one path: the decision, and what became of it."""

from collections.abc import Callable
from datetime import datetime

from paywall.cookies import RawHeaders
from paywall.gate import Entry, may_read
from paywall.readers import Readers
from paywall.site.kept import Served
from paywall.site.lookup import Variant


class Visit:
    """Who it is, is found out only where it matters: most pages are for everybody."""

    __slots__ = ("_headers", "_now", "_readers", "opened", "served", "wants_renewal")

    def __init__(self, readers: Readers, headers: RawHeaders, now: datetime) -> None:
        self._readers = readers
        self._headers = headers
        self._now = now
        self.wants_renewal = False
        self.opened = Variant.FULL
        self.served: Served | None = None

    def may_open(self, entries: tuple[Entry, ...]) -> bool:
        """Decide; note whether a session may be asked for a token that opens more, and which
        rendering of a full text is opened."""
        reader = self._readers.reader_of(self._headers, self._now)
        allowed = any(may_read(reader.entitlement, entry, self._now) for entry in entries)
        if not reader.entitlement.ads:
            self.opened = Variant.WITHOUT_ADS
        self.wants_renewal = not allowed and self._readers.may_renew(reader, self._now)
        return allowed


class Visits:
    """Makes visits: how readers are known, and what time it is."""

    def __init__(self, readers: Readers, clock: Callable[[], datetime]) -> None:
        self._readers = readers
        self._clock = clock

    def of(self, headers: RawHeaders) -> Visit:
        """Begin the visit of whoever sent these headers."""
        return Visit(self._readers, headers, self._clock())
