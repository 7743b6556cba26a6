"""Feeds: RSS 2.0 and Atom for the whole magazine and for each section."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.feeds.generator import FeedsGenerator

    return FeedsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
