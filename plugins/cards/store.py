"""Drawn cards, kept by content: a card is drawn once, and found again without being opened."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

import msgspec

from plugins.cards.card import Card
from plugins.cards.drawing import CARD_VERSION, draw_card
from plugins.press.kept import kept_names, remove_unused
from plugins.press.workers import workers

BATCH = 32  # cards that a worker draws between two messages; so few are drawn without workers


def card_key(card: Card) -> str:
    """Return the name that all cards share which look the same."""
    cover = card.cover.digest if card.cover else ""
    said = (card.kind, card.label, card.title, card.subtitle, card.wear, card.site_name)
    key = msgspec.msgpack.encode((CARD_VERSION, *said, card.initials, cover))
    return hashlib.blake2b(key, digest_size=16).hexdigest()


def drawn_path(cache: Path, key: str) -> Path:
    """Return where the card of a key is kept, once drawn."""
    return cache / f"{key}.png"


def draw_missing(
    cards: Iterable[tuple[str, Card]],
    cache: Path,
    tell_drawn: Callable[[int], object] = lambda _count: None,
) -> None:
    """Draw, on all cores, the cards whose key the cache does not hold.

    `tell_drawn` is called with the number of cards drawn since it was last called. A cover that
    cannot be read is an OSError.
    """
    cache.mkdir(parents=True, exist_ok=True)
    held = kept_names(cache)
    missing = list({key: card for key, card in cards if f"{key}.png" not in held}.items())
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    if len(batches) == 1:
        tell_drawn(_draw_batch(batches[0], cache))
    elif batches:
        with workers() as pool:
            for count in pool.map(partial(_draw_batch, cache=cache), batches):
                tell_drawn(count)


def prune(cache: Path, wanted: Collection[str]) -> int:
    """Remove the cards whose key is not wanted; return how many files went."""
    return remove_unused(cache, {f"{key}.png" for key in wanted})


def _draw_batch(cards: list[tuple[str, Card]], cache: Path) -> int:
    for key, card in cards:
        drawn = drawn_path(cache, key)
        unfinished = drawn.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(draw_card(card))
        unfinished.replace(drawn)
    return len(cards)
