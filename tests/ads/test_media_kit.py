"""The page for advertisers says what is read and what it costs, and only what was counted."""

import json
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from forks import run_python, usual_environ
from lxml import html
from magazine_factory import NOW, REPOSITORY, MagazineFactory, Result
from published import read_page

from desk.ads.media_kit import whole_months
from paywall.ads.reports.compact import compact

PAGE = {"title": "Annonceurs", "description": "Les règles."}
RATES = "thousand:\n  article: 18\n  home: 25.50\nsponsors:\n  event: 150\nnote: Fictif.\n"
AUDIENCE = "start: 2026-08-01\nend: 2026-10-31\nthemes:\n  energie: 12400\n  optique: 9\n"


def kit(magazine: MagazineFactory, **files: str) -> Result:
    magazine.entry("pages/annonceurs.md", PAGE, "Les règles de la publicité.\n")
    magazine.article("articles/a.md", themes=["energie"])
    for name, text in files.items():
        magazine.write(f"ads/{name}.yaml", text)
    return magazine.build(LANG="fr_FR.UTF-8")


def count(magazine: MagazineFactory) -> CompletedProcess[str]:
    settings = magazine.root / "pelicanconf.py"
    shared = str(REPOSITORY / "pelicanconf.py")
    settings.write_text(
        f"import runpy\nglobals().update({{k: v for k, v in runpy.run_path({shared!r}).items() "
        'if k.isupper()})\nPATH, OUTPUT_PATH, CACHE_PATH = "content", "output", "cache"\n'
    )
    environ = usual_environ() | {"SOURCE_DATE_EPOCH": str(NOW)}
    return run_python(["desk", "ads", "media-kit", "-s", str(settings)], magazine.root, environ)


def rows(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.stderr
    page = read_page(result.public("/annonceurs/"))
    return [[_text(cell) for cell in row] for row in page.iter("tr")]


def _text(cell: html.HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def test_without_counts_or_prices_the_page_says_how_many_articles_there_are(
    magazine: MagazineFactory,
) -> None:
    assert rows(kit(magazine)) == [["Thème", "Articles"], ["Optique", "1"], ["Énergie", "1"]]


def test_what_is_read_and_what_it_costs_is_told_and_what_is_little_is_not(
    magazine: MagazineFactory,
) -> None:
    result = kit(magazine, rates=RATES, audience=AUDIENCE)
    assert rows(result) == [
        ["Thème", "Articles", "Pages vues"],
        ["Énergie", "1", "12 400"],
        ["Optique", "1", "–"],
        ["Emplacement", "Prix"],
        ["dans les articles", "18 € les mille impressions visibles"],
        ["à la une", "25,50 € les mille impressions visibles"],
        ["sur une page d’événement", "150 € en partenaire"],
    ]
    page = read_page(result.public("/annonceurs/"))
    assert "du 1er août 2026 au 31 octobre 2026" in _text(page).replace("\xa0", " ")
    assert page.xpath("//a[@href='/annonceurs/reserver/']")


def test_other_pages_have_no_kit(magazine: MagazineFactory) -> None:
    magazine.entry("pages/a-propos.md", PAGE | {"title": "À propos"}, "Qui nous sommes.\n")
    assert "kit-themes" not in kit(magazine).public("/a-propos/")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rates", "thousand:\n  article: cher\n", "ads/rates.yaml:2: thousand.article"),
        ("rates", "thousands:\n  article: 2\n", "ads/rates.yaml:1: thousands"),
        ("audience", AUDIENCE.replace("energie", "energy"), "ads/audience.yaml:1: themes.energy"),
        ("audience", "start: hier\nend: 2026-10-31\nthemes: {}\n", "ads/audience.yaml:1: start"),
    ],
)
def test_a_mistake_in_these_files_is_told(
    magazine: MagazineFactory, name: str, text: str, told: str
) -> None:
    result = kit(magazine, **{name: text})
    assert result.exit_code == 1
    assert told in result.stderr


def page_line(page: str, **others: object) -> dict[str, object]:
    return {"hour": "2026-10-01T10", "kind": "page", "page": page, "tier": "public",
            "source": "direct"} | others  # fmt: skip


def test_desk_counts_whole_months_of_the_log_without_robots(magazine: MagazineFactory) -> None:
    """Days as lines and days that were compacted; other months, ads and marked views are left."""
    magazine.entry("pages/annonceurs.md", PAGE, "Les règles.\n")
    assert magazine.build().exit_code == 0
    energy = {"url": "/articles/a/", "themes": ["energie", "optique"]}
    few = {"url": "/articles/b/", "themes": ["hasard"]}
    _write_inventory(magazine.output, [energy, few])
    events = magazine.root / "var" / "events"
    events.mkdir(parents=True)
    lines = [page_line("/articles/a/")] * 11 + [page_line("/articles/b/")] * 9
    lines += [page_line("/articles/a/", marks=["bot"])] * 40
    lines += [page_line("/articles/a/", kind="view")] * 40
    _log(events / "2026-10-01.jsonl", lines)
    _log(events / "2026-11-01.jsonl", lines)  # this month is not over
    _log(events / "2026-09-30.jsonl", lines)
    assert [*compact(events, date(2026, 11, 22))]
    assert (events / "2026-10-01.parquet").exists()
    _log(events / "2026-09-29.jsonl", lines)
    done = count(magazine)
    assert done.returncode == 0, done.stderr
    written = (magazine.content / "ads/audience.yaml").read_text("utf-8").splitlines()
    assert written[1:] == [
        "start: 2026-08-01", "end: 2026-10-31", "themes:", "  optique: 33", "  energie: 33",
        "  hasard: 27",
    ]  # fmt: skip
    assert magazine.build().exit_code == 0


def test_an_audience_that_nothing_was_counted_for_is_not_written(
    magazine: MagazineFactory,
) -> None:
    assert magazine.build().exit_code == 0
    (magazine.root / "var" / "events").mkdir(parents=True)
    done = count(magazine)
    assert done.returncode == 1
    assert "nothing read often enough is counted from 2026-08-01 to 2026-10-31" in done.stderr
    assert not (magazine.content / "ads/audience.yaml").exists()


def _log(file: Path, lines: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def _write_inventory(output: Path, pages: list[dict[str, object]]) -> None:
    usual = {"tier": "public", "title": "", "placement": None, "published": None, "issue": None,
             "flights": [], "coming": []}  # fmt: skip
    inventory = {
        "version": 1, "name": "", "site": "", "timezone": "Europe/Paris", "themes": {},
        "flights": {}, "pages": [usual | page for page in pages],
    }  # fmt: skip
    (output / "ads.json").write_text(json.dumps(inventory), "utf-8")


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        (date(2026, 11, 22), 3, (date(2026, 8, 1), date(2026, 10, 31))),
        (date(2026, 1, 1), 1, (date(2025, 12, 1), date(2025, 12, 31))),
        (date(2026, 2, 28), 12, (date(2025, 2, 1), date(2026, 1, 31))),
        (date(2026, 12, 31), 24, (date(2024, 12, 1), date(2026, 11, 30))),
    ],
)
def test_whole_months_end_with_the_last_one(
    today: date, months: int, expected: tuple[date, date]
) -> None:
    assert whole_months(today, months) == expected
