"""What changes in the folders of a magazine, in batches as short as a save."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from plugins.magazine.settings import Settings
from plugins.magazine.shelf import is_document

_STEP_MS = 10
"""So long nothing may change for a batch to be whole: an editor's save is several changes."""

_LONGEST_MS = 400
QUIET_MS = 250
"""After so long a pause, an empty batch: time for what may wait."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that changed, by their path in the content folder; whether anything else did."""

    documents: frozenset[str] = frozenset()
    others: bool = False
    settings: bool = False


def batches(settings: Settings, settings_file: Path) -> Iterator[Batch]:
    """Changes as they come, and an empty batch in every pause."""
    content, folder = settings.content.resolve(), settings_file.parent
    before = _stamps(folder)
    for changes in watch(
        content,
        settings.theme,
        step=_STEP_MS,
        debounce=_LONGEST_MS,
        rust_timeout=QUIET_MS,
        yield_on_timeout=True,
    ):
        paths = [Path(name) for _, name in changes]
        documents = {_document(path, content) for path in paths}
        others = any(_counts(path) and not _document(path, content) for path in paths)
        now = _stamps(folder)
        yield Batch(frozenset(filter(None, documents)), others, settings=now != before)


def _document(path: Path, content: Path) -> str:
    """The path of a document in the content folder; nothing for what is none."""
    if not path.is_relative_to(content):
        return ""
    name = path.relative_to(content).as_posix()
    hidden = any(part.startswith((".", "_")) for part in name.split("/"))
    return name if is_document(name) and not hidden else ""


def _counts(path: Path) -> bool:
    """Whether a file may be part of the magazine: folders are told of for each of their files."""
    return not path.name.startswith(".") and not path.is_dir()


def _stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.py")}
