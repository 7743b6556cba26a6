"""Weighs a document against all briefs, once, and chooses for each page that is about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from plugins.ads.flights import Flight
from plugins.ads.matching.briefs import Asked, Briefs
from plugins.ads.matching.choice import Chooser, Place
from plugins.ads.matching.kept import Choice
from plugins.ads.matching.texts import text_of
from plugins.ads.matching.words import Vocabulary, Words
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


class Judge(Protocol):
    """Judges texts that are read with its vocabulary."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What it reads with."""

    def judge(self, words: Words) -> Verdict:
        """The verdict on a whole text."""


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
        self._vocabulary = judge.vocabulary if judge else Vocabulary()
        self._briefs = Briefs((flight.brief for flight in flights), self._vocabulary)
        self._running = Chooser(flights, lambda flight: flight.runs(today))
        self._coming = Chooser(flights, lambda flight: flight.comes(today))
        self._judge = judge

    def weigh(self, page: Page) -> Weighing:
        """Weigh the document that a page is about; of none, no brief says anything."""
        text = text_of(page.about, self._vocabulary)
        asked = self._briefs.asked(text.weighted)
        scores = self._briefs.weigh(asked)
        judged = page.about and getattr(page.about.fields, "ads", "") != "checked"
        verdict = self._judge.judge(text.words) if self._judge and judged else None
        if verdict is None or verdict.class_ is None:
            return Weighing(asked, scores)
        return Weighing(asked, scores, verdict.class_, verdict.words)

    def choose(self, page: Page, weighing: Weighing) -> Choice:
        """What a page carries of what its document was weighed against."""
        place, sensitive = place_of(page), bool(weighing.sensitive)
        running, coming = (
            tuple(
                number
                for kind in chooser.suiting(place, sensitive=sensitive)
                for number in chooser.best(kind, weighing.scores, page.url)
            )
            for chooser in (self._running, self._coming)
        )
        return Choice(running, coming)

    def words_shared(self, number: int, weighing: Weighing) -> tuple[str, ...]:
        """A few words of a booking's brief that a text has, too, most telling first."""
        return _names(self._briefs.words_shared(number, weighing.asked))

    def subjects_shared(self, number: int, weighing: Weighing) -> tuple[str, ...]:
        """A few subjects that both are about, most telling first."""
        return _names(self._briefs.subjects_shared(number, weighing.asked))


def place_of(page: Page) -> Place:
    """What is asked of a page, but its text."""
    node = page.about
    about = node.slug if node and isinstance(node.fields, EventFields) else ""
    return Place(page.placement or "", page.tree, page.themes, about)


def _names(found: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    return tuple(name for name, _ in found[:FEW])
