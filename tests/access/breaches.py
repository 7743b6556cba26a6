"""Plugins that each take one protection away, and the public file where it shows."""

ARTICLE = "numeros/13-ombres/scellee/index.html:"

_PAGE = """
from plugins.magazine.compose import articles

def register():
    weave = articles.weave
    def everything(composer, node, html, gate=""):
        return weave(composer, node, node.body.full, gate)
    articles.weave = everything
"""
_KEPT = """
from plugins.magazine.compose import articles

def register():
    replace = articles.replace
    def keep(view, **changes):
        return replace(view, **{{name: v for name, v in changes.items() if name != "{kept}"}})
    articles.replace = keep
"""
_FEED = """
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article

def last_written(edition):
    return {page.url: page for page in edition.pages if isinstance(page.about, Article)}

def register():
    Edition.public_articles = property(last_written)
"""
_SEARCH = """
from dataclasses import replace
from plugins.magazine.compose import articles

def register():
    record = articles._record
    def everything(composer, article, view):
        return replace(record(composer, article, view), text=article.body.text)
    articles._record = everything
"""
_JSON_LD = """
from plugins.magazine.compose import structured

def register():
    made = structured.article
    def everything(composer, node, view, head):
        body = structured.document({"articleBody": node.body.text})
        return (*made(composer, node, view, head), body)
    structured.article = everything
"""
_DESCRIPTION = """
from plugins.magazine.compose import articles

def register():
    head = articles._head
    def described(composer, article, view):
        made = head(composer, article, view)
        made.description = (article.body.rest or [""])[0]
        return made
    articles._head = described
"""
_IMAGE = """
from plugins.images.library import ImageLibrary

def register():
    use = ImageLibrary.use
    def public(library, path, *, gate="", **others):
        return use(library, path, **others)
    ImageLibrary.use = public
"""
_METADATA = """
from plugins.images import derive

def register():
    derive.RECIPE = "bare"  # images that are kept are clean already
    derive._kept_exif = lambda image, credit: image.info.get("exif", b"")
"""
_CARD = """
from io import BytesIO
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from plugins.cards import generator

def register():
    draw = generator._draw
    def sign(shown, edition, cache):
        said, card = PngInfo(), BytesIO()
        for article in edition.graph.articles:
            said.add_text(article.slug, article.body.text, zip=True)
        Image.open(BytesIO(draw(shown, edition, cache))).save(card, "PNG", pnginfo=said)
        return card.getvalue()
    generator._draw = sign
"""
_DOWNLOAD = """
from plugins.magazine.downloads import Downloads

def register():
    use = Downloads.use
    Downloads.use = lambda downloads, file, gate: use(downloads, file, "")
"""
_WRITTEN = """
import gzip, json
from pathlib import Path
from pelican import signals

def finish(press):
    output = Path(press.output_path)
    source = Path(press.settings["PATH"], "issues/13-ombres/scellee.md")
    page = output / "members/numeros/13-ombres/scellee/index.html"
    {action}

def register():
    signals.finalized.connect(finish)
"""


def _written(action: str) -> str:
    return _WRITTEN.format(action=action)


BREACHES = {
    "the page shows the full text": (ARTICLE, _PAGE),
    "the preview lists the headings": (ARTICLE, _KEPT.format(kept="headings")),
    "the preview shows the corrections": (ARTICLE, _KEPT.format(kept="corrections")),
    "the preview shows the sources": (ARTICLE, _KEPT.format(kept="sources")),
    "the feed carries the full text": ("flux/magazine.rss.xml:", _FEED),
    "the section's feed carries the full text": ("flux/rubriques/sciences.atom.xml:", _FEED),
    "search indexes the full text": ("pagefind/fragment/", _SEARCH),
    "JSON-LD has an article body": (ARTICLE, _JSON_LD),
    "the description is made of the text": (ARTICLE, _DESCRIPTION),
    "a gated image is treated as public": ("images/", _IMAGE),
    "images keep their metadata": ("images/", _METADATA),
    "a social card says the text": ("cartes/numeros/13-ombres/scellee.png:", _CARD),
    "a download is treated as public": ("fichiers/", _DOWNLOAD),
    "the source is published": (
        "scellee.md:",
        _written('(output / "public/scellee.md").write_bytes(source.read_bytes())'),
    ),
    "a compressed copy of the page is published": (
        "scellee.html.gz:",
        _written(
            '(output / "public/scellee.html.gz").write_bytes(gzip.compress(page.read_bytes()))'
        ),
    ),
    "the page is published inside JSON": (
        "api/scellee.json:",
        _written(
            '(output / "public/api").mkdir(); '
            '(output / "public/api/scellee.json").write_text(json.dumps(page.read_text("utf-8")))'
        ),
    ),
    "a gated file is published under another name": (
        "image.jpg:",
        _written(
            'image = source.with_name("reservee.jpg").read_bytes(); '
            '(output / "public/image.jpg").write_bytes(image)'
        ),
    ),
}
"""What is taken away → the file where it shows, the plugin that does it."""
