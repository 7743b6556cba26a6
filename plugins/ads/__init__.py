"""Contextual ads: approved bookings placed on pages whose themes match."""

from typing import Any

DEFAULT_KEY = "var/ads.key"
"""Where the key lies that pages are signed with, from the folder that the output lies in."""


def _generators(_press: Any) -> type:
    from plugins.ads.generator import AdsGenerator

    return AdsGenerator


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.get_generators.connect(_generators)
