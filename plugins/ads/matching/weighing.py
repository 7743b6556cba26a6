"""Weighs a document against all briefs, once, and chooses for each page that is about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import msgspec

from plugins.ads.flights import Flight
from plugins.ads.matching.briefs import Asked, Briefs
from plugins.ads.matching.choice import Chooser, Place
from plugins.ads.matching.texts import NO_TEXT, text_of
from plugins.magazine.page import Page
from plugins.magazine.schema import EventFields

FEW = 3
"""So many words and subjects are told as a reason."""


class Verdict(Protocol):
    """What is said of a text: ``class_`` is why no ad should stand beside it, if it should not."""

    @property
    def class_(self) -> str | None:
        """The kind of what is painful in it."""

    @property
    def words(self) -> tuple[str, ...]:
        """Words that say so, most telling first."""


Judge = Callable[[Sequence[str]], Verdict]
"""Judges the words of a text, as :func:`plugins.ads.matching.words.words_of` gives them."""


class Chosen(msgspec.Struct, frozen=True, array_like=True):
    """A booking, by its number, with its score and what it has in common."""

    flight: int
    score: float
    words: tuple[str, ...]
    subjects: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """What a page carries now, and what it will once that begins; why it is sensitive, if it is."""

    running: tuple[Chosen, ...]
    coming: tuple[Chosen, ...]
    sensitive: str
    sensitive_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A text against all briefs: what it says, the score of each brief, why it is sensitive."""

    asked: Asked
    scores: list[float]
    sensitive: str = ""
    sensitive_words: tuple[str, ...] = ()


class Weigher:
    """Knows the briefs of bookings, and which of them run on a day."""

    def __init__(self, flights: Sequence[Flight], today: date, judge: Judge | None) -> None:
        self._briefs = Briefs(flight.brief for flight in flights)
        self._running = Chooser(flights, lambda flight: flight.runs(today))
        self._coming = Chooser(flights, lambda flight: flight.comes(today))
        self._judge = judge

    def weigh(self, page: Page) -> Weighing:
        """Weigh the document that a page is about; of none, no brief says anything."""
        text = text_of(page.about) if page.about else NO_TEXT
        asked = self._briefs.asked(text.counts)
        scores = self._briefs.weigh(asked)
        judged = page.about and getattr(page.about.fields, "ads", "") != "checked"
        verdict = self._judge([*text.heading, *text.body]) if self._judge and judged else None
        if verdict is None or verdict.class_ is None:
            return Weighing(asked, scores)
        return Weighing(asked, scores, verdict.class_, verdict.words)

    def choose(self, page: Page, weighing: Weighing) -> Choice:
        """What a page carries of what its document was weighed against."""
        now = self._best(self._running, page, weighing)
        later = self._best(self._coming, page, weighing)
        return Choice(now, later, weighing.sensitive, weighing.sensitive_words)

    def shared(self, number: int, score: float, weighing: Weighing) -> Chosen:
        """A booking with what its brief and a text have in common."""
        words = self._briefs.words_shared(number, weighing.asked)[:FEW]
        about = self._briefs.subjects_shared(number, weighing.asked)[:FEW]
        return Chosen(number, round(score, 3), _names(words), _names(about))

    def _best(self, chooser: Chooser, page: Page, weighing: Weighing) -> tuple[Chosen, ...]:
        return tuple(
            self.shared(n, score, weighing)
            for kind in chooser.suiting(place_of(page), sensitive=bool(weighing.sensitive))
            for n, score in chooser.best(kind, weighing.scores, page.url)
        )


def place_of(page: Page) -> Place:
    """What is asked of a page, but its text."""
    node = page.about
    about = node.slug if node and isinstance(node.fields, EventFields) else ""
    return Place(page.placement or "", page.tree, page.themes, about)


def _names(found: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    return tuple(name for name, _ in found)
