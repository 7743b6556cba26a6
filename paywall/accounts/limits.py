"""How often something may be tried, by an address or from a network."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Network

from sqlalchemy import delete, func, or_, select

from paywall.errors import PaywallError
from paywall.store.schema import Attempt
from paywall.store.unit import Unit

_LONGEST = timedelta(days=1)
_AHEAD = timedelta(minutes=1)
"""How far clocks of several processes may be apart; what is later was noted by a wrong one."""


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
    since, ahead = unit.now - limit.within, unit.now + _AHEAD
    unit.db.execute(
        delete(Attempt).where(or_(Attempt.at < unit.now - _LONGEST, Attempt.at > ahead))
    )
    tries, first = unit.db.execute(
        select(func.count(), func.min(Attempt.at)).where(Attempt.key == key, Attempt.at > since)
    ).one()
    if tries >= limit.times:
        raise TooManyError(first + limit.within)
    unit.db.add(Attempt(key=key, at=unit.now))


def site_of(network: str) -> str:
    """The network of networks that one customer may have whole: of an IPv6 /64, its /48."""
    if ":" not in network:
        return network
    return str(IPv6Network(network).supernet(new_prefix=48))
