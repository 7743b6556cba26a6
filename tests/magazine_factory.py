"""A tiny valid magazine in a folder of its own, and real builds of it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forks import heed_the_terminal, run_python, usual_environ
from PIL import Image, ImageDraw

REPOSITORY = Path(__file__).parent.parent
NOW = 1795305600
"""22 November 2026, 00:00 UTC."""

TAXONOMY = """\
sections:
  sciences: {name: Sciences, description: "Ce que l'on a compris."}
  histoire: {name: Histoire, description: "Des vies et des dates."}
themes:
  optique: Optique
  hasard: Hasard et chaos
  energie: Énergie
"""
PERSON = {
    "name": "Émilie Aubrac",
    "sort_name": "Aubrac, Émilie",
    "class_year": 1873,
    "born": "1854",
    "died": "1912-07",
    "description": "Géomètre des ombres, elle mesura des phares.",
}
ISSUE = {
    "number": 12,
    "title": "La lumière",
    "date": "2026-11-01",
    "description": "Un numéro sur les ombres et les lampes.",
    "cover": {"file": "cover.png", "alt": "Couverture : un disque clair sur un fond sombre"},
    "authors": ["emilie-aubrac"],
    "articles": ["la-tache"],
}
ARTICLE = {
    "title": "La tache claire",
    "standfirst": "Au milieu de l'ombre, un point de lumière.",
    "date": "2026-11-01",
    "section": "sciences",
    "themes": ["optique"],
    "authors": ["emilie-aubrac"],
}
BODY = """\
Prenez un disque rond et une lampe minuscule. Au milieu de son ombre se tient un point clair.

## Ce que l'on voit

Le point demeure quand le disque s'éloigne, et personne ne l'attendait à cet endroit.
"""


@dataclass(frozen=True)
class Result:
    """What a build left: its exit status, what it told the editor, what it published."""

    exit_code: int
    stdout: str
    stderr: str
    output: Path

    @property
    def lines(self) -> list[str]:
        """What the editor reads at the terminal."""
        return self.stderr.splitlines()

    def public(self, url: str) -> str:
        """A page or a text file that anybody may fetch."""
        return self._read("public", url)

    def members(self, url: str) -> str:
        """A page that the gate keeps."""
        return self._read("members", url)

    def _read(self, tree: str, url: str) -> str:
        name = url.lstrip("/") + ("index.html" if url.endswith("/") else "")
        return (self.output / tree / name).read_text("utf-8")


ADS_KEY = "5a" * 32
"""Of every test magazine: two builds of one content are the same, wherever they are made."""


class MagazineFactory:
    """Writes a minimal valid magazine below ``root``: taxonomy, issue, article, person."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content = root / "content"
        self.output = root / "output"
        self.write("taxonomy.yaml", TAXONOMY)
        self.entry("people/emilie-aubrac.md", PERSON, "Elle apprit l'optique dans les phares.\n")
        self.entry("issues/12-lumiere/issue.md", ISSUE, "Un éditorial bref.\n")
        self.image("issues/12-lumiere/cover.png", (400, 560))
        self.article("issues/12-lumiere/la-tache.md")

    def write(self, path: str, text: str | bytes) -> Path:
        """Add or overwrite a file of the content folder."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def write_key(self) -> None:
        """Put the key of ads where builds look for it, unless the test has put one there."""
        key = self.root / "var" / "ads.key"
        if not key.exists():
            key.parent.mkdir(exist_ok=True)
            key.write_text(f"{ADS_KEY}\n", "ascii")

    def entry(self, path: str, fields: Mapping[str, object], body: str = "") -> Path:
        """Add a Markdown file; one field a line, in order, from line 2 on."""
        written = [f"{name}: {json.dumps(v, ensure_ascii=False)}" for name, v in fields.items()]
        return self.write(path, "\n".join(["---", *written, "---", "", body]))

    def article(self, path: str, body: str = BODY, **fields: object) -> Path:
        """Add an article; ``None`` takes a field of the default one away."""
        merged = ARTICLE | fields
        return self.entry(path, {k: v for k, v in merged.items() if v is not None}, body)

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit a file; ``old`` must stand in it."""
        before = (self.content / path).read_text("utf-8")
        assert old in before, f"{old!r} is not in {path}"
        self.write(path, before.replace(old, new))

    def line_of(self, path: str, text: str) -> int:
        """The line of a file on which some text first stands, from 1."""
        lines = (self.content / path).read_text("utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if text in line)

    def image(self, path: str, size: tuple[int, int] = (320, 240), seed: int = 1) -> Path:
        """Draw an image: discs, so that no two seeds give the same bytes."""
        image = Image.new("RGB", size, (250, 248, 240))
        draw = ImageDraw.Draw(image)
        for n in range(4):
            radius = size[0] // 8 * (4 - n)
            draw.circle((size[0] // 2, size[1] // 2), radius, (40 * n, 7 * seed % 256, 90))
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        image.save(file)
        return file

    def build(self, *, settings: Mapping[str, object] | None = None, **environ: str) -> Result:
        """Run Pelican as an editor does, in English unless ``LANG`` says otherwise."""
        done = run_python(self._words(settings), self.root, _environ(environ))
        return Result(done.returncode, done.stdout, done.stderr, self.output)

    def start(
        self, *, settings: Mapping[str, object] | None = None, **environ: str
    ) -> subprocess.Popen[str]:
        """Begin a build, for a test to wait for or to stop."""
        return subprocess.Popen(
            [sys.executable, "-m", *self._words(settings)],
            cwd=self.root,
            env=_environ(environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=heed_the_terminal,
            start_new_session=True,  # a test may kill a build with all of its processes
        )

    def _words(self, settings: Mapping[str, object] | None) -> list[str]:
        self.write_key()
        overridden = {"CACHE_PATH": str(self.root / "cache")} | dict(settings or {})
        words = ["pelican", str(self.content), "-s", str(REPOSITORY / "pelicanconf.py")]
        words += ["-o", str(self.output), "-e"]
        return [*words, *(f"{name}={json.dumps(value)}" for name, value in overridden.items())]


def _environ(others: Mapping[str, str]) -> dict[str, str]:
    return usual_environ() | {"SOURCE_DATE_EPOCH": str(NOW)} | others
