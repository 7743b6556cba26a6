"""The search index of a magazine, file by file."""

import json
from pathlib import Path

from plugins.search.assemble import assemble, choices
from plugins.search.engine import engine_files
from plugins.search.library import Library

CHOICES = "choices.json"
"""What the search page offers as filters, so that it need not fetch them to show them."""

CHUNKS = "chunks"
"""Where the files of the whole are kept: an edit makes some of them anew."""


def index_files(library: Library) -> dict[str, bytes | Path]:
    """The files of the index of all records, by their name in its folder."""
    shard = library.shard()
    root, files = assemble(shard, library.folder / CHUNKS, library.language)
    said = json.dumps(choices(shard), ensure_ascii=False, separators=(",", ":"))
    named = {f"fragment/{file.name}": file for file in library.fragments()}
    library.forget_others(files.values())
    return {
        **named,
        **files,
        **engine_files(library.language, root, len(shard.names)),
        CHOICES: said.encode(),
    }


def is_lasting(name: str) -> bool:
    """Whether a file of the index is named by its content."""
    return name.rpartition(".")[2].startswith("pf_")
