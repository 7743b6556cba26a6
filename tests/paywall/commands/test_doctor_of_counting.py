"""`paywall doctor` of what ads are counted with."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from paywall.doctor.counting import check_counting
from paywall.doctor.finding import Verdict
from paywall.doctor.secrets import check_modes
from paywall.settings import Settings

NOW = datetime(2026, 12, 1, 14, 20, tzinfo=UTC)


@pytest.fixture
def counted(tmp_path: Path) -> Settings:
    """A site with ads, a key and a plan."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "ads.json").write_text("{}")
    (tmp_path / "var" / "ads").mkdir(parents=True)
    (tmp_path / "var").chmod(0o700)
    (tmp_path / "var" / "ads.key").write_text("ab" * 32 + "\n")
    (tmp_path / "var" / "ads.key").chmod(0o600)
    var = tmp_path / "var"
    database = f"sqlite:///{var / 'accounts.sqlite'}"
    settings = Settings(
        output=tmp_path / "output", var=var, members=tmp_path / "m", database=database
    )
    write_plan(settings, NOW + timedelta(hours=2))
    return settings


def write_plan(settings: Settings, until: datetime) -> None:
    plan = {"version": 1, "made_at": NOW.isoformat(), "until": until.isoformat(), "flights": []}
    (settings.var / "ads" / "plan.json").write_text(json.dumps(plan))


def verdict(settings: Settings) -> tuple[Verdict, str]:
    (found,) = check_counting(settings, NOW)
    return found.verdict, found.told


def test_all_is_well(counted: Settings) -> None:
    assert verdict(counted) == (Verdict.GOOD, "comptée, selon un plan du jour")


def test_a_site_without_ads_counts_none(counted: Settings) -> None:
    (counted.output / "ads.json").unlink()
    assert verdict(counted)[0] is Verdict.NOTE


def test_without_a_plan_the_builds_choice_stands(counted: Settings) -> None:
    (counted.var / "ads" / "plan.json").unlink()
    assert verdict(counted)[0] is Verdict.NOTE


def test_a_key_that_is_missing_is_told(counted: Settings) -> None:
    (counted.var / "ads.key").unlink()
    assert verdict(counted)[0] is Verdict.WRONG


@pytest.mark.parametrize("text", ["", "ab", "clé"])
def test_a_key_that_is_none_is_told(counted: Settings, text: str) -> None:
    (counted.var / "ads.key").write_text(text)
    assert verdict(counted)[0] is Verdict.WRONG


def test_a_plan_that_nobody_remakes_is_told(counted: Settings) -> None:
    write_plan(counted, NOW - timedelta(hours=3))
    found, told = verdict(counted)
    assert found is Verdict.WRONG
    assert "paywall ads plan" in told
    (counted.var / "ads" / "plan.json").write_text("{")
    assert verdict(counted)[0] is Verdict.WRONG


def test_a_key_or_a_log_that_others_can_read_is_told(counted: Settings) -> None:
    (counted.var / "events").mkdir(mode=0o700)
    (counted.var / "events" / "2026-12-01.jsonl").touch(0o600)
    assert {f.verdict for f in check_modes(counted, NOW)} == {Verdict.GOOD}
    (counted.var / "ads.key").chmod(0o644)
    (counted.var / "events" / "2026-12-01.jsonl").chmod(0o640)
    told = [f.told for f in check_modes(counted, NOW)]
    assert [name in text for name, text in zip(("ads.key", ".jsonl"), told, strict=True)] == [
        True,
        True,
    ]
