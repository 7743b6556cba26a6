"""Where a request comes from: the address that counts, behind whatever proxies are ours."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Networks: TypeAlias = tuple[IPv4Network | IPv6Network, ...]


def address_of(client: str, forwarded: Iterable[str], proxies: Networks) -> Address | None:
    """The last address that no proxy of ours vouched for; None where it cannot be read.

    `forwarded` is every `X-Forwarded-For` of the request, in its order.
    """
    found = _parsed(client)
    if not proxies:
        return found
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    while hops and found is not None and any(found in network for network in proxies):
        found = _parsed(hops.pop())
    return found


def _parsed(address: str) -> Address | None:
    """An address; IPv4 as such where an IPv6 socket received it: they would all be one /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
