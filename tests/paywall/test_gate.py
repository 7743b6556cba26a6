from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paywall.gate import NOBODY, Entitlement, Entry, may_read

NOW = datetime(2027, 10, 31, 23, 0, tzinfo=UTC)
SIGNED_IN = Entitlement(signed_in=True)
HAS_812 = Entitlement(signed_in=True, issues=frozenset({"812-lumiere"}))
HAS_ALL = Entitlement(signed_in=True, all_issues=True)

PUBLIC = Entry("public")
REGISTERED = Entry("registered", "812-lumiere")
IN_812 = Entry("subscriber", "812-lumiere")
IN_813 = Entry("subscriber", "813-mouvement")
NO_ISSUE = Entry("subscriber")
FIRST, LAST = date(2026, 3, 1), date(2027, 3, 1)
HAD_A_YEAR = Entitlement(signed_in=True, periods=((FIRST, LAST),))
UNKNOWN = Entry("patron", "812-lumiere")


@pytest.mark.parametrize(
    ("entry", "who_may_read"),
    [
        (PUBLIC, {NOBODY, SIGNED_IN, HAS_812, HAS_ALL}),
        (REGISTERED, {SIGNED_IN, HAS_812, HAS_ALL}),
        (IN_812, {HAS_812, HAS_ALL}),
        (IN_813, {HAS_ALL}),
        (NO_ISSUE, {HAS_ALL}),
        (UNKNOWN, set()),
        (Entry(""), set()),
        (Entry("Public"), set()),
    ],
)
@pytest.mark.parametrize("reader", [NOBODY, SIGNED_IN, HAS_812, HAS_ALL])
def test_each_access_level_opens_to_exactly_its_readers(
    entry: Entry, who_may_read: set[Entitlement], reader: Entitlement
) -> None:
    assert may_read(reader, entry, NOW) is (reader in who_may_read)


@pytest.mark.parametrize("entry", [REGISTERED, IN_812, NO_ISSUE, UNKNOWN])
@pytest.mark.parametrize(
    ("opens", "open_to_anybody"),
    [
        (NOW - timedelta(microseconds=1), True),
        (NOW, True),
        (NOW + timedelta(microseconds=1), False),
    ],
)
def test_gated_text_opens_to_anybody_from_the_instant_it_opens(
    entry: Entry, opens: datetime, open_to_anybody: bool
) -> None:
    assert may_read(NOBODY, replace(entry, opens=opens), NOW) is open_to_anybody


def test_the_instant_is_compared_whatever_its_time_zone() -> None:
    paris = datetime.fromisoformat("2027-11-01T00:00:00+01:00")
    assert may_read(NOBODY, replace(IN_812, opens=paris), NOW)
    assert not may_read(NOBODY, replace(IN_812, opens=paris), NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("published", "open_to_who_had_a_year"),
    [
        (None, False),
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (date(2026, 11, 1), True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
@pytest.mark.parametrize("entry", [IN_812, NO_ISSUE])
def test_what_a_subscription_ran_over_stays_open_after_it(
    entry: Entry, published: date | None, open_to_who_had_a_year: bool
) -> None:
    dated = replace(entry, published=published)
    assert may_read(HAD_A_YEAR, dated, NOW) is open_to_who_had_a_year
    assert not may_read(HAS_812, replace(IN_813, published=published), NOW)


def test_a_period_opens_no_access_level_that_is_unknown() -> None:
    assert not may_read(HAD_A_YEAR, replace(UNKNOWN, published=FIRST), NOW)


def test_between_two_subscriptions_nothing_opens() -> None:
    twice = replace(HAD_A_YEAR, periods=((FIRST, FIRST), (LAST, LAST)))
    assert may_read(twice, replace(IN_812, published=FIRST), NOW)
    assert may_read(twice, replace(IN_812, published=LAST), NOW)
    assert not may_read(twice, replace(IN_812, published=date(2026, 7, 14)), NOW)


issues = st.sampled_from(["811", "812", "813"])
days = st.sampled_from([FIRST, date(2026, 11, 1), LAST])
periods = st.lists(st.tuples(days, days), max_size=2).map(tuple)
entitlements = st.builds(Entitlement, st.booleans(), st.booleans(), st.frozensets(issues), periods)
entries = st.builds(
    Entry,
    st.sampled_from(["public", "registered", "subscriber", "patron"]),
    st.none() | issues,
    st.none() | st.sampled_from([NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)]),
    st.none() | days,
)


@given(entitlements, entitlements, entries)
def test_more_entitlement_never_reads_less(
    one: Entitlement, other: Entitlement, entry: Entry
) -> None:
    both = Entitlement(
        one.signed_in or other.signed_in,
        one.all_issues or other.all_issues,
        one.issues | other.issues,
        one.periods + other.periods,
    )
    if may_read(one, entry, NOW):
        assert may_read(both, entry, NOW)


@given(entitlements, entries, st.integers(min_value=0, max_value=10**6))
def test_what_is_open_stays_open(reader: Entitlement, entry: Entry, seconds: int) -> None:
    if may_read(reader, entry, NOW):
        assert may_read(reader, entry, NOW + timedelta(seconds=seconds))
