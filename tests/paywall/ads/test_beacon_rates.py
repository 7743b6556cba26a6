"""Impossible numbers from one network are marked, floods are refused, and nothing grows."""

from ipaddress import ip_address, ip_network

import pytest
from page_views import ORIGIN, Counter, told
from paywall_clock import Clock

from paywall.ads import rates
from paywall.ads.rates import MAX_NETWORKS, POSSIBLE, REFUSED, Rates
from paywall.settings import Settings

NOON = 1_800_000_000.0


def marked(counter: Counter) -> int:
    return sum(line.get("marks") == ["rate"] for line in counter.written())


def send_many(counter: Counter, count: int, **options: str) -> list[int]:
    return [counter.send(told(), **options) for _ in range(count)]  # type: ignore[arg-type]


def test_more_than_a_networks_readers_could_is_marked_and_counted(counter: Counter) -> None:
    assert set(send_many(counter, POSSIBLE + 10)) == {204}
    assert marked(counter) == 10
    assert len(counter.written()) == POSSIBLE + 10


def test_neighbours_share_a_count_and_others_do_not(counter: Counter) -> None:
    for n in range(POSSIBLE + 10):
        counter.send(told(), client=f"203.0.113.{n % 250 + 1}")
    assert marked(counter) == 10
    assert counter.send(told(), client="203.0.114.1") == 204
    assert marked(counter) == 10


def test_an_ipv6_site_shares_a_count(counter: Counter) -> None:
    for n in range(POSSIBLE + 10):
        counter.send(told(), client=f"2001:db8:7:{n:x}::{n:x}")
    assert marked(counter) == 10
    counter.send(told(), client="2001:db8:8::1")
    assert marked(counter) == 10


def test_a_minute_later_it_is_as_good_as_any(counter: Counter, clock: Clock) -> None:
    send_many(counter, POSSIBLE + 1)
    clock.advance(minutes=1)
    send_many(counter, 3)
    assert marked(counter) == 1


def test_a_flood_is_refused_and_fills_no_disk(counter: Counter) -> None:
    counter.send(told())
    for _ in range(REFUSED):
        counter.counting._rates.count(ip_address("203.0.113.9"), counter.clock().timestamp())
    assert counter.send(told()) == 429
    assert counter.send(told(), client="198.51.100.1") == 204
    assert len(counter.written()) == 2


def test_what_is_refused_counts_for_nobody(counter: Counter) -> None:
    """A site that has others' browsers send nonsense marks nobody's views."""
    for _ in range(POSSIBLE + 10):
        counter.send(told(), origin="https://ailleurs.example")
        counter.send(told(mark="A" * 22))
    counter.send(told())
    assert marked(counter) == 0


@pytest.fixture
def behind(counter: Counter) -> Counter:
    """Behind two proxies."""
    known = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))
    counter.settings = Settings(
        output=counter.settings.output, var=counter.settings.var, address=ORIGIN, proxies=known
    )
    counter.start()
    return counter


def test_behind_proxies_readers_are_counted_by_their_own_network(behind: Counter) -> None:
    for n in range(POSSIBLE + 10):
        chain = f"203.0.{n % 256}.7, 10.0.0.2"
        assert behind.send(told(), client="127.0.0.1", x_forwarded_for=chain) == 204
    assert marked(behind) == 0
    for _ in range(POSSIBLE):
        behind.send(told(), client="127.0.0.1", x_forwarded_for="203.0.1.9, 10.0.0.2")
    assert marked(behind) > 0


def test_what_a_visitor_claims_before_the_proxy_changes_nothing(behind: Counter) -> None:
    for n in range(POSSIBLE + 10):
        more = [("x-forwarded-for", f"198.51.{n}.1"), ("x-forwarded-for", "203.0.113.9")]
        behind.send(told(), client="10.0.0.2", more=more)
    assert marked(behind) == 10


def test_without_proxies_nobody_chooses_their_network(counter: Counter) -> None:
    for n in range(POSSIBLE + 10):
        counter.send(told(), x_forwarded_for=f"198.51.{n}.1")
    assert marked(counter) == 10


def test_unreadable_addresses_are_one_network(counter: Counter) -> None:
    for n in range(POSSIBLE + 10):
        counter.send(told(), client=f"unix:{n}")
    assert marked(counter) == 10


def test_however_many_networks_come_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MAX_NETWORKS", 100)
    counts = Rates()
    seen = [counts.count(ip_address(n << 8), NOON) for n in range(1000)]
    assert len(counts) == 101
    assert seen[:100] == [1] * 100
    assert seen[-1] == 900  # the rest share one count, and are marked
    assert counts.count(ip_address(0), NOON) == 2  # those that came before keep theirs
    assert MAX_NETWORKS == 50_000


def test_nothing_of_an_address_is_kept() -> None:
    counts = Rates()
    counts.count(ip_address("203.0.113.9"), NOON)
    (first,) = counts._counts
    counts.count(ip_address("203.0.113.9"), NOON + 60)
    (second,) = counts._counts
    assert first != second  # another salt each minute
    assert bytes([203, 0, 113]) not in first
