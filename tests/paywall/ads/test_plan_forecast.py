"""What is expected of the coming days, and how sure it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from ad_market import PARIS, TODAY, counted, inventory, page

from bench.ads.magazine import BEFORE_DAYS, DAYS, Magazine
from paywall.ads.planning.days import midnight
from paywall.ads.planning.forecast import Forecast, Lessons
from paywall.ads.planning.history import History
from paywall.ads.planning.seasons import Seasons

A = "/articles/a/"
ENERGIE = [page(A, themes=("energie",))]


def forecast_of(history: History, *pages: object) -> Forecast:
    return Forecast(history, Lessons.learnt(history, inventory(pages or ENERGIE)))  # type: ignore[arg-type]


def shaped(days: int, factor: Callable[[date], float], a_day: float = 2400.0) -> History:
    """A history of one page whose days are as many times an ordinary one as is told."""
    history = counted({A: int(a_day)}, days=days)
    dates = [TODAY - timedelta(days=n) for n in range(days, -1, -1)]
    hours = np.array([np.full(24, factor(day) * a_day / 24) for day in dates]).round()
    views = np.zeros_like(history.views)
    recent = hours.sum(axis=1)[-views.shape[1] :]
    views[0, -len(recent) :] = recent
    hours[-1, 12:] = 0
    views[0, -1] = hours[-1].sum()
    return replace(history, hours=hours.astype(np.int64), views=views)


def test_even_days_are_expected_to_go_on() -> None:
    forecast = forecast_of(counted({A: 240}))
    level = forecast.levels(forecast.history.views)[0]
    factors = forecast.factors(3) * level
    assert factors[1:] == pytest.approx([240, 240], rel=0.02)
    assert factors[0] == pytest.approx(120, rel=0.03)  # it is noon


def test_weekends_are_known_by_what_they_were() -> None:
    weekend = forecast_of(shaped(60, lambda day: 0.5 if day.weekday() > 4 else 1.0))
    factors = weekend.factors(5) * weekend.levels(weekend.history.views)[0]
    assert factors[1] == pytest.approx(2400, rel=0.03)  # Friday
    assert factors[2:4] == pytest.approx([1200, 1200], rel=0.05)
    assert factors[4] == pytest.approx(2400, rel=0.03)


def test_the_day_of_the_next_issue_is_expected_to_be_a_peak() -> None:
    issues = [TODAY - timedelta(days=n) for n in (88, 58, 28)]
    peaked = shaped(90, lambda day: 5.0 if day in issues else 1.0)
    pages = [*ENERGIE, *(page(f"/n/{day}/", issue=str(day), published=day) for day in issues)]
    forecast = forecast_of(peaked, *pages)
    factors = forecast.factors(5) * forecast.levels(peaked.views)[0]
    assert factors[1] == pytest.approx(2400, rel=0.05)
    assert factors[2] == pytest.approx(5 * 2400, rel=0.1)
    assert factors[3] == pytest.approx(2400, rel=0.05)
    cautious = replace(forecast, cautious=True).factors(5) * forecast.levels(peaked.views)[0]
    assert cautious[1:] == pytest.approx([2400] * 4, rel=0.1)  # nobody has announced one


def test_a_month_that_is_always_quiet_is_half_believed_after_a_year() -> None:
    seasons = Seasons.learnt(shaped(500, lambda day: 0.5 if day.month == 8 else 1.0), ())
    assert seasons.months[7] == pytest.approx(0.76, abs=0.04)
    assert seasons.months[9] == pytest.approx(1.0, abs=0.05)


def test_months_are_alike_until_a_year_is_known() -> None:
    seasons = Seasons.learnt(shaped(200, lambda day: 0.5 if day.month == 8 else 1.0), ())
    assert seasons.months.tolist() == [1.0] * 12


def test_a_lasting_change_is_believed_within_weeks() -> None:
    doubled = shaped(60, lambda day: 2.0 if day >= TODAY - timedelta(days=10) else 1.0)
    level = forecast_of(doubled).levels(doubled.views)[0]
    before = forecast_of(shaped(60, lambda _day: 1.0))
    assert level > 1.4 * before.levels(before.history.views)[0]


def test_the_hours_to_come_may_lie_in_two_days() -> None:
    late = datetime(2026, 12, 10, 22, tzinfo=PARIS).astimezone(UTC)
    forecast = forecast_of(counted({A: 240}, now=late))
    level = forecast.levels(forecast.history.views)[0]
    assert level * forecast.soon(timedelta(hours=4)) == pytest.approx(40, rel=0.05)
    assert level * forecast.soon(timedelta(days=1)) == pytest.approx(240, rel=0.05)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_what_remains_of_a_day_on_which_clocks_change(day: date, hours: int) -> None:
    forecast = forecast_of(counted({A: 240}, now=midnight(day, PARIS)))
    level = forecast.levels(forecast.history.views)[0]
    assert level * forecast.factors(1)[0] == pytest.approx(10 * hours, rel=0.04)


def test_a_page_that_nobody_saw_is_expected_to_have_no_views() -> None:
    history = counted({A: 240, "/articles/b/": 0})
    assert forecast_of(history).levels(history.views)[1] == 0


def test_doubts_grow_with_the_months() -> None:
    doubts = forecast_of(counted({A: 240})).doubts(200)
    assert doubts[0] == doubts[27] > 1
    assert doubts[60] < doubts[199]


def test_a_steady_magazine_is_surer_than_an_unsteady_one() -> None:
    unsteady = forecast_of(shaped(90, lambda day: 3.0 if day.month % 2 else 1.0))
    steady = forecast_of(shaped(90, lambda _day: 1.0))
    assert steady.lessons.spread < unsteady.lessons.spread


def test_a_short_history_leaves_the_doubt_that_is_supposed() -> None:
    assert forecast_of(counted({A: 240}, days=8)).lessons.spread == pytest.approx(0.25)


def test_what_comes_lies_between_p10_and_p90_about_eight_times_in_ten() -> None:
    inside = []
    for seed in range(24):
        magazine = Magazine.drawn(np.random.default_rng(seed), views=2400, wrong=0.0)
        views = magazine.views[:, :BEFORE_DAYS]
        history = History(
            magazine.at(0, 0), PARIS, np.vstack([views.sum(axis=0), np.zeros((1, 24), np.int64)]),
            {(page.url, page.tier): n for n, page in enumerate(magazine.pages)},
            np.hstack([views.sum(axis=2)[:, 1:], np.zeros((len(views), 1), np.int64)]),
            np.zeros(len(views), np.int64), {}, {},
        )  # fmt: skip
        forecast = Forecast(history, Lessons.learnt(history, magazine.inventory({}, history.today)))
        expected = forecast.levels(history.views)[:, None] * forecast.factors(DAYS)
        came = magazine.views[:, BEFORE_DAYS:].sum(axis=(1, 2))
        doubts = forecast.doubts(DAYS)
        inside += list(
            ((expected / doubts).sum(axis=1) < came) & (came < (expected * doubts).sum(axis=1))
        )
    assert 0.7 < np.mean(inside) < 0.95
