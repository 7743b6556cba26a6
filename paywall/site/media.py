"""What a file is and how long it keeps, told from its path alone."""

import re

OCTETS = "application/octet-stream"

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "wasm": "application/wasm",
}
_FEEDS = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
# Everything else is compressed already; so are Pagefind's own files, whatever their name.
_COMPRESSIBLE = {
    "html",
    "css",
    "js",
    "mjs",
    "json",
    "xml",
    "txt",
    "csv",
    "ics",
    "svg",
    "webmanifest",
}

_HASHED_TREES = ("/images/", "/theme/", "/cartes/", "/fichiers/")
# A digit and a letter both: neither a date (20261122) nor a word passes for a hash.
_HASH = re.compile(r"(?<![0-9a-z])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}(?![0-9a-z])")
_PAGEFIND_HASHED = re.compile(r"/pagefind/.+\.pf_(?:fragment|index|filter|meta)")
_EMBEDDED_TREES = ("/images/", "/cartes/")


def media_type(path: str) -> str:
    """Return the `Content-Type` of a page or file."""
    name = path.rpartition("/")[2] or "index.html"
    for ending, feed_type in _FEEDS.items():
        if name == ending or name.endswith("." + ending):
            return feed_type
    return _TYPES.get(_suffix(name), OCTETS)


def is_compressible(path: str) -> bool:
    """Tell whether gzip is worth offering."""
    return _suffix(path.rpartition("/")[2] or "index.html") in _COMPRESSIBLE


def is_immutable(path: str) -> bool:
    """Tell whether the name changes when the bytes do, so that a copy keeps for ever."""
    if path.startswith(_HASHED_TREES):
        return _HASH.search(path) is not None
    return _PAGEFIND_HASHED.fullmatch(path) is not None


def is_embeddable(path: str) -> bool:
    """Tell whether other sites may show it: social cards, images, feeds."""
    return path.startswith(_EMBEDDED_TREES) or media_type(path) in _FEEDS.values()


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()
