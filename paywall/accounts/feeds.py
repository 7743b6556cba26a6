"""Private feeds: each reader has one at most, and whoever has its address reads as they do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.limits import Limit, check_limit
from paywall.accounts.rights import rights_of
from paywall.accounts.secrets import SECRET, digest, new_secret
from paywall.errors import RefusedError
from paywall.gate import Entitlement
from paywall.grants import entitlement_of
from paywall.store.schema import Feed, Reader
from paywall.store.unit import Unit

BY_READER = Limit("feed", 20, timedelta(days=1))
"""Addresses that one reader may be given."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed that has just begun: only its reader ever has the secret."""

    secret: str
    feed: Feed


@dataclass(frozen=True, slots=True)
class Standing:
    """A feed as it is at an instant: which one, and what its reader may read."""

    feed_id: int
    digest: bytes
    """Of its secret: another after each reset."""
    entitlement: Entitlement


def feed_of(db: DatabaseSession, reader: Reader) -> Feed | None:
    """The feed that a reader has."""
    live = select(Feed).where(Feed.reader_id == reader.id, Feed.revoked_at.is_(None))
    return db.scalars(live).one_or_none()


def create_feed(unit: Unit, reader: Reader) -> Opened:
    """Begin a reader's feed. Raises `RefusedError` if there is one, `TooManyError`."""
    if feed_of(unit.db, reader) is not None:
        raise RefusedError("vous avez déjà un flux privé")
    check_limit(unit, BY_READER, str(reader.id))
    secret = new_secret()
    feed = Feed(reader_id=reader.id, digest=digest(secret), created_at=unit.now)
    unit.db.add(feed)
    unit.log("feed.created", feed, after={"reader": reader.id})
    return Opened(secret, feed)


def reset_feed(unit: Unit, reader: Reader) -> Opened:
    """End a reader's feed and begin another, at another address."""
    revoke_feed(unit, reader)
    return create_feed(unit, reader)


def revoke_feed(unit: Unit, reader: Reader) -> bool:
    """End a reader's feed; tells whether there was one."""
    feed = feed_of(unit.db, reader)
    if feed is None:
        return False
    feed.revoked_at = unit.now
    unit.log("feed.revoked", feed, before={"reader": reader.id}, after={"at": unit.now})
    return True


def find_feed(db: DatabaseSession, secret: str) -> Feed | None:
    """The feed of a secret, unless it was revoked."""
    if not SECRET.fullmatch(secret):
        return None
    return _live(db.scalars(select(Feed).where(Feed.digest == digest(secret))).one_or_none())


def find_feed_by_id(db: DatabaseSession, feed_id: int) -> Feed | None:
    """The feed of a number, unless it was revoked."""
    return _live(db.get(Feed, feed_id))


def standing_of(db: DatabaseSession, feed: Feed, now: datetime) -> Standing | None:
    """What a feed may show: what its reader may read at this instant, subscribed or not."""
    reader = db.get(Reader, feed.reader_id)
    if reader is None or reader.erased_at is not None:
        return None
    return Standing(feed.id, feed.digest, entitlement_of(rights_of(reader, now).grants))


def _live(feed: Feed | None) -> Feed | None:
    return feed if feed is not None and feed.revoked_at is None else None
