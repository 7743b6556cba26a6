"""What is written of what pages tell, and what never is."""

import json
from datetime import UTC, datetime

import pytest
from page_views import AD, FIREFOX, PAGE, Counter, click_on, told, view_of, write_key, write_zone
from paywall_clock import Clock


def test_each_event_is_a_line_with_the_hour_of_the_magazine(counter: Counter) -> None:
    assert counter.send(told(["page"], view_of(*AD), click_on(*AD), source="search")) == 204
    page, view, click = counter.written()
    common = {"hour": "2027-03-14T10", "page": PAGE, "tier": "public", "source": "search"}
    assert {name: page[name] for name in common} == common
    assert (page["kind"], view["kind"], click["kind"]) == ("page", "view", "click")
    ad = {"placement": AD[0], "flight": AD[1], "creative": AD[2]}
    assert {name: view[name] for name in ad} == {name: click[name] for name in ad} == ad
    assert not page.keys() & ad.keys()
    assert [line.get("marks") for line in (page, view, click)] == [None, None, None]


def test_no_line_holds_anything_of_who_sent_it(counter: Counter) -> None:
    batch = told(["page"], view_of(*AD), click_on(*AD))
    cookie = "bicorne_session=SECRET-DE-SESSION"
    counter.send(batch, cookie=cookie, client="198.51.100.77", referer="http://ailleurs.example/x")
    (file,) = counter.written() and counter.events.glob("*")
    text = file.read_text("utf-8")
    for secret in (batch["id"], "198.51.100", FIREFOX, "Firefox", "SECRET", "ailleurs"):
        assert secret not in text
    onces = [line["once"] for line in counter.written()]
    assert len(set(onces)) == 3  # nothing that two lines of one reader share
    assert set().union(*counter.written()) == {
        "hour", "kind", "page", "tier", "source", "placement", "flight", "creative", "once",
    }  # fmt: skip


def test_what_comes_later_of_the_same_view_is_believed(counter: Counter) -> None:
    first = told(["page"])
    counter.send(first)
    counter.send(first | {"events": [view_of(*AD)]})
    counter.send(first | {"events": [click_on(*AD)]})
    assert [line["kind"] for line in counter.written()] == ["page", "view", "click"]
    assert not any("marks" in line for line in counter.written())


def test_a_click_on_what_was_not_seen_is_marked(counter: Counter) -> None:
    counter.send(told(["page"], click_on(*AD)))
    counter.send(told(["page"], view_of(*AD)))  # somebody else's view
    assert [line.get("marks") for line in counter.written()] == [None, ["orphan"], None, None]


@pytest.mark.parametrize("header", ["sec_gpc", "dnt"])
def test_whoever_objects_is_not_counted(counter: Counter, header: str) -> None:
    assert counter.send(told(), **{header: "1"}) == 204
    assert counter.written() == []
    assert counter.send(told(), **{header: "0"}) == 204
    assert len(counter.written()) == 1


def test_the_file_changes_at_the_magazines_midnight(counter: Counter, clock: Clock) -> None:
    clock.now = datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC)
    counter.send(told())
    clock.advance(seconds=1)
    counter.send(told())
    assert [line["hour"] for line in counter.written()] == ["2027-03-27T23", "2027-03-28T00"]
    assert sorted(f.name for f in counter.events.iterdir()) == [
        "2027-03-27.jsonl",
        "2027-03-28.jsonl",
    ]


def test_the_hour_that_summer_time_skips_is_skipped(counter: Counter, clock: Clock) -> None:
    for minute in (59, 60):
        clock.now = datetime(2027, 3, 28, minute // 60, minute % 60, tzinfo=UTC)
        counter.send(told())
    assert [line["hour"] for line in counter.written()] == ["2027-03-28T01", "2027-03-28T03"]


def test_another_zone_counts_from_the_next_look_on(counter: Counter) -> None:
    counter.send(told())
    write_zone(counter.settings.output, "Pacific/Noumea")
    counter.counting.look()
    counter.send(told())
    assert [line["hour"] for line in counter.written()] == ["2027-03-14T10", "2027-03-14T20"]


def test_a_broken_inventory_leaves_the_zone_as_it_was(counter: Counter) -> None:
    (counter.settings.output / "ads.json").write_text('{"timezone": "Lune/Mer"}')
    counter.counting.look()
    assert counter.send(told()) == 204
    assert counter.written()[0]["hour"] == "2027-03-14T10"


def test_only_the_service_can_read_the_log(counter: Counter) -> None:
    counter.send(told())
    counter.flush()
    (file,) = counter.events.iterdir()
    assert (counter.events.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_an_answer_sets_nothing_and_is_kept_by_nobody(counter: Counter) -> None:
    headers = [("content-type", "text/plain"), ("origin", counter.settings.address)]
    start, body = counter.ask(json.dumps(told()).encode(), headers, method="POST", client="::1")
    assert (start["status"], body["body"]) == (204, b"")
    assert dict(start["headers"]) == {b"cache-control": b"no-store"}


def test_a_key_that_the_build_made_anew_counts_without_a_restart(counter: Counter) -> None:
    write_key(counter.settings.var, bytes(32))
    counter.counting.look()
    assert counter.send(told()) == 403
    write_key(counter.settings.var)
    counter.counting.look()
    assert counter.send(told()) == 204


@pytest.mark.parametrize("text", ["", "ab" * 31, "zz" * 32, "ab" * 33])
def test_what_is_no_key_leaves_the_one_before(counter: Counter, text: str) -> None:
    (counter.settings.var / "ads.key").write_text(text)
    counter.counting.look()
    assert counter.send(told()) == 204


def test_without_a_key_nothing_is_counted_and_nobody_is_told_that_it_was(counter: Counter) -> None:
    (counter.settings.var / "ads.key").unlink()
    counter.counting.look()
    assert counter.send(told()) == 503
    assert counter.written() == []


def test_a_key_that_others_can_read_is_refused(counter: Counter) -> None:
    (counter.settings.var / "ads.key").chmod(0o644)
    counter.start()
    assert counter.send(told()) == 503
