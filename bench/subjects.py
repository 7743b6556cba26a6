"""What is measured: our build and Hugo's, on the same articles."""

import os
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

from bench.plan import CLOCK, ArticlePlan

BUILD = (str(Path(sys.executable).with_name("desk")), "build")
"""Our build, run in the folder of a generated magazine."""

RESIDENT = (str(Path(sys.executable).with_name("desk")), "serve")
"""The command that watches, builds again and serves; it prints a line when it is ready."""

RESIDENT_READY = "/acces/ouvrir/?jeton="
"""In the link for a demonstration subscriber, whatever the terminal's language."""

HUGO_READY = "Web Server is available"

_CLOCK = int(datetime.combine(CLOCK, time.min, UTC).timestamp())


@dataclass(frozen=True)
class Subject:
    """A generator with its site. Paths in ``made`` are relative to ``folder``.

    ``made`` is all that a build leaves, ``drawn`` what of it a cold build may keep: image
    derivatives and cards, which have a row of their own. ``address`` is set where the resident
    command renders again only the pages that somebody has just visited.
    """

    name: str
    folder: Path
    build: tuple[str, ...]
    resident: tuple[str, ...] | None
    ready: str
    output: Path
    made: tuple[str, ...]
    drawn: tuple[str, ...]
    source: Path
    pages: tuple[Path, ...]
    address: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """The environment of its commands."""
        return {**os.environ, "SOURCE_DATE_EPOCH": str(_CLOCK), **self.environ}

    def forget(self, *, drawn: bool) -> None:
        """Remove what builds left; images and cards only if ``drawn``."""
        kept = set() if drawn else {self.folder / name for name in self.drawn}
        for name in self.made:
            _remove(self.folder / name, kept)

    def size(self) -> tuple[int, int]:
        """Files and bytes of the output."""
        sizes = [path.stat().st_size for path in self.output.rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)


def our_press(folder: Path, article: ArticlePlan) -> Subject:
    """Our build, in the folder that holds ``content`` and the settings file."""
    public = folder / "output" / "public"
    return Subject(
        name="Bicorne",
        folder=folder,
        build=BUILD,
        resident=RESIDENT,
        ready=RESIDENT_READY,
        output=folder / "output",
        made=("output", ".output.next", "cache"),
        drawn=("cache/images", "cache/cards"),
        source=folder / "content" / article.path,
        pages=_pages(public, article),
        environ={"BICORNE_PORT": str(_free_port())},
    )


def hugo(folder: Path, article: ArticlePlan, command: str, *, related: bool) -> Subject:
    """Hugo, in the folder of the translated site."""
    where = f"articles/{article.slug}.md" if not article.issue else f"{article.url.strip('/')}.md"
    port = _free_port()
    server = (command, "server", "--port", str(port), "--bind", "127.0.0.1")
    return Subject(
        name="Hugo" if related else "Hugo, no related articles",
        folder=folder,
        build=(command,),
        resident=server,
        ready=HUGO_READY,
        output=folder / "public",
        made=("public", "resources", ".hugo_build.lock"),
        drawn=("resources/_gen",),
        source=folder / "content" / where,
        pages=_pages(folder / "public", article),
        address=f"http://127.0.0.1:{port}/",
        environ={"HUGO_PARAMS_RELATED": str(related).lower()},
    )


def _pages(output: Path, article: ArticlePlan) -> tuple[Path, ...]:
    """The article's page, then another that shows its title."""
    own = output / article.url.strip("/") / "index.html"
    return (own, own.parent.parent / "index.html") if article.issue else (own,)


def _free_port() -> int:
    """A port that nobody listens on now: somebody's own site may be served on the usual one."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _remove(path: Path, kept: set[Path]) -> None:
    """Remove a file or a folder, but for what is to be kept below it."""
    if path in kept or not path.exists():
        return
    if any(path in keep.parents for keep in kept):
        for child in path.iterdir():
            _remove(child, kept)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
