"""A page to write: its address, its view, and what its head and its neighbours say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from markupsafe import Markup

from plugins.ads.boxes import PageAds
from plugins.magazine.graph import Gate, Node
from plugins.magazine.parts import Link
from plugins.magazine.schema import Entry

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
    """What search knows of a page; ``text`` is what anybody may read of it below its title.

    A result shows the title above words of the text; both are searched.
    """

    title: str
    text: str
    kind: str
    sort_date: str
    meta: dict[str, str]
    filters: dict[str, tuple[str, ...]]


class Composed(NamedTuple):
    """What a page's template is given."""

    view: object
    head: Head


@dataclass(slots=True, eq=False)
class Page:
    """One file of one tree. ``gate`` is set on both renderings of a gated page.

    A page is composed only when it has to be written. What it is made of is known before: the
    document that it is ``about``, the others that it ``shows`` something of, and what else it
    ``says``, as plain values. Nothing else may enter its view: a page whose parts are what they
    were is not made again.
    """

    url: str
    template: str
    compose: Callable[[], Composed]
    about: Node[Entry] | None = None
    shows: tuple[Node[Entry], ...] = ()
    says: tuple[object, ...] = ()
    tree: Tree = "public"
    gate: Gate | None = None
    themes: frozenset[str] = frozenset()
    placement: Literal["article", "home", "list", "event"] | None = None
    card: Callable[[], Card] | None = None
    search: Callable[["Page"], SearchRecord] | None = None
    search_date: str = ""
    """By what date its search record is found and kept, ISO 8601; empty for none."""

    search_says: tuple[object, ...] = ()
    """What its search record says beyond the document that the page is about."""
    modified: date | None = None
    listed: bool = True
    ads: PageAds | None = None
    """Given by the ``ads`` plugin; ``None``: the page is not counted."""

    _composed: Composed | None = None

    @property
    def path(self) -> str:
        """Its file, relative to its tree."""
        return self.url.lstrip("/") + ("index.html" if self.url.endswith("/") else "")

    @property
    def view(self) -> object:
        """What its template shows, composed once."""
        return self._made.view

    @property
    def head(self) -> Head:
        """What its ``<head>`` says."""
        return self._made.head

    def forget(self) -> None:
        """Be composed again when it is next asked for."""
        self._composed = None

    @property
    def _made(self) -> Composed:
        if self._composed is None:
            self._composed = self.compose()
        return self._composed
