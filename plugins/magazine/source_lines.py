"""Where things were written: lines of a source, found again from what became of it."""

import re
from functools import cached_property

from plugins.magazine.preview import MARK

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[ ]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)


class SourceLines:
    """Finds the line on which a target was written: its next occurrence in the source."""

    def __init__(self, source: str, first_line: int) -> None:
        self._source, self.first = source, first_line
        self._from: dict[str, int] = {}

    def of(self, target: str) -> int:
        """The line of a link's target, of an image's file, of an element."""
        whole = rf"(?<![\w/-]){re.escape(target)}(?![\w/#-])"
        return self._next(whole, self._source) or self.first

    def of_note(self, name: str) -> int | None:
        """A call or a definition of a note; none where its brackets are escaped."""
        return self._next(rf"(?<!\\)\[\^{re.escape(name)}\]", self._prose)

    def of_mark(self, n: int) -> int:
        """The line of a ``<!-- more -->``, counted from 0."""
        starts = [found.start() for found in MARK.finditer(self._prose)]
        return self._at(starts[n]) if n < len(starts) else self.first

    @cached_property
    def _prose(self) -> str:
        """The source with blanks for code, which shows what elsewhere would act."""
        return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), self._source)

    def _next(self, pattern: str, source: str) -> int | None:
        written = re.compile(pattern)
        found = written.search(source, self._from.get(pattern, 0)) or written.search(source)
        if found is None:
            return None
        self._from[pattern] = found.start() + 1
        return self._at(found.start())

    def _at(self, offset: int) -> int:
        return self.first + self._source.count("\n", 0, offset)
