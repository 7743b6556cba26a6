"""The page, its charts and its CSV: true, whole, and made of what may be shown alone."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from campaign_log import FIRST, NOW, Log, busy, days
from lxml import html
from paywall_process import REPOSITORY

from paywall.ads.inventory import Creative
from paywall.ads.reports.page import render
from paywall.ads.reports.sheet import as_csv
from paywall.ads.reports.style import style_of

YESTERDAY = NOW.date() - timedelta(days=1)
NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "events")


def page(log: Log, language: str = "fr", **given: object) -> html.HtmlElement:
    return html.fromstring(render(log.report(**given), language, ""))  # type: ignore[arg-type]


def text(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split(" "))


def row(found: html.HtmlElement, table: str, name: str) -> list[str]:
    """The cells of a table's line."""
    for line in found.xpath(f'//section[@aria-labelledby="{table}"]//tr'):
        cells = [" ".join(cell.text_content().split()) for cell in line]
        if cells[0].startswith(name):
            return [cell for cell in cells[1:] if cell]
    raise AssertionError(name)


def test_the_page_says_the_figures_as_french_writes_them(log: Log) -> None:
    for day in days(FIRST, YESTERDAY):
        log.add(day, 100).add(day, 1, kind="click")
    found = page(log)
    assert [text(dd) for dd in found.xpath("//dl[@class='figures']//dd")] == [
        f"2{NNBSP}200",
        f"73,3{NNBSP}%",
        "22",
        f"1,00{NNBSP}%",
    ]
    assert f"Dans les temps{NBSP}: 2{NNBSP}200 impressions visibles" in text(found)
    assert found.get("lang") == "fr"


def test_the_page_speaks_english_where_the_site_does(log: Log) -> None:
    for day in days(FIRST, YESTERDAY):
        log.add(day, 100)
    found = page(log, "en")
    assert "On time: 2,200 viewable impressions" in text(found)
    assert "1 to 22 November 2026" in text(found)
    assert not {"Impressions visibles", "Par thème", "n’est"} & set(text(found).split("\n"))


def test_themes_places_and_creatives_have_their_lines_and_shares(log: Log) -> None:
    log.add(FIRST, 90).add(FIRST, 10, page="/articles/four/", creative="970x250")
    found = page(log)
    assert row(found, "themes", "Optique")[1:3] == ["90", "0"]
    assert row(found, "creatives", "970 × 250")[1] == "10"
    bars = found.xpath("//section[@aria-labelledby='themes']//svg/title/text()")
    assert bars == [f"90{NNBSP}% des impressions", f"10{NNBSP}% des impressions"]
    assert f"Aucune impression{NBSP}: Listes et sommaires." in text(found)


def test_each_chart_has_a_name_a_description_and_a_table_beside_it(log: Log) -> None:
    busy(log, days(FIRST, YESTERDAY))
    found = page(log)
    charts = found.xpath("//svg[contains(@class, 'chart')]")
    assert len(charts) == 4  # two, each in two sizes
    for chart in charts:
        identifiers = [chart.get("aria-labelledby"), chart.get("aria-describedby")]
        named = [chart.xpath(f"./*[@id='{one}']/text()") for one in identifiers]
        assert all(len(words) == 1 and len(words[0]) > 10 for words in named)
        assert chart.get("role") == "img"
        assert chart.xpath("ancestor::section//table")
    identifiers = found.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_the_page_says_how_it_was_counted_and_with_what(log: Log) -> None:
    log.add(FIRST, 40).add(FIRST, 15, marks=("bot",))
    said = text(page(log))
    assert "une seconde d’affilée" in said
    assert row(page(log), "marked", "Marqués, non retenus") == ["15", "0"]
    assert row(page(log), "checks", "Impressions reçues, marquées comprises") == ["55"]
    assert row(page(log), "checks", "Requêtes SQL") == [log.report().sql_version]
    assert row(page(log), "checks", "Réservation") == ["acme-2026"]
    assert "2 novembre 2026" in row(page(log), "checks", "Jours sans journal")[0]


def test_small_numbers_are_shown_as_such_and_what_would_tell_them_is_kept(log: Log) -> None:
    log.add(FIRST, 50).add(FIRST, 3, creative="970x250").add(FIRST, 2, kind="click")
    found = page(log)
    assert row(found, "creatives", "300 ×")[0] == "n. c."
    assert row(found, "creatives", "970 ×")[0] == "n. c."
    assert text(found.xpath("//dl[@class='figures']//dd")[2]) == f"<{NBSP}10"
    assert text(found.xpath("//dl[@class='figures']//dd")[3]) == "–"


def test_pages_of_logs_that_are_shown_alike_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """What is hidden is in no bar, no curve, no share, no order and no cell of a spreadsheet."""
    quiet = {
        "one": [(1, 3), (2, 7), (4, 5)],
        "two": [(1, 7), (2, 5), (4, 3)],
    }
    told = set()
    for name, small in quiet.items():
        log = Log(tmp_path / name)
        busy(log, [day for day in days(FIRST, YESTERDAY) if day.day > 4])
        for day, count in small:
            log.add(date(2026, 11, day), count)
            log.add(date(2026, 11, day), count, kind="click")
        report = log.report()
        told.add((render(report, "fr", ""), as_csv(report, "fr")))
    assert len(told) == 1


def test_no_small_number_of_a_log_is_anywhere_in_its_charts(log: Log) -> None:
    """All that is hidden is drawn alike."""
    for day in days(FIRST, YESTERDAY):
        log.add(day, 3 + day.day % 5 if day.day % 2 else 200)
    found = page(log)
    wide = found.xpath("//svg[@class='chart chart-wide'][starts-with(@aria-labelledby, 'days')]")[0]
    heights = {bar.get("height") for bar in wide.xpath("./*[@class='bar-hidden']")}
    assert heights == {"5.0"}
    assert len(wide.xpath("./*[@class='bar-hidden']")) == 11


@pytest.mark.parametrize("field", ["advertiser", "campaign"])
def test_what_an_advertiser_wrote_is_text(field: str, log: Log) -> None:
    log.add(FIRST, 20)
    hostile = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"
    given = {field: hostile, "creatives": (Creative("300x250", hostile, "", "https://x.example/"),)}
    written = render(log.report(**given), "fr", style_of(REPOSITORY / "theme"))
    found = html.fromstring(written)
    assert not found.xpath("//script | //img | //link | //@onerror | //@href | //@src")
    assert hostile in found.text_content()
    assert "default-src 'none'" in found.xpath("//meta[@http-equiv]/@content")[0]


def test_the_csv_has_the_figures_that_may_be_shown_and_no_formula(log: Log) -> None:
    log.add(FIRST, 50).add(FIRST, 12, kind="click").add(FIRST, 3, creative="=cmd|' /C calc'!A0")
    given = {"themes": ("=HYPERLINK(1)",), "placements": ("+1",)}
    written = as_csv(log.report(**given), "fr")  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][:2] == ["par", "valeur"]
    cells = [cell for line in rows for cell in line]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert "'=HYPERLINK(1)" in cells
    assert ["total", "", "53", "0", "12", "0", "0,22642"] in rows
    assert ["jour", "2026-11-01", "53", "0", "12", "0", "0,22642"] in rows
    assert ["jour", "2026-11-02", "", "", "", "", ""] in rows  # nobody counted it
    assert len([line for line in rows if line[0] == "jour"]) == 22


def test_a_day_that_nobody_counted_is_not_said_to_be_empty(log: Log) -> None:
    log.add(FIRST, 30).add(date(2026, 11, 3), 0)
    found = page(log)
    assert row(found, "days-head", "lun. 2") == ["pas de journal"]
    assert row(found, "days-head", "mar. 3") == ["0", "0", "0", "–"]


def test_the_price_of_a_thousand_is_told_once_the_campaign_is_over(log: Log) -> None:
    log.add(FIRST, 40)
    over = page(log, now=NOW + timedelta(days=20), price_cents=90_000)
    thousand = "Prix de mille impressions visibles"
    assert row(over, "pace-head", thousand) == ["22 500,00 €"]
    assert thousand not in text(page(log, price_cents=90_000))


def test_there_is_no_chart_of_days_of_which_no_number_is_shown(log: Log) -> None:
    for day in days(FIRST, YESTERDAY):
        log.add(day, 1)
    found = page(log)
    assert not found.xpath("//svg[starts-with(@aria-labelledby, 'days')]")
    assert row(found, "days-head", "mar. 3")[0] == "n. c."


def test_the_days_of_a_long_report_come_last(log: Log) -> None:
    log.add(FIRST, 30)
    long = page(log, start=date(2026, 1, 1))
    assert len(row(long, "annex", "dim. 1")) == 1  # of February
    assert not long.xpath("//section[@aria-labelledby='days-head']//table")
    assert long.xpath("//a[@href='#annex']")
    assert not page(log).xpath("//*[@id='annex']")


def test_the_style_sheet_holds_its_typefaces_and_asks_nobody_for_anything() -> None:
    style = style_of(REPOSITORY / "theme")
    assert style.count("data:font/woff2;base64,") == 4
    assert "url(" not in style.replace('url("data:font/woff2;base64,', "")
    assert "http" not in style
    assert "</" not in style
