"""Browsers that are signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.secrets import SECRET, digest, new_secret
from paywall.store.schema import EndedSession, Reader, Session
from paywall.store.unit import Unit
from paywall.tokens import new_subject

LIFETIME = timedelta(days=365)
"""At most, from sign-in."""

IDLE = timedelta(days=90)
"""A session that nobody used for so long is over."""

_SEEN_EVERY = timedelta(hours=1)
"""How often it is noted that a session is used."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just begun: only its browser ever has the secret."""

    secret: str
    session: Session


def open_session(unit: Unit, reader: Reader, device: str) -> Opened:
    """Begin a session."""
    secret = new_secret()
    session = Session(
        reader_id=reader.id,
        digest=digest(secret),
        subject=new_subject(),
        device=device,
        created_at=unit.now,
        seen_at=unit.now,
        ends_at=unit.now + LIFETIME,
    )
    unit.db.add(session)
    unit.db.flush()
    return Opened(secret, session)


def has_signed_in(unit: Unit, reader: Reader) -> bool:
    """Whether a reader has signed in before, as far back as sessions are kept."""
    return bool(unit.db.scalar(select(exists().where(Session.reader_id == reader.id))))


def find_session(db: DatabaseSession, secret: str, now: datetime) -> Session | None:
    """The session of a secret, unless it is over."""
    if not SECRET.fullmatch(secret):
        return None
    found = db.scalars(select(Session).where(Session.digest == digest(secret))).one_or_none()
    return found if found is not None and is_alive(found, now) else None


def is_alive(session: Session, now: datetime) -> bool:
    """Whether a session still signs its browser in."""
    return session.ended_at is None and now < min(session.ends_at, session.seen_at + IDLE)


def should_note(session: Session, now: datetime) -> bool:
    """Whether it is time to note that a session is used."""
    return now - session.seen_at >= _SEEN_EVERY


def end_session(unit: Unit, session: Session) -> None:
    """End a session; ending it again does nothing."""
    if session.ended_at is None:
        session.ended_at = unit.now
        unit.db.add(EndedSession(subject=session.subject, ended_at=unit.now))


def end_all_sessions(unit: Unit, reader: Reader, but: Session | None = None) -> list[Session]:
    """End all sessions of a reader, but for one; those that ended."""
    alive = unit.db.scalars(
        select(Session).where(Session.reader_id == reader.id, Session.ended_at.is_(None))
    )
    ended = [session for session in alive if but is None or session.id != but.id]
    for session in ended:
        end_session(unit, session)
    return ended


def ended_since(db: DatabaseSession, then: datetime) -> list[tuple[str, datetime]]:
    """The subjects of sessions that ended after an instant, and when; the first first."""
    asked = select(EndedSession.subject, EndedSession.ended_at).where(EndedSession.ended_at > then)
    return [(subject, at) for subject, at in db.execute(asked.order_by(EndedSession.ended_at))]
