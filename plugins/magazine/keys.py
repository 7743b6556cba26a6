"""Keys of pages: equal keys, equal pages. A key is a row of digests: it explains itself."""

from collections.abc import Callable
from dataclasses import fields

from plugins.magazine.digest import code_digest, digest_of, digest_of_bytes
from plugins.magazine.page import Page
from plugins.magazine.settings import Settings

PART_BYTES = 6
"""Enough to tell a page from its own former state: nothing else is compared with it."""

PARTS = ("template", "magazine", "text", "shown", "place", "ad")
"""What each part of a page's key is a digest of."""


def changed_parts(before: bytes, now: bytes) -> list[str]:
    """Which of :data:`PARTS` differ in two keys of a page."""
    starts = range(0, len(PARTS) * PART_BYTES, PART_BYTES)
    return [
        part
        for part, at in zip(PARTS, starts, strict=True)
        if before[at : at + PART_BYTES] != now[at : at + PART_BYTES]
    ]


_ELSEWHERE = frozenset({"content", "theme", "cache", "now"})
"""Settings that are no content: what lies in these folders has digests of its own."""


def settings_digest(settings: Settings) -> bytes:
    """The settings that pages read, wherever the magazine lies."""
    read = [f.name for f in fields(settings) if f.name not in _ELSEWHERE]
    return digest_of(tuple((name, str(getattr(settings, name))) for name in read))


def common_digest(settings: Settings, *others: object) -> bytes:
    """What every page is made with: the builder, the settings, the interface's words."""
    catalogues = sorted((settings.theme / "locale").rglob("*.po"))
    words = tuple(path.read_bytes() for path in catalogues)
    return digest_of(code_digest(), settings_digest(settings), words, others)


class Keys:
    """Makes the keys of pages, and of what else is made from the same parts."""

    def __init__(self, common: bytes, template: Callable[[str], bytes]) -> None:
        self._common, self._template = common, template

    def page(self, page: Page) -> bytes:
        """The key of a page."""
        parts = (
            self._template(page.template),
            self._common,
            page.about.whole if page.about else b"",
            digest_of_bytes(b"".join(node.face for node in page.shows)),
            digest_of(page.url, page.tree, page.says),
            page.ads.digest if page.ads else b"",
        )
        return b"".join(part[:PART_BYTES].ljust(PART_BYTES, b"\0") for part in parts)

    def of(self, *parts: object) -> bytes:
        """The key of anything else that is made with what pages are made with."""
        return digest_of(self._common, parts)

    def of_template(self, template: str, *parts: object) -> bytes:
        """The same of what a template makes that is no page."""
        return self.of(self._template(template), parts)

    def card(self, page: Page) -> bytes:
        """The key of a page's social card."""
        return self.of("card", page.url, page.about.face if page.about else b"")

    def record(self, page: Page) -> bytes:
        """The key of a page's search record."""
        about = page.about.whole if page.about else b""
        return self.of("record", page.url, about, page.search_says)
