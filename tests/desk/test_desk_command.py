"""What the desk draws is what is committed, and its mistakes are told in one line."""

from pathlib import Path

import pytest
from magazine_factory import REPOSITORY, MagazineFactory

from desk.__main__ import main
from desk.designs import DESIGNS
from desk.figures import FIGURES

ISSUES = REPOSITORY / "content" / "issues"


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_a_cover_is_drawn_where_the_issue_says(
    design: str, magazine: MagazineFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    cover = magazine.content / "issues/12-lumiere/cover.png"
    before = cover.read_bytes()
    assert main(["cover", str(cover.parent), "--design", design]) == 0
    assert capsys.readouterr().out.strip() == str(cover)
    drawn = cover.read_bytes()
    assert drawn != before
    main(["cover", str(cover.parent), "--design", design])
    assert cover.read_bytes() == drawn


def test_a_folder_without_an_issue_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cover", str(tmp_path), "--design", "shadow"]) == 1
    assert "issue.md" in capsys.readouterr().err


def test_every_figure_of_the_demo_is_drawn_by_code() -> None:
    committed = {
        path.relative_to(ISSUES.parent).as_posix()
        for path in ISSUES.glob("*/*.png")
        if path.name != "cover.png"
    }
    assert committed == set(FIGURES)
