"""What a build published, as tests look at it."""

import hashlib
import runpy
from contextlib import suppress
from pathlib import Path

from lxml import html
from magazine_factory import REPOSITORY, MagazineFactory


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below a folder with a digest of its bytes; one that goes meanwhile is left out."""
    seen = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with suppress(FileNotFoundError):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            seen[path.relative_to(folder).as_posix()] = digest
    return seen


def read_page(text: str) -> html.HtmlElement:
    """A page as a tree, for XPath."""
    return html.document_fromstring(text.encode())


def with_plugin(magazine: MagazineFactory, source: str) -> dict[str, object]:
    """Settings that load, after the magazine's own plugins, one more of this source."""
    (magazine.root / "guest.py").write_text(source, "utf-8")
    named = runpy.run_path(str(REPOSITORY / "pelicanconf.py"))["PLUGINS"]
    return {"PLUGINS": [*named, "guest"], "PLUGIN_PATHS": [str(magazine.root)]}
