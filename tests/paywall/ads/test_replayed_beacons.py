"""What was told before is marked, whenever and from wherever it is told again."""

import hashlib

import pytest
from page_views import AD, Counter, click_on, told, view_of
from paywall_clock import Clock

from paywall.ads import replays
from paywall.ads.replays import Replays

MESSAGE = told(["page"], view_of(*AD), click_on(*AD))


def marks(counter: Counter) -> list[list[str]]:
    return [line.get("marks", []) for line in counter.written()]


def test_a_message_sent_again_is_marked_in_whole(counter: Counter) -> None:
    for n in range(5):
        assert counter.send(MESSAGE, client=f"198.51.{n}.1") == 204
    assert marks(counter) == [[]] * 3 + [["replay"]] * 12


def test_so_it_is_after_the_service_has_fallen(counter: Counter) -> None:
    counter.send(MESSAGE)
    counter.flush()
    counter.start()
    counter.send(MESSAGE)
    assert marks(counter) == [[]] * 3 + [["replay"]] * 3


@pytest.mark.parametrize("restarts", [False, True])
def test_so_it_is_on_the_next_day(counter: Counter, clock: Clock, restarts: bool) -> None:
    counter.send(MESSAGE)
    counter.flush()
    clock.advance(days=1)
    if restarts:
        counter.start()
    counter.send(MESSAGE)
    clock.advance(days=1)  # what was told again yesterday, and not for the first time
    counter.send(MESSAGE)
    assert marks(counter)[3:6] == [["replay"]] * 3


def test_so_it_is_where_the_clock_went_back(counter: Counter, clock: Clock) -> None:
    counter.send(MESSAGE)
    clock.advance(days=-1)
    counter.send(MESSAGE)
    assert sorted(marks(counter)) == [[]] * 3 + [["replay"]] * 3


def test_a_click_after_a_restart_knows_its_view(counter: Counter) -> None:
    counter.send(MESSAGE | {"events": [view_of(*AD)]})
    counter.flush()
    counter.start()
    counter.send(MESSAGE | {"events": [click_on(*AD)]})
    assert marks(counter) == [[], []]


def test_a_log_with_a_torn_or_foreign_line_is_learnt_all_the_same(counter: Counter) -> None:
    counter.send(MESSAGE)
    counter.flush()
    (file,) = counter.events.iterdir()
    good = file.read_bytes()
    file.write_bytes(b'{"once": 7}\n\xff\n[[[[\n{"once":"!"}\n{}\n' + good + b'{"hour":"20')
    counter.start()
    counter.send(MESSAGE)
    counter.flush()
    lines = file.read_bytes()
    assert lines.endswith(b"\n") and lines.count(b'"replay"') == 3
    assert b'{"hour":"20{' not in lines


def test_what_was_refused_may_be_told_again(counter: Counter) -> None:
    forged = MESSAGE | {"events": [["page"], ["view", *AD, "A" * 22]]}
    assert counter.send(forged) == 403
    assert counter.send(MESSAGE) == 204
    assert marks(counter) == [[]] * 3


def test_memory_is_the_same_whatever_is_sent() -> None:
    known, before = Replays(), replays.BYTES
    for n in range(20_000):
        known.add(f"2026-12-{n % 28 + 1:02}" if n < 100 else "2026-12-30", n.to_bytes(8, "big"))
    assert sum(map(len, known._days.values())) == before == 16 * 2**20


def test_nothing_told_is_forgotten_and_next_to_nothing_new_is_taken_for_it() -> None:
    """As many as a busy day has; digests, as the events' are."""
    digests = [hashlib.blake2b(b"%d" % n, digest_size=8).digest() for n in range(200_000)]
    known = Replays()
    new = sum(known.add("2026-12-01", once) for once in digests[:100_000])
    assert new >= 99_999
    assert all(map(known.holds, digests[:100_000]))
    assert sum(map(known.holds, digests[100_000:])) <= 1
