"""The theme's static files under names that change with their content."""

import hashlib
import shutil
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

    def write(self, public: Path) -> None:
        """Write the files below the public tree, and the icons that browsers ask for by name."""
        for name, hashed in self._names.items():
            target = public / "theme" / hashed
            target.parent.mkdir(parents=True, exist_ok=True)
            if name == BUNDLE:
                target.write_text(self._bundle, "utf-8")
            else:
                shutil.copyfile(self.static / name, target)
        for icon in sorted((self.static / "icons").iterdir()):
            shutil.copyfile(icon, public / icon.name)

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
