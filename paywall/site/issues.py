"""The issues that the build tells of (docs/issues.schema.json), read again when they change."""

from datetime import date, datetime
from pathlib import Path

import msgspec

FILE = "issues.json"


class Issue(msgspec.Struct, frozen=True):
    """An issue: what may be bought, and what a reader owns."""

    slug: str
    number: int
    title: str
    url: str
    published: date
    access: str
    opens: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether anybody may read it: nobody has to buy it."""
        return self.access != "subscriber" or (self.opens is not None and self.opens <= now)


class _Document(msgspec.Struct, frozen=True):
    version: int
    issues: tuple[Issue, ...]


class Issues:
    """The issues of the published site; none while there is no file, or one of another version."""

    def __init__(self, output: Path) -> None:
        self._file = output / FILE
        self._seen: tuple[int, int] | None = None
        self._all: dict[str, Issue] = {}

    def all(self) -> tuple[Issue, ...]:
        """Every issue, the newest first."""
        self._look()
        return tuple(self._all.values())

    def find(self, slug: str) -> Issue | None:
        """An issue by its slug."""
        self._look()
        return self._all.get(slug)

    def _look(self) -> None:
        try:
            status = self._file.stat()
            seen = status.st_mtime_ns, status.st_ino
            if seen == self._seen:
                return
            read = msgspec.json.decode(self._file.read_bytes(), type=_Document)
        except (OSError, msgspec.MsgspecError):
            self._all, self._seen = {}, None
            return
        self._all = {issue.slug: issue for issue in read.issues} if read.version == 1 else {}
        self._seen = seen
