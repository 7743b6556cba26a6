"""Drawn cards, kept by content: a card is drawn once, and found again without being opened."""

import hashlib
import os
from pathlib import Path

import msgspec

from plugins.cards.card import Card
from plugins.cards.drawing import CARD_VERSION, draw_card
from plugins.press.kept import is_whole


def card_key(card: Card) -> str:
    """Return the name that all cards share which look the same."""
    cover = card.cover.digest if card.cover else ""
    said = (card.kind, card.label, card.title, card.subtitle, card.wear, card.site_name)
    key = msgspec.msgpack.encode((CARD_VERSION, *said, card.initials, cover))
    return hashlib.blake2b(key, digest_size=16).hexdigest()


def drawn(card: Card, cache: Path) -> Path:
    """Return the file of a card in the cache, where it is drawn unless it stands there.

    A cover that cannot be read is an OSError.
    """
    kept = cache / f"{card_key(card)}.png"
    if not is_whole(kept):
        unfinished = kept.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(draw_card(card))
        unfinished.replace(kept)
    return kept
