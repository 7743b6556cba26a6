"""Gives every page its boxes, and the service the inventory: the only file here to know Pelican."""

from collections.abc import Collection
from functools import partial
from typing import Any

from pelican.generators import Generator

from plugins.ads.bookings import flights_of, moments, notices
from plugins.ads.boxes import Terms
from plugins.ads.candidates import CandidateMaker
from plugins.ads.choice import Choice, give_boxes
from plugins.ads.creatives.checks import refuse_frames
from plugins.ads.inventory import NAME, inventory
from plugins.ads.key import read_or_make_key
from plugins.ads.matching import Matching
from plugins.ads.matching.kept import FOLDER
from plugins.ads.sensitive.judge import judge_in
from plugins.ads.settings import AdsSettings
from plugins.magazine.data_files import encoded
from plugins.magazine.edition import Edition, as_typed
from plugins.magazine.graph import Node
from plugins.magazine.messages import tell
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
        kept = KeptFiles(edition.settings.cache / FOLDER)
        judge = judge_in(edition.settings.content_lang)
        self._matching = Matching(self._flights, edition, kept, judge)
        self._choice = Choice(CandidateMaker(edition, running))
        with self.context["steps"].step(tell("publicité")):
            self._matching.prepare(edition.pages)
            give_boxes(edition.pages, self._matching, self._choice, self._terms)
        plan = self.context["plan"]
        plan.kept.append(kept)
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
        content = encoded(inventory(edition, self._flights))
        plan.add(Leaf(NAME, self.context["keys"].of(content), lambda: content))

    def may_revise(self, nodes: Collection[Node[Entry]]) -> bool:
        """Choose again for the pages of documents that were edited, before they are written."""
        touched = set(nodes)
        if touched:
            pages = [page for page in self.context["edition"].pages if page.about in touched]
            self._matching.weigh(pages)
            give_boxes(pages, self._matching, self._choice, self._terms)
        return True
