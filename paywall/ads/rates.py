"""How many messages a network has sent in this minute: more than its readers could are marked.

In memory only, by a salted digest, and for one minute: nothing says later who was where.
"""

import os
from hashlib import blake2b
from ipaddress import IPv4Address

from paywall.networks import Address

POSSIBLE = 120
"""Messages in a minute from an IPv4 /24 or an IPv6 /48: twenty people who open six pages each."""
REFUSED = 600
"""Beyond it nothing is written: nobody's messages may fill the disk."""
MAX_NETWORKS = 50_000
"""About 6 MB. Those that come after share one count."""

_MINUTE_SECONDS = 60
_SALT_BYTES = 16
_REST = b""


class Rates:
    """Counts messages, by network and minute. For one thread."""

    def __init__(self) -> None:
        self._minute = 0
        self._salt = b""
        self._counts: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, address: Address | None, seconds: float) -> int:
        """Count one more, at an instant in seconds since 1970; how many it makes."""
        minute = int(seconds) // _MINUTE_SECONDS
        if minute != self._minute:
            self._minute, self._salt, self._counts = minute, os.urandom(_SALT_BYTES), {}
        key = blake2b(_network(address), key=self._salt, digest_size=8).digest()
        if key not in self._counts and len(self._counts) >= MAX_NETWORKS:
            key = _REST
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return count


def _network(address: Address | None) -> bytes:
    """What one network has in common: the /24 of IPv4, the /48 of IPv6."""
    if address is None:
        return b"?"
    return address.packed[: 3 if isinstance(address, IPv4Address) else 6]
