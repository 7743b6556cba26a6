"""`desk ads report` and `desk ads pages`, typed where a magazine was read."""

import csv
import io
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from building import Desk
from magazine_factory import REPOSITORY, MagazineFactory

from desk.__main__ import main
from paywall.ads.events import Event
from paywall.ads.inventory import Creative, Flight, Inventory, PageAds, Theme

SLUG = "lampes"
TODAY = datetime.now(UTC).date()
FIRST = TODAY - timedelta(days=40)
YEAR_AGO = TODAY - timedelta(days=365)
SETTINGS = str(REPOSITORY / "pelicanconf.py")


def inventory() -> Inventory:
    creative = Creative("300x250", "Une lampe", "", "https://example.org/")
    flight = Flight(
        "Acme (annonceur fictif)", "Lampes", "paid", "approved", FIRST, TODAY, 900, False, None,
        None, ("article",), ("optique",), (), True, (creative,),
    )  # fmt: skip
    page = PageAds(
        "/articles/phare/", "public", "Un phare", "article", ("optique",), FIRST, None, (SLUG,), ()
    )
    themes = {"optique": Theme("Optique", ())}
    return Inventory(1, "Le Phare", "https://x.example", "UTC", themes, {SLUG: flight}, (page,))


def events(day: date) -> list[Event]:
    page = Event(f"{day}T09", "page", "/articles/phare/", "public", "search")
    shown = {"placement": "article", "flight": SLUG, "creative": "300x250"}
    return [page] * 25 + [msgspec.structs.replace(page, kind="view", **shown)] * 20


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what a build and the service left there, and the editor in it."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/ads.json").write_bytes(msgspec.json.encode(inventory()))
    log = tmp_path / "var/events"
    log.mkdir(parents=True)
    for day in (FIRST, TODAY - timedelta(days=1), TODAY):
        (log / f"{day}.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(events(day)))
    monkeypatch.chdir(tmp_path)
    for name in ("BICORNE_OUTPUT", "BICORNE_VAR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def report(*words: str) -> int:
    return main(["ads", "report", SLUG, "-s", SETTINGS, *words])


def test_a_report_is_written_for_its_owner_alone_and_named(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report() == 0
    assert capsys.readouterr().out == "rapport-lampes.html\n"
    written = office / "rapport-lampes.html"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    page = written.read_text("utf-8")
    assert "<h1>Lampes</h1>" in page
    assert "<dd>40</dd>" in page  # not today's, which is not over
    assert "data:font/woff2" in page
    assert "Impressions visibles" in page


def test_a_report_that_is_there_is_replaced(office: Path) -> None:
    assert report("--output", "r.html") == 0
    before = (office / "r.html").read_text("utf-8")
    (office / "var/events" / f"{FIRST}.jsonl").unlink()
    assert report("--output", "r.html") == 0
    assert (office / "r.html").read_text("utf-8") != before


def test_a_month_is_written_beside_the_whole(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = f"{FIRST:%Y-%m}"
    assert report("--month", month) == 0
    assert capsys.readouterr().out == f"rapport-lampes-{month}.html\n"
    assert "<dd>20</dd>" in (office / f"rapport-lampes-{month}.html").read_text("utf-8")


def test_csv_goes_to_the_screen_where_it_is_asked(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--csv", "--output", "-") == 0
    written = capsys.readouterr().out.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert ["total", "", "40", "0", "0", "0", "0,00000"] in rows
    assert not list(office.glob("rapport*"))


def test_the_report_speaks_the_sites_language(office: Path, magazine: MagazineFactory) -> None:
    settings = Desk(magazine).settings(MAGAZINE={"interface_lang": "en"})
    assert main(["ads", "report", SLUG, "-s", str(settings)]) == 0
    assert "Viewable impressions" in (office / "rapport-lampes.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ads", "report", "lampe", "-s", SETTINGS], "plutôt lampes"),
        (
            ["ads", "report", SLUG, "-s", SETTINGS, "--month", f"{YEAR_AGO:%Y-%m}"],
            "rien à rapporter",
        ),
        (["ads", "report", SLUG, "-s", "none.py"], "none.py"),
        (["ads", "report", SLUG, "-s", SETTINGS, "--output", "no/r.html"], "no/r.new"),
    ],
)
def test_what_stops_a_report_is_told_in_one_line(
    words: list[str], told: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_without_a_build_there_is_nothing_to_report(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "output/ads.json").unlink()
    assert report() == 1
    assert "ads.json" in capsys.readouterr().err
    assert main(["ads", "pages"]) == 1


def test_what_is_no_month_is_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in ("2026-13", "decembre", "2026-1", "0000-01"):
        with pytest.raises(SystemExit):
            report("--month", typed)
        assert typed in capsys.readouterr().err


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("page", [["/articles/phare/", "Un phare", "50", "0"]]),
        ("section", [["/articles/", "50", "0"]]),
        ("source", [["search", "50", "0"]]),
        (
            "day",
            [[(TODAY - timedelta(days=1)).isoformat(), "25", "0"], [TODAY.isoformat(), "25", "0"]],
        ),
    ],
)
def test_pages_are_told_for_the_last_thirty_days(
    by: str, lines: list[list[str]], office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ads", "pages", "--by", by, "--csv"]) == 0
    written = capsys.readouterr().out.removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(written), delimiter=";"))[1:] == lines


def test_pages_are_told_since_a_day_or_of_a_month(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, views in (
        (("--since", FIRST.isoformat()), "75"),
        (("--month", f"{FIRST:%Y-%m}"), "25"),
    ):
        assert main(["ads", "pages", "--by", "source", *words]) == 0
        assert f'"search";"{views}";"0"' in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["ads", "pages", "--since", "hier"])


def test_what_was_never_counted_is_said(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for log in (office / "var/events").iterdir():
        log.unlink()
    assert main(["ads", "pages", "--csv"]) == 0
    assert "nothing is counted from " in capsys.readouterr().err
    assert report() == 0
    assert "no day of this report is counted" in capsys.readouterr().err
    written = (office / f"rapport-{SLUG}.html").read_text("utf-8")
    assert "Aucun jour de cette période n’a encore été compté." in written
    assert "En retard" not in written
