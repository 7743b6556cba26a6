"""What changes in the folders of a magazine, in batches as short as a save."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

from plugins.magazine.settings import Settings
from plugins.magazine.shelf import is_document

_STEP_MS = 10
"""So long nothing may change for a batch to be whole: an editor's save is several changes."""

_LONGEST_MS = 400
QUIET_MS = 250
"""After so long a pause, an empty batch: time for what may wait."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What changed: documents and others by their path in the content folder."""

    documents: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    theme: bool = False
    settings: bool = False


def batches(settings: Settings, settings_file: Path) -> Iterator[Batch]:
    """Changes as they come, and an empty batch in every pause."""
    content, folder = settings.content.resolve(), settings_file.parent
    before = stamps(folder)
    for changes in watch(
        content,
        settings.theme,
        step=_STEP_MS,
        debounce=_LONGEST_MS,
        rust_timeout=QUIET_MS,
        yield_on_timeout=True,
    ):
        known = [(kind, Path(name)) for kind, name in changes if _counts(kind, Path(name))]
        inside = {p.relative_to(content).as_posix() for _, p in known if p.is_relative_to(content)}
        documents = frozenset(filter(is_document, inside))
        theme = any(not path.is_relative_to(content) for _, path in known)
        yield Batch(documents, frozenset(inside - documents), theme, stamps(folder) != before)


def _counts(kind: Change, path: Path) -> bool:
    """Whether a file may be part of the magazine.

    A folder's files tell of themselves, unless it was moved here with them.
    """
    return not path.name.startswith(".") and (kind == Change.added or not path.is_dir())


def stamps(folder: Path) -> dict[str, int]:
    """When each of the files was last written that settings may lie in (ns)."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.py")}
