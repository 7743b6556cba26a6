from datetime import UTC, datetime, timedelta

from paywall.ended import EndedSubjects

NOW = datetime(2027, 3, 14, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)


def test_an_ended_subject_is_held_until_its_tokens_have_expired() -> None:
    ended = EndedSubjects()
    ended.add("a", LATER)
    assert ended.holds("a", NOW)
    assert ended.holds("a", LATER - timedelta(seconds=1))
    assert not ended.holds("a", LATER)
    assert not ended.holds("b", NOW)


def test_what_has_expired_takes_no_room() -> None:
    ended = EndedSubjects()
    for n in range(100):
        ended.add(str(n), NOW + timedelta(seconds=n))
    ended.holds("x", NOW + timedelta(seconds=49))
    assert len(ended) == 50


def test_a_subject_ended_twice_is_held_until_the_later_instant() -> None:
    for untils in ((NOW, LATER), (LATER, NOW)):
        ended = EndedSubjects()
        for until in untils:
            ended.add("a", until)
        assert ended.holds("a", NOW)


def test_the_list_is_bounded_and_forgets_the_first_to_have_ended() -> None:
    ended = EndedSubjects(max_subjects=2)
    for subject in "abc":
        ended.add(subject, LATER)
    assert [ended.holds(subject, NOW) for subject in "abc"] == [False, True, True]
