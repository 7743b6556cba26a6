"""A body: Markdown once through one HTML tree, out as a full text and a preview.

Links and images stay as written, as ``Use`` records and as marks in the HTML, until the
site graph knows where they lead (:mod:`plugins.magazine.weave`). So a body depends on
its source alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import html
from markdown import Markdown

from plugins.magazine import markup, notes
from plugins.magazine.parts import Heading
from plugins.magazine.preview import cut_preview, useless_marks
from plugins.magazine.source_lines import SourceLines
from plugins.magazine.typography import raise_letters

WORDS_PER_MINUTE = 230
"""Silent reading of French prose (Brysbaert 2019 gives 195–214 for French, 238 for English)."""

LONG_WORDS = 900
"""From this length on, and with three headings, a text gets a contents list."""

_EXTENSIONS = ["footnotes", "tables", "fenced_code", "attr_list", "def_list", "sane_lists"]
_CONFIGS = {"footnotes": {"USE_DEFINITION_ORDER": False}}
"""Notes are numbered as the text calls them, in whatever order they are written."""


@dataclass(frozen=True, slots=True)
class Use:
    """A link or an image as the editor wrote it. ``line`` counts from 1 in the file."""

    target: str
    line: int
    alt: str | None = None
    gated: bool = False


@dataclass(frozen=True, slots=True)
class Flaws:
    """What an editor has to mend in a text, wherever its links may lead.

    ``misplaced_marks`` and ``repeated_marks`` are lines; ``refused`` are elements and
    attributes that would load or run something; of notes, the names.
    """

    misplaced_marks: tuple[int, ...] = ()
    repeated_marks: tuple[int, ...] = ()
    refused: tuple[Use, ...] = ()
    undefined_notes: tuple[Use, ...] = ()
    uncalled_notes: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a body is, before the site graph. Texts are plain; ``ids`` are its fragments.

    ``rest`` holds every string that only the full text shows, titles and alternative
    texts included: what the leak audit looks for. What else is wrong with the text stands
    at the end: :class:`Flaws`.
    """

    full: str
    preview: str
    text: str
    preview_text: str
    rest: tuple[str, ...]
    words: int
    preview_words: int
    headings: tuple[Heading, ...]
    ids: frozenset[str]
    links: tuple[Use, ...]
    images: tuple[Use, ...]
    flaws: Flaws

    @property
    def minutes(self) -> int:
        """Reading time, at least one minute."""
        return minutes(self.words)


def minutes(words: int) -> int:
    """Reading time of a number of words, at least one minute."""
    return max(1, round(words / WORDS_PER_MINUTE))


class BodyReader:
    """Reads bodies with one Markdown instance, reset between two of them."""

    def __init__(self, *, french: bool = True) -> None:
        self._markdown = Markdown(
            extensions=_EXTENSIONS, extension_configs=_CONFIGS, output_format="html"
        )
        self._french = french

    def read(self, source: str, first_line: int = 1) -> Body:
        """Read a body whose first line is ``first_line`` of its file."""
        tree = html.fragment_fromstring(self._markdown.reset().convert(source), create_parent="div")
        lines = SourceLines(source, first_line)
        flaws = _flaws(tree, lines)
        markup.drop_empty(tree)
        if self._french:
            markup.typeset(tree)
        headings = markup.name_headings(tree)
        markup.build_figures(tree)
        markup.wrap_tables(tree)
        markup.hang_quotes(tree)
        foot = notes.move_to_foot(tree)
        preview = cut_preview(tree)
        markup.drop_comments(tree)
        markup.drop_comments(preview)
        if foot is not None:
            markup.drop_comments(foot)
            tree.append(foot)
            notes.keep_called(preview, foot)
        return _body(tree, preview, headings, lines, flaws)


def _flaws(tree: html.HtmlElement, lines: SourceLines) -> Flaws:
    misplaced, repeated = useless_marks(tree)
    undefined = ((name, lines.of_note(name)) for name in notes.undefined(tree))
    return Flaws(
        misplaced_marks=tuple(map(lines.of_mark, misplaced)),
        repeated_marks=tuple(map(lines.of_mark, repeated)),
        refused=tuple(Use(name, lines.of(name)) for name in markup.refused(tree)),
        undefined_notes=tuple(Use(name, line) for name, line in undefined if line),
        uncalled_notes=tuple(
            Use(name, lines.of_note(name) or lines.first) for name in notes.uncalled(tree)
        ),
    )


def _body(
    tree: html.HtmlElement,
    preview: html.HtmlElement,
    headings: tuple[Heading, ...],
    lines: SourceLines,
    flaws: Flaws,
) -> Body:
    text, preview_text = markup.plain_text(tree), markup.plain_text(preview)
    words = count_words(markup.plain_text(tree, skip_notes=True))
    shown = dict.fromkeys(markup.strings(preview))
    return Body(
        full=_serialise(tree),
        preview=_serialise(preview),
        text=text,
        preview_text=preview_text,
        rest=tuple(_unseen(s, shown) for s in markup.strings(tree) if s not in shown),
        words=words,
        preview_words=count_words(markup.plain_text(preview, skip_notes=True)),
        headings=headings if words >= LONG_WORDS and len(headings) > 2 else (),
        ids=frozenset(markup.ids(tree)),
        links=_links(tree, preview, lines),
        images=_images(tree, preview, lines),
        flaws=flaws,
    )


def _unseen(text: str, shown: Iterable[str]) -> str:
    """A gated string, less the words at its start that a preview cut from it."""
    starts = (start.removesuffix("…") for start in shown)
    return text[max((len(s) for s in starts if text.startswith(f"{s} ")), default=0) :]


def _links(
    tree: html.HtmlElement, preview: html.HtmlElement, lines: SourceLines
) -> tuple[Use, ...]:
    shown = {a.get("href") for a in preview.iter("a")}
    return tuple(
        Use(target, lines.of(target), gated=target not in shown)
        for a in tree.iter("a")
        for target in [a.get("href")]
        if target
    )


def _images(
    tree: html.HtmlElement, preview: html.HtmlElement, lines: SourceLines
) -> tuple[Use, ...]:
    """An image that a preview shows may be shown again, with words that are not for everybody."""
    shown = {(img.get("src", ""), img.get("alt")) for img in preview.iter("img")}
    return tuple(
        Use(src, lines.of(src), alt, gated=(src, alt) not in shown)
        for img in tree.iter("img")
        for src, alt in [(img.get("src", ""), img.get("alt"))]
    )


def _serialise(tree: html.HtmlElement) -> str:
    inner = (tree.text or "") + "".join(
        html.tostring(child, encoding="unicode", method="html") for child in tree
    )
    return raise_letters(inner.strip())


def count_words(text: str) -> int:
    """Words of a text, « l’école » being one."""
    return len(re.findall(r"[\w’'-]+", text))
