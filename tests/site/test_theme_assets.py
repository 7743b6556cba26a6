"""The theme's files may be kept for ever: their names change with what is in them."""

import shutil
from pathlib import Path

import pytest
from magazine_factory import REPOSITORY

from plugins.magazine.assets import BUNDLE, Assets


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "theme" / "static", tmp_path / "theme" / "static")
    return tmp_path / "theme"


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n.more{top:0}")


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ("css/base.css", BUNDLE),
        ("css/components/article.css", BUNDLE),
        ("fonts/sans.woff2", "fonts/sans.woff2"),
        ("fonts/sans.woff2", BUNDLE),  # which names the font's file
        ("js/search.js", "js/search.js"),
        ("icons/icon.svg", "icons/icon.svg"),
    ],
)
def test_a_changed_file_has_another_address(theme: Path, changed: str, name: str) -> None:
    before = Assets.of(theme).url(name)
    append(theme / "static" / changed)
    assert Assets.of(theme).url(name) != before


def test_an_unchanged_file_keeps_its_address(theme: Path) -> None:
    before = Assets.of(theme)
    append(theme / "static" / "js" / "search.js")
    after = Assets.of(theme)
    for name in (BUNDLE, "fonts/sans.woff2", "icons/icon.svg"):
        assert after.url(name) == before.url(name)


def test_the_style_sheet_names_fonts_that_are_published(theme: Path) -> None:
    assets = Assets.of(theme)
    css = dict(assets.made())[assets.url(BUNDLE).removeprefix("/")]
    named = [part.split(")")[0].strip("\"'") for part in css.split("url(")[1:]]
    fonts = {name for name in named if name.endswith(".woff2")}
    assert fonts
    published = {
        Path(name).relative_to("theme").as_posix(): file
        for name, file in assets.files()
        if name.startswith("theme/")
    }
    assert fonts <= published.keys()
    assert all(published[name].is_file() for name in fonts)


def test_scripts_are_published_without_the_lines_that_are_comments(theme: Path) -> None:
    (theme / "static" / "js" / "search.js").write_text(
        '// Why.\nlet a = "//b"; // kept\n  // How.\n\nlet c;\n', "utf-8"
    )
    assets = Assets.of(theme)
    script = dict(assets.made())[assets.url("js/search.js").removeprefix("/")]
    assert script == 'let a = "//b"; // kept\n\nlet c;\n'


def test_nothing_is_published_twice(theme: Path) -> None:
    assets = Assets.of(theme)
    addresses = [name for name, _ in (*assets.files(), *assets.made())]
    assert len(set(addresses)) == len(addresses)
    assert {f"/{name}" for name in addresses} >= {f"/theme/{name}" for name in assets.names}
