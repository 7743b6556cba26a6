"""The words of a page: those of the document that it is about, read once for all its renderings."""

from dataclasses import dataclass

import msgspec
import numpy as np

from plugins.ads.matching.words import Vocabulary, Words
from plugins.magazine.graph import Node
from plugins.magazine.schema import Entry

_HEADINGS = ("title", "name", "standfirst", "description")
"""Fields that say in a few words what a document is about."""

HEADING_WEIGHT = 2
"""How often a word of the title or the standfirst counts."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a document in their order: above its text, and of the whole text.

    What members read counts on the public page, too: both have the same candidates, and the words
    stay in the build.
    """

    heading: Words
    body: Words

    @property
    def words(self) -> Words:
        """All of them."""
        return np.concatenate((self.heading, self.body))

    @property
    def weighted(self) -> Words:
        """Each as often as it counts."""
        return np.concatenate((self.heading,) * HEADING_WEIGHT + (self.body,))


class _Prose(msgspec.Struct):
    """Of a body as it is kept, the text alone: the rest is passed over."""

    text: str


_PROSE = msgspec.msgpack.Decoder(_Prose)


def text_of(node: Node[Entry] | None, vocabulary: Vocabulary) -> Text:
    """Read the words of a document, if there is one; raises ``StoreDamagedError`` as its body."""
    if node is None:
        return Text(vocabulary.read(""), vocabulary.read(""))
    document = node.document
    heading = " ".join(str(getattr(node.fields, name, "")) for name in _HEADINGS)
    prose = _PROSE.decode(document.origin.bodies.body(str(document.path)))
    return Text(vocabulary.read(heading), vocabulary.read(prose.text))
