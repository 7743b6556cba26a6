"""The accounts: whether they can be had, are whole, and of this version; and what time it is."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from paywall.commands.accounts import is_empty, reason
from paywall.doctor.files import nearest
from paywall.doctor.finding import Finding, good, note, wrong
from paywall.errors import PaywallError, SchemaError
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.migrate import check_version, newest
from paywall.store.schema import Change, Mail

MAX_SKEW_SECONDS = 2.0
_WAITING_SECONDS = 3600


def check_database(settings: Settings, now: datetime) -> Iterator[Finding]:
    """The accounts."""
    try:
        if is_empty(settings.database):
            yield note("base", "pas encore de comptes : le premier paywall serve les fait")
            return
        database = Database(settings.database)
    except PaywallError as error:
        yield wrong("base", str(error))
        return
    try:
        check_version(database)
        yield good("base", f"{database.engine.dialect.name}, version {newest()}")
        yield from _whole(database)
        yield from _clocks(database, now)
        yield from _letters(database, now)
    except SchemaError as error:
        yield wrong("base", str(error))
    except (SQLAlchemyError, PaywallError) as error:
        yield wrong("base", f"{reason(error)} : DATABASE_URL est-elle la bonne ?")
    finally:
        database.close()


def _whole(database: Database) -> Iterator[Finding]:
    """SQLite checks itself; PostgreSQL does as it reads."""
    if not database.is_sqlite:
        return
    with database.read() as db:
        found = [row[0] for row in db.execute(text("PRAGMA integrity_check(3)")) if row[0] != "ok"]
        found += [f"{row[0]} {row[1]}" for row in db.execute(text("PRAGMA foreign_key_check"))]
        journal = db.execute(text("PRAGMA journal_mode")).scalar_one()
    if found:
        yield wrong("base", f"abîmée ({found[0]}) : rendre la dernière sauvegarde")
    elif journal != "wal":
        yield wrong("base", f"journal {journal} au lieu de wal : le disque est-il local ?")
    else:
        yield good("base", "entière, en WAL")


def _clocks(database: Database, now: datetime) -> Iterator[Finding]:
    """A clock that went back would give what has ended, and end what was given."""
    with database.read() as db:
        latest = db.scalar(select(func.max(Change.at)))
        there = None if database.is_sqlite else db.scalar(select(func.clock_timestamp()))
    if latest is not None and latest > now:
        yield wrong(
            "horloge", f"le journal a des lignes du {latest:%d/%m/%Y %H:%M} UTC : à l’heure ?"
        )
    if there is not None:
        yield _skew("la base", (there - datetime.now(UTC)).total_seconds())


def _letters(database: Database, now: datetime) -> Iterator[Finding]:
    waiting = select(func.min(Mail.created_at), func.count()).where(
        Mail.sent_at.is_(None), Mail.failed_at.is_(None)
    )
    with database.read() as db:
        oldest, count = db.execute(waiting).one()
        refused = db.scalar(select(func.count()).where(Mail.failed_at.is_not(None)))
    if oldest is not None and (now - oldest).total_seconds() > _WAITING_SECONDS:
        yield wrong("courriels", f"{count} en attente, le premier depuis {oldest:%d/%m %H:%M} UTC")
    elif refused:
        yield note("courriels", f"{refused} n’ont pu être remis")
    else:
        yield good("courriels", f"{count} en attente")


def check_clock(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """The clock against the one of the disk, which may be another machine's."""
    folder = nearest(settings.var)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as probe:
            before = time.time()
            probe.write(b"?")
            probe.flush()
            written = Path(probe.name).stat().st_mtime
            yield _skew("le disque", written - before)
    except OSError as error:
        yield wrong("place", f"{folder} ne peut être écrit ({error.strerror}) : à qui est-il ?")


def _skew(whose: str, seconds: float) -> Finding:
    if abs(seconds) > MAX_SKEW_SECONDS:
        return wrong("horloge", f"{seconds:+.0f} s entre {whose} et ici : NTP tourne-t-il ?")
    return good("horloge", f"la même que {whose}")
