"""One address a page: reads what a client typed, and spells what it should have typed.

Everything here works on the raw bytes of the request target, before any server or
framework has decoded them: two decoders that disagree are how paths escape.
"""

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

MAX_PATH_BYTES = 2048
INDEX = "index.html"

_PLAIN = re.compile(rb"(?:/[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)*/?")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
# What RFC 3986 lets stand for itself in a path segment (pchar), beyond letters and digits.
_LITERAL = "-._~!$&'()*+,;=:@"


def read_path(raw: bytes) -> str | None:
    """Return the path meant, decoded, NFC, without empty or `.` segments; None if refused.

    Refused for good: `..`, encoded slashes, backslashes, control characters, broken escapes,
    text that is not UTF-8. No page has them in its address, so whoever sends them is probing.
    """
    if not raw.startswith(b"/") or len(raw) > MAX_PATH_BYTES:
        return None
    if _PLAIN.fullmatch(raw):  # nearly every request: nothing to decode
        return raw.decode("ascii")
    if _BROKEN_ESCAPE.search(raw):
        return None
    segments = []
    for raw_segment in raw.split(b"/"):
        segment = _read_segment(raw_segment)
        if segment is None or segment == "..":
            return None
        segments.append(segment)
    named = [segment for segment in segments if segment not in {"", "."}]
    closing = "/" if named and segments[-1] in {"", "."} else ""
    return "/" + "/".join(named) + closing


def _read_segment(raw: bytes) -> str | None:
    try:
        text = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(c in "/\\" or unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        return None
    return unicodedata.normalize("NFC", text)


def spell(path: str) -> bytes:
    """Return the one spelling of a path on the wire. Never begins with two slashes."""
    return quote(path, safe="/" + _LITERAL).encode("ascii")


def page_of(path: str) -> str:
    """Return the page's address where the path names its `index.html` file."""
    return path.removesuffix(INDEX) if path.endswith("/" + INDEX) else path


def file_of(path: str) -> str:
    """Return the file of a path, relative to a tree: `/a/b/` is `a/b/index.html`."""
    return path[1:] + INDEX if path.endswith("/") else path[1:]


def local_target(address: str) -> str:
    """Return the canonical local path to send a reader to, or `/` for anything doubtful.

    Browsers read `//host`, `/\\host` and `/<tab>/host` as other sites; none passes.
    """
    if "//" in address or "?" in address or "#" in address:
        return "/"
    path = read_path(address.encode("utf-8", "surrogatepass"))
    target = "/" if path is None else spell(path).decode("ascii")
    return target if len(target) <= MAX_PATH_BYTES else "/"
