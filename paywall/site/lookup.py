"""From a path to the one file to serve: for everyone, the preview, or the full text."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from paywall.gate import Entry
from paywall.site.output import MEMBERS, PUBLIC, Build, OpenFile, Output
from paywall.site.paths import file_of, page_of

# Whether the present reader may read a path with these entries.
Gate = Callable[[tuple[Entry, ...]], bool]


class Variant(Enum):
    """Which rendering of a path was picked."""

    PUBLIC = auto()  # the only one, for everyone
    PREVIEW = auto()
    FULL = auto()
    WITHOUT_ADS = auto()  # the full text for a plan that has none

    @property
    def is_full(self) -> bool:
        """Whether it is the full text of a gated page."""
        return self in {Variant.FULL, Variant.WITHOUT_ADS}


@dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to. A gated path may lead to no file at all for this reader."""

    variant: Variant
    file: OpenFile | None
    build: Build
    entries: tuple[Entry, ...] | None
    """What opens the path, where it is gated."""
    name: str
    """The file's, relative to the build's root."""

    def close(self) -> None:
        """Give the file back unread."""
        if self.file is not None:
            self.file.close()


def find(output: Output, path: str, may_open: Gate) -> Found | None:
    """Look a path up in the current build; None where there is no site.

    A build that has just been replaced may be in course of deletion: what is missing from
    it is looked for again in its successor.
    """
    build = output.current()
    while build is not None:
        found, whole = _find_in(build, path, may_open)
        if whole or (successor := output.current()) is build:
            return found
        found.close()
        build = successor
    return None


def _find_in(build: Build, path: str, may_open: Gate) -> tuple[Found, bool]:
    """Return what was found, and whether nothing that should be there was missing."""
    name = file_of(path)
    entries = build.manifest.entries(path)
    public = f"{PUBLIC}/{name}"
    if entries is None:
        file = build.open(PUBLIC, name)
        return Found(Variant.PUBLIC, file, build, entries, public), file is not None
    granted = may_open(entries)
    if granted and (full := build.open(MEMBERS, name)):
        return Found(Variant.FULL, full, build, entries, f"{MEMBERS}/{name}"), True
    preview = build.open(PUBLIC, name)
    found = Found(Variant.PREVIEW, preview, build, entries, public)
    return found, preview is not None and not granted


def locate(build: Build, path: str) -> str | None:
    """Return the canonical path of the public page or file that a near miss meant.

    Forgives a missing final slash, `index.html`, and capitals. Only the public tree is
    asked: a redirect must not tell what else exists.
    """
    for candidate in dict.fromkeys((page_of(path), page_of(path.lower()))):
        if build.has(PUBLIC, file_of(candidate)):
            return candidate
        if not candidate.endswith("/") and build.has(PUBLIC, file_of(candidate + "/")):
            return candidate + "/"
    return None
