"""What each page may carry: weighed on all cores, and only when something of it has changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from plugins.ads.flights import Flight
from plugins.ads.matching.choice import Match, Reason, refusal, theme_score
from plugins.ads.matching.explanation import Explanation, Refused
from plugins.ads.matching.kept import Kept, Row, changed
from plugins.ads.matching.weighing import Choice, Chosen, Judge, Weigher, place_of
from plugins.magazine.digest import code_digest, digest_of
from plugins.magazine.edition import Edition
from plugins.magazine.page import Page
from plugins.press.making import map_forked

_DECODE = msgspec.msgpack.Decoder(Choice).decode
_ENCODE = msgspec.msgpack.Encoder().encode


class Matching:
    """Approved bookings that run or will, and the pages that they suit.

    A page of the public tree and its full page are matched by the same text, the full one. What is
    kept in ``cache_folder`` has words of it, and is private; without one, nothing is kept.
    """

    def __init__(
        self,
        flights: Iterable[Flight],
        edition: Edition,
        cache_folder: Path | None = None,
        judge: Judge | None = None,
    ) -> None:
        self.today = today = edition.settings.now.date()
        self._flights = tuple(f for f in flights if f.runs(today) or f.comes(today))
        self._weigher = Weigher(self._flights, today, judge)
        said = tuple((*_said(flight), flight.runs(today)) for flight in self._flights)
        recipe = digest_of(code_digest(), judge is not None, said)
        self._kept = Kept(cache_folder, recipe) if cache_folder else None
        self._rows = self._kept.read() if self._kept else {}

    def prepare(self, pages: Iterable[Page]) -> int:
        """Weigh what has changed of all pages; says how many pages that were."""
        placed = {_name(page): page for page in pages if self._is_weighed(page)}
        keys = {name: _key(page) for name, page in placed.items()}
        groups: defaultdict[object, list[Page]] = defaultdict(list)
        for name in changed(self._rows, keys):
            groups[placed[name].about or name].append(placed[name])
        made = [row for rows in map_forked(self._rows_of, [*groups.values()]) for row in rows]
        gone = self._rows.keys() - placed.keys()
        if self._kept:
            self._kept.keep(made, gone)
        for name in gone:
            del self._rows[name]
        self._rows |= {row.page: row for row in made}
        return len(made)

    def candidates(self, page: Page) -> tuple[Match, ...]:
        """Bookings that the page carries today, the best first; exclusive ones before, the
        magazine's own after. None for a page without a placement."""
        return self._matches(page, self._choice(page).running) if self._is_weighed(page) else ()

    def coming(self, page: Page) -> tuple[Match, ...]:
        """Those that it will carry once they begin."""
        return self._matches(page, self._choice(page).coming) if self._is_weighed(page) else ()

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
                score = weighing.scores[n] + theme_score(flight, page.themes)
                suiting.append(self._match(page, self._weigher.shared(n, score, weighing)))
        suiting.sort(key=lambda match: (-match.score, match.flight.slug))
        return Explanation(
            self.candidates(page), tuple(suiting), tuple(refused),
            weighing.sensitive, weighing.sensitive_words,
        )  # fmt: skip

    def _is_weighed(self, page: Page) -> bool:
        return bool(page.placement and self._flights)

    def _matches(self, page: Page, found: Sequence[Chosen]) -> tuple[Match, ...]:
        return tuple(self._match(page, chosen) for chosen in found)

    def _match(self, page: Page, chosen: Chosen) -> Match:
        flight = self._flights[chosen.flight]
        themes = tuple(theme for theme in flight.fields.themes if theme in page.themes)
        return Match(flight, chosen.score, Reason(themes, chosen.words, chosen.subjects))

    def _choice(self, page: Page) -> Choice:
        row = self._rows.get(_name(page))
        if row is None or row.key != _key(page):
            (row,) = self._rows_of([page])
        return _DECODE(row.choice)

    def _rows_of(self, pages: Sequence[Page]) -> list[Row]:
        """The choices of pages about one document."""
        weighing = self._weigher.weigh(pages[0])
        return [
            Row(_name(page), _key(page), _ENCODE(self._weigher.choose(page, weighing)))
            for page in pages
        ]


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
    said = f"{page.placement} {' '.join(sorted(page.themes))}\n".encode()
    return said + page.about.document.digest if page.about else said
