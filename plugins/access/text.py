"""Any public file as runs of words, whatever hides them: tags, escapes, compression."""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

from PIL import Image

_WORD = re.compile(r"[^\W_]+")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|em|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>", re.IGNORECASE
)
_NOTE_CALL = re.compile(r'<sup class="note-call.*?</sup>', re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r"""[\w:-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_IMAGES = frozenset({".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".ico"})
_GZIP = b"\x1f\x8b"


def words(text: str) -> list[str]:
    """Words without case, accents or punctuation, so that typography hides nothing."""
    plain = text.casefold() if text.isascii() else _unaccented(text)
    return _WORD.findall(plain)


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def runs(path: Path) -> Iterator[list[str]]:
    """The runs of words in a file of the public tree."""
    content = path.read_bytes()
    if content.startswith(_GZIP):
        content = gzip.decompress(content)
    if path.suffix in _IMAGES:
        yield from _image_runs(content)
    for text in _decoded(content):
        yield from _text_runs(text)


def _decoded(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if b"\x00" in content:
        yield content.decode("utf-16-le", "replace")
        yield content.decode("utf-16-be", "replace")


def _text_runs(text: str) -> Iterator[list[str]]:
    """The text as it is, without its tags, and the values of its attributes.

    What looks like a tag may be text (« a<b »), so the text is read with its tags, too.
    """
    shown = _JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text).replace("\\n", " ")
    shown = unescape(shown.replace('\\"', '"')) if "\\" in shown else shown
    yield words(shown)
    for version in dict.fromkeys((shown, unescape(shown), unescape(unescape(shown)))):
        without_calls = _NOTE_CALL.sub("", version)
        yield words(_TAG.sub(" ", _INLINE_TAG.sub("", without_calls)))
        for double, single in _ATTRIBUTE.findall(version):
            yield words(double or single)


def _image_runs(content: bytes) -> Iterator[list[str]]:
    with Image.open(BytesIO(content)) as image:
        exif = image.getexif()
        values = [*image.info.values(), *exif.values()]
        for ifd in (0x8769, 0x8825, 0xA005):
            values += exif.get_ifd(ifd).values()
    for value in values:
        if isinstance(value, bytes):
            yield from (words(text) for text in _decoded(value))
        elif isinstance(value, str):
            yield words(value)
