"""What each page may carry: weighed on all cores, and only when something of it has changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import msgspec

from plugins.ads.flights import Flight
from plugins.ads.matching.briefs import Asked, Briefs
from plugins.ads.matching.choice import Chooser, Match, Place, Reason, chosen
from plugins.ads.matching.kept import Kept, Row, changed
from plugins.ads.matching.subjects import FILE
from plugins.ads.matching.texts import text_of
from plugins.magazine.digest import code_digest, digest_of
from plugins.magazine.edition import Edition
from plugins.magazine.page import Page
from plugins.magazine.schema import EventFields
from plugins.press.making import map_forked

FEW = 3
"""So many words and subjects are told as a reason."""

_MADE_WITH = ("bm25s", "pystemmer")


class Verdict(Protocol):
    """What is said of a text: ``class_`` is why no ad should stand beside it, if it should not."""

    @property
    def class_(self) -> str | None:
        """The kind of what is painful in it."""

    @property
    def words(self) -> tuple[str, ...]:
        """Words that say so, most telling first."""


Judge = Callable[[Sequence[str]], Verdict]


class Chosen(msgspec.Struct, frozen=True, array_like=True):
    """A booking, by its number, with its score and what it has in common."""

    flight: int
    score: float
    words: tuple[str, ...]
    subjects: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """What a page may carry now, and once it begins; what a sensitive text is about."""

    running: tuple[Chosen, ...]
    coming: tuple[Chosen, ...]
    sensitive: str
    sensitive_words: tuple[str, ...]


_DECODE = msgspec.msgpack.Decoder(Choice).decode
_ENCODE = msgspec.msgpack.Encoder().encode


class Weighing(msgspec.Struct, frozen=True):
    """A text against all briefs: what it says, the score of each brief, and what it is about."""

    asked: Asked
    scores: dict[int, float]
    sensitive: str = ""
    sensitive_words: tuple[str, ...] = ()


_NO_TEXT = Weighing(Asked({}, {}), {})


class Matching:
    """Approved bookings that run or will, and the pages that they suit.

    ``cache_folder`` is private: what is kept there has words of gated texts.
    """

    def __init__(
        self,
        flights: Iterable[Flight],
        edition: Edition,
        cache_folder: Path,
        judge: Judge | None = None,
    ) -> None:
        self._today = edition.settings.now.date()
        self.flights = tuple(f for f in flights if f.runs(self._today) or f.comes(self._today))
        self._briefs = Briefs([flight.brief for flight in self.flights])
        self._chooser = Chooser(self.flights)
        self._judge = judge
        self._kept = Kept(cache_folder, self._recipe())
        self._rows = self._kept.read()

    def prepare(self, pages: Iterable[Page]) -> int:
        """Weigh what has changed of all pages; says how many pages that were."""
        placed = {_name(page): page for page in pages if page.placement}
        keys = {name: _key(page) for name, page in placed.items()}
        groups: defaultdict[object, list[Page]] = defaultdict(list)
        for name in changed(self._rows, keys):
            groups[placed[name].about or name].append(placed[name])
        made = [row for rows in map_forked(self._rows_of, [*groups.values()]) for row in rows]
        gone = self._rows.keys() - placed.keys()
        self._kept.keep(made, gone)
        for name in gone:
            del self._rows[name]
        self._rows |= {row.page: row for row in made}
        return len(made)

    def candidates(self, page: Page) -> tuple[Match, ...]:
        """Bookings that the page carries today, the best first; exclusive ones before, the
        magazine's own after."""
        return self._matches(page, self._choice(page).running) if page.placement else ()

    def coming(self, page: Page) -> tuple[Match, ...]:
        """Those that it will carry once they begin."""
        return self._matches(page, self._choice(page).coming) if page.placement else ()

    def _matches(self, page: Page, found: Sequence[Chosen]) -> tuple[Match, ...]:
        return tuple(self._match(page, chosen) for chosen in found)

    def _match(self, page: Page, chosen: Chosen) -> Match:
        flight = self.flights[chosen.flight]
        themes = tuple(theme for theme in flight.fields.themes if theme in page.themes)
        return Match(flight, chosen.score, Reason(themes, chosen.words, chosen.subjects))

    def _choice(self, page: Page) -> Choice:
        row = self._rows.get(_name(page))
        if row is None or row.key != _key(page):
            (row,) = self._rows_of([page])
        return _DECODE(row.choice)

    def _rows_of(self, pages: Sequence[Page]) -> list[Row]:
        """The choices of pages about one document."""
        weighing = self._weigh(pages[0])
        return [Row(_name(p), _key(p), _ENCODE(self._choose(p, weighing))) for p in pages]

    def _weigh(self, page: Page) -> Weighing:
        if page.about is None:
            return _NO_TEXT
        text = text_of(page.about)
        asked = self._briefs.asked(text.counts)
        scores = self._briefs.weigh(asked)
        verdict = self._judge([*text.heading, *text.body]) if self._judge else None
        if verdict is None or verdict.class_ is None:
            return Weighing(asked, scores)
        return Weighing(asked, scores, verdict.class_, verdict.words)

    def _choose(self, page: Page, weighing: Weighing) -> Choice:
        scores = self._scores(page, weighing)
        now = {n: s for n, s in scores.items() if self.flights[n].runs(self._today)}
        later = {n: s for n, s in scores.items() if n not in now}
        running, coming = (
            tuple(
                self._shared(n, score, weighing.asked)
                for n, score in chosen(some, self.flights, page.url)
            )
            for some in (now, later)
        )
        return Choice(running, coming, weighing.sensitive, weighing.sensitive_words)

    def _shared(self, number: int, score: float, asked: Asked) -> Chosen:
        words = self._briefs.words_shared(number, asked)[:FEW]
        about = self._briefs.subjects_shared(number, asked)[:FEW]
        return Chosen(number, round(score, 3), _names(words), _names(about))

    def _scores(self, page: Page, weighing: Weighing) -> dict[int, float]:
        suiting = self._chooser.suiting(_place(page), sensitive=bool(weighing.sensitive))
        return {n: themes + weighing.scores.get(n, 0.0) for n, themes in suiting.items()}

    def _recipe(self) -> bytes:
        made_with = tuple((name, version(name)) for name in _MADE_WITH)
        said = tuple((*_said(flight), flight.runs(self._today)) for flight in self.flights)
        return digest_of(code_digest(), FILE.read_bytes(), made_with, self._judge is not None, said)


def _said(flight: Flight) -> tuple[object, ...]:
    """What of a booking decides where it stands."""
    fields = flight.fields
    return (
        flight.slug, flight.brief, fields.type, fields.goal == "exclusive", fields.placements,
        fields.themes, fields.excluded_themes, fields.events, fields.subscribers,
    )  # fmt: skip


def _names(found: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    return tuple(name for name, _ in found)


def _name(page: Page) -> str:
    return f"{page.tree}{page.url}"


def _place(page: Page) -> Place:
    node = page.about
    about = node.slug if node and isinstance(node.fields, EventFields) else ""
    return Place(page.placement or "", page.tree, page.themes, about)


def _key(page: Page) -> bytes:
    """What of a page its choice is made from."""
    said = f"{page.placement} {' '.join(sorted(page.themes))}\n".encode()
    return said + page.about.document.digest if page.about else said
