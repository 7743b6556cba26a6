"""Reads `feed.json`, what the build lays down for private feeds (docs/feed.schema.json)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec

from paywall.errors import PaywallError
from paywall.gate import Entitlement, may_read
from paywall.site.manifest import Manifest
from paywall.site.paths import read_path

NAME = "feed.json"
VERSION = 1

Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class SourceError(PaywallError):
    """The file is missing, or is not understood: private feeds wait for the next build."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the magazine's feed, with the whole of a gated text."""

    path: str
    guid: str
    title: str
    summary: str
    published_at: Instant
    updated_at: Instant
    authors: tuple[str, ...]
    themes: tuple[str, ...]
    preview_html: str
    full_html: str | None
    images: tuple[str, ...]


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The magazine, and its entries."""

    version: int
    title: str
    description: str
    language: str
    home: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The feed of one build, beside that build's manifest."""

    channel: Channel
    digest: bytes
    manifest: Manifest
    gated_images: frozenset[str]
    """Those that nobody fetches without a right, as the items name them."""

    def readable(self, entitlement: Entitlement, now: datetime) -> tuple[int, ...]:
        """Which items a reader may have in full, by their places.

        An item with a full text that the manifest does not name is closed: only a manifest that
        could not be read has none of it.
        """
        pages = self.manifest.pages
        return tuple(
            place
            for place, item in enumerate(self.channel.items)
            if item.full_html is not None
            and (entry := pages.get(item.path)) is not None
            and may_read(entitlement, entry, now)
        )


def read_source(encoded: bytes, manifest: Manifest) -> Source:
    """Decode it; raise `SourceError` on anything not understood entirely."""
    try:
        channel = msgspec.json.decode(encoded, type=Channel)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(str(error)) from error
    if channel.version != VERSION:
        raise SourceError(f"version {channel.version} inconnue, attendu {VERSION}")
    images = {image for item in channel.items for image in item.images}
    gated = frozenset(image for image in images if _is_gated(image, manifest))
    digest = hashlib.blake2b(encoded, digest_size=16).digest()
    return Source(channel, digest, manifest, gated)


def _is_gated(image: str, manifest: Manifest) -> bool:
    path = read_path(image.encode())
    return path is not None and manifest.entries(path) is not None
