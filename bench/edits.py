"""The edits that are measured: one paragraph, one title, in a file saved as an editor saves."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TITLE = re.compile(r'^title: "(.*?)( \(bis [0-9]+\))?"$', re.MULTILINE)


@dataclass
class Edited:
    """A file under edit. Each edit leaves words in it that no page has yet."""

    path: Path

    def edit_body(self) -> bytes:
        """Add a paragraph; returns the words to look for."""
        words = f"Paragraphe ajouté la fois {time.time_ns()}."
        self._save(lambda text: f"{text.rstrip()}\n\n{words}\n")
        return words.encode()

    def edit_title(self) -> bytes:
        """Change the title; returns the words to look for."""
        words = f"(bis {time.time_ns()})"
        self._save(lambda text: _TITLE.sub(lambda t: f'title: "{t[1]} {words}"', text, count=1))
        return words.encode()

    def _save(self, change: Callable[[str], str]) -> None:
        """Write beside, then rename, as editors do."""
        beside = self.path.with_name(f".{self.path.name}.new")
        beside.write_text(change(self.path.read_text("utf-8")), "utf-8")
        beside.replace(self.path)


@contextmanager
def edited(path: Path) -> Iterator[Edited]:
    """A file to edit, as it was again at the end."""
    before = path.read_bytes()
    try:
        yield Edited(path)
    finally:
        path.write_bytes(before)
