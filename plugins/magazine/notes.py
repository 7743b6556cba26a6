"""Footnotes: numbered calls in the text, one list of notes at its foot."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

from lxml import html
from lxml.html import builder as build

from plugins.magazine.dialect import EMPTY_NOTE
from plugins.magazine.markup import having_class, selecting, stays_as_typed

_BACK = "↩"
_CALL = re.compile(r"\[\^([^\]]+)\]")
_typed_calls = selecting("descendant::text()[contains(., '[^')]")


def undefined(tree: html.HtmlElement) -> Iterator[str]:
    """Names of the calls that Markdown left as typed, because no note has that name."""
    for text in _typed_calls(tree):
        beside = text.getparent()
        inside = [*([] if text.is_tail else [beside]), *beside.iterancestors()]
        if not any(map(stays_as_typed, inside)):
            yield from _CALL.findall(text)


def uncalled(tree: html.HtmlElement) -> list[str]:
    """Names of the notes that Markdown lists and that nothing calls."""
    called = {link.get("href") for link in having_class(tree, "a", "footnote-ref")}
    ids = [note.get("id", "") for note in _listed(_found(tree))]
    return [_name(each) for each in ids if f"#{each}" not in called]


def empty(tree: html.HtmlElement) -> list[str]:
    """Names of the notes that have no text."""
    return [_name(note.get("id", "")) for note in having_class(tree, "li", EMPTY_NOTE)]


def move_to_foot(tree: html.HtmlElement) -> html.HtmlElement | None:
    """Rewrite Markdown's footnotes; take their list out of the tree and return it."""
    called: Counter[str] = Counter()
    for link in having_class(tree, "a", "footnote-ref"):
        number = link.text or ""
        called[number] += 1
        _write_call(link, number, called[number])
    found = _found(tree)
    if found is None:
        return None
    foot = build.SECTION({"class": "notes", "role": "doc-endnotes", "aria-label": "Notes"})
    items = build.OL()
    foot.append(items)
    for number, item in enumerate(_listed(found), 1):
        items.append(_note(item, number, is_called=str(number) in called))
    found.drop_tree()
    return foot


def called_in(preview: html.HtmlElement, foot: html.HtmlElement | None) -> html.HtmlElement | None:
    """A copy of the list of notes with those that a preview calls, and no other."""
    called = {a.get("href") for a in preview.iter("a") if a.get("role") == "doc-noteref"}
    if foot is None or not called:
        return None
    kept = deepcopy(foot)
    for note in having_class(kept, "li", "note"):
        if f"#{note.get('id')}" not in called:
            note.drop_tree()
    return kept


def _found(tree: html.HtmlElement) -> html.HtmlElement | None:
    """Markdown's own list of notes, in its box."""
    return next(iter(having_class(tree, "div", "footnote")), None)


def _listed(box: html.HtmlElement | None) -> list[html.HtmlElement]:
    """The notes themselves, not the items of a list inside one."""
    return [] if box is None else box.findall("ol/li")


def _write_call(written: html.HtmlElement, number: str, times: int) -> None:
    call, target = written.getparent(), written.get("href", "").partition("#")[2]
    assert call is not None  # noqa: S101 (Markdown writes it inside a <sup>)
    tail = call.tail
    own_id = f"appel-{number}" if times == 1 else f"appel-{number}-{times}"
    call.clear()
    call.tail = tail
    call.set("class", f"note-call note-call-{number}")
    link = {"id": own_id, "href": f"#{_id(target)}", "role": "doc-noteref"}
    call.append(build.A(number, link))


def _note(item: html.HtmlElement, number: int, *, is_called: bool) -> html.HtmlElement:
    for back in having_class(item, "a", "footnote-backref"):
        back.drop_tree()
    item.set("id", _id(item.get("id")))
    item.set("class", f"note note-{number}")
    if is_called:
        _write_way_back(item, number)
    return item


def _write_way_back(item: html.HtmlElement, number: int) -> None:
    link = build.A(
        _BACK,
        {
            "href": f"#appel-{number}",
            "class": "note-back",
            "role": "doc-backlink",
            "aria-label": f"Retour à l’appel {number}",
        },
    )
    last = item[-1] if len(item) and item[-1].tag == "p" else item
    end = last[-1] if len(last) else None
    if end is not None:
        end.tail = (end.tail or "").rstrip("\u00a0 \n") + " "
    else:
        last.text = (last.text or "").rstrip("\u00a0 \n") + " "
    last.append(link)


def _id(markdown_id: str) -> str:
    """« fn:orbite » → « note-orbite »."""
    return "note-" + _name(markdown_id)


def _name(markdown_id: str) -> str:
    return markdown_id.partition(":")[2]
