"""``desk ads plan`` and ``desk ads forecast``, as an editor types them."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from ad_market import PARIS, ad_seen, flight, inventory, page, seen, write_log
from magazine_factory import REPOSITORY
from patience import PATIENCE_SECONDS

TODAY = datetime.now(PARIS).date()
"""These commands look at the clock; what follows is some days around it."""
A = "/articles/a/"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A published site with one campaign of a month, counted for forty days."""
    days = {"start": TODAY - timedelta(days=10), "end": TODAY + timedelta(days=20)}
    market = inventory([page(A, "acme", themes=("energie",))], acme=flight(goal=1500, **days))
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "ads.json").write_bytes(msgspec.json.encode(market))
    return tmp_path


def count(office: Path, days: int = 40) -> None:
    """Two hundred views a day, half of which show an ad."""
    counts = Counter()
    for back in range(days, 0, -1):
        hour = f"{TODAY - timedelta(days=back)}T10"
        counts[seen(hour, A)] += 200
        counts[ad_seen(hour, A, "acme" if back <= 5 else "maison")] += 100
    write_log(office / "var" / "events", counts)


def desk(office: Path, *words: str, lang: str = "C.UTF-8") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "desk", "ads", *words],
        cwd=office,
        env={"PATH": os.environ["PATH"], "LANG": lang, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True, encoding="utf-8", timeout=PATIENCE_SECONDS,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def month(days_ahead: int = 0) -> str:
    return f"{TODAY + timedelta(days=days_ahead):%Y-%m}"


def test_a_plan_is_written_and_shown(office: Path) -> None:
    count(office)
    status, printed, told = desk(office, "plan")
    assert (status, told) == (0, "")
    ((slug, rate),) = json.loads((office / "var/ads/plan.json").read_bytes())["flights"]
    assert slug == "acme"
    assert 0.3 < rate < 0.9
    line = next(line for line in printed.splitlines() if line.startswith("acme"))
    assert line.split()[2:4] == ["1,500", "500"]
    assert line.split()[-1] == "1,500"
    assert "Share: of the readings of its pages" in printed


def test_a_new_site_is_told_that_campaigns_share_evenly(office: Path) -> None:
    status, printed, _ = desk(office, "plan")
    assert status == 0
    assert "Not one whole day has been counted yet: campaigns share evenly." in printed
    assert json.loads((office / "var/ads/plan.json").read_bytes())["flights"] == [["acme", 1.0]]


def test_without_a_build_it_says_so_in_one_line(tmp_path: Path) -> None:
    status, printed, told = desk(tmp_path, "plan")
    assert (status, printed) == (1, "")
    assert told.startswith("desk: ads.json")
    assert told.count("\n") == 1


def test_a_forecast_says_what_is_free_and_what_would_be_late(office: Path) -> None:
    count(office)
    status, printed, told = desk(office, "forecast", "--theme", "energie", "--month", month(31))
    assert (status, told) == (0, "")
    assert "articles" in printed
    viewable, free = (
        [int(word.replace(",", "")) for word in line.split()[-3:]]
        for line in printed.splitlines()
        if line.startswith(("viewable", "of which"))
    )
    assert viewable == sorted(viewable)
    assert 2500 < viewable[1] < 3600  # a month of a hundred a day
    assert free[1] <= viewable[1]
    assert "would be late (by the cautious forecast):" in printed
    assert "  this sale: short by " in printed


def test_a_sale_that_fits_makes_nothing_late(office: Path) -> None:
    count(office)
    asked = ("forecast", "--theme", "energie", "--month", month(31), "--goal", "500")
    _, printed, _ = desk(office, *asked)
    assert "If 500 were sold, nothing would be late (by the cautious forecast)." in printed
    _, french, _ = desk(office, *asked, lang="fr_FR.UTF-8")
    assert "Si 500 étaient vendues, rien ne serait en retard (prévision prudente)." in french
    assert "prudent (P10)" in french


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--theme", "energi", "--month", month(31)),
            "“energi” is no theme (did you mean energie?)",
        ),
        (("--theme", "energie", "--month", month(-40)), "that month is over"),
        (("--theme", "energie", "--month", month(500)), "nothing is forecast more than 400 days"),
    ],
)
def test_what_cannot_be_forecast_is_refused_in_one_line(
    office: Path, words: tuple[str, ...], told: str
) -> None:
    count(office)
    status, printed, refused = desk(office, "forecast", *words)
    assert (status, printed) == (1, "")
    assert told in refused
    assert refused.count("\n") == 1


def test_a_new_site_forecasts_nothing_and_says_so(office: Path) -> None:
    status, printed, told = desk(office, "forecast", "--theme", "energie", "--month", month(31))
    assert (status, printed) == (1, "")
    assert "not one whole day has been counted yet: there is nothing to forecast from" in told


def test_few_days_make_a_doubtful_forecast(office: Path) -> None:
    count(office, days=9)
    _, printed, _ = desk(office, "forecast", "--theme", "energie", "--month", month(31))
    assert "Whole days counted: 8; the forecast is doubtful." in printed


@pytest.mark.parametrize("typed", ["decembre", "2026-13", "2026-1"])
def test_a_month_is_a_year_and_a_number(office: Path, typed: str) -> None:
    status, _, told = desk(office, "forecast", "--month", typed)
    assert status == 2
    assert f"“{typed}” is not a month, such as 2026-12" in told
