"""Edits of a body's HTML tree: typography, headings, figures, tables, plain text."""

import re
from collections.abc import Iterator

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
_BLANK = re.compile(r"[ \t\r\n]+")


def typeset(tree: html.HtmlElement) -> None:
    """Set every text of the tree by French rules, but for code and ``translate="no"``."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text and not is_verbatim(element):
            element.text = set_marked(element.text, after=_is_inline(next(iter(element), None)))
        for name in _SHOWN_ATTRIBUTES:
            if element.get(name):
                element.set(name, set_plain(element.get(name)))
    for element in tree.iterdescendants():
        if element.tail and not is_verbatim(element.getparent()):
            before, after = _is_inline(element), _is_inline(element.getnext())
            element.tail = set_marked(element.tail, before=before, after=after)


def _is_inline(element: html.HtmlElement | None) -> bool:
    return element is not None and element.tag in _INLINE


def is_verbatim(element: html.HtmlElement) -> bool:
    """Whether the text of an element stays as it was typed."""
    lineage = [element, *element.iterancestors()]
    return any(e.tag in VERBATIM or e.get("translate") == "no" for e in lineage)


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
    return {e.get("id", "") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")}


def having_class(tree: html.HtmlElement, tag: str, name: str) -> list[html.HtmlElement]:
    """Elements of a tree with a class, in order; a list, so that they may be moved."""
    return [e for e in tree.iter(tag) if name in (e.get("class") or "").split()]


def refused(tree: html.HtmlElement) -> Iterator[str]:
    """Names of elements and attributes that would run something, or load it from elsewhere."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _ACTIVE:
            yield element.tag
        foreign = element.tag != "img" and "//" in element.get("src", "")
        yield from (name for name in element.keys() if name.startswith("on"))  # noqa: SIM118
        yield from ["src"] if foreign and element.tag not in _ACTIVE else []


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


def plain_text(tree: html.HtmlElement, *, skip_notes: bool = False) -> str:
    """The text a reader sees, blocks separated by a space, without the calls of notes."""
    return _plain(" ".join(_texts(tree, skip_notes=skip_notes)))


def strings(tree: html.HtmlElement) -> list[str]:
    """Every string of the tree, a block each, and the attributes that readers meet."""
    found = [_plain(text) for text in _texts(tree)]
    found += [
        _plain(element.get(name))
        for element in tree.iter()
        if isinstance(element.tag, str) and not _is_ours(element)
        for name in _SHOWN_ATTRIBUTES
        if element.get(name)
    ]
    return [text for text in found if text]


def _is_ours(element: html.HtmlElement) -> bool:
    """Whether the builder, not the editor, wrote an element's labels."""
    return not _BUILT.isdisjoint((element.get("class") or "").split())


def _texts(tree: html.HtmlElement, *, skip_notes: bool = False) -> Iterator[str]:
    """Runs of text between two block boundaries."""
    run: list[str] = []
    for event, element in _walk(tree, skip_notes=skip_notes):
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            yield "".join(run)
            run = []
        text = element.text if event == "start" else element.tail
        if isinstance(element.tag, str) or event == "end":
            run.append(text or "")
    yield "".join(run)


def _walk(element: html.HtmlElement, *, skip_notes: bool) -> Iterator[tuple[str, html.HtmlElement]]:
    classes = (element.get("class") or "").split()
    dropped = (skip_notes and "notes" in classes) or not _APPARATUS.isdisjoint(classes)
    if isinstance(element.tag, str) and not dropped:
        yield "start", element
        for child in element:
            yield from _walk(child, skip_notes=skip_notes)
    yield "end", element


def _plain(text: str) -> str:
    """A text on one line; no-break spaces are the typographer's, and stay."""
    return _BLANK.sub(" ", text.replace(RAISE, "").replace(LOWER, "")).strip(" ")
