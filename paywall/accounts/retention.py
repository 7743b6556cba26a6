"""What is over is forgotten after a month: tables stay as large as their readers make them.

Orders, payments, rights and the audit log stay (docs/security.md). Attempts are forgotten after a
day, where they are counted (`limits`).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio
import anyio.to_thread
from sqlalchemy import delete, or_

from paywall.accounts.sessions import IDLE
from paywall.errors import DatabaseDownError
from paywall.mail.queue import give_up_expired
from paywall.store.database import Database
from paywall.store.schema import EndedSession, Feed, Mail, ProviderEvent, Session, SignIn
from paywall.store.unit import Unit
from paywall.tokens import MAX_LIFETIME

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""Long enough to answer « I was sent nothing » and « that was not me »."""

SIGN_INS_KEPT = KEPT + timedelta(days=1)
"""A day more than mail: erasing somebody finds by them the addresses that they had."""

MESSAGES_KEPT = timedelta(days=90)
"""Of a payment provider, which tells them again for days, and by hand for a month."""

_EVERY_SECONDS = 600.0
"""Where no relay takes mail away, a code stays for this much longer than it is good."""


def forget(unit: Unit) -> int:
    """Delete what is over; how many rows. Of mail that cannot be of use, the words go first."""
    give_up_expired(unit)
    then = unit.now - KEPT
    over = (
        delete(SignIn).where(SignIn.expires_at < unit.now - SIGN_INS_KEPT),
        delete(Mail).where(Mail.created_at < then),
        delete(Session).where(
            or_(Session.ended_at < then, Session.ends_at < then, Session.seen_at < then - IDLE)
        ),
        delete(EndedSession).where(EndedSession.ended_at < unit.now - MAX_LIFETIME),
        delete(Feed).where(Feed.revoked_at < then),
        delete(ProviderEvent).where(ProviderEvent.received_at < unit.now - MESSAGES_KEPT),
    )
    return sum(unit.db.execute(deletion).rowcount for deletion in over)  # type: ignore[attr-defined]


async def forget_for_ever(database: Database, clock: Callable[[], datetime]) -> None:
    """Forget at the start, and every ten minutes."""
    while True:
        try:
            await anyio.to_thread.run_sync(_forget, database, clock)
        except DatabaseDownError as error:
            log.warning("rien n’a pu être oublié : %s", type(error).__name__)
        await anyio.sleep(_EVERY_SECONDS)


def _forget(database: Database, clock: Callable[[], datetime]) -> None:
    with database.begin(clock(), "retention") as unit:
        forget(unit)
