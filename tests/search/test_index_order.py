"""The index is in an order of its own, so that two builds of one text are equal."""

import asyncio
import gzip
import random
import shutil
from pathlib import Path

import pytest
from magazine_factory import Result
from pagefind.index import IndexConfig
from published import snapshot

from plugins.search.engine import Engine
from plugins.search.settle import IndexFormatError, settle

THEMES = [f"Thème {n}" for n in range(40)]
NAMES = ["kind", "section", "theme", "issue", "class_year"]


async def write_index(folder: Path) -> None:
    async with Engine() as engine:
        index = await engine.create_index(IndexConfig(output_path=str(folder)))
        for n in range(300):
            await index.add_custom_record(
                url=f"/articles/{n}/",
                content=f"Le texte numéro {n} parle de {THEMES[n % 40]}.",
                language="fr",
                meta={"title": f"Titre {n}", "kind": "Articles"},
                filters={name: [THEMES[n % 40], THEMES[n * 7 % 40]] for name in NAMES},
                sort={"date": f"2026-{n:03}", "title": f"{n:03}"},
            )
        await index.write_files()


def test_two_indexes_of_one_text_become_equal(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        asyncio.run(write_index(folder))
    assert len({str(snapshot(folder)) for folder in folders}) > 1  # what chance made of them
    for folder in folders:
        settle(folder)
    assert len({str(snapshot(folder)) for folder in folders}) == 1


def test_settling_loses_nothing(tmp_path: Path) -> None:
    """All values of all filters, with their pages, whose numbers need one, two or three bytes."""
    asyncio.run(write_index(tmp_path))
    before = sorted(_letters(path) for path in (tmp_path / "filter").iterdir())
    settle(tmp_path)
    after = sorted(_letters(path) for path in (tmp_path / "filter").iterdir())
    assert after == before
    assert len(after) == len(NAMES)


def _letters(path: Path) -> list[int]:
    return sorted(gzip.decompress(path.read_bytes()))


def test_a_settled_index_stays_as_it_is(indexed: Result, tmp_path: Path) -> None:
    folder = tmp_path / "pagefind"
    shutil.copytree(indexed.output / "public" / "pagefind", folder)
    before = snapshot(folder)
    settle(folder)
    assert snapshot(folder) == before


@pytest.mark.parametrize("content", [b"pagefind_dcd\xa0", b"pagefind_dcd\x80\x80", b"other"])
def test_an_index_of_another_format_is_refused(
    indexed: Result, tmp_path: Path, content: bytes
) -> None:
    folder = tmp_path / "pagefind"
    shutil.copytree(indexed.output / "public" / "pagefind", folder)
    some = random.choice(list((folder / "filter").iterdir()))
    some.write_bytes(gzip.compress(content))
    with pytest.raises(IndexFormatError):
        settle(folder)
