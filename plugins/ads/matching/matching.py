"""What each page may carry: weighed on all cores, and only when something of it has changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from plugins.ads.flights import Flight
from plugins.ads.matching.choice import Match, Reason, is_exclusive, refusal, theme_score
from plugins.ads.matching.explanation import Explanation, Refused
from plugins.ads.matching.kept import Choice, Kept, Store
from plugins.ads.matching.weighing import Judge, Weigher, Weighing, place_of
from plugins.magazine.digest import code_digest, digest_of
from plugins.magazine.edition import Edition
from plugins.magazine.page import Page
from plugins.press.kept import KeptFiles
from plugins.press.making import map_forked

_NOTHING = Choice()


class Carried(NamedTuple):
    """Bookings that suit a page today, and those that will once they begin: the best first,
    exclusive ones before, the magazine's own after."""

    running: tuple[Flight, ...] = ()
    coming: tuple[Flight, ...] = ()


class Matching:
    """Approved bookings that run or will, and the pages that they suit.

    A page of the public tree and its full page are matched by the same text, the full one. What was
    chosen is ``kept`` for the next build; without it, nothing is kept.
    """

    def __init__(
        self,
        flights: Iterable[Flight],
        edition: Edition,
        kept: KeptFiles | None = None,
        judge: Judge | None = None,
    ) -> None:
        self.today = today = edition.settings.now.date()
        self._flights = tuple(f for f in flights if f.runs(today) or f.comes(today))
        self._weigher = Weigher(self._flights, today, judge)
        said = tuple((*_said(flight), flight.runs(today)) for flight in self._flights)
        recipe = digest_of(code_digest(), judge is not None, said)
        self._store = Store(kept, recipe) if kept else None
        self._choices: dict[Page, Choice] = {}

    def prepare(self, pages: Iterable[Page]) -> int:
        """Weigh what has changed of all pages; says how many pages that were."""
        placed = [(_name(page), page) for page in pages if self._is_weighed(page)]
        earlier = self._store.read() if self._store else {}
        choices: dict[str, Kept] = {}
        changed = []
        for name, page in placed:
            known, key = earlier.get(name), _key(page)
            if known is None or known.key != key:
                changed.append(page)
            else:
                choices[name] = known
                self._choices[page] = known.choice
        self.weigh(changed)
        if self._store and (changed or len(choices) < len(earlier)):
            made = {_name(page): Kept(_key(page), self._choices[page]) for page in changed}
            self._store.keep(choices | made)
        return len(changed)

    def weigh(self, pages: Iterable[Page]) -> None:
        """Weigh pages, whatever is known of them."""
        groups: defaultdict[object, list[Page]] = defaultdict(list)
        for page in pages:
            if self._is_weighed(page):
                groups[page.about or page].append(page)
        made = map_forked(self._choices_of, [*groups.values()])
        for group, choices in zip(groups.values(), made, strict=True):
            self._choices |= zip(group, choices, strict=True)

    def carried(self, page: Page) -> Carried:
        """What suits a page that was weighed; of another, nothing is known."""
        choice = self._choices.get(page, _NOTHING)
        flights, running, coming = self._flights, choice.running, choice.coming
        return Carried(tuple([flights[n] for n in running]), tuple([flights[n] for n in coming]))

    def explain(self, page: Page) -> Explanation:
        """Everything that decides for a page, weighed anew: for an editor's eyes alone."""
        weighing, place = self._weigher.weigh(page), place_of(page)
        sensitive = bool(weighing.sensitive)
        suiting, refused = [], []
        for n, flight in enumerate(self._flights):
            why = refusal(flight, place, sensitive=sensitive)
            if why:
                refused.append(Refused(flight, why))
            else:
                suiting.append(self._match(page, n, weighing))
        suiting.sort(key=lambda match: (-match.score, match.flight.slug))
        chosen = self._weigher.choose(page, weighing).running
        alone = [n for n in chosen if is_exclusive(self._flights[n])]
        carried = tuple(self._match(page, n, weighing) for n in alone or chosen)
        return Explanation(
            carried, tuple(suiting), tuple(refused),
            weighing.sensitive, weighing.sensitive_words,
        )  # fmt: skip

    def _is_weighed(self, page: Page) -> bool:
        return bool(page.placement and self._flights)

    def _match(self, page: Page, number: int, weighing: Weighing) -> Match:
        flight = self._flights[number]
        score = weighing.scores[number] + theme_score(flight, page.themes)
        themes = tuple(theme for theme in flight.fields.themes if theme in page.themes)
        words = self._weigher.words_shared(number, weighing)
        about = self._weigher.subjects_shared(number, weighing)
        return Match(flight, round(score, 3), Reason(themes, words, about))

    def _choices_of(self, pages: Sequence[Page]) -> list[Choice]:
        """What is chosen for pages about one document."""
        weighing = self._weigher.weigh(pages[0])
        return [self._weigher.choose(page, weighing) for page in pages]


def _said(flight: Flight) -> tuple[object, ...]:
    """What of a booking decides where it stands."""
    fields = flight.fields
    return (
        flight.slug, flight.brief, fields.type, fields.goal == "exclusive", fields.placements,
        fields.themes, fields.excluded_themes, fields.events, fields.subscribers,
    )  # fmt: skip


def _name(page: Page) -> str:
    return f"{page.tree}{page.url}"


def _key(page: Page) -> bytes:
    """What of a page its choice is made from."""
    place = _place_key(page.placement, page.themes)
    return place + page.about.document.digest if page.about else place


@cache  # many pages have the same themes
def _place_key(placement: str | None, themes: frozenset[str]) -> bytes:
    return f"{placement} {' '.join(sorted(themes))}\n".encode()
