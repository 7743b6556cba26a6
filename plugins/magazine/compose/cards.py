"""Cards: how an issue, an article, a person shows in a list of others."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar, cast

from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Article, Issue, Node, Person
from plugins.magazine.parts import (
    ArticleCard,
    EventCard,
    IssueCard,
    Link,
    NominationLine,
    PersonCard,
    PersonLink,
    ResearchCard,
)
from plugins.magazine.schema import Entry, EventFields, NominationFields, ResearchFields

N = TypeVar("N", bound=Node[Entry])
C = TypeVar("C")
PARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "d’", "von", "van"})


class Cards:
    """Every card, made when the first page shows it; lists share them."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._made: dict[Node[Entry], tuple[bytes, object]] = {}

    def article(self, article: Article) -> ArticleCard:
        """An article in a list."""
        return self._kept(article, self._article)

    def issue(self, issue: Issue) -> IssueCard:
        """An issue in a list."""
        return self._kept(issue, self._issue)

    def person(self, person: Person) -> PersonCard:
        """A person in a list."""
        return self._kept(person, self._person)

    def people(self, slugs: Iterable[str]) -> tuple[PersonCard, ...]:
        """People in a list, by their names in references."""
        return tuple(self.person(self._composer.graph.people[slug]) for slug in slugs)

    def said_of(self, slugs: Iterable[str]) -> tuple[object, ...]:
        """What a byline says of people, as plain values."""
        people = (self._composer.graph.people[slug] for slug in slugs)
        return tuple(
            (p.fields.name, p.url, p.fields.class_year, p.fields.collective) for p in people
        )

    def issue_said(self, issue: Issue) -> tuple[object, ...]:
        """What a link to an issue says, as plain values."""
        return issue.fields.number, issue.fields.title, issue.url

    def _kept(self, node: N, make: Callable[[N], C]) -> C:
        """A card, made once for what its node is now."""
        face, card = self._made.get(node, (b"", None))
        if card is None or face != node.face:
            card = make(node)
            self._made[node] = node.face, card
        return cast("C", card)

    def named(self, slugs: Iterable[str]) -> tuple[PersonLink, ...]:
        """People in a byline."""
        return tuple(_person_link(self._composer.graph.people[slug]) for slug in slugs)

    def list_articles(self, articles: Iterable[Article]) -> tuple[ArticleCard, ...]:
        """Cards of these articles, in their order."""
        return tuple(map(self.article, articles))

    def issue_link(self, issue: Issue | None) -> Link | None:
        """« No 812 · La lumière »."""
        if issue is None:
            return None
        title = f"{self._composer._('nᵒ')} {issue.fields.number}"
        return Link(f"{title} · {self._composer.text(issue.fields.title)}", issue.url)

    def _article(self, article: Article) -> ArticleCard:
        c, fields = self._composer, article.fields
        return ArticleCard(
            url=article.url,
            title=c.rich(fields.title),
            standfirst=c.rich(fields.standfirst),
            section=c.section(fields.section),
            authors=self.named(fields.authors),
            published=fields.date,
            minutes=article.outline.minutes,
            locked=article.gate.is_closed(c.now),
            issue=self.issue_link(article.issue),
            picture=c.picture(article, fields.image),
            advertorial=_advertorial(c, article),
        )

    def _issue(self, issue: Issue) -> IssueCard:
        c, fields = self._composer, issue.fields
        cover = c.picture(issue, fields.cover)
        assert cover is not None  # noqa: S101 (the schema requires a cover)
        return IssueCard(
            url=issue.url,
            number=fields.number,
            title=c.rich(fields.title),
            published=fields.date,
            description=c.rich(fields.description),
            cover=cover,
            locked=any(a.gate.is_closed(c.now) for a in issue.articles),
            wear=c.settings.wear_of(fields.number),
        )

    def _person(self, person: Person) -> PersonCard:
        c, fields = self._composer, person.fields
        return PersonCard(
            url=person.url,
            name=c.text(fields.name),
            sort_name=c.text(fields.sort_name),
            initials=initials(fields.name),
            class_year=fields.class_year,
            born=fields.born,
            died=fields.died,
            description=c.text(fields.description),
            portrait=c.picture(person, fields.portrait),
            wear=c.settings.wear_of(fields.class_year) if fields.class_year else None,
        )

    def nomination(self, node: Node[NominationFields]) -> NominationLine:
        """A line of the carnet."""
        c, fields = self._composer, node.fields
        person = c.graph.people.get(fields.person or "")
        year_url = c.settings.urls.nominations_year.format(year=fields.date.year)
        return NominationLine(
            anchor=node.slug,
            kind=fields.type,
            happened=fields.date,
            person=_person_link(person)
            if person
            else PersonLink(c.text(fields.name), "", fields.class_year),
            position=c.rich(fields.position),
            organisation=c.rich(fields.organisation),
            url=f"{year_url}#{node.slug}",
            note=weave(c, node, node.body.full),
            sources=c.references(fields.sources),
        )

    def research(self, node: Node[ResearchFields]) -> ResearchCard:
        """A research success in a list."""
        c, fields = self._composer, node.fields
        others = tuple(PersonLink(c.text(name)) for name in fields.names)
        return ResearchCard(
            url=node.url,
            title=c.rich(fields.title),
            standfirst=c.rich(fields.standfirst),
            happened=fields.date,
            people=self.named(fields.people) + others,
            laboratory=c.text(fields.laboratory),
        )

    def event(self, node: Node[EventFields]) -> EventCard:
        """An event in a list."""
        c, fields = self._composer, node.fields
        return EventCard(
            url=node.url,
            title=c.text(fields.title),
            start=fields.start,
            end=fields.end,
            place=c.text(fields.place),
            city=c.text(fields.city),
            region=c.text(fields.region),
            group=c.text(fields.group),
            online=fields.online or "",
            description=c.text(fields.description),
            past=is_over(node, c.now),
        )


def is_over(event: Node[EventFields], now: datetime) -> bool:
    """Whether an event has passed."""
    return (event.fields.end or event.fields.start).is_over(now)


def initials(name: str) -> str:
    """« Henri Poincaré » → « HP »; at most two letters, particles left out."""
    words = [w for w in name.replace("-", " ").split() if w.lower() not in PARTICLES]
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in chosen)


def _advertorial(composer: Composer, article: Article) -> Link | None:
    paid = article.fields.advertorial
    return Link(composer.text(paid.advertiser), paid.link or "") if paid else None


def _person_link(person: Person) -> PersonLink:
    return PersonLink(person.fields.name, person.url, person.fields.class_year)
