"""Where things were written: lines of a source, found again from what became of it."""

import re
from functools import cached_property

from plugins.magazine.preview import MARK

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[ ]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_goes_on_before = re.compile(r"[\w/-]").match
_goes_on_after = re.compile(r"[\w/#-]").match


class SourceLines:
    """Finds the line on which a target was written: its next occurrence in the source."""

    def __init__(self, source: str, first_line: int) -> None:
        self._source, self.first = source, first_line
        self._from: dict[str, int] = {}

    def of(self, target: str) -> int:
        """The line of a link's target, of an image's file, of an element."""
        start = self._from.get(target, 0)
        at = self._find_whole(target, start)
        if at < 0:
            at = max(self._find_whole(target, 0), 0)
        self._from[target] = at + 1
        return self._at(at)

    def of_call(self, name: str) -> int | None:
        """The next call of a note; none where its brackets are escaped."""
        written = f"[^{name}]"
        unescaped = re.compile(rf"(?<!\\){re.escape(written)}")
        found = unescaped.search(self._prose, self._from.get(written, 0))
        found = found or unescaped.search(self._prose)
        if found is None:
            return None
        self._from[written] = found.end()
        return self._at(found.start())

    def of_definition(self, name: str) -> int | None:
        """The text of a note, which stands at the start of its line."""
        definition = re.compile(rf"^\W*{re.escape(f'[^{name}]:')}", re.MULTILINE)
        found = definition.search(self._prose)
        return self._at(found.end() - 1) if found else None

    def of_mark(self, n: int) -> int:
        """The line of a ``<!-- more -->``, counted from 0."""
        starts = [found.start() for found in MARK.finditer(self._prose)]
        return self._at(starts[n]) if n < len(starts) else self.first

    @cached_property
    def _prose(self) -> str:
        """The source with blanks for code, which shows what elsewhere would act."""
        return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), self._source)

    def _find_whole(self, target: str, start: int) -> int:
        """Where a target stands that is no part of a longer one; -1 for nowhere.

        Not one pattern: every link of an archive would have to be compiled.
        """
        at = self._source.find(target, start)
        while at >= 0:
            end = at + len(target)
            before, after = self._source[max(at - 1, 0) : at], self._source[end : end + 1]
            if not _goes_on_before(before) and not _goes_on_after(after):
                break
            at = self._source.find(target, at + 1)
        return at

    def _at(self, offset: int) -> int:
        return self.first + self._source.count("\n", 0, offset)
