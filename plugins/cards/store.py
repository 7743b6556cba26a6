"""Drawn cards, kept by what they show: a card is drawn once."""

import hashlib

import msgspec

from plugins.cards.card import Card
from plugins.cards.drawing import CARD_VERSION, draw_card
from plugins.press.kept import KeptFiles


def card_key(card: Card) -> str:
    """Return the name that all cards share which look the same."""
    cover = card.cover.digest if card.cover else ""
    said = (card.kind, card.label, card.title, card.subtitle, card.wear, card.site_name)
    key = msgspec.msgpack.encode((CARD_VERSION, *said, card.initials, cover))
    return hashlib.blake2b(key, digest_size=16).hexdigest()


def drawn(card: Card, kept: KeptFiles) -> bytes:
    """Return a card as it was kept, or drawn (PNG) and kept for the next build.

    A cover that cannot be read is an OSError.
    """
    name = f"{card_key(card)}.png"
    return kept.read(name) or kept.keep(name, draw_card(card))
