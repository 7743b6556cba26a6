"""How often something may be tried, by an address or from a network."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from paywall.errors import PaywallError
from paywall.store.schema import Attempt
from paywall.store.unit import Unit

_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so long."""

    name: str
    times: int
    within: timedelta


class TooManyError(PaywallError):
    """It was tried too often; it may be again from an instant on."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("trop d’essais")


def check_limit(unit: Unit, limit: Limit, who: str) -> None:
    """Count one more try. Raises `TooManyError`, which leaves the count as it was."""
    key = hashlib.blake2b(f"{limit.name}\0{who}".encode(), digest_size=16).digest()
    unit.db.execute(delete(Attempt).where(Attempt.at < unit.now - _LONGEST))
    since = unit.now - limit.within
    tries, first = unit.db.execute(
        select(func.count(), func.min(Attempt.at)).where(Attempt.key == key, Attempt.at > since)
    ).one()
    if tries >= limit.times:
        raise TooManyError(first + limit.within)
    unit.db.add(Attempt(key=key, at=unit.now))
