"""Footnotes: numbered calls in the text, one list of notes at its foot."""

from collections import Counter

from lxml import html
from lxml.html import builder as build

from plugins.magazine.markup import having_class

_BACK = "↩"


def move_to_foot(tree: html.HtmlElement) -> html.HtmlElement | None:
    """Rewrite Markdown's footnotes; take their list out of the tree and return it."""
    called: Counter[str] = Counter()
    for link in having_class(tree, "a", "footnote-ref"):
        number = link.text or ""
        called[number] += 1
        _write_call(link, number, called[number])
    found = having_class(tree, "div", "footnote")
    if not found:
        return None
    foot = build.SECTION({"class": "notes", "role": "doc-endnotes", "aria-label": "Notes"})
    items = build.OL()
    foot.append(items)
    for number, item in enumerate(found[0].iter("li"), 1):
        items.append(_note(item, number))
    found[0].drop_tree()
    return foot


def keep_called(preview: html.HtmlElement, foot: html.HtmlElement) -> None:
    """Give a preview the notes that it calls, and no other."""
    called = {a.get("href") for a in preview.iter("a") if a.get("role") == "doc-noteref"}
    if not called:
        return
    kept = html.fromstring(html.tostring(foot, encoding="unicode"))
    for note in having_class(kept, "li", "note"):
        if f"#{note.get('id')}" not in called:
            note.drop_tree()
    preview.append(kept)


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


def _note(item: html.HtmlElement, number: int) -> html.HtmlElement:
    for back in having_class(item, "a", "footnote-backref"):
        back.drop_tree()
    item.set("id", _id(item.get("id")))
    item.set("class", f"note note-{number}")
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
    return item


def _id(markdown_id: str) -> str:
    """« fn:orbite » → « note-orbite »."""
    return "note-" + markdown_id.partition(":")[2]
