"""The theme's static files under names that change with their content."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rcssmin import cssmin

BUNDLE = "bundle.css"
_LIST = "css/bundle.txt"
_COMMENT_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
"""In a script: written for whoever reads the theme, not for browsers."""


@dataclass
class Assets:
    """Names files by content, so that browsers may keep them for ever."""

    static: Path
    _names: dict[str, str] = field(default_factory=dict)
    _made: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, theme: Path) -> "Assets":
        """The assets of a theme: one style sheet joined in cascade order, and single files."""
        static = theme / "static"
        assets = cls(static)
        for path in sorted((static / "js").iterdir()):
            script = _COMMENT_LINE.sub("", path.read_text("utf-8"))
            assets._add_made(f"js/{path.name}", Path("js") / path.name, script)
        for path in (*sorted((static / "icons").iterdir()), *(static / "fonts").glob("*.woff2")):
            name = path.relative_to(static)
            assets._names[name.as_posix()] = _hashed(name, path.read_bytes())
        styles = assets._with_hashed_fonts(_join(static))
        assets._add_made(BUNDLE, Path("bicorne.css"), styles)
        return assets

    def url(self, name: str) -> str:
        """The address of a file; ``KeyError`` for one that the theme does not have."""
        return f"/theme/{self._names[name]}"

    @property
    def names(self) -> list[str]:
        """The names under which the files are published, which say what they hold."""
        return list(self._names.values())

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each file below the public tree that is one of the theme as it is, with that one.

        Among them the icons that browsers ask for by name.
        """
        for name, hashed in self._names.items():
            if name not in self._made:
                yield f"theme/{hashed}", self.static / name
        for icon in sorted((self.static / "icons").iterdir()):
            yield icon.name, icon

    def made(self) -> Iterator[tuple[str, str]]:
        """Each file below the public tree that the build makes, with its text: scripts without
        their comments, and the one style sheet."""
        for name, text in self._made.items():
            yield f"theme/{self._names[name]}", text

    def _add_made(self, name: str, path: Path, text: str) -> None:
        self._made[name] = text
        self._names[name] = _hashed(path, text.encode())

    def _with_hashed_fonts(self, css: str) -> str:
        for name, hashed in self._names.items():
            css = css.replace(f"../{name}", hashed)
        return css


def _join(static: Path) -> str:
    listed = (static / _LIST).read_text("utf-8").split()
    parts = ((static / "css" / name).read_text("utf-8") for name in listed)
    return str(cssmin("\n".join(parts)))


def _hashed(name: Path, content: bytes) -> str:
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    return name.with_name(f"{name.stem}-{digest}{name.suffix}").as_posix()
