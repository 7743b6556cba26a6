"""The report's style sheet: the theme's colours, sizes and typefaces, and its own rules."""

import re
from base64 import b64encode
from pathlib import Path

_OWN = Path(__file__).with_name("templates") / "report.css"
_FACES = ("serif-regular", "display-regular", "display-italic", "sans")
_FACE = re.compile(r'@font-face \{[^}]*url\("\.\./fonts/([\w-]+)\.woff2"\)[^}]*\}\n')


def style_of(theme: Path) -> str:
    """The whole sheet, typefaces included: the page is one file, read without the site."""
    css = theme / "static" / "css"
    tokens = (css / "tokens.css").read_text("utf-8")
    fonts = (css / "fonts.css").read_text("utf-8")
    folder = theme / "static" / "fonts"
    whole = _FACE.sub(lambda face: _with_its_file(face, folder), fonts)
    return "\n".join((tokens, whole, _OWN.read_text("utf-8")))


def _with_its_file(face: re.Match[str], folder: Path) -> str:
    """A typeface with its file inside; none where the report does without it."""
    name = face[1]
    if name not in _FACES:
        return ""
    data = b64encode((folder / f"{name}.woff2").read_bytes()).decode("ascii")
    return face[0].replace(f"../fonts/{name}.woff2", f"data:font/woff2;base64,{data}")
