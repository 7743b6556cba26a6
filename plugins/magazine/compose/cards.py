"""Cards: how an issue, an article, a person shows in a list of others."""

from collections.abc import Iterable
from functools import cached_property

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
from plugins.magazine.schema import EventFields, NominationFields, ResearchFields

PARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "d’", "von", "van"})


class Cards:
    """Every card, made once; lists share them."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    @cached_property
    def articles(self) -> dict[Article, ArticleCard]:
        """Cards of all articles."""
        return {a: self._article(a) for a in self._composer.graph.articles}

    @cached_property
    def issues(self) -> dict[Issue, IssueCard]:
        """Cards of all issues."""
        return {i: self._issue(i) for i in self._composer.graph.issues}

    @cached_property
    def people(self) -> dict[str, PersonCard]:
        """Cards of all people, by slug."""
        return {slug: self._person(p) for slug, p in self._composer.graph.people.items()}

    def named(self, slugs: Iterable[str]) -> tuple[PersonLink, ...]:
        """People in a byline."""
        return tuple(_person_link(self._composer.graph.people[slug]) for slug in slugs)

    def list_articles(self, articles: Iterable[Article]) -> tuple[ArticleCard, ...]:
        """Cards of these articles, in their order."""
        return tuple(self.articles[a] for a in articles)

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
            position=c.text(fields.position),
            organisation=c.text(fields.organisation),
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
            past=(fields.end or fields.start).is_over(c.now),
        )


def initials(name: str) -> str:
    """« Henri Poincaré » → « HP »; at most two letters, particles left out."""
    words = [w for w in name.replace("-", " ").split() if w.lower() not in PARTICLES]
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in chosen)


def _person_link(person: Person) -> PersonLink:
    return PersonLink(person.fields.name, person.url, person.fields.class_year)
