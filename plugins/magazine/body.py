"""A body: Markdown once through one HTML tree, out as a full text and a preview.

Links and images stay as written, as ``Use`` records and as marks in the HTML, until the
site graph knows where they lead (:mod:`plugins.magazine.weave`). So a body depends on
its source alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree, html

from plugins.magazine import markup, notes
from plugins.magazine.dialect import Dialect
from plugins.magazine.parts import Heading
from plugins.magazine.preview import cut_preview, useless_marks
from plugins.magazine.source_lines import SourceLines
from plugins.magazine.typography import raise_letters

WORDS_PER_MINUTE = 230
"""Silent reading of French prose (Brysbaert 2019 gives 195–214 for French, 238 for English)."""

LONG_WORDS = 900
"""From this length on, and with three headings, a text gets a contents list."""

_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Use:
    """A link or an image as the editor wrote it. ``line`` counts from 1 in the file."""

    target: str
    line: int
    alt: str | None = None
    gated: bool = False
    credit: str = ""


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
    empty_notes: tuple[Use, ...] = ()


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
    """Reads bodies, one after the other."""

    def __init__(self, *, french: bool = True) -> None:
        self._dialect = Dialect()
        self._french = french

    def read(self, source: str, first_line: int = 1) -> Body:
        """Read a body whose first line is ``first_line`` of its file."""
        tree = html.fragment_fromstring(self._dialect.convert(source), create_parent="div")
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
        prose = markup.runs(tree)
        preview = cut_preview(tree, " ".join(prose))
        short = _Rendering.of(preview, markup.runs(preview), notes.called_in(preview, foot))
        return _body(_Rendering.of(tree, prose, foot), short, headings, lines, flaws)


@dataclass(frozen=True, slots=True)
class _Rendering:
    """A text for one kind of reader; ``strings`` are all that are shown to them."""

    tree: html.HtmlElement
    as_html: str
    text: str
    strings: tuple[str, ...]
    words: int

    @classmethod
    def of(
        cls, tree: html.HtmlElement, prose: list[str], foot: html.HtmlElement | None
    ) -> "_Rendering":
        """Put the notes at the foot of a text, whose own runs of words are ``prose``."""
        runs = prose
        if foot is not None:
            runs = prose + markup.runs(foot)
            tree.append(foot)
        markup.drop_comments(tree)
        return cls(
            tree,
            as_html=_serialise(tree),
            text=" ".join(runs),
            strings=(*runs, *markup.labels(tree)),
            words=count_words(" ".join(prose)),
        )


def _flaws(tree: html.HtmlElement, lines: SourceLines) -> Flaws:
    misplaced, repeated = useless_marks(tree)
    undefined = ((name, lines.of_call(name)) for name in notes.undefined(tree))
    return Flaws(
        misplaced_marks=tuple(map(lines.of_mark, misplaced)),
        repeated_marks=tuple(map(lines.of_mark, repeated)),
        refused=tuple(Use(name, lines.of(name)) for name in markup.refused(tree)),
        undefined_notes=tuple(Use(name, line) for name, line in undefined if line),
        uncalled_notes=_defined(notes.uncalled(tree), lines),
        empty_notes=_defined(notes.empty(tree), lines),
    )


def _defined(names: Iterable[str], lines: SourceLines) -> tuple[Use, ...]:
    return tuple(Use(name, lines.of_definition(name) or lines.first) for name in names)


def _body(
    full: _Rendering,
    short: _Rendering,
    headings: tuple[Heading, ...],
    lines: SourceLines,
    flaws: Flaws,
) -> Body:
    shown = dict.fromkeys(short.strings)
    return Body(
        full=full.as_html,
        preview=short.as_html,
        text=full.text,
        preview_text=short.text,
        rest=tuple(_unseen(s, shown) for s in full.strings if s not in shown),
        words=full.words,
        preview_words=short.words,
        headings=headings if full.words >= LONG_WORDS and len(headings) > 2 else (),
        ids=frozenset(markup.ids(full.tree)),
        links=_links(full.tree, short.tree, lines),
        images=_images(full.tree, short.tree, lines),
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
    shown = set(map(_said_of, preview.iter("img")))
    return tuple(
        Use(src, lines.of(src), alt, gated=(src, alt, credit) not in shown, credit=credit)
        for src, alt, credit in map(_said_of, tree.iter("img"))
    )


def _said_of(image: html.HtmlElement) -> tuple[str, str | None, str]:
    return image.get("src", ""), image.get("alt"), image.get("data-credit", "")


def _serialise(tree: html.HtmlElement) -> str:
    whole = etree.tostring(tree, encoding="unicode", method="html")
    return raise_letters(whole.removeprefix("<div>").removesuffix("</div>").strip())


def count_words(text: str) -> int:
    """Words of a text, « l’école » being one."""
    return len(_WORD.findall(text))
