"""What a build published, as tests look at it."""

import hashlib
import runpy
from pathlib import Path

from lxml import html
from magazine_factory import REPOSITORY, MagazineFactory


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below a folder with a digest of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def read_page(text: str) -> html.HtmlElement:
    """A page as a tree, for XPath."""
    return html.document_fromstring(text.encode())


def with_plugin(magazine: MagazineFactory, source: str) -> dict[str, object]:
    """Settings that load, after the magazine's own plugins, one more of this source."""
    (magazine.root / "guest.py").write_text(source, "utf-8")
    named = runpy.run_path(str(REPOSITORY / "pelicanconf.py"))["PLUGINS"]
    return {"PLUGINS": [*named, "guest"], "PLUGIN_PATHS": [str(magazine.root)]}
