"""Short names for content: equal digests, equal content."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

_MADE_WITH = (
    "babel", "bm25s", "feedgen", "jinja2", "lxml", "markdown", "markupsafe", "numpy", "pagefind",
    "pagefind-bin", "pelican", "pillow", "pydantic", "pystemmer", "pyyaml",
)  # fmt: skip
"""Whose new version may publish the same content otherwise."""

_ENCODER = msgspec.msgpack.Encoder(enc_hook=repr)


def digest_of(*parts: object) -> bytes:
    """16 bytes for plain values: strings, numbers, dates, dataclasses and tuples of them."""
    try:
        said = _ENCODER.encode(parts)
    except OverflowError:  # a number that no machine holds, typed by an editor
        said = repr(parts).encode()
    return digest_of_bytes(said)


def digest_of_bytes(content: bytes) -> bytes:
    """16 bytes for the content of a file."""
    return hashlib.blake2b(content, digest_size=16).digest()


_OWN = (".po", ".py", ".tsv", ".ttf", ".txt", ".yaml")
"""Files that the builder is made of, by their ends."""


@cache
def code_digest() -> bytes:
    """What the builder itself is: its modules, its lists of words, the libraries it works with."""
    plugins = Path(__file__).parent.parent
    files = sorted(p for p in plugins.rglob("*") if p.suffix in _OWN)
    contents = tuple((p.relative_to(plugins).as_posix(), p.read_bytes()) for p in files)
    return digest_of(contents, tuple((name, version(name)) for name in _MADE_WITH))
