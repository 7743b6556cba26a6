"""Access: the manifest of who may read what, and the audit that nothing leaks."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.access.generator import AccessGenerator

    return AccessGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
