"""The magazine: content files checked, linked and written as pages."""

from typing import Any


def _generators(_press: Any) -> type:
    from plugins.magazine.generator import MagazineGenerator

    return MagazineGenerator


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals  # modules here that know nothing of Pelican do without it

    signals.get_generators.connect(_generators)
