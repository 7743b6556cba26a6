"""People, class years, and the carnet of their nominations and honours."""

from collections.abc import Sequence
from functools import partial

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.dates import PartialDate
from plugins.magazine.graph import Person
from plugins.magazine.page import Card, Composed, Page, SearchRecord
from plugins.magazine.page_views import (
    ClassYear,
    ClassYearsView,
    ClassYearView,
    PeopleView,
    PersonView,
    TimelineEntry,
)
from plugins.magazine.parts import NO_MARKUP, Link, Pager

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
    ordered = sorted(people, key=lambda p: p.fields.sort_name)
    description = composer._("Biographies d’anciens élèves.")

    def compose(at: str, pager: Pager, shown: Sequence[Person]) -> Composed:
        head = structured.listing_head(composer, title, description, at, [Link(title, url)])
        return Composed(PeopleView(tuple(map(cards.person, shown)), pager), head)

    return [
        Page(
            at,
            "people.html",
            partial(compose, at, pager, shown),
            shows=tuple(shown),
            says=(pager,),
        )
        for at, pager, shown in composer.pages_of(ordered, url, PEOPLE_PER_PAGE)
    ]


def _person(composer: Composer, cards: Cards, person: Person) -> Page:
    return Page(
        url=person.url,
        template="person.html",
        compose=partial(_compose_person, composer, cards, person),
        about=person,
        shows=(*person.written, *person.about, *person.research, *person.nominations),
        themes=frozenset(person.fields.themes),
        card=partial(_card, cards, person),
        search=lambda _page: _record(composer, cards, person),
        search_date=_born(person),
    )


def _compose_person(composer: Composer, cards: Cards, person: Person) -> Composed:
    urls = composer.settings.urls
    view = _person_view(composer, cards, person)
    card = view.card
    trail = [Link(composer._("Personnes"), urls.people), Link(card.name, person.url)]
    head = composer.head(card.name, card.description, person.url, trail, drawn=True)
    head.og_type = "profile"
    head.json_ld = structured.person(composer, person, view, head)
    return Composed(view, head)


def _card(cards: Cards, person: Person) -> Card:
    shown = cards.person(person)
    life = _life(person.fields.born, person.fields.died)
    return Card("person", life, shown.name, shown.description, shown.wear, shown.initials)


def _record(composer: Composer, cards: Cards, person: Person) -> SearchRecord:
    fields, card = person.fields, cards.person(person)
    said = (_class_label(composer, person), card.description, person.body.text)
    return SearchRecord(
        title=card.name,
        text=" ".join(said),
        kind=composer._("Personnes"),
        sort_date=_born(person),
        meta={"standfirst": card.description, "byline": _life(fields.born, fields.died)},
        filters={
            "theme": tuple(theme.title for theme in composer.themes(fields.themes)),
            "class_year": (str(fields.class_year),) if fields.class_year else (),
        },
    )


def _born(person: Person) -> str:
    born = person.fields.born
    return born.first.isoformat() if born else ""


def _person_view(composer: Composer, cards: Cards, person: Person) -> PersonView:
    fields = person.fields
    class_url = ""
    if fields.class_year:
        class_url = composer.settings.urls.class_year.format(year=fields.class_year)
    return PersonView(
        card=cards.person(person),
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
        title, place = c.rich(c._("Naissance")), c.rich(fields.birthplace)
        entries.append(TimelineEntry(fields.born, "born", title, place, ""))
    if fields.class_year:
        entered, title = PartialDate(fields.class_year), c.rich(c._("Entrée à l’École"))
        entries.append(TimelineEntry(entered, "class", title, NO_MARKUP, class_url))
    for honour in fields.honours:
        title, organisation = c.rich(honour.title), c.rich(honour.organisation)
        entries.append(TimelineEntry(honour.date, "honour", title, organisation, ""))
    for node in person.nominations:
        named = node.fields
        url = c.settings.urls.nominations_year.format(year=named.date.year) + f"#{node.slug}"
        title, organisation = c.rich(named.position), c.rich(named.organisation)
        entries.append(TimelineEntry(named.date, named.type, title, organisation, url))
    for success in person.research:
        title, place = c.rich(success.fields.title), c.rich(success.fields.laboratory)
        entries.append(TimelineEntry(success.fields.date, "research", title, place, success.url))
    if fields.died:
        title, place = c.rich(c._("Mort")), c.rich(fields.deathplace)
        entries.append(TimelineEntry(fields.died, "died", title, place, ""))
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

    def compose() -> Composed:
        trail = [Link(title, urls.class_years)]
        head = structured.listing_head(composer, title, description, urls.class_years, trail)
        return Composed(view, head)

    index = Page(urls.class_years, "class_years.html", compose, says=(view,))
    return [index, *(_class_year(composer, cards, years, n) for n in range(len(years)))]


def _class_year(composer: Composer, cards: Cards, years: Sequence[ClassYear], n: int) -> Page:
    this, urls = years[n], composer.settings.urls
    people = composer.graph.by_class_year[this.year]
    articles = list(dict.fromkeys(a for p in people for a in (*p.written, *p.about)))
    nominations = [node for p in people for node in p.nominations]
    previous = years[n - 1] if n else None
    following = years[n + 1] if n + 1 < len(years) else None

    def compose() -> Composed:
        view = ClassYearView(
            year=this.year,
            wear=this.wear,
            people=tuple(map(cards.person, people)),
            articles=cards.list_articles(articles),
            nominations=tuple(map(cards.nomination, nominations)),
            previous=previous,
            following=following,
        )
        title = f"{composer._('Promotion')} {composer.settings.class_prefix}{this.year}"
        trail = [Link(composer._("Promotions"), urls.class_years), Link(title, this.url)]
        names = ", ".join(card.name for card in view.people)
        about = f"{title} : {names}."
        return Composed(view, structured.listing_head(composer, title, about, this.url, trail))

    return Page(
        this.url,
        "class_year.html",
        compose,
        shows=(*people, *articles, *nominations),
        says=(this, previous, following, len(people), len(articles)),
    )
