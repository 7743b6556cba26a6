"""Pages (HTML5): shut in a frame without scripts, origin or network, where a magazine wants them.

The frame has an empty ``sandbox``; the policy below holds for whoever opens the file by itself,
too. What loads, leads elsewhere or moves is refused rather than mended: nobody could say what was
left of it.
"""

import re

from plugins.magazine.creative_files import CreativeFileError
from plugins.magazine.messages import tell

RECIPE = "1"
"""Changes when what is written below does."""

POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
_HEAD = (
    '<!doctype html>\n<meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    "<style>html,body{margin:0;overflow:hidden}"
    "*,*::before,*::after{animation:none!important;transition:none!important}</style>\n"
)
_REFUSED = re.compile(
    r"<\s*/?\s*(script|iframe|frame|object|embed|applet|meta|base|link|form|video|audio|marquee"
    r"|animate\w*|set|portal|template|noscript|a|area|button|input)\b"
    r"|@keyframes|@import|\banimation\b|\btransition\b|image/(?:gif|webp|avif|apng|svg)"
    r"|\burl\((?!\s*['\"]?\s*data:)"
    r"|\b(?:src|srcset|href|background|poster|ping|action)\s*=(?!\s*['\"]?\s*data:)"
    r"|\bon[a-z]+\s*=|javascript\s*:|\\",
    re.IGNORECASE,
)
"""What runs, loads, leads elsewhere or moves; and the escapes that would hide it in a style."""


def framed(content: bytes) -> bytes:
    """A page as its frame loads it; raises ``CreativeFileError`` for what may not be in it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CreativeFileError(tell("page illisible : il faut de l’UTF-8")) from error
    found = _REFUSED.search(text)
    if found:
        message = "« {found} » n’a pas sa place dans une création HTML"
        raise CreativeFileError(tell(message, found=found[0].strip()))
    return (_HEAD + text).encode()
