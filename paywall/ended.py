"""Whose sessions have ended: their tokens open nothing, however long these would still live.

A token is verified without a store, so signing out cannot reach one that was copied. What ends a
session (signing out, everywhere too, or a change of address) adds its subject here, and the gate
asks. A subject is forgotten when its last token has expired, a quarter of an hour later.

One process knows what it was told: where several serve, or an edge decides by itself, a copied
token lives until it expires.
"""

from collections import OrderedDict
from datetime import datetime

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
        self._until[subject] = max(until, self._until.pop(subject, until))
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
