"""Gives every page its boxes, and the service the inventory: the only file here to know Pelican."""

from collections.abc import Collection
from functools import partial
from typing import Any

from pelican.generators import Generator

from plugins.ads.bookings import flights_of, moments, notices
from plugins.ads.boxes import PageAds, Terms
from plugins.ads.candidates import CandidateMaker
from plugins.ads.choice import Choice
from plugins.ads.creatives.checks import refuse_frames
from plugins.ads.inventory import NAME, inventory
from plugins.ads.key import read_or_make_key
from plugins.ads.matching import Matching
from plugins.ads.sensitive.judge import judge_in
from plugins.ads.settings import AdsSettings
from plugins.magazine.data_files import encoded
from plugins.magazine.edition import Edition, as_typed
from plugins.magazine.graph import Node
from plugins.magazine.messages import tell
from plugins.magazine.page import Page
from plugins.magazine.problems import Problems
from plugins.magazine.schema import Entry
from plugins.press.kept import KeptFiles
from plugins.press.plan import Leaf, Stage


class AdsGenerator(Generator):  # type: ignore[misc]
    """Runs after the pages are known and before any is written."""

    stage = 20
    replans = True

    def generate_context(self) -> None:
        """Choose the ads of each page."""
        edition: Edition = self.context["edition"]
        settings = AdsSettings.from_pelican(self.settings)
        if not settings.html5:
            refuse_frames(edition.graph, Problems(as_typed(edition.settings.content)))
        self._flights = flights_of(edition.graph)
        self._terms = Terms(read_or_make_key(settings.key), settings.counting, settings.consent)
        today = edition.settings.now.date()
        running = [flight for flight in self._flights if flight.runs(today)]
        self._matching = Matching(
            self._flights, edition, edition.settings.cache, judge_in(edition.settings.content_lang)
        )
        self._choice = Choice(CandidateMaker(edition, running), self._matching)
        with self.context["steps"].step(tell("publicité")):
            self._matching.prepare(edition.pages)
            self._give(edition.pages)
        plan = self.context["plan"]
        plan.moments += moments(self._flights, edition.settings)
        plan.notices += notices(self._flights, edition.graph)

    def generate_output(self, _writer: Any) -> None:
        """Plan the inventory, and the files that candidates show."""
        edition, plan = self.context["edition"], self.context["plan"]
        kept = KeptFiles(edition.settings.cache / "images")
        for path, (file, scale) in sorted(self._choice.maker.files.items()):
            make = partial(file.made, scale, kept)
            key = file.kept_name(scale).encode()
            plan.add(Leaf(f"public/{path}", key, make, Stage.IMAGES))
        pages = [(page, self._choice.coming(page)) for page in edition.pages]
        content = encoded(inventory(edition, self._flights, pages))
        plan.add(Leaf(NAME, self.context["keys"].of(content), lambda: content))

    def may_revise(self, nodes: Collection[Node[Entry]]) -> bool:
        """Choose again for the pages of documents that were edited, before they are written."""
        touched = set(nodes)
        if touched:
            self._give([p for p in self.context["edition"].pages if p.about in touched])
        return True

    def _give(self, pages: Collection[Page]) -> None:
        for page in pages:
            if page.listed:
                page.ads = PageAds(page.url, page.tree, self._choice.boxes(page), self._terms)
