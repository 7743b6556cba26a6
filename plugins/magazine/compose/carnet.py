"""The carnet: nominations and honours by date, with filters that are plain links."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.graph import Node, grouped
from plugins.magazine.page import Composed, Page
from plugins.magazine.page_views import NominationsView
from plugins.magazine.parts import Choice, Link, Pager
from plugins.magazine.schema import NominationFields

LINES_PER_PAGE = 100
Nodes = list[Node[NominationFields]]
Choices = tuple[Choice, ...]


def carnet_pages(composer: Composer, cards: Cards) -> list[Page]:
    """All lines, those of each kind, and those of each year."""
    urls, nodes = composer.settings.urls, composer.graph.nominations
    by_year = grouped((node.fields.date.year, node) for node in nodes)
    title = composer._("Carnet")
    lists = [(title, urls.nominations, nodes)]
    for kind, url, name in _kinds(composer):
        lists.append((f"{title} · {name}", url, [n for n in nodes if n.fields.type == kind]))
    for year, chosen in by_year.items():
        lists.append((f"{title} {year}", urls.nominations_year.format(year=year), chosen))
    choices = _kind_choices(composer), _year_choices(composer, by_year)
    return [page for listed in lists for page in _pages(composer, cards, *listed, *choices)]


def _kinds(composer: Composer) -> list[tuple[str, str, str]]:
    urls = composer.settings.urls
    return [
        ("nomination", urls.nominations_kind, composer._("Nominations")),
        ("honour", urls.honours_kind, composer._("Distinctions")),
    ]


def _pages(  # noqa: PLR0913 (a list, and what to choose from beside it)
    composer: Composer,
    cards: Cards,
    title: str,
    url: str,
    nodes: Nodes,
    kinds: Choices,
    years: Choices,
) -> list[Page]:
    description = composer._("Nominations et distinctions d’anciens élèves, par date.")
    root = Link(composer._("Carnet"), composer.settings.urls.nominations)
    trail = [root] if url == root.url else [root, Link(title, url)]
    choices = _at(url, kinds), _at(url, years)

    def compose(at: str, pager: Pager, shown: Sequence[Node[NominationFields]]) -> Composed:
        years = grouped((node.fields.date.year, cards.nomination(node)) for node in shown)
        view = NominationsView(
            title=title,
            years=tuple((year, tuple(lines)) for year, lines in years.items()),
            kinds=choices[0],
            year_choices=choices[1],
            pager=pager,
        )
        return Composed(view, structured.listing_head(composer, title, description, at, trail))

    return [
        Page(
            at,
            "nominations.html",
            partial(compose, at, pager, shown),
            shows=tuple(shown),
            says=(title, pager, choices),
        )
        for at, pager, shown in composer.pages_of(nodes, url, LINES_PER_PAGE)
    ]


def _at(url: str, choices: Choices) -> Choices:
    """The choices as a page shows them that is one of them."""
    return tuple(replace(c, current=True) if c.url == url else c for c in choices)


def _kind_choices(composer: Composer) -> Choices:
    counts = Counter(node.fields.type for node in composer.graph.nominations)
    everything = composer.settings.urls.nominations
    return (
        Choice(composer._("Tout"), everything, counts.total(), current=False),
        *(
            Choice(name, url, counts[kind], current=False)  # type: ignore[index]
            for kind, url, name in _kinds(composer)
        ),
    )


def _year_choices(composer: Composer, by_year: Mapping[int, Nodes]) -> Choices:
    pattern = composer.settings.urls.nominations_year
    return tuple(
        Choice(str(year), pattern.format(year=year), len(by_year[year]), current=False)
        for year in sorted(by_year, reverse=True)
    )
