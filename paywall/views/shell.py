"""The magazine's page around ours: the build writes it, in each language (docs/shell.md)."""

from dataclasses import dataclass
from pathlib import Path

TITLE, MAIN = "<!--bicorne:title-->", "<!--bicorne:main-->"

_PLAIN = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
    f'<title>{TITLE}</title></head><body><main id="contenu">{MAIN}</main></body></html>\n'
)
"""For when there is no site yet, or one whose shell cannot be used."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell, cut at its markers."""

    before: str
    between: str
    after: str

    def around(self, title: str, main: str) -> str:
        """The whole page, of text that is escaped."""
        return "".join((self.before, title, self.between, main, self.after))


class Shells:
    """The shells of the published site, read again when they change."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._read: dict[str, tuple[tuple[int, int], Shell]] = {}

    def of(self, language: str) -> Shell:
        """The shell of a language; a plain one where there is none to use."""
        file = self._output / f"shell.{language}.html"
        try:
            status = file.stat()
            seen = status.st_mtime_ns, status.st_ino
            known = self._read.get(language)
            if known is None or known[0] != seen:
                self._read[language] = known = seen, _cut(file.read_text("utf-8"))
        except (OSError, ValueError):
            return _cut(_PLAIN.format(language=language))
        return known[1]


def _cut(text: str) -> Shell:
    if text.count(TITLE) != 1 or text.count(MAIN) != 1:
        raise ValueError("not a shell")
    before, rest = text.split(TITLE)
    between, after = rest.split(MAIN)
    return Shell(before, between, after)
