"""Search: a Pagefind index made from the text that anybody may read."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.search.generator import SearchGenerator

    return SearchGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
