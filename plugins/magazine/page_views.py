"""One view a page kind: the whole of what each template shows, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from plugins.magazine.dates import PartialDate
from plugins.magazine.media_kit import MediaKit
from plugins.magazine.parts import (
    ArticleCard,
    Choice,
    Correction,
    EventCard,
    Heading,
    IssueCard,
    Link,
    NominationLine,
    Pager,
    PersonCard,
    PersonLink,
    Picture,
    Prices,
    Reference,
    ResearchCard,
    Wall,
    Wear,
)


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page (``home.html``)."""

    issue: IssueCard | None
    contents: tuple[ArticleCard, ...]
    lead: ArticleCard | None
    latest: tuple[ArticleCard, ...]
    portraits: tuple[PersonCard, ...]
    research: tuple[ResearchCard, ...]
    nominations: tuple[NominationLine, ...]
    events: tuple[EventCard, ...]
    archive: tuple[IssueCard, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """All issues, newest first (``archive.html``)."""

    issues: tuple[IssueCard, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class DossierPart:
    """An issue's leading theme with its own articles."""

    title: str
    introduction: Markup
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue (``issue.html``). ``articles``: in order, those outside the dossier."""

    card: IssueCard
    editorial: Markup
    authors: tuple[PersonLink, ...]
    dossier: DossierPart | None
    articles: tuple[ArticleCard, ...]
    previous: IssueCard | None
    following: IssueCard | None
    access: Literal["public", "registered", "subscriber"]
    opens: date | None
    locked: bool
    subscribe_url: str
    sign_in_url: str
    prices: Prices
    buy_url: str
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article (``article.html``): the preview when ``wall`` is set, else the full text.

    ``body`` holds footnotes as ``<aside class="note">`` beside their call, so that they
    can stand in the margin; ``headings`` is empty unless the text is long.
    """

    title: Markup
    standfirst: Markup
    section: Link
    genre: str
    themes: tuple[Link, ...]
    authors: tuple[PersonLink, ...]
    published: date
    minutes: int
    words: int
    picture: Picture | None
    headings: tuple[Heading, ...]
    body: Markup
    wall: Wall | None
    member: bool
    lead: bool
    wear: Wear | None
    corrections: tuple[Correction, ...]
    sources: tuple[Reference, ...]
    people: tuple[PersonCard, ...]
    issue: Link | None
    rank: int
    rank_count: int
    previous: ArticleCard | None
    following: ArticleCard | None
    related: tuple[ArticleCard, ...]
    share: tuple[Link, ...]
    permalink: str
    obituary: bool
    advertorial: Link | None = None
    """Who paid for the text; without an address when they gave none."""


def signatures(text: ArticleCard | ArticleView) -> tuple[str, ...]:
    """The names of its authors, or of who paid for it."""
    paid = text.advertorial
    return (paid.title,) if paid else tuple(author.name for author in text.authors)


@dataclass(frozen=True, slots=True)
class ListView:
    """A section, a theme, or the standalone articles (``list.html``)."""

    kind: Literal["section", "theme", "articles"]
    title: str
    description: str
    articles: tuple[ArticleCard, ...]
    people: tuple[PersonCard, ...]
    research: tuple[ResearchCard, ...]
    pager: Pager
    feeds: tuple[Link, ...]
    siblings: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ThemesView:
    """Every section and every theme, each with its number of articles (``themes.html``)."""

    sections: tuple[Choice, ...]
    themes: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated fact of a life: birth, honour, nomination, article, research, death."""

    happened: PartialDate
    kind: Literal["born", "class", "honour", "nomination", "research", "died"]
    title: Markup
    organisation: Markup
    url: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person (``person.html``)."""

    card: PersonCard
    birthplace: str
    deathplace: str
    class_url: str
    themes: tuple[Link, ...]
    body: Markup
    timeline: tuple[TimelineEntry, ...]
    written: tuple[ArticleCard, ...]
    about: tuple[ArticleCard, ...]
    research: tuple[ResearchCard, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Everyone, by name (``people.html``)."""

    people: tuple[PersonCard, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class ClassYear:
    """A class year in the index. ``wear`` is its colour by parity."""

    year: int
    url: str
    count: int
    wear: Wear


@dataclass(frozen=True, slots=True)
class ClassYearsView:
    """The index of class years, by decade (``class_years.html``)."""

    decades: tuple[tuple[int, tuple[ClassYear, ...]], ...]


@dataclass(frozen=True, slots=True)
class ClassYearView:
    """One class year (``class_year.html``)."""

    year: int
    wear: Wear
    people: tuple[PersonCard, ...]
    articles: tuple[ArticleCard, ...]
    nominations: tuple[NominationLine, ...]
    previous: ClassYear | None
    following: ClassYear | None


@dataclass(frozen=True, slots=True)
class NominationsView:
    """The carnet (``nominations.html``): newest first, grouped by year, with filters."""

    title: str
    years: tuple[tuple[int, tuple[NominationLine, ...]], ...]
    kinds: tuple[Choice, ...]
    year_choices: tuple[Choice, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class ResearchIndexView:
    """Research successes, newest first (``research_index.html``)."""

    items: tuple[ResearchCard, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class ResearchView:
    """A research success (``research.html``)."""

    card: ResearchCard
    doi: str
    award: str
    themes: tuple[Link, ...]
    picture: Picture | None
    body: Markup
    people: tuple[PersonCard, ...]
    sources: tuple[Reference, ...]
    related: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class EventsView:
    """The calendar (``events.html``): what comes, then what has been."""

    coming: tuple[EventCard, ...]
    past: tuple[EventCard, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class EventView:
    """An event (``event.html``)."""

    card: EventCard
    body: Markup
    themes: tuple[Link, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A plain page: about, legal notice, subscribe (``page.html``)."""

    title: str
    description: str
    body: Markup
    headings: tuple[Heading, ...]
    kit: MediaKit | None = None
    """On the page for advertisers."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page (``search.html``); ``filters`` are the names Pagefind knows them by."""

    filters: tuple[str, ...]


NoticeKind = Literal["not-found", "accounts"]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A page that says what happened and what to do next (``notice.html``): 404, no accounts."""

    kind: NoticeKind
    issue: IssueCard | None = None
