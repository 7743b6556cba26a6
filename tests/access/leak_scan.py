"""Looks for sentences in files, in its own way: it shares nothing with the builder's audit."""

import gzip
import html
import json
import re
from pathlib import Path

from PIL import Image


def leaks(folder: Path, sentences: dict[str, str]) -> set[tuple[str, str]]:
    """File and name of every sentence that a file of the folder holds, in whole or in half."""
    found = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        shown = simplify(everything_in(path))
        for name, sentence in sentences.items():
            words = simplify(sentence).split()
            halves = (words[: len(words) // 2], words[len(words) // 2 :])
            if any(" ".join(half) in shown for half in halves):
                found.add((path.relative_to(folder).as_posix(), name))
    return found


def everything_in(path: Path) -> str:
    """The text of a file in every way that a reader or a machine could read it."""
    content = path.read_bytes()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    parts = [content.decode("utf-8", "ignore"), content.decode("utf-16-le", "ignore")]
    if path.suffix in {".png", ".jpg", ".webp", ".avif"}:
        parts += metadata(path)
    text = " ".join(parts)
    unescaped = html.unescape(html.unescape(text))
    return " ".join([text, unescaped, json_text(unescaped), re.sub(r"<[^>]*>", "", unescaped)])


def json_text(text: str) -> str:
    """Text with its ``\\u`` escapes resolved."""
    return re.sub(r"\\u[0-9a-fA-F]{4}", lambda m: json.loads(f'"{m[0]}"'), text)


def metadata(path: Path) -> list[str]:
    with Image.open(path) as image:
        image.load()
        values = [*image.info.values(), *image.getexif().values()]
    return [v.decode("utf-8", "ignore") if isinstance(v, bytes) else str(v) for v in values]


def simplify(text: str) -> str:
    """Letters and figures only, so that typography and markup do not matter."""
    return " ".join(re.findall(r"\w+", text.lower()))
