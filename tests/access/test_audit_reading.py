"""The audit reads a file in every way that could show a sentence in it."""

import gzip
import json
import unicodedata
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from gated_magazine import photograph
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from plugins.access.audit import AuditError, audit
from plugins.access.secrets import Secrets
from plugins.access.text import words

SENTENCE = "L'été suivant, le veilleur rangea ses dix-sept lampes & ferma la porte."
TYPESET = "L’été suivant, le veilleur rangea ses dix-sept lampes &amp; ferma la porte."
SECRETS = Secrets.of({tuple(words(SENTENCE)[2:10]): "/articles/a/"})


def audit_all(public: Path) -> None:
    files = (path for path in public.rglob("*") if path.is_file())
    audit(public, [path.relative_to(public).as_posix() for path in files], SECRETS)


def png(**said: str) -> bytes:
    info, file = PngInfo(), BytesIO()
    info.add_text("Comment", said.get("plain", ""))
    info.add_text("Description", said.get("compressed", ""), zip=True)
    info.add_itxt("Title", said.get("international", ""), zip=True)
    Image.new("L", (8, 8)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def windows_comment() -> bytes:
    """A comment as Windows writes it: UTF-16, in a tag of its own."""
    exif, file = Image.Exif(), BytesIO()
    exif[0x9C9C] = SENTENCE.encode("utf-16-le")
    Image.new("L", (8, 8)).save(file, "JPEG", exif=exif)
    return file.getvalue()


HIDDEN = {
    "among numbers.bin": b"\x00\x01\x1f" * 40 + SENTENCE.encode() + b"\x00\xff\xfe" * 40,
    "with zeros between words.bin": SENTENCE.replace(" ", "\0").encode(),
    "as written.txt": SENTENCE.encode(),
    "typeset.html": TYPESET.encode(),
    "in capitals.html": TYPESET.upper().encode(),
    "with accents apart.txt": unicodedata.normalize("NFD", SENTENCE).encode(),
    "with inline tags.html": TYPESET.replace("veilleur", "<em>veil</em>leur").encode(),
    "with a link.html": TYPESET.replace("lampes", '<a href="/x/">lampes</a>').encode(),
    "with bold words.html": TYPESET.replace("ses dix", "<b>ses</b> dix").encode(),
    "over two lines.html": TYPESET.replace(" ", "\n  ").encode(),
    "in a comment.html": f"<p>Rien.</p><!-- {SENTENCE} -->".encode(),
    "after a sign that opens no tag.json": f"si a<b alors {SENTENCE} et c>d".encode(),
    "in an attribute.html": f'<img src="x.png" alt="{TYPESET}">'.encode(),
    "in single quotes.html": f"<img alt='{TYPESET.replace(chr(39), '’')}'>".encode(),
    "escaped in a feed.xml": f"<content>{escape(escape(SENTENCE))}</content>".encode(),
    "in CDATA.xml": f"<content><![CDATA[<p>{TYPESET}</p>]]></content>".encode(),
    "in JSON.json": json.dumps({"text": f"<p>{SENTENCE}</p>"}).encode(),
    "in JSON in a script.html": json.dumps(SENTENCE).replace("&", "\\u0026").encode(),
    "compressed.bin": gzip.compress(SENTENCE.encode()),
    "not compressed.gz": b"\x1f\x8b" + SENTENCE.encode(),
    "cut short.gz": gzip.compress(SENTENCE.encode()) + b"\x1f\x8b" + SENTENCE.encode(),
    "before what is no gzip.gz": gzip.compress(SENTENCE.encode()) + b"something else",
    "packed in two.gz": gzip.compress(SENTENCE[:20].encode())
    + gzip.compress(SENTENCE[20:].encode()),
    "broken off.gz": gzip.compress(SENTENCE.encode() + bytes(range(256)) * 9)[:-9],
    "beside broken Exif.png": png(compressed=SENTENCE)[:-12]
    + b"\0\0\0\x0ceXIfII*\0\xff\xff\xff\x7f\0\0\0\0\0\0\0\0",
    "no photograph.jpg": SENTENCE.encode(),
    "no picture.png": png()[:8] + b"\0\0\0\x40eXIfII*\0" + b"\xff" * 60 + SENTENCE.encode(),
    "in UTF-16.txt": SENTENCE.encode("utf-16"),
    "in a photograph.jpg": photograph((8, 8), SENTENCE),
    "in a Windows comment.jpg": windows_comment(),
    "in a PNG.png": png(plain=SENTENCE),
    "compressed in a PNG.png": png(compressed=SENTENCE),
    "international in a PNG.png": png(international=SENTENCE),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_the_audit_finds_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / name).write_bytes(HIDDEN[name])
    with pytest.raises(AuditError) as raised:
        audit_all(tmp_path)
    assert {(leak.path, leak.owner) for leak in raised.value.leaks} == {
        (f"sub/{name}", "/articles/a/")
    }


def test_every_file_that_leaks_is_named_at_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(SENTENCE if name != "b.txt" else "Rien.", "utf-8")
    with pytest.raises(AuditError) as raised:
        audit_all(tmp_path)
    assert [leak.path for leak in raised.value.leaks] == ["a.txt", "c.txt"]


@pytest.mark.parametrize(
    "innocent",
    [
        b"Le veilleur rangea ses lampes.",
        b"suivant veilleur le rangea ses sept dix lampes ferma la porte",
        bytes(range(256)) * 4,
        b"",
    ],
)
def test_other_files_pass(tmp_path: Path, innocent: bytes) -> None:
    for suffix in (".txt", ".html", ".pf_index"):
        (tmp_path / f"file{suffix}").write_bytes(innocent)
        (tmp_path / f"file{suffix}.gz").write_bytes(b"\x1f\x8b" + innocent)
    for suffix in (".jpg", ".png", ".avif", ".ico"):
        (tmp_path / f"file{suffix}").write_bytes(innocent)
    (tmp_path / "photo.jpg").write_bytes(photograph((8, 8), "Un phare sous la pluie"))
    audit_all(tmp_path)
