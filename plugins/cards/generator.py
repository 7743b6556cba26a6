"""Draws the card of every page that has one, on all cores, once for each content."""

from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.cards.card import Card, Cover
from plugins.cards.store import card_key, draw_missing, drawn_path, prune
from plugins.magazine import page
from plugins.magazine.compose.composer import SITE_CARD, card_address
from plugins.magazine.edition import Edition
from plugins.press.kept import place


class CardsGenerator(Generator):  # type: ignore[misc]
    """Runs before the feeds, which say how heavy a card is."""

    stage = 40

    def generate_output(self, _writer: Any) -> None:
        """Write the cards below ``public/cartes/``."""
        edition, public = self.context["edition"], Path(self.output_path) / "public"
        cache = edition.settings.cache / "cards"
        cards = cards_of(edition)
        keys = {address: card_key(card) for address, card in cards.items()}
        draw_missing(((keys[address], card) for address, card in cards.items()), cache)
        targets = {public / address.lstrip("/"): key for address, key in keys.items()}
        for folder in {target.parent for target in targets}:
            folder.mkdir(parents=True, exist_ok=True)
        for target, key in targets.items():
            place(drawn_path(cache, key), target)
        prune(cache, set(keys.values()))


def cards_of(edition: Edition) -> dict[str, Card]:
    """Return the cards of an edition by their address."""
    return {
        _address(shown.card, shown.url): _card(shown.card, edition)
        for shown in edition.pages
        if shown.card and shown.tree == "public"
    }


def _address(card: page.Card, url: str) -> str:
    return SITE_CARD if card.kind == "site" else card_address(url)


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
