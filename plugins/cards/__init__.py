"""Social cards: one drawn image for each article, person and issue."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.cards.generator import CardsGenerator

    return CardsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
