"""``desk build`` as an editor runs it, on a magazine with settings of its own."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forks import run_python, usual_environ
from magazine_factory import NOW, REPOSITORY, MagazineFactory
from patience import PATIENCE_SECONDS

UNCHANGED = "Nothing has changed since the last publication"
PLUGINS = ["plugins.magazine", "plugins.images", "plugins.ads", "plugins.access"]
_SETTINGS = """\
import runpy

shared = runpy.run_path({shared!r})
globals().update({{name: value for name, value in shared.items() if name.isupper()}})
PATH, OUTPUT_PATH, CACHE_PATH = "content", "output", "cache"
globals().update({chosen!r})
"""


@dataclass
class Desk:
    """A magazine, its settings file, and the command; the clock stands still unless told."""

    magazine: MagazineFactory
    environ: dict[str, str] = field(default_factory=lambda: {"SOURCE_DATE_EPOCH": str(NOW)})

    def __post_init__(self) -> None:
        self.settings()
        self.settle()

    def settings(self, **chosen: object) -> Path:
        """Write the settings file, with few plugins, and these settings on top."""
        shared = str(REPOSITORY / "pelicanconf.py")
        path = self.magazine.root / "pelicanconf.py"
        path.write_text(_SETTINGS.format(shared=shared, chosen={"PLUGINS": PLUGINS} | chosen))
        return path

    def settle(self) -> None:
        """Wait until files written so far are old enough to be told from later changes."""
        subprocess.run(["sleep", "0.2"], check=True, timeout=PATIENCE_SECONDS)

    def variables(self, environ: Mapping[str, str]) -> dict[str, str]:
        """The environment of an editor whose terminal speaks English."""
        return usual_environ() | self.environ | dict(environ)

    def build(self, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run the command; its messages are in ``stderr``."""
        words = ["desk", "build", *options]
        return run_python(words, self.magazine.root, self.variables(environ))

    def is_quick(self, *options: str, **environ: str) -> bool:
        """Build, which must succeed; whether it found nothing to do."""
        done = self.build(*options, **environ)
        assert done.returncode == 0, done.stderr
        assert UNCHANGED in done.stderr or "Published: " in done.stderr
        return UNCHANGED in done.stderr
