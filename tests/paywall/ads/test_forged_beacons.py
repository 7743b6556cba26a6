"""Whatever is sent that no page of ours would send: refused whole, and nothing of it is written."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_views import AD, KEY, OTHER_PAGE, PAGE, Counter, click_on, told, view_of

from paywall.ads.batch import MAX_BYTES, MAX_EVENTS, BatchError, read_batch
from paywall.ads.marks import mark_of

OTHER = ("article", "globex-2026", "300x250")
MARK = mark_of(KEY, PAGE, "public", *AD)


def changed(name: str, value: object) -> Any:
    """A good message with another value in one field, whose mark stays as it was."""
    return told() | {name: value}


def forged() -> Iterator[tuple[str, Any]]:
    """Well formed, and offered by no page."""
    yield "a page without its mark", told(mark="A" * 22)
    yield "another page's mark", told(mark=mark_of(KEY, OTHER_PAGE, "public"))
    yield "the mark of the other tier", told(mark=mark_of(KEY, PAGE, "members"))
    yield "a mark of another key", told(mark=mark_of(bytes(32), PAGE, "public"))
    yield "a mark in other letters", told(mark=mark_of(KEY, PAGE, "public").swapcase())
    yield "a mark that is not ascii", told(mark="é" * 22)
    yield "an ad's mark for the page", told(mark=MARK)
    yield "a page's mark for an ad", told(["view", *AD, mark_of(KEY, PAGE, "public")])
    yield "an ad of another page", told(view_of(*AD, page=OTHER_PAGE))
    yield "an ad of the members' page", told(view_of(*AD, tier="members"))
    yield "another flight with this one's mark", told(["view", *OTHER, MARK])
    yield "another size with this one's mark", told(["view", *AD[:2], "970x250", MARK])
    yield "another placement with this one's mark", told(["view", "home", *AD[1:], MARK])
    yield "a forged view after a good one", told(["page"], view_of(*AD), ["view", *OTHER, MARK])
    yield "a forged click after a good view", told(view_of(*AD), ["click", *OTHER, MARK])
    yield "line ends that shift the fields", told(["view", AD[0], f"{AD[1]}\n{AD[2]}", "x", MARK])
    yield "a line end after the page", changed("page", f"{PAGE}\n")
    yield "a line of the log in the page", changed("page", PAGE + '"}\n{"hour":"2026-01-01T00"}')
    yield "a line separator", told(view_of(*AD), ["view", AD[0], "acme\u2028", AD[2], MARK])
    yield "a NUL in a flight", told(["view", AD[0], "acme-2026\0", AD[2], MARK])


@pytest.mark.parametrize(("message"), [m for _, m in forged()], ids=[n for n, _ in forged()])
def test_what_no_page_offered_is_refused_whole(counter: Counter, message: Any) -> None:
    assert counter.send(message) == 403
    assert counter.written() == []


MALFORMED: dict[str, Any] = {
    "nothing": b"",
    "no json": b"page",
    "an array": [told()],
    "a string": "page",
    "two messages": json.dumps(told()).encode() * 2,
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps(told()).encode(),
    "latin-1": json.dumps(changed("page", "/é/"), ensure_ascii=False).encode("latin-1"),
    "UTF-16": json.dumps(told()).encode("utf-16"),
    "a lone surrogate": json.dumps(changed("page", "/\ud800/")).encode(),
    "a surrogate in UTF-8": json.dumps(changed("page", "/*/"))
    .encode()
    .replace(b"*", b"\xed\xa0\x80"),
    "an overlong form": json.dumps(changed("page", "/*/")).encode().replace(b"*", b"\xc0\xaf"),
    "a raw line end in a string": json.dumps(changed("page", "/*/")).encode().replace(b"*", b"\n"),
    "a raw NUL in a string": json.dumps(changed("page", "/*/")).encode().replace(b"*", b"\0"),
    "NaN": json.dumps(told()).replace('"v": 1', '"v": NaN').encode(),
    "Infinity": json.dumps(told()).replace('"v": 1', '"v": Infinity').encode(),
    "a comment": json.dumps(told()).encode() + b"// page",
    "deep arrays": b"[" * MAX_BYTES,
    "deep events": json.dumps(told()).replace('["page"]', "[" * 3000).encode(),
    "deep objects": b'{"v":' * 800,
    "a field too many": changed("account", 12),
    "a missing field": {name: value for name, value in told().items() if name != "tier"},
    "another version": changed("v", 2),
    "a version as text": changed("v", "1"),
    "a version as a fraction": changed("v", 1.0),
    "a version that is true": changed("v", True),
    "no id": changed("id", ""),
    "a short id": changed("id", "a" * 21),
    "a long id": changed("id", "a" * 23),
    "an id with a line end": changed("id", "a" * 21 + "\n"),
    "an id and a line end": changed("id", "a" * 22 + "\n"),
    "an id of other letters": changed("id", "é" * 22),
    "an id that is a number": changed("id", 1234567890123456789012),
    "a page that is none": changed("page", None),
    "a page that is a list": changed("page", [PAGE]),
    "a long page": changed("page", "/" * 1001),
    "an unknown tier": changed("tier", "board"),
    "an unknown source": changed("source", "newsletter"),
    "a mark of two signs": changed("mark", "AA"),
    "no events": changed("events", []),
    "events that are none": changed("events", None),
    "events as an object": changed("events", {"page": 1}),
    "an empty event": told([]),
    "an unknown event": told(["purchase"]),
    "a page with an ad": told(["page", *AD, MARK]),
    "a view of nothing": told(["view"]),
    "a view without a mark": told(["view", *AD]),
    "a view with more": told([*view_of(*AD), "203.0.113.9"]),
    "an unknown placement": told(["view", "sidebar", *AD[1:], MARK]),
    "an ad without a name": told(["view", "article", "", AD[2], MARK]),
    "a name that is a number": json.dumps(told(["view", "article", "#", AD[2], MARK]))
    .replace('"#"', "7")
    .encode(),
    "an ad of a long name": told(["view", "article", "a" * 201, AD[2], MARK]),
    "the same view twice": told(view_of(*AD), view_of(*AD)),
    "the page twice": told(["page"], ["page"]),
    "too many events": told(*(["view", "article", f"a{n}", "", MARK] for n in range(33))),
}


@pytest.mark.parametrize("message", MALFORMED.values(), ids=MALFORMED)
def test_what_no_page_of_ours_sends_is_refused(counter: Counter, message: Any) -> None:
    assert counter.send(message) == 400
    assert counter.written() == []


def test_thousands_of_events_are_too_long(counter: Counter) -> None:
    assert counter.send(told(*([["page"]] * 3000))) == 413
    assert counter.written() == []


def test_a_page_full_of_ads_fits(counter: Counter) -> None:
    ads = [("list", f"annonceur-{n}", "320x100") for n in range(MAX_EVENTS - 1)]
    message = json.dumps(told(["page"], *(view_of(*ad) for ad in ads)), separators=(",", ":"))
    assert len(message) <= MAX_BYTES
    assert counter.send(message.encode()) == 204
    assert len(counter.written()) == MAX_EVENTS


def test_of_a_field_given_twice_the_last_counts_and_must_be_marked(counter: Counter) -> None:
    text = json.dumps(told())
    doubled = text.replace('"v": 1', '"v": 1, "page": "/articles/autre/"')
    assert counter.send(doubled.encode()) == 204
    assert counter.send((text[:-1] + ', "page": "/articles/autre/"}').encode()) == 403
    assert [line["page"] for line in counter.written()] == [PAGE]


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/gif",
    ],
)
def test_only_plain_text_is_read(counter: Counter, kind: str | None) -> None:
    assert counter.send(told(), content_type=kind) == 400
    assert counter.written() == []


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "http://localhost:8001", ""])
def test_another_site_counts_nothing_in_our_readers_browsers(counter: Counter, origin: str) -> None:
    assert counter.send(told(), origin=origin, sec_fetch_site=None) == 403
    assert counter.send(told(), origin=origin) == 403
    assert counter.written() == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "SAME-ORIGIN"])
def test_what_the_browser_says_of_where_it_comes_from_counts(counter: Counter, site: str) -> None:
    assert counter.send(told(), sec_fetch_site=site) == 403
    assert counter.send(told(), sec_fetch_site=site, origin="null") == 403
    assert counter.send(told(), sec_fetch_site=site, origin=None) == 403
    assert counter.written() == []


def test_a_page_that_hides_its_origin_is_ours_where_the_browser_says_so(counter: Counter) -> None:
    assert counter.send(told(), origin="null") == 204
    assert "marks" not in counter.written()[0]


def test_what_says_nothing_of_where_it_comes_from_is_no_browser(counter: Counter) -> None:
    assert counter.send(told(), origin=None, sec_fetch_site=None) == 204
    assert counter.written()[0]["marks"] == ["bot"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_only_post_counts(counter: Counter, method: str) -> None:
    assert counter.send(told(), method=method) == 405
    assert counter.written() == []


@given(st.binary(max_size=600) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with pytest.raises(BatchError):
        read_batch(body)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(field=st.sampled_from(["v", "id", "page", "tier", "mark", "source", "events"]), value=_JSON)
def test_a_field_of_any_value_is_refused_or_read_and_never_breaks(field: str, value: Any) -> None:
    body = json.dumps(changed(field, value)).encode()
    try:
        batch = read_batch(body)
    except BatchError:
        return
    genuine = told()
    assert batch.is_ours(KEY) == (batch.page == PAGE and batch.mark == genuine["mark"])


def test_marks_of_clicks_are_checked_like_those_of_views(counter: Counter) -> None:
    assert counter.send(told(["click", *AD, "A" * 22])) == 403
    assert counter.send(told(view_of(*AD), click_on(*AD))) == 204
