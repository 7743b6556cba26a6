"""Where a request comes from: what limits count must be nobody's to choose, and nobody else's."""

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from paywall.views.asked import network_of

PROXY = (ip_network("10.0.0.1/32"), ip_network("127.0.0.1/32"))


def request(client: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Request({"type": "http", "client": (client, 1), "headers": headers})


def test_a_visitor_who_claims_another_address_is_counted_by_their_own() -> None:
    asked = request("203.0.113.9", "198.51.100.1")
    assert network_of(asked, ()) == network_of(asked, PROXY) == "203.0.113.9"


@pytest.mark.parametrize("claimed", ["198.51.100.1", "127.0.0.1", "x, 10.0.0.1", "", ",,,"])
def test_behind_a_proxy_what_a_visitor_claims_stands_before_what_the_proxy_saw(
    claimed: str,
) -> None:
    asked = request("10.0.0.1", f"{claimed}, 203.0.113.9")
    assert network_of(asked, PROXY) == "203.0.113.9"
    assert network_of(request("10.0.0.1", claimed, "203.0.113.9"), PROXY) == "203.0.113.9"


def test_neighbours_of_one_ipv6_network_are_counted_together_and_no_others_with_them() -> None:
    one = network_of(request("2001:db8:1:2::1"), ())
    assert one == network_of(request("2001:db8:1:2:ffff::9"), ())
    assert one != network_of(request("2001:db8:1:3::1"), ())


def test_ipv4_seen_through_an_ipv6_socket_is_counted_as_ipv4() -> None:
    """All of them would be one network otherwise: one visitor's limit would be everybody's."""
    one, other = (network_of(request(f"::ffff:{ip}"), ()) for ip in ("203.0.113.9", "203.0.113.8"))
    assert (one, other) == ("203.0.113.9", "203.0.113.8")
    assert network_of(request("::ffff:10.0.0.1", "203.0.113.9"), PROXY) == "203.0.113.9"
