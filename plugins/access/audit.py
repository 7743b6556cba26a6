"""The leak audit: every byte of the public tree is read back and searched."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.access.secrets import Finder, Secrets
from plugins.access.text import runs
from plugins.magazine.anchors import content_name
from plugins.magazine.messages import tell
from plugins.press.plan import CheckError


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


def audit(public: Path, secrets: Secrets) -> None:
    """Raise :class:`AuditError` with every public file that holds something gated."""
    if not secrets.windows and not secrets.files:
        return
    files = sorted(path for path in public.rglob("*") if path.is_file())
    finder = secrets.finder()
    leaks = [leak for path in files for leak in _leaks(path, public, secrets, finder)]
    if leaks:
        raise AuditError(leaks)


def _leaks(path: Path, public: Path, secrets: Secrets, finder: Finder) -> Iterator[Leak]:
    name = path.relative_to(public).as_posix()
    for part in (content_name(path.read_bytes()), *path.relative_to(public).parent.parts):
        if part in secrets.files:
            yield Leak(name, secrets.files[part].owner, secrets.files[part].name)
    found: dict[str, tuple[str, ...]] = {}
    for run in runs(path):
        for window in finder.find(run):
            found.setdefault(secrets.windows[window], window)
    for owner, window in found.items():
        yield Leak(name, owner, " ".join(window))
