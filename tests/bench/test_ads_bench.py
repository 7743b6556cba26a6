"""The simulator delivers by the planner itself, and its campaigns end where they were promised."""

from datetime import timedelta

import numpy as np
import pytest

from bench.ads.__main__ import delivered, main
from bench.ads.campaigns import Campaigns, sold
from bench.ads.magazine import BEFORE_DAYS, DAYS, VIEWABLE, Magazine
from bench.ads.ways import linear, planned_daily, planned_hourly


def test_the_plan_keeps_its_promises_where_linear_weighting_does_not() -> None:
    planned = delivered(planned_hourly, 0.9, {}, months=1, views=600)
    weighted = delivered(linear, 0.9, {}, months=1, views=600)
    assert len(planned) == len(weighted) == 6
    assert np.abs(planned).mean() <= 0.03
    assert planned.min() >= -0.05
    assert planned.max() <= 0.01
    assert np.abs(weighted).mean() > 0.05


def test_a_plan_a_day_does_too() -> None:
    errors = delivered(planned_daily, 0.6, {}, months=2, views=600)
    assert np.abs(errors).mean() <= 0.03
    assert errors.min() >= -0.05


def test_no_campaign_waits_for_an_issue_that_comes_after_its_end() -> None:
    magazine = Magazine.drawn(np.random.default_rng(53), 600, 0.2)
    last_on = magazine.first_on + timedelta(days=DAYS - 1)
    assert not any(magazine.first_on <= day <= last_on for day in magazine.issues)
    campaigns = Campaigns(magazine, sold(magazine, 0.6, {}), np.random.default_rng(54))
    planned_daily(campaigns)
    assert min(campaigns.errors().values()) >= -0.03


def test_an_ad_that_few_screens_show_has_its_goal_all_the_same() -> None:
    reach = {"sur-energie": 0.4}
    errors = delivered(planned_daily, 0.8, reach, months=1, views=600)
    assert errors.min() >= -0.05


def test_nothing_is_delivered_that_no_reader_saw() -> None:
    magazine = Magazine.drawn(np.random.default_rng(3), 300, 0.2)
    campaigns = Campaigns(magazine, sold(magazine, 0.9, {}), np.random.default_rng(4))
    planned_daily(campaigns)
    shown = campaigns.shown[:, BEFORE_DAYS:].sum()
    assert sum(campaigns.delivered.values()) <= shown
    assert shown == pytest.approx(magazine.views[:, BEFORE_DAYS:].sum() * VIEWABLE, rel=0.02)


def test_what_is_sold_is_the_part_that_is_told() -> None:
    magazine = Magazine.drawn(np.random.default_rng(5), 2400, 0.2)
    goals = sum(flight.goal or 0 for flight in sold(magazine, 0.9, {}).values())
    had = magazine.views[:, BEFORE_DAYS:].sum() * VIEWABLE
    assert goals / had == pytest.approx(0.9, abs=0.01)


def test_the_table_has_a_line_for_each_way(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--months", "1", "--views", "60"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 months of 30 days")
    assert [line.split("  ")[0] for line in lines[2:]] == ["60%"] * 3 + ["90%"] * 3 + [
        "90%, one wide only"
    ] * 3
