"""The lines of the event log: `events/2026-12-01.jsonl`, one file a day of the magazine's zone.

No line holds an address, a user agent, an account or anything that two lines of one reader share.
"""

from typing import Literal

import msgspec

EventKind = Literal["page", "view", "click"]
Source = Literal["direct", "internal", "search", "social", "other"]
Suspicion = Literal["bot", "rate", "replay", "orphan"]
"""Why an event is not believed: its sender is a known robot, comes impossibly often, has sent it
before, or clicked on what was not seen. Marked events are kept, and reported apart."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened. `placement`, `flight` and `creative` are empty for a page view."""

    hour: str
    """Local to the magazine, like `2026-12-01T14`."""
    kind: EventKind
    page: str
    tier: str
    source: Source
    placement: str = ""
    flight: str = ""
    creative: str = ""
    marks: tuple[Suspicion, ...] = ()
    once: str = ""
    """8 bytes, keyed: the same only for the same event of the same page view, sent again. A
    service that starts learns from it what it has seen; it is dropped when a day is compacted."""
