"""The preview of a gated text: up to the editor's mark, else its first paragraphs."""

import re
from copy import deepcopy

from lxml import etree, html
from lxml.html import builder as build

from plugins.magazine.markup import plain_text

PREVIEW_WORDS = 120
"""About how much an automatic preview shows; never more than half of the text."""

MARK = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
"""The editor's mark, as it is written."""

LEAST_WORDS = 30
"""Where whole paragraphs show less than this, the beginning of the next block is shown, too."""

_PROSE = frozenset({"ul", "ol", "dl", "blockquote"})

_MORE = re.compile(r"\s*more\s*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?:\s*»)*(?= |$)")
"""An ordinary space follows: « M. » and « p. » have a no-break one."""


def is_mark(node: html.HtmlElement) -> bool:
    """Whether a node is the comment ``<!-- more -->``."""
    return isinstance(node, html.HtmlComment) and bool(_MORE.fullmatch(node.text or ""))


def useless_marks(tree: html.HtmlElement) -> tuple[list[int], list[int]]:
    """Which ``<!-- more -->``, from 0, cut nothing: inside a block; after one that cuts."""
    marks = [node for node in tree.iter(etree.Comment) if is_mark(node)]
    misplaced = [n for n, mark in enumerate(marks) if mark.getparent() is not tree]
    cutting = [n for n, mark in enumerate(marks) if mark.getparent() is tree]
    return misplaced, cutting[1:]


def cut_preview(tree: html.HtmlElement, text: str) -> html.HtmlElement:
    """A new tree of what anybody may read of a tree that says ``text``; the mark goes."""
    marks = [node for node in tree.iterchildren(etree.Comment) if is_mark(node)]
    preview = _before(tree, marks[0]) if marks else _first_paragraphs(tree, text)
    for mark in marks:
        mark.drop_tree()
    return preview


def _before(tree: html.HtmlElement, mark: html.HtmlElement) -> html.HtmlElement:
    preview = build.DIV()
    for node in tree[: tree.index(mark)]:
        preview.append(deepcopy(node))
    return preview


def _first_paragraphs(tree: html.HtmlElement, text: str) -> html.HtmlElement:
    limit = len(text.split(maxsplit=2 * PREVIEW_WORDS - 1)) // 2
    preview, left = build.DIV(), limit
    for node in tree:
        length = len(plain_text(node).split())
        if node.tag == "p" and length <= left:
            preview.append(deepcopy(node))
            left -= length
        elif _begins(node, length) and limit - left < LEAST_WORDS:
            preview.append(build.P(_shorten(plain_text(node), left)))
            break
        elif len(preview):
            break
    return preview


def _begins(node: html.HtmlElement, length: int) -> bool:
    """Whether the beginning of a block may stand for a preview that would be too short."""
    return node.tag == "p" or (node.tag in _PROSE and length > LEAST_WORDS)


def _shorten(text: str, limit: int) -> str:
    """The sentences that fit in ``limit`` words, or the words that do."""
    kept = ""
    for end in _SENTENCE_END.finditer(text):
        if len(text[: end.end()].split()) > limit:
            break
        kept = text[: end.end()]
    return kept or " ".join(text.split(" ")[:limit]) + "…"
