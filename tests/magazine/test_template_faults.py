"""A mistake in a template is told with its file and its line, and keeps the site as it was."""

import shutil
from pathlib import Path

import pytest
from magazine_factory import REPOSITORY, MagazineFactory, Result
from published import snapshot

BLOCKS = ("{% block main %}", "{% block masthead %}")


@pytest.fixture
def theme(magazine: MagazineFactory) -> Path:
    """The theme, in a copy of the magazine's own."""
    return shutil.copytree(REPOSITORY / "theme", magazine.root / "theme")


def build(magazine: MagazineFactory, theme: Path) -> Result:
    return magazine.build(settings={"THEME": str(theme)})


def add(template: Path, text: str) -> int:
    """Add a line at the end of a template's block that every page has; its number."""
    lines = template.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line in BLOCKS) + 1
    lines.insert(at, text)
    template.write_text("\n".join(lines), "utf-8")
    return at + 1


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ nowhere.title }}", "'nowhere' is undefined"),
        ("{% if view %}", "unknown tag 'endblock'"),
        ("{{ view | gras }}", "No filter named 'gras'"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% include 'nothing.html' %}", "has no template called “nothing.html”"),
    ],
)
@pytest.mark.parametrize("template", ["article.html", "base.html"])
def test_a_mistake_in_a_template(
    magazine: MagazineFactory, theme: Path, template: str, written: str, told: str
) -> None:
    assert build(magazine, theme).exit_code == 0
    before = snapshot(magazine.output)
    line = add(theme / "templates" / template, written)
    result = build(magazine, theme)
    assert result.exit_code == 1
    assert told in result.lines[-1]
    if "has no template" not in told and "unknown tag" not in told:  # known before a line is
        assert f"theme/templates/{template}:{line}: " in result.lines[-1]
    assert "Traceback" not in result.stdout + result.stderr
    assert snapshot(magazine.output) == before


def test_a_template_that_is_gone_is_not_taken_from_elsewhere(
    magazine: MagazineFactory, theme: Path
) -> None:
    (theme / "templates" / "article.html").unlink()
    result = build(magazine, theme)
    assert result.exit_code == 1
    assert result.lines[-1] == "the theme has no template called “article.html”"
    assert not magazine.output.exists()
