"""Writes the search index of a magazine."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from plugins.search.assemble import assemble, choices
from plugins.search.engine import point_entry, write_engine
from plugins.search.library import Library
from plugins.search.shard import Record

CHOICES = "choices.json"
"""What the search page offers as filters, so that it need not fetch them to show them."""


def write_index(records: Iterable[Record], output: Path, language: str, cache: Path) -> None:
    """Write the index of records in a folder that does not exist yet."""
    library = Library(records, cache, language)
    if not library.years:
        return
    shard = library.shard()
    output.mkdir(parents=True)
    _place_all(library.fragments(), output / "fragment")
    write_engine(output, language)
    point_entry(output, language, assemble(shard, output, language), len(shard.names))
    said = json.dumps(choices(shard), ensure_ascii=False, separators=(",", ":"))
    (output / CHOICES).write_text(said, "utf-8")
    library.forget_others()


def _place_all(files: Iterable[Path], target: Path) -> None:
    target.mkdir()
    for file in files:
        _place(file, target / file.name)


def _place(file: Path, target: Path) -> None:
    """Link a file, which is never written again; copy it where links are not possible."""
    try:
        target.hardlink_to(file)
    except FileExistsError:
        raise  # two pages of one name: better no index than a wrong one
    except OSError:
        shutil.copyfile(file, target)
