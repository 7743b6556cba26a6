"""Any public file as runs of words, whatever hides them: tags, escapes, compression."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from io import BytesIO

from PIL import Image

from plugins.access.png import SIGNATURE as PNG
from plugins.access.png import said_in_png

_WORD = re.compile(r"[^\W_]+")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|em|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>", re.IGNORECASE
)
_NOTE_CALL = re.compile(r'<sup class="note-call.*?</sup>', re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r"""[\w:-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_IMAGES = (".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".ico")
_ESCAPED_TAG = re.compile(r"&(?:amp;)*(?:lt|#0*60|#x0*3c);", re.IGNORECASE)
_ESCAPED_TIMES = 3
_SHORTEST = 7
"""Four words take four letters and three signs between them."""
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_LEGIBLE = re.compile(rb"[\x20-\x7e\x80-\xff]{24,}")
"""Bytes of an image that may be text: pixels seldom keep clear of controls for so long."""

_TEXT_IN_BINARY = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xef][\x80-\xbf]+)(?:[\x20-\x7e]+|[\xc2-\xef][\x80-\xbf]+)+"
)
"""Text in UTF-8, where the rest is numbers; a letter alone between two of them is no word."""

_UTF_16 = re.compile(rb"(?:\x00[\x20-\xff]){6}\x00")
"""Six letters in UTF-16, of either order."""

_ZEROS = bytes(7)
"""The half of them that is soon found, or not."""

_EXIF_STARTS = (b"II*", b"MM\0*", b"Exif\0\0")
_GZIP, _GZIP_BITS, _STEP = b"\x1f\x8b", 31, 4096


def words(text: str) -> list[str]:
    """Words without case, accents or punctuation, so that typography hides nothing."""
    plain = text.casefold() if text.isascii() else _unaccented(text)
    return _WORD.findall(plain)


def _unaccented(text: str) -> str:
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text).casefold())


def runs(path: str, content: bytes) -> Iterator[list[str]]:
    """The runs of words in a file of the public tree."""
    for whole in _unpacked(content):
        for part in _image_parts(whole) if path.endswith(_IMAGES) else [whole]:
            for text in _decoded(part):
                yield from _text_runs(text)


def _unpacked(content: bytes) -> list[bytes]:
    """What gzip packed, as far as it can be read, then whatever else there is."""
    found: list[bytes] = []
    while content.startswith(_GZIP):
        unpacking = zlib.decompressobj(wbits=_GZIP_BITS)
        try:
            for at in range(0, len(content), _STEP):
                found.append(unpacking.decompress(content[at : at + _STEP]))
                if unpacking.eof:
                    break
        except zlib.error:
            return [b"".join(found), content]
        content = unpacking.unused_data + content[at + _STEP :] if unpacking.eof else b""
    return [b"".join(found), content] if content else [b"".join(found)]


def _decoded(content: bytes) -> Iterator[str]:
    if b"\x00" not in content:
        yield content.decode("utf-8", "replace")
        return
    yield b" ".join(_TEXT_IN_BINARY.findall(content)).decode("utf-8", "replace")
    if any(_ZEROS in content[n::2] for n in (0, 1)) and _UTF_16.search(content):
        yield content.decode("utf-16-le", "replace")
        yield content.decode("utf-16-be", "replace")


def _text_runs(text: str) -> Iterator[list[str]]:
    """The text between its tags, the values of their attributes, and what else tags hold.

    What looks like a tag may be text (« a<b »); and what is escaped may be markup (in a feed),
    once or twice.
    """
    if "\\" in text:
        text = _JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text).replace("\\n", " ")
        text = text.replace('\\"', '"')
    for _ in range(_ESCAPED_TIMES):
        shown = _TAG.sub(" ", _INLINE_TAG.sub("", _NOTE_CALL.sub("", text)))
        yield words(unescape(shown))
        tags = _TAG.findall(text)
        yield [word for tag in tags for word in _in_tag(tag)[0]]
        for tag in dict.fromkeys(tags):
            yield from _in_tag(tag)[1]
        if not _ESCAPED_TAG.search(text):
            return
        text = unescape(text)


@lru_cache(4096)
def _in_tag(tag: str) -> tuple[list[str], list[list[str]]]:
    """The words of a tag itself, and of each of its attributes: pages have most tags in common."""
    values = (double or single for double, single in _ATTRIBUTE.findall(tag))
    own = words(unescape(_ATTRIBUTE.sub(" ", tag)))
    return own, [words(unescape(value)) for value in values if len(value) >= _SHORTEST]


def _image_parts(content: bytes) -> list[bytes]:
    """What an image says besides its pixels, and what of these may be text all the same.

    All of it, where it is an image by its name only.
    """
    try:
        if content.startswith(PNG):
            return list(_png_parts(content))
        return [*_LEGIBLE.findall(content), *_said_in_image(content)]
    except Exception:
        return [content]


def _png_parts(content: bytes) -> Iterator[bytes]:
    for data in said_in_png(content):
        yield data
        if data.startswith(_EXIF_STARTS):
            yield from _exif_values(data)
    if b"IEND" not in content:  # cut short, or no picture at all
        yield content


def _said_in_image(content: bytes) -> Iterator[bytes]:
    with Image.open(BytesIO(content)) as image:
        yield from filter(None, map(_as_bytes, image.info.values()))
        yield from _exif_values(image.info.get("exif", b""))


def _exif_values(exif: bytes) -> Iterator[bytes]:
    found = Image.Exif()
    try:
        found.load(exif)
        values = [*found.values()]
        for ifd in (0x8769, 0x8825, 0xA005):
            values += found.get_ifd(ifd).values()
    except Exception:  # as above; what else the image says is still to be read
        values = [exif]
    yield from filter(None, map(_as_bytes, values))


def _as_bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return value if isinstance(value, bytes) else b""
