"""Signing out everywhere: browsers, what could sign one in again, and the private feed.

Whoever asks for it fears that somebody else reads as they do. A feed's address reads on its own,
so it ends too, unless its reader says that it may stay.
"""

from dataclasses import dataclass

from paywall.accounts.feeds import revoke_feed
from paywall.accounts.sessions import end_all_sessions
from paywall.accounts.sign_in import void_others
from paywall.store.schema import Reader, Session
from paywall.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Left:
    """What has ended."""

    sessions: tuple[Session, ...]
    feed: bool


def leave_everywhere(
    unit: Unit, reader: Reader, *, keeps_feed: bool, but: Session | None = None
) -> Left:
    """End every session but one, links and codes that wait, and the feed unless it is kept."""
    if reader.email is not None:
        void_others(unit, reader.email)
    ended = tuple(end_all_sessions(unit, reader, but=but))
    return Left(ended, not keeps_feed and revoke_feed(unit, reader))
