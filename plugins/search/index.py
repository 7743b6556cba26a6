"""The search index of a magazine, file by file."""

import json
from functools import partial
from itertools import accumulate, groupby

from plugins.press.database import StoreDamagedError
from plugins.press.plan import StrPath
from plugins.search.assemble import Files, assemble, choices
from plugins.search.chunks import Chunker
from plugins.search.engine import engine_files, entry_file, pagefind_version
from plugins.search.join import join_pages
from plugins.search.library import Library
from plugins.search.shard import FORMAT, Pages
from plugins.search.words import Change, Chunk, Index, PartChange, Words, era_of

CHOICES = "choices.json"
"""What the search page offers as filters, so that it need not fetch them to show them."""

CHUNKS = "chunks"
"""Where the files of the whole are kept: an edit makes some of them anew."""

WORDS = "words.sqlite"
_CHUNK = "index/{}.pf_index"

Parts = dict[str, tuple[str, Pages]]
"""The key and the pages of each part, in order."""


def index_files(library: Library) -> dict[str, bytes | StrPath]:
    """The files of the index of all records, by their name in its folder."""
    recipe = f"{FORMAT} {pagefind_version()} {library.language}".encode()
    words = Words(library.folder / WORDS, recipe)
    try:
        return _files(library, words)
    except StoreDamagedError:
        words.discard()
        return _files(library, words)


def is_lasting(name: str) -> bool:
    """Whether a file of the index is named by its content."""
    return name.rpartition(".")[2].startswith("pf_")


def _files(library: Library, words: Words) -> dict[str, bytes | StrPath]:
    before = words.index()
    library.build_missing(words, {f"{name}-{key}" for name, (key, _) in before.parts.items()})
    engine = words.engine() or words.keep_engine(engine_files(library.language))
    folder = library.folder / CHUNKS
    with Files(folder, library.language, before.files) as files, words.change() as change:
        parts, stems = _bring_up(library, before.parts, change)
        chunks = _rechunked(before.chunks, stems, parts, change, files)
        pages = join_pages(pages for _, pages in parts.values())
        root = assemble(pages, chunks, files)
        files.finish()
        change.keep(Index(parts, chunks, files.stamps()))
    said = json.dumps(choices(pages), ensure_ascii=False, separators=(",", ":"))
    files.forget_others()
    library.forget_others({CHUNKS, WORDS})
    named = {f"fragment/{name}": path for name, path in library.fragments()}
    entry = entry_file(engine, library.language, root, len(pages.names))
    return {**named, **files.written, **engine, **entry, CHOICES: said.encode()}


def _bring_up(library: Library, before: Parts, change: Change) -> tuple[Parts, set[str]]:
    """Put the words of changed parts in their place; the stems that say something else now."""
    parts: Parts = {}
    stems: set[str] = set()
    for _, era in groupby(library.parts, key=lambda part: era_of(part.name)):
        changed: list[PartChange] = []
        for part in era:
            key, pages = before.get(part.name, ("", None))
            if pages is None or key != part.key:
                was = library.shard_in(f"{part.name}-{key}") if key else None
                if key and was is None:
                    stems |= change.forget([part.name])
                now = library.shard_in(part.folder)
                if now is None:
                    raise StoreDamagedError(part.folder)
                changed.append((part.name, was, now))
                pages = now.pages
            parts[part.name] = part.key, pages
        stems |= change.put(changed)
    stems |= change.forget(before.keys() - parts.keys())
    moved = _counts(before) ^ _counts(parts)
    return parts, stems | change.after(min(moved)[0]) if moved else stems


def _counts(parts: Parts) -> set[tuple[str, int]]:
    return {(name, len(pages.names)) for name, (_, pages) in parts.items()}


def _rechunked(
    former: list[Chunk], stems: set[str], parts: Parts, change: Change, files: Files
) -> list[Chunk]:
    gone = {chunk.first for chunk in former if not files.has(_CHUNK, chunk.name)}
    counts = accumulate((len(pages.names) for _, pages in parts.values()), initial=0)
    starts = dict(zip(parts, counts, strict=False))
    chunker = Chunker(change, starts, partial(files.write, _CHUNK))
    chunks = list(chunker.bring_up(former, stems | gone))
    for chunk in chunks:
        files.take(_CHUNK, chunk.name)
    return chunks
