"""The Markdown that editors write, converted with no more machinery than a text uses.

A text that holds no « ^ » has no footnotes, and one without a bracket no links: what could
change nothing is left out, so the HTML is what Python-Markdown makes with everything on.
"""

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import Pattern, ReferenceInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

EXTENSIONS: dict[str, tuple[str, ...]] = {
    "footnotes": ("[^",),
    "tables": ("|",),
    "fenced_code": ("```", "~~~"),
    "attr_list": ("{",),
    "def_list": (":",),
    "sane_lists": ("",),
}
"""The extensions, and what a text holds that uses them: one of these."""

_STEPS: dict[str, tuple[str, ...]] = {"html_block": ("<", "&"), "unescape": ("\\",)}
"""The same for two of Python-Markdown's own steps."""

_CONFIGS = {"footnotes": {"USE_DEFINITION_ORDER": False}}
"""Notes are numbered as the text calls them, in whatever order they are written."""

_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
"""What a text must hold for an inline pattern to match; emphasis has two, and is cheap."""

_INLINE_SIGNS = ("[", "*", "_", "`", "\\", "<", "&", "  \n")
"""A text with none of them holds no inline markup at all."""

EMPTY_NOTE = "footnote-empty"
"""The class of a note that was left without a text."""

_FIRST = 101
"""Python-Markdown's first kind of block has the priority 100."""

_AFTER_NOTES, _BEFORE_INLINE = 49, 21
"""The notes' list is built at 50; inline markup is at 20."""


class Dialect:
    """Converts texts, one after the other, with one instance for each set of extensions."""

    def __init__(self) -> None:
        self._instance = cache(markdown)

    def convert(self, source: str) -> str:
        """The HTML of a text."""
        seen = source.replace(STX, "").replace(ETX, "")  # Markdown's own marks, which it drops
        signs = EXTENSIONS | _STEPS
        used = frozenset(name for name in signs if any(sign in seen for sign in signs[name]))
        return self._instance(used).reset().convert(source)


def markdown(used: frozenset[str]) -> Markdown:
    """An instance with some of the extensions and steps, sparing with its patterns."""
    names = [name for name in EXTENSIONS if name in used]
    configs = {name: config for name, config in _CONFIGS.items() if name in used}
    made = Markdown(extensions=names, extension_configs=configs, output_format="html")
    for name in _STEPS.keys() - used:
        made.preprocessors.deregister(name, strict=False)
        made.treeprocessors.deregister(name, strict=False)
    made.treeprocessors.register(_Spare(made), "spare", _BEFORE_INLINE)
    made.treeprocessors.register(EmptyNotes(made), "empty-notes", _AFTER_NOTES)
    made.parser.blockprocessors.register(_Prose(made.parser), "prose", _FIRST)
    return made


class _Prose(BlockProcessor):
    """Takes a block for the paragraph that it is, without asking every other kind of block.

    All of them but the paragraph begin, or have a line that begins, with a sign.
    """

    _begins = re.compile(r"[^\W\d_]").match
    _other_line = re.compile(r"\n(?![^\W\d_])").search

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 (Markdown passes it)
        """Whether every line begins with a letter, and no list is open."""
        begins = self._begins(block) and not self._other_line(block)
        return bool(begins) and not self.parser.state.isstate("list")

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        """What Python-Markdown makes of a paragraph."""
        return self.parser.blockprocessors["paragraph"].run(parent, blocks)


class EmptyNotes(Treeprocessor):
    """Marks the notes without a text, and gives them the way back that Markdown relies on."""

    def run(self, root: Element) -> None:
        """Edit the list of notes at the end of a text."""
        for note in root.iterfind(".//div[@class='footnote']/ol/li"):
            if not len(note):
                note.set("class", EMPTY_NOTE)
                target = note.get("id", "").replace("fn:", "#fnref:", 1)
                way_back = {"class": "footnote-backref", "href": target}
                SubElement(SubElement(note, "p"), "a", way_back)


class _Spare(Treeprocessor):
    """Spares the inline patterns what they cannot match, and texts every pattern."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        registry = md.inlinePatterns
        signs = {registry.get_index_for_name(n): _SIGNS[n] for n in _SIGNS if n in registry}
        self._patterns = [(signs.get(n, ""), pattern) for n, pattern in enumerate(registry)]

    def run(self, root: Element) -> None:
        text = "".join(root.itertext())
        inline: Any = self.md.treeprocessors["inline"]
        inline.inlinePatterns = [
            pattern for sign, pattern in self._patterns if sign in text and self._may_act(pattern)
        ]
        present = [sign for sign in _INLINE_SIGNS if sign in text]
        for element in root.iter():
            if element.text and not any(sign in element.text for sign in present):
                element.text = AtomicString(element.text)

    def _may_act(self, pattern: Pattern) -> bool:
        """Whether a pattern is no reference to a list of addresses that is empty."""
        return bool(self.md.references) or not isinstance(pattern, ReferenceInlineProcessor)
