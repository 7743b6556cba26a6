"""The magazine: content files checked, linked and written as pages."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.magazine.generator import MagazineGenerator

    return MagazineGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
