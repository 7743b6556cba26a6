"""Draws the card of every page that has one, on all cores, once for each content."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
from pelican.generators import Generator

from plugins.cards import drawing
from plugins.magazine.compose.composer import SITE_CARD, card_address
from plugins.magazine.page import Card
from plugins.magazine.settings import Settings
from plugins.press.workers import workers


class CardsGenerator(Generator):  # type: ignore[misc]
    """Runs before the feeds, which say how heavy a card is."""

    stage = 40

    def generate_output(self, _writer: Any) -> None:
        """Write the cards below ``public/cartes/``."""
        edition, public = self.context["edition"], Path(self.output_path) / "public"
        cache = edition.settings.cache / "cards"
        cache.mkdir(parents=True, exist_ok=True)
        wanted = {
            _address(page.card, page.url): _drawn_card(page.card, edition.settings)
            for page in edition.pages
            if page.card and page.tree == "public"
        }
        with workers() as pool:
            made = pool.map(_draw, wanted.values(), [cache] * len(wanted), chunksize=4)
        for address, drawn in zip(wanted, made, strict=True):
            target = public / address.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(drawn, target)


def _address(card: Card, url: str) -> str:
    return SITE_CARD if card.kind == "site" else card_address(url)


def _drawn_card(card: Card, settings: Settings) -> drawing.Card:
    return drawing.Card(
        kind=card.kind,
        label=card.label,
        title=card.title,
        subtitle=card.subtitle,
        wear=card.wear,  # type: ignore[arg-type]
        site_name=settings.name,
        initials=card.initials,
        cover=Path(card.cover).read_bytes() if card.cover else None,
    )


def _draw(card: drawing.Card, cache: Path) -> Path:
    """Draw a card unless the cache holds it; returns its file in the cache."""
    key = msgspec.msgpack.encode((drawing.CARD_VERSION, card))
    drawn = cache / f"{hashlib.blake2b(key, digest_size=16).hexdigest()}.png"
    if not drawn.exists():
        unfinished = drawn.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(drawing.draw_card(card))
        unfinished.replace(drawn)
    return drawn
