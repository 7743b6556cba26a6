"""Whose sessions have ended: their tokens open nothing, however long these would still live.

A token is verified without a store, so signing out cannot reach one that was copied. What ends a
session (signing out, everywhere too, or a change of address) adds its subject here, and the gate
asks. A subject is forgotten when its last token has expired, a quarter of an hour later.

The store knows them as well: a process that starts learns them before its first request, and then
every few seconds what others have ended, another process or a command. While the store is down,
and where an edge decides by itself, a copied token lives until it expires.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from paywall.accounts.sessions import ended_since
from paywall.errors import DatabaseDownError
from paywall.store.database import Database
from paywall.tokens import MAX_LIFETIME

log = logging.getLogger(__name__)

LEARN_SECONDS = 5.0
"""How often the store is asked: one question that an index answers."""

MAX_SUBJECTS = 100_000
"""About 20 MB. So many sessions do not end in a quarter of an hour; were they to, the first to have
ended are forgotten first."""


class EndedSubjects:
    """A bounded set of subjects, each with the instant until which it is kept."""

    def __init__(self, max_subjects: int = MAX_SUBJECTS) -> None:
        self._max_subjects = max_subjects
        self._until: OrderedDict[str, datetime] = OrderedDict()

    def __len__(self) -> int:
        return len(self._until)

    def add(self, subject: str, until: datetime) -> None:
        """Refuse this subject's tokens until they have all expired."""
        known = self._until.get(subject)
        if known is not None and known >= until:
            return
        self._until.pop(subject, None)
        self._until[subject] = until
        while len(self._until) > self._max_subjects:
            self._until.popitem(last=False)

    def holds(self, subject: str, now: datetime) -> bool:
        """Tell whether this subject's session has ended. Forgets what need not be known."""
        if not self._until:
            return False
        while self._until and next(iter(self._until.values())) <= now:
            self._until.popitem(last=False)
        until = self._until.get(subject)
        return until is not None and now < until


class Learner:
    """Tells the gate of this process which sessions the store says have ended."""

    def __init__(
        self, database: Database, ended: EndedSubjects, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._ended, self._clock = database, ended, clock
        self._is_down = False

    async def learn(self) -> None:
        """Ask the store once. While it is down the gate goes on with what it knows."""
        try:
            found = await anyio.to_thread.run_sync(self._found)
        except (DatabaseDownError, SQLAlchemyError) as error:
            if not self._is_down:  # said once, not every few seconds
                log.warning("sessions terminées inconnues : %s", type(error).__name__)
            self._is_down = True
            return
        self._is_down = False
        for subject, at in found:  # here, where the gate asks: nothing of it is half done
            self._ended.add(subject, at + MAX_LIFETIME)

    async def learn_for_ever(self) -> None:
        """Ask every few seconds."""
        while True:
            await anyio.sleep(LEARN_SECONDS)
            await self.learn()

    def _found(self) -> list[tuple[str, datetime]]:
        with self._database.read() as db:
            return ended_since(db, self._clock() - MAX_LIFETIME)
