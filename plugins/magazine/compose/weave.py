"""Bodies woven into the site: links get their addresses, images their derivatives."""

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.magazine.graph import Node
from plugins.magazine.links import image_path
from plugins.magazine.parts import Picture
from plugins.magazine.schema import ArticleFields, Entry

if TYPE_CHECKING:
    from plugins.magazine.compose.composer import Composer

_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
_AWAY = re.compile(r'<a\b[^>]*?\bhref="https?:[^>]*>')
_REL = re.compile(r' rel="[^"]*"')
_CLASS_YEAR = r"{prefix}((?:1[789]|20)\d\d)\b"
_TAG_OR_CLASS_YEAR = rf"(<(?:code|pre)\b.*?</(?:code|pre)>|<[^>]*>)|\b{_CLASS_YEAR}"
_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
BODY_SIZES = "(min-width: 48rem) 42rem, 100vw"
"""How wide a figure in the text is shown: the measure, or the whole of a narrow screen."""


def weave(composer: "Composer", node: Node[Entry], html: str, gate: str = "") -> Markup:
    """The finished HTML of a body.

    ``gate`` is the address of the gated page when the HTML is the full text that only
    it shows: files used by nothing else are then gated with it.
    """

    def link(found: re.Match[str]) -> str:
        target = composer.resolver.resolve(unescape(found[2]), node.document)
        url = composer.downloads.use(target.download, gate) if target.download else target.url
        return found[1] + escape(url) + found[3]

    def image(found: re.Match[str]) -> str:
        given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[0])}
        path = image_path(composer.settings.content, node.document, given["src"])
        credit = given.get("data-credit", "")
        picture = composer.images.picture(path, given.get("alt", ""), credit=credit, gate=gate)
        return picture_html(picture, given.get("title", ""))

    woven = _IMAGE.sub(image, _LINK.sub(link, html))
    if isinstance(node.fields, ArticleFields) and node.fields.advertorial:
        woven = _AWAY.sub(_sponsored, woven)
    return Markup(_mark_class_years(composer, woven))  # noqa: S704 (from the editor's text)


def _sponsored(found: re.Match[str]) -> str:
    """A link that somebody paid for, as search engines ask to have it marked."""
    return _REL.sub("", found[0]).replace("<a", '<a rel="sponsored noopener"', 1)


def _mark_class_years(composer: "Composer", html: str) -> str:
    """« X1873 » in running text, as everywhere else: an abbreviation in small capitals."""

    def mark(found: re.Match[str]) -> str:
        return found[1] or str(composer.words.class_year(int(found[2])))

    prefix = re.escape(composer.settings.class_prefix)
    if not re.search(_CLASS_YEAR.format(prefix=prefix), html):
        return html  # most texts, told much sooner than by a look at each of their tags
    return re.sub(_TAG_OR_CLASS_YEAR.format(prefix=prefix), mark, html, flags=re.DOTALL)


def picture_html(picture: Picture, title: str = "") -> str:
    """A picture in a text: loaded when near, its box reserved."""
    sources = "".join(
        f'<source type="{s.type}" srcset="{escape(s.srcset)}" sizes="{BODY_SIZES}">'
        for s in picture.sources
    )
    hint = f' title="{escape(title)}"' if title else ""
    return (
        f'<picture>{sources}<img src="{escape(picture.src)}" alt="{escape(picture.alt)}"{hint} '
        f'width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async">'
        "</picture>"
    )
