"""The leak audit: every byte that a build makes public is read back and searched."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.access.marks import marks
from plugins.access.secrets import Finder, Secrets, Window
from plugins.access.text import runs
from plugins.magazine.anchors import content_name
from plugins.magazine.messages import tell
from plugins.press.making import map_forked
from plugins.press.plan import CheckError

_FEW = 150
"""So few files are read sooner than workers start."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Gated words, or a gated file, found in a public file."""

    path: str
    owner: str
    found: str


class AuditError(CheckError):
    """Gated text is in the public tree: the build is not published."""

    def __init__(self, leaks: list[Leak]) -> None:
        self.leaks = leaks
        message = "{path} : texte réservé de {owner} : « {found} »"
        lines = [tell(message, path=k.path, owner=k.owner, found=k.found) for k in leaks]
        lines.append(tell("{n} fuite(s) ; rien n’est publié.", n=len(leaks)))
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Look:
    """What a first look at a file found: a gated file, or marks that gated windows have, too."""

    path: str
    files: tuple[str, ...]
    hits: frozenset[int]


def audit(public: Path, paths: Iterable[str], secrets: Secrets) -> None:
    """Raise :class:`AuditError` with every one of these public files that holds something gated.

    ``paths`` are relative to ``public``.
    """
    if not secrets.marks and not secrets.files:
        return

    def look(path: str) -> _Look | None:
        return _look(public, path, secrets)

    looks = [found for found in map_forked(look, sorted(paths), _FEW) if found]
    leaks = [*_leaked_files(looks, secrets), *_leaked_windows(public, looks, secrets)]
    if leaks:
        raise AuditError(sorted(leaks, key=lambda leak: (leak.path, leak.owner)))


def _look(public: Path, path: str, secrets: Secrets) -> _Look | None:
    content = (public / path).read_bytes()
    hits: set[int] = set()
    for run in runs(path, content):
        here = marks(run)
        if not secrets.marks.isdisjoint(here):
            hits |= secrets.marks.intersection(here)
    names = (content_name(content), *path.split("/")[:-1]) if secrets.files else ()
    files = tuple(name for name in names if name in secrets.files)
    return _Look(path, files, frozenset(hits)) if files or hits else None


def _leaked_files(looks: Iterable[_Look], secrets: Secrets) -> Iterator[Leak]:
    for look in looks:
        for name in look.files:
            yield Leak(look.path, secrets.files[name].owner, secrets.files[name].name)


def _leaked_windows(public: Path, looks: Iterable[_Look], secrets: Secrets) -> Iterator[Leak]:
    """Look again where marks were found, word by word; what editors agreed to is no leak."""
    suspects = [look for look in looks if look.hits]
    if not suspects:
        return
    windows = secrets.windows_at(frozenset().union(*(look.hits for look in suspects)))
    finder = Finder(windows)
    paths = [look.path for look in suspects]
    found = list(map_forked(lambda path: _found(public, path, finder), paths))
    wanted = frozenset[Window]().union(*found)
    agreed = secrets.agreed(wanted) if wanted else wanted
    for path, here in zip(paths, found, strict=True):
        told: dict[str, Window] = {}
        for window in here:
            if window not in agreed:
                told.setdefault(windows[window], window)
        yield from (Leak(path, owner, " ".join(window)) for owner, window in told.items())


def _found(public: Path, path: str, finder: Finder) -> dict[Window, None]:
    """The windows of a file, in the order they stand in."""
    content = (public / path).read_bytes()
    return dict.fromkeys(w for run in runs(path, content) for w in finder.find(run))
