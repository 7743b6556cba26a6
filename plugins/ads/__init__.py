"""Contextual ads: approved bookings placed on pages whose themes match."""

from typing import Any

from pelican import signals


def _generators(_press: Any) -> type:
    from plugins.ads.generator import AdsGenerator

    return AdsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(_generators)
