"""A Pagefind index in an order of its own: Pagefind leaves its filters in one of chance.

They come out of Rust's hash maps, so that two indexes of the same text differ. Each file
(Pagefind 1.5) is gzip around a mark and one CBOR item (RFC 8949) of whole numbers, texts
and lists. ``.pf_filter``: name, [value, pages] for each value. ``.pf_meta``: version,
pages, index chunks, [name, file] for each filter, [name, pages] for each order, fields.
"""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_FILTERS, _ORDERS = 3, 4


class IndexFormatError(ValueError):
    """Pagefind wrote something that this module does not know."""


def settle(index: Path) -> None:
    """Put every filter of an index, and its values, in alphabetical order."""
    entry = json.loads((index / "pagefind-entry.json").read_bytes())
    for language, about in entry["languages"].items():
        path = index / f"pagefind.{about['hash']}.pf_meta"
        meta = _read(path)
        for named in meta[_FILTERS]:
            named[1] = _settle_filter(index / "filter" / f"{named[1]}.pf_filter", language)
        meta[_FILTERS].sort()
        meta[_ORDERS].sort()
        about["hash"] = _replace(path, "pagefind.", language, meta)
    written = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    (index / "pagefind-entry.json").write_text(written, "utf-8")


def _settle_filter(path: Path, language: str) -> str:
    item = _read(path)
    if not isinstance(item, list) or len(item) != 2:
        raise IndexFormatError(str(path))
    return _replace(path, "", language, [item[0], sorted(item[1])])


def _replace(path: Path, prefix: str, language: str, item: Any) -> str:
    """Write an item in a file named by its content, and remove the one that held it."""
    content = _MARK + cbor2.dumps(item)
    name = f"{language}_{hashlib.blake2b(content, digest_size=5).hexdigest()}"
    path.unlink()
    path.with_name(f"{prefix}{name}{path.suffix}").write_bytes(gzip.compress(content, mtime=0))
    return name


def _read(path: Path) -> Any:
    content = gzip.decompress(path.read_bytes())
    if not content.startswith(_MARK):
        raise IndexFormatError(str(path))
    return cbor2.loads(content.removeprefix(_MARK))
