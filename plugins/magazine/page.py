"""A page to write: its address, its view, and what its head and its neighbours say."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from markupsafe import Markup

from plugins.magazine.graph import Gate
from plugins.magazine.parts import Ad, Link

Tree = Literal["public", "members"]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page announces."""

    title: str
    type: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the page's social card shows (drawn by the ``cards`` plugin)."""

    kind: Literal["article", "person", "issue", "site"]
    label: str
    title: str
    subtitle: str
    wear: str | None
    initials: str = ""
    cover: str = ""


@dataclass(slots=True)
class Head:
    """What the ``<head>`` says. Addresses are absolute; dates are ISO 8601 or empty."""

    title: str
    description: str
    canonical: str
    og_type: str = "website"
    locale: str = "fr_FR"
    image: str = ""
    image_alt: str = ""
    image_width: int = 1200
    image_height: int = 630
    json_ld: tuple[Markup, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    robots: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    published: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What search knows of a page; ``text`` is what anybody may read of it."""

    title: str
    text: str
    kind: str
    sort_date: str
    meta: dict[str, str]
    filters: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Page:
    """One file of one tree. ``gate`` is set on both renderings of a gated page."""

    url: str
    template: str
    view: object
    head: Head
    tree: Tree = "public"
    gate: Gate | None = None
    themes: frozenset[str] = frozenset()
    placement: Literal["article", "home", "list"] | None = None
    card: Card | None = None
    search: SearchRecord | None = None
    modified: date | None = None
    listed: bool = True
    ads: dict[str, Ad | None] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its file, relative to its tree."""
        return self.url.lstrip("/") + ("index.html" if self.url.endswith("/") else "")
