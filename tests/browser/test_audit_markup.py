"""No error and no warning from the Nu checker in any file of the site."""

from pathlib import Path

import pytest
from auditors import VNU, check, need

pytestmark = pytest.mark.audit

TOO_NEW = ("view-transition", "anchor")
"""CSS that browsers know and the checker does not yet, on lines that older browsers pass over."""


@pytest.fixture(autouse=True)
def checker() -> None:
    need(VNU, java=True)


def test_every_page_of_both_trees_is_valid_html(built: Path) -> None:
    pages = {path for tree in ("public", "members") for path in (built / tree).rglob("*.html")}
    verdict = check("--skip-non-html", paths=[built / "public", built / "members"])
    assert verdict.complaints == []
    assert verdict.read == pages
    assert len(pages) > 100


def test_the_style_sheet_is_valid_css(built: Path) -> None:
    [sheet] = (built / "public/theme").glob("*.css")
    verdict = check("--css", paths=[sheet])
    lines = ["", *sheet.read_text("utf-8").splitlines()]
    wrong = [c for c in verdict.complaints if not any(new in lines[c.line] for new in TOO_NEW)]
    assert wrong == []
    assert verdict.read == {sheet}


def test_every_drawing_is_valid_svg(built: Path) -> None:
    drawings = frozenset((built / "public").rglob("*.svg"))
    verdict = check("--svg", paths=drawings)
    assert verdict.complaints == []
    assert verdict.read == drawings
    assert drawings


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("html", "<!doctype html><html lang=fr><title>Un</title><h2></h2><p id=a><p id=a>"),
        ("css", "p { colour: red }"),
    ],
    ids=["html", "css"],
)
def test_the_checker_finds_what_is_wrong(tmp_path: Path, kind: str, wrong: str) -> None:
    path = tmp_path / f"page.{kind}"
    path.write_text(wrong, "utf-8")
    assert check(f"--{kind}", paths=[path]).complaints
