"""Images in AVIF, WebP and a fallback at several widths, made once for each content."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.images.generator import ImagesGenerator

    return ImagesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
