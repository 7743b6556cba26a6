"""The time, for tests of what it changes."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The time, which a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 14, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)
