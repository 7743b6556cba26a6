"""The theme's static files under names that change with their content."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rcssmin import cssmin

BUNDLE = "bundle.css"
_LIST = "css/bundle.txt"


@dataclass
class Assets:
    """Names files by content, so that browsers may keep them for ever."""

    static: Path
    _names: dict[str, str] = field(default_factory=dict)
    _bundle: str = ""

    @classmethod
    def of(cls, theme: Path) -> "Assets":
        """The assets of a theme: one style sheet joined in cascade order, and single files."""
        static = theme / "static"
        assets = cls(static)
        assets._bundle = _join(static)
        for kind in ("js", "icons"):
            for path in sorted((static / kind).iterdir()):
                name = path.relative_to(static)
                assets._names[name.as_posix()] = _hashed(name, path.read_bytes())
        for path in sorted((static / "fonts").glob("*.woff2")):
            assets._names[f"fonts/{path.name}"] = _hashed(
                Path("fonts") / path.name, path.read_bytes()
            )
        assets._bundle = assets._with_hashed_fonts(assets._bundle)
        assets._names[BUNDLE] = _hashed(Path("bicorne.css"), assets._bundle.encode())
        return assets

    def url(self, name: str) -> str:
        """The address of a file; ``KeyError`` for one that the theme does not have."""
        return f"/theme/{self._names[name]}"

    @property
    def names(self) -> list[str]:
        """The names under which the files are published, which say what they hold."""
        return list(self._names.values())

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each file below the public tree, with the one of the theme that it is.

        Among them the icons that browsers ask for by name.
        """
        for name, hashed in self._names.items():
            if name != BUNDLE:
                yield f"theme/{hashed}", self.static / name
        for icon in sorted((self.static / "icons").iterdir()):
            yield icon.name, icon

    def made(self) -> Iterator[tuple[str, str]]:
        """Each file below the public tree that the build makes of several, with its text."""
        yield f"theme/{self._names[BUNDLE]}", self._bundle

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
