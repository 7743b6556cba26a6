"""The site graph: documents linked to each other, in time linear in their number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar, cast
from zoneinfo import ZoneInfo

from plugins.magazine.body import Body
from plugins.magazine.booking import BookingFields
from plugins.magazine.document import Document, Outline
from plugins.magazine.fields import Access
from plugins.magazine.schema import (
    ArticleFields,
    Entry,
    EventFields,
    IssueFields,
    NominationFields,
    PageFields,
    PersonFields,
    ResearchFields,
)
from plugins.magazine.settings import Settings, Urls
from plugins.magazine.taxonomy import Taxonomy

F = TypeVar("F", bound=Entry, covariant=True)
K = TypeVar("K")
V = TypeVar("V")


@dataclass(eq=False)
class Node(Generic[F]):
    """A document at its address (empty for what has no page of its own)."""

    document: Document
    url: str
    face: bytes = b""
    """Digest of all that other pages show of it."""
    whole: bytes = b""
    """Digest of all that its own page shows of it."""
    fields: F = field(init=False)
    """What the editor wrote above the text."""
    slug: str = field(init=False)
    """Its name in addresses and references."""
    outline: Outline = field(init=False)
    """What is known of its text without reading it."""

    def __post_init__(self) -> None:
        self.take(self.document)

    def take(self, document: Document) -> None:
        """Be made of a document; asked for hundreds of thousands of times, it is at hand."""
        self.document, self.slug, self.outline = document, document.slug, document.outline
        self.fields = cast("F", document.fields)

    @property
    def body(self) -> Body:
        """Its text."""
        return self.document.body


@dataclass(frozen=True, slots=True)
class Gate:
    """What reading a full text takes. ``opens`` is aware; ``issue`` is a slug."""

    access: Access
    issue: str | None
    opens: datetime | None

    def is_closed(self, now: datetime) -> bool:
        """Whether the full text is kept from the public at ``now``."""
        return self.access != "public" and (self.opens is None or now < self.opens)


OPEN = Gate("public", None, None)


@dataclass(eq=False)
class Issue(Node[IssueFields]):
    """An issue with its articles in order."""

    articles: list["Article"] = field(default_factory=list)
    previous: "Issue | None" = None
    following: "Issue | None" = None

    @cached_property
    def lead(self) -> "Article | None":
        """The first article of its dossier, or of all."""
        dossier = self.fields.dossier
        first = dossier.articles[0] if dossier else None
        named = (article for article in self.articles if article.slug == first)
        return next(named, next(iter(self.articles), None))


@dataclass(eq=False)
class Article(Node[ArticleFields]):
    """An article; ``rank`` counts from 1 in its issue."""

    gate: Gate = OPEN
    issue: Issue | None = None
    rank: int = 0
    related: tuple["Article", ...] = ()


@dataclass(eq=False)
class Person(Node[PersonFields]):
    """A person, with what is theirs."""

    written: list[Article] = field(default_factory=list)
    about: list[Article] = field(default_factory=list)
    research: list[Node[ResearchFields]] = field(default_factory=list)
    nominations: list[Node[NominationFields]] = field(default_factory=list)


@dataclass
class Graph:
    """Everything the magazine holds; lists are newest first unless said otherwise."""

    settings: Settings
    taxonomy: Taxonomy
    issues: list[Issue]
    articles: list[Article]
    people: dict[str, Person]
    research: list[Node[ResearchFields]]
    nominations: list[Node[NominationFields]]
    events: list[Node[EventFields]]
    pages: list[Node[PageFields]]
    bookings: list[Node[BookingFields]]

    @cached_property
    def by_section(self) -> dict[str, list[Article]]:
        """Articles of each section."""
        return grouped((a.fields.section, a) for a in self.articles)

    @cached_property
    def by_theme(self) -> dict[str, list[Article]]:
        """Articles of each theme."""
        return grouped((theme, a) for a in self.articles for theme in a.fields.themes)

    @cached_property
    def by_class_year(self) -> dict[int, list[Person]]:
        """People of each class year, by name."""
        ordered = sorted(self.people.values(), key=lambda p: p.fields.sort_name)
        return grouped((p.fields.class_year, p) for p in ordered if p.fields.class_year)

    @property
    def nodes(self) -> list[Node[Entry]]:
        """Every node that has a page."""
        kinds = (self.issues, self.articles, self.people.values(), self.research, self.events)
        return cast("list[Node[Entry]]", [n for kind in (*kinds, self.pages) for n in kind])


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The values of each key, in their order."""
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def link(documents: Iterable[Document], taxonomy: Taxonomy, settings: Settings) -> Graph:
    """Link documents; references that lead nowhere are left out (``checks`` reports them)."""
    kinds = grouped((type(d.fields), d) for d in documents)
    urls = settings.urls
    issues = _issues(kinds.get(IssueFields, []), urls)
    articles = _articles(kinds.get(ArticleFields, []), {i.slug: i for i in issues}, settings)
    graph = Graph(
        settings=settings,
        taxonomy=taxonomy,
        issues=issues,
        articles=articles,
        people={
            d.slug: Person(d, urls.person.format(slug=d.slug)) for d in kinds.get(PersonFields, [])
        },
        research=_nodes(kinds.get(ResearchFields, []), urls.research),
        nominations=_nodes(kinds.get(NominationFields, []), ""),
        events=_nodes(kinds.get(EventFields, []), urls.event),
        pages=_nodes(kinds.get(PageFields, []), urls.page),
        bookings=_nodes(kinds.get(BookingFields, []), ""),
    )
    _order_issues(graph)
    _sort(graph)
    _link_people(graph)
    return graph


def _nodes(documents: list[Document], pattern: str) -> list[Node[F]]:
    return [Node(d, pattern.format(slug=d.slug)) for d in documents]


def _issues(documents: list[Document], urls: Urls) -> list[Issue]:
    return [Issue(d, urls.issue.format(slug=d.slug)) for d in documents]


def _articles(
    documents: list[Document], issues: dict[str, Issue], settings: Settings
) -> list[Article]:
    by_folder = {issue.document.issue: issue for issue in issues.values()} | issues
    found = []
    for document in documents:
        issue = by_folder.get(document.issue) if document.issue else None
        urls = settings.urls
        pattern = urls.issue_article if issue else urls.article
        url = pattern.format(slug=document.slug, issue=issue.slug if issue else "")
        gate = _gate(cast("ArticleFields", document.fields), issue, settings.timezone)
        article = Article(document, url, gate=gate, issue=issue)
        found.append(article)
        if issue:
            issue.articles.append(article)
    return found


def _gate(fields: ArticleFields, issue: Issue | None, zone: ZoneInfo) -> Gate:
    """The article's access wins over its issue's, and so does its opening date."""
    access = fields.access or (issue.fields.access if issue else "public")
    opens = fields.opens or (issue.fields.opens if issue else None)
    return Gate(access, issue.slug if issue else None, _midnight(opens, zone))


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, zone) if day else None


def _sort(graph: Graph) -> None:
    """Newest first; the articles of one day in their issue's order."""
    graph.articles.sort(key=lambda n: (-n.fields.date.toordinal(), n.rank, n.slug))
    graph.research.sort(key=lambda n: (n.fields.date, n.slug), reverse=True)
    graph.nominations.sort(key=lambda n: (n.fields.date, n.slug), reverse=True)
    graph.events.sort(key=lambda n: (n.fields.start.at, n.slug), reverse=True)


def _order_issues(graph: Graph) -> None:
    graph.issues.sort(key=lambda n: (n.fields.date, n.fields.number), reverse=True)
    for newer, older in pairwise(graph.issues):
        newer.previous, older.following = older, newer
    for issue in graph.issues:
        named = {slug: n for n, slug in enumerate(issue.fields.articles)}
        issue.articles.sort(
            key=lambda a: (named.get(a.slug, len(named)), a.fields.order or 0, a.slug)
        )
        for rank, article in enumerate(issue.articles, 1):
            article.rank = rank


def _link_people(graph: Graph) -> None:
    for article in graph.articles:
        for person in _known(graph, article.fields.authors):
            person.written.append(article)
        for person in _known(graph, article.fields.people):
            person.about.append(article)
    for success in graph.research:
        for person in _known(graph, success.fields.people):
            person.research.append(success)
    for nomination in graph.nominations:
        for person in _known(graph, [nomination.fields.person or ""]):
            person.nominations.append(nomination)


def _known(graph: Graph, slugs: Iterable[str]) -> list[Person]:
    return [graph.people[slug] for slug in slugs if slug in graph.people]
