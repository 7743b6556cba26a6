"""People, class years, and the carnet of their nominations and honours."""

from collections.abc import Sequence

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.dates import PartialDate
from plugins.magazine.graph import Person
from plugins.magazine.page import Card, Page, SearchRecord
from plugins.magazine.page_views import (
    ClassYear,
    ClassYearsView,
    ClassYearView,
    PeopleView,
    PersonView,
    TimelineEntry,
)
from plugins.magazine.parts import Link

PEOPLE_PER_PAGE = 60


def people_pages(composer: Composer, cards: Cards) -> list[Page]:
    """The index of people, one page a person, and the class years."""
    people = composer.graph.people.values()
    return [
        *_index(composer, cards),
        *(_person(composer, cards, person) for person in people),
        *_class_years(composer, cards),
    ]


def _index(composer: Composer, cards: Cards) -> list[Page]:
    url, title = composer.settings.urls.people, composer._("Personnes")
    people = [p for p in composer.graph.people.values() if not p.fields.collective]
    ordered = sorted((cards.people[p.slug] for p in people), key=lambda card: card.sort_name)
    pages = []
    for at, pager, items in composer.pages_of(ordered, url, PEOPLE_PER_PAGE):
        head = composer.head(
            title, composer._("Biographies d’anciens élèves."), at, [Link(title, url)]
        )
        head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
        pages.append(
            Page(at, "people.html", PeopleView(tuple(items), pager), head, placement="list")
        )
    return pages


def _person(composer: Composer, cards: Cards, person: Person) -> Page:
    fields, urls = person.fields, composer.settings.urls
    view = _person_view(composer, cards, person)
    card = view.card
    trail = [Link(composer._("Personnes"), urls.people), Link(card.name, person.url)]
    head = composer.head(card.name, card.description, person.url, trail, drawn=True)
    head.og_type = "profile"
    head.json_ld = structured.person(composer, person, view, head)
    life = _life(fields.born, fields.died)
    return Page(
        url=person.url,
        template="person.html",
        view=view,
        head=head,
        themes=frozenset(fields.themes),
        card=Card("person", life, card.name, card.description, card.wear, card.initials),
        search=SearchRecord(
            title=card.name,
            text=" ".join(
                (
                    f"{card.name}.",
                    _class_label(composer, person),
                    card.description,
                    person.body.text,
                )
            ),
            kind=composer._("Personnes"),
            sort_date=fields.born.first.isoformat() if fields.born else "",
            meta={"standfirst": card.description, "byline": life},
            filters={
                "theme": tuple(theme.title for theme in view.themes),
                "class_year": (str(fields.class_year),) if fields.class_year else (),
            },
        ),
    )


def _person_view(composer: Composer, cards: Cards, person: Person) -> PersonView:
    fields = person.fields
    class_url = ""
    if fields.class_year:
        class_url = composer.settings.urls.class_year.format(year=fields.class_year)
    return PersonView(
        card=cards.people[person.slug],
        birthplace=composer.text(fields.birthplace),
        deathplace=composer.text(fields.deathplace),
        class_url=class_url,
        themes=composer.themes(fields.themes),
        body=weave(composer, person, person.body.full),
        timeline=_timeline(composer, person, class_url),
        written=cards.list_articles(person.written),
        about=cards.list_articles(a for a in person.about if a not in person.written),
        research=tuple(cards.research(success) for success in person.research),
        sources=composer.references(fields.sources),
    )


def _timeline(composer: Composer, person: Person, class_url: str) -> tuple[TimelineEntry, ...]:
    c, fields = composer, person.fields
    entries = []
    if fields.born:
        place = c.text(fields.birthplace)
        entries.append(TimelineEntry(fields.born, "born", c._("Naissance"), place, ""))
    if fields.class_year:
        entered = PartialDate(fields.class_year)
        entries.append(TimelineEntry(entered, "class", c._("Entrée à l’École"), "", class_url))
    for honour in fields.honours:
        organisation = c.text(honour.organisation)
        entries.append(TimelineEntry(honour.date, "honour", c.text(honour.title), organisation, ""))
    for node in person.nominations:
        named = node.fields
        url = c.settings.urls.nominations_year.format(year=named.date.year) + f"#{node.slug}"
        title, organisation = c.text(named.position), c.text(named.organisation)
        entries.append(TimelineEntry(named.date, named.type, title, organisation, url))
    for success in person.research:
        title, place = c.text(success.fields.title), c.text(success.fields.laboratory)
        entries.append(TimelineEntry(success.fields.date, "research", title, place, success.url))
    if fields.died:
        place = c.text(fields.deathplace)
        entries.append(TimelineEntry(fields.died, "died", c._("Mort"), place, ""))
    return tuple(sorted(entries, key=lambda entry: (entry.happened, entry.kind == "died")))


def _class_label(composer: Composer, person: Person) -> str:
    """« X1873. », so that a class year finds its people."""
    year = person.fields.class_year
    return f"{composer.settings.class_prefix}{year}." if year else ""


def _life(born: PartialDate | None, died: PartialDate | None) -> str:
    if born is None:
        return ""
    return f"{born.year}–{died.year}" if died else str(born.year)


def _class_years(composer: Composer, cards: Cards) -> list[Page]:
    by_year = composer.graph.by_class_year
    urls, settings = composer.settings.urls, composer.settings
    years = [
        ClassYear(y, urls.class_year.format(year=y), len(by_year[y]), settings.wear_of(y))
        for y in sorted(by_year)
    ]
    title = composer._("Promotions")
    decades: dict[int, list[ClassYear]] = {}
    for year in years:
        decades.setdefault(year.year // 10 * 10, []).append(year)
    view = ClassYearsView(tuple((decade, tuple(found)) for decade, found in decades.items()))
    description = composer._("Les promotions dont le magazine a parlé.")
    head = composer.head(title, description, urls.class_years, [Link(title, urls.class_years)])
    head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
    index = Page(urls.class_years, "class_years.html", view, head)
    return [index, *(_class_year(composer, cards, years, n) for n in range(len(years)))]


def _class_year(composer: Composer, cards: Cards, years: Sequence[ClassYear], n: int) -> Page:
    this, urls = years[n], composer.settings.urls
    people = composer.graph.by_class_year[this.year]
    articles = {a: None for person in people for a in (*person.written, *person.about)}
    view = ClassYearView(
        year=this.year,
        wear=this.wear,
        people=tuple(cards.people[p.slug] for p in people),
        articles=cards.list_articles(articles),
        nominations=tuple(cards.nomination(node) for p in people for node in p.nominations),
        previous=years[n - 1] if n else None,
        following=years[n + 1] if n + 1 < len(years) else None,
    )
    title = f"{composer._('Promotion')} {composer.settings.class_prefix}{this.year}"
    trail = [Link(composer._("Promotions"), urls.class_years), Link(title, this.url)]
    names = ", ".join(card.name for card in view.people)
    head = composer.head(title, f"{title} : {names}.", this.url, trail)
    head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
    return Page(this.url, "class_year.html", view, head)
