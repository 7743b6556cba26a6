"""Content errors: collected over the whole build, then raised once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import PurePath

from plugins.magazine.messages import tell


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an editor has to mend, and where. ``line`` counts from 1."""

    path: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


class ContentError(Exception):
    """The content cannot be published. ``problems`` are in file and line order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Problems:
    """The problems met so far. ``folder`` is where paths start, as the editor knows it."""

    folder: PurePath = field(default_factory=PurePath)
    found: list[Problem] = field(default_factory=list)

    def add(self, path: PurePath | str, line: int, field_name: str, message: str) -> None:
        """Record one problem."""
        self.found.append(Problem(str(path), line, field_name, message))

    def tells_of(self, path: PurePath | str, field_name: str) -> bool:
        """Whether a problem with a field of a file is recorded."""
        return any(p.path == str(path) and p.field == field_name for p in self.found)

    def raise_any(self) -> None:
        """Raise :class:`ContentError` when anything was recorded."""
        if self.found:
            raise ContentError(replace(p, path=str(self.folder / p.path)) for p in self.found)


def did_you_mean(wrong: str, known: Iterable[str], prefix: str = "") -> str:
    """« (did you mean …?) » with the closest known names, or nothing. Starts with a space."""
    close = get_close_matches(wrong, list(known), n=2, cutoff=0.6)
    if not close:
        return ""
    return " " + tell(
        "(vouliez-vous dire {names} ?)", names=tell(" ou ").join(prefix + name for name in close)
    )
