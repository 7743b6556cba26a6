"""Edits of a body's HTML tree: typography, headings, figures, tables, plain text."""

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any, cast

from lxml import etree, html
from lxml.html import builder as build

from plugins.magazine.anchors import anchor
from plugins.magazine.parts import Heading
from plugins.magazine.typography import LOWER, RAISE, set_marked, set_plain

VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var", "script", "style", "math"})
"""Elements whose text stays as it was typed."""

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "img", "kbd", "mark", "q"}
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"}
)
_SHOWN_ATTRIBUTES = ("alt", "title", "aria-label")
_APPARATUS = frozenset({"note-call", "note-back"})
_BUILT = _APPARATUS | {"table", "notes"}
_ACTIVE = frozenset(
    {
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "form",
        "base",
        "link",
        "meta",
        "style",
    }
)
_ALIGNMENT = re.compile(r"text-align: (left|center|right);")
_WIDE = "figure-wide"
_BLANKS = re.compile(r" {2,}")


def selecting(path: str) -> Callable[[html.HtmlElement], list[Any]]:
    """An XPath as a function; lxml follows it many times faster than Python walks a tree."""
    return cast("Callable[[html.HtmlElement], list[Any]]", etree.XPath(path))


_labelled = selecting("descendant-or-self::*[@alt or @title or @aria-label]")
_named = selecting("descendant-or-self::*[@id]")
_with_source = selecting("descendant-or-self::*[@src]")
_with_handler = selecting("descendant-or-self::*[@*[starts-with(name(), 'on')]]")


def typeset(tree: html.HtmlElement) -> None:
    """Set every text of the tree by French rules, but for code and ``translate="no"``."""
    _typeset_below(tree)
    for element in _labelled(tree):
        for name in _SHOWN_ATTRIBUTES:
            if element.get(name):
                element.set(name, set_plain(element.get(name)))


def _typeset_below(element: html.HtmlElement) -> None:
    children = list(element)
    if element.text and not element.text.isspace():
        element.text = set_marked(element.text, after=_is_inline(next(iter(children), None)))
    for child, following in zip_longest(children, children[1:]):
        if isinstance(child.tag, str) and not stays_as_typed(child):
            _typeset_below(child)
        if child.tail and not child.tail.isspace():
            before, after = _is_inline(child), _is_inline(following)
            child.tail = set_marked(child.tail, before=before, after=after)


def _is_inline(element: html.HtmlElement | None) -> bool:
    return element is not None and element.tag in _INLINE


def stays_as_typed(element: html.HtmlElement) -> bool:
    """Whether no rule applies to an element and what is in it."""
    return element.tag in VERBATIM or element.get("translate") == "no"


def name_headings(tree: html.HtmlElement) -> tuple[Heading, ...]:
    """Give every heading an id from its words, once each; return those of level 2."""
    taken: set[str] = ids(tree)
    found = []
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        if heading.tag == "h1":
            heading.tag = "h2"
        title = _plain(heading.text_content())
        if not heading.get("id"):
            heading.set("id", _free_name(anchor(title), taken))
            taken.add(heading.get("id"))
        if heading.tag == "h2":
            found.append(Heading(heading.get("id"), title))
    return tuple(found)


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)


def ids(tree: html.HtmlElement) -> set[str]:
    """The fragments of a tree."""
    return {element.get("id") for element in _named(tree)} - {""}


def having_class(tree: html.HtmlElement, tag: str, name: str) -> list[html.HtmlElement]:
    """Elements of a tree with a class, in order; a list, so that they may be moved."""
    return [e for e in tree.iter(tag) if name in (e.get("class") or "").split()]


def refused(tree: html.HtmlElement) -> Iterator[str]:
    """Names of elements and attributes that would run something, or load it from elsewhere."""
    yield from (str(element.tag) for element in tree.iter(*_ACTIVE))
    for element in _with_handler(tree):
        yield from (name for name in element.keys() if name.startswith("on"))  # noqa: SIM118
    for element in _with_source(tree):
        if element.tag not in _ACTIVE | {"img"} and "//" in element.get("src"):
            yield "src"


def drop_empty(tree: html.HtmlElement) -> None:
    """Remove paragraphs that hold nothing, which raw HTML in Markdown leaves behind."""
    for paragraph in list(tree.iter("p")):
        if len(paragraph) == 0 and not (paragraph.text or "").strip():
            paragraph.drop_tree()


def drop_comments(tree: html.HtmlElement) -> None:
    """Remove what an editor wrote for editors."""
    for node in list(tree.iter(etree.Comment)):
        node.drop_tree()


def build_figures(tree: html.HtmlElement) -> None:
    """An image alone in its paragraph is a figure; its title is « caption | credit »."""
    for image in list(tree.iter("img")):
        paragraph = image.getparent()
        alone = paragraph.tag == "p" and len(paragraph) == 1
        if not alone or (paragraph.text or "").strip() or (image.tail or "").strip():
            continue
        wide = _WIDE in (image.get("class") or "").split()
        figure = build.FIGURE({"class": f"figure {_WIDE}" if wide else "figure"})
        caption = _caption(image.attrib.pop("title", ""))
        image.tail = None
        figure.append(image)
        if caption is not None:
            figure.append(caption)
            image.set("data-credit", caption.findtext("span", ""))
        paragraph.getparent().replace(paragraph, figure)


def _caption(title: str) -> html.HtmlElement | None:
    text, _, credit = (part.strip() for part in title.partition("|"))
    if not text and not credit:
        return None
    caption = build.FIGCAPTION(text)
    if credit:
        caption.append(build.SPAN({"class": "credit"}, credit))
        caption.text = f"{text} " if text else None
    return caption


def wrap_tables(tree: html.HtmlElement) -> None:
    """Let a wide table scroll by itself, by keyboard too."""
    for cell in tree.iter("th", "td"):
        _align_by_class(cell)
        if cell.tag == "th" and not cell.text_content().strip():
            cell.tag = "td"  # an empty corner names nothing
    for number, table in enumerate(list(tree.iter("table")), 1):
        box = build.DIV({"class": "table", "role": "region", "tabindex": "0"})
        box.set("aria-label", f"Tableau {number}")
        table.getparent().replace(table, box)
        box.append(table)
        box.tail, table.tail = table.tail, None


def _align_by_class(cell: html.HtmlElement) -> None:
    """Markdown aligns columns by ``style``, which the content security policy refuses."""
    alignment = _ALIGNMENT.match(cell.get("style", ""))
    if alignment:
        del cell.attrib["style"]
        cell.set("class", f"align-{alignment[1]}")


def hang_quotes(tree: html.HtmlElement) -> None:
    """Mark quoted paragraphs that open with a guillemet, which then hangs in the margin."""
    for quote in tree.iter("blockquote"):
        for paragraph in quote.iter("p"):
            if (paragraph.text or "").lstrip().startswith("«"):
                paragraph.set("class", "hang")


def plain_text(tree: html.HtmlElement) -> str:
    """The text a reader sees, blocks separated by a space, without the calls of notes."""
    return " ".join(runs(tree))


def runs(tree: html.HtmlElement) -> list[str]:
    """The texts between two block boundaries, without the calls of notes."""
    found = [""]
    _add_runs(tree, found)
    found[-1] += tree.tail or ""
    return [text for text in map(_plain, found) if text]


def labels(tree: html.HtmlElement) -> list[str]:
    """The attributes that readers meet and that the editor, not the builder, wrote."""
    written = (element for element in _labelled(tree) if not _is_ours(element))
    found = (_plain(e.get(name, "")) for e in written for name in _SHOWN_ATTRIBUTES)
    return [text for text in found if text]


def _is_ours(element: html.HtmlElement) -> bool:
    return not _BUILT.isdisjoint((element.get("class") or "").split())


def _add_runs(element: html.HtmlElement, found: list[str]) -> None:
    """Add the text inside an element; the last one of ``found`` goes on until a boundary."""
    is_block = element.tag not in _INLINE
    if is_block:
        found.append("")
    if _APPARATUS.isdisjoint((element.get("class") or "").split()):
        found[-1] += element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                _add_runs(child, found)
            found[-1] += child.tail or ""
    if is_block:
        found.append("")


def _plain(text: str) -> str:
    """A text on one line; no-break spaces are the typographer's, and stay."""
    text = text.replace(RAISE, "").replace(LOWER, "")
    text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return (_BLANKS.sub(" ", text) if "  " in text else text).strip(" ")
