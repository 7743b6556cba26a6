"""Plans the card of every page that has one."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.cards.card import Card, Cover
from plugins.cards.store import drawn
from plugins.magazine import page
from plugins.magazine.compose.composer import SITE_CARD, card_address
from plugins.magazine.edition import Edition
from plugins.press.kept import KeptFiles
from plugins.press.plan import Leaf, Stage


class CardsGenerator(Generator):  # type: ignore[misc]
    """Runs before the feeds, which say how heavy a card is."""

    stage = 40

    def generate_output(self, _writer: Any) -> None:
        """Plan the cards below ``public/cartes/``."""
        edition, keys, plan = (self.context[name] for name in ("edition", "keys", "plan"))
        kept = KeptFiles(edition.settings.cache / "cards")
        plan.kept.append(kept)
        for shown in edition.pages:
            if shown.card:
                draw = partial(_draw, shown, edition, kept)
                plan.add(Leaf(_path(shown), keys.card(shown), draw, Stage.CARDS))

    def renew(self, pages: Iterable[page.Page]) -> Iterator[Leaf]:
        """Bring the plan up to date for some pages; those of their leaves that have changed."""
        keys, plan = self.context["keys"], self.context["plan"]
        for shown in pages:
            if shown.card:
                yield from plan.renew(_path(shown), keys.card(shown))


def _draw(shown: page.Page, edition: Edition, kept: KeptFiles) -> bytes:
    assert shown.card is not None  # noqa: S101 (planned because it has one)
    return drawn(_card(shown.card(), edition), kept)


def _path(shown: page.Page) -> str:
    return f"public{card_address(shown.url) if shown.about else SITE_CARD}"


def _card(card: page.Card, edition: Edition) -> Card:
    cover = Path(card.cover) if card.cover else None
    return Card(
        kind=card.kind,
        label=card.label,
        title=card.title,
        subtitle=card.subtitle,
        wear=card.wear,  # type: ignore[arg-type]
        site_name=edition.settings.name,
        initials=card.initials,
        cover=Cover(cover, edition.images.inspect(cover).digest) if cover else None,
    )
