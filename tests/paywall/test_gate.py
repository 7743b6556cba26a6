from dataclasses import replace
from datetime import UTC, datetime, timedelta

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


issues = st.sampled_from(["811", "812", "813"])
entitlements = st.builds(Entitlement, st.booleans(), st.booleans(), st.frozensets(issues))
entries = st.builds(
    Entry,
    st.sampled_from(["public", "registered", "subscriber", "patron"]),
    st.none() | issues,
    st.none() | st.sampled_from([NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)]),
)


@given(entitlements, entitlements, entries)
def test_more_entitlement_never_reads_less(
    one: Entitlement, other: Entitlement, entry: Entry
) -> None:
    both = Entitlement(
        one.signed_in or other.signed_in,
        one.all_issues or other.all_issues,
        one.issues | other.issues,
    )
    if may_read(one, entry, NOW):
        assert may_read(both, entry, NOW)


@given(entitlements, entries, st.integers(min_value=0, max_value=10**6))
def test_what_is_open_stays_open(reader: Entitlement, entry: Entry, seconds: int) -> None:
    if may_read(reader, entry, NOW):
        assert may_read(reader, entry, NOW + timedelta(seconds=seconds))
