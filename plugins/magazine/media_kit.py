"""What advertisers are told: how much is read of each theme, and what a place costs.

``ads/rates.yaml`` holds prices, by an editor; ``ads/audience.yaml`` page views, written by
``desk ads media-kit`` from the counts. Either may be missing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from plugins.magazine.ad_fields import Price
from plugins.magazine.booking import Placement
from plugins.magazine.field_errors import field_errors, field_name
from plugins.magazine.fields import Day, Text, fields, unknown_theme
from plugins.magazine.front_matter import FrontMatter, FrontMatterError, read_text, read_yaml
from plugins.magazine.graph import Graph
from plugins.magazine.parts import PriceFrom
from plugins.magazine.problems import Problems
from plugins.magazine.taxonomy import Taxonomy

ADVERTISERS = "annonceurs"
"""The page that shows it (``pages/annonceurs.md``)."""

RATES, AUDIENCE = "ads/rates.yaml", "ads/audience.yaml"
FEWEST = 10
"""Page views of a theme: fewer might tell of a person."""


@fields
class Rates:
    """Prices in euros, taxes excluded: of a thousand viewable impressions, of a sponsorship."""

    thousand: dict[Placement, Price] = Field(default_factory=dict, kw_only=True)
    sponsors: dict[Placement, Price] = Field(default_factory=dict, kw_only=True)
    note: Text | None = None


@fields
class Audience:
    """Page views of each theme from one day to another, both included."""

    start: Day
    end: Day
    themes: dict[str, int] = Field(kw_only=True)


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme for advertisers; ``views`` is ``None`` where there are none to tell."""

    name: str
    url: str
    articles: int
    views: int | None


@dataclass(frozen=True, slots=True)
class MediaKit:
    """What the page shows besides its text. ``period`` is that of the views."""

    themes: tuple[ThemeLine, ...] = ()
    period: tuple[date, date] | None = None
    thousand: tuple[tuple[str, PriceFrom], ...] = ()
    sponsors: tuple[tuple[str, PriceFrom], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What is written of audience and prices."""

    rates: Rates | None = None
    audience: Audience | None = None


def read_media_facts(content: Path, taxonomy: Taxonomy, problems: Problems) -> MediaFacts:
    """Read both files; what is wrong in them is recorded."""
    rates = _read(content, RATES, Rates, problems)
    audience = _read(content, AUDIENCE, Audience, problems)
    if audience:
        for theme in audience.themes.keys() - taxonomy.themes.keys():
            problems.add(AUDIENCE, 1, f"themes.{theme}", unknown_theme(theme, taxonomy))
    return MediaFacts(rates, audience)


def _read(content: Path, path: str, model: type[Any], problems: Problems) -> Any:
    if not (content / path).is_file():
        return None
    try:
        front = FrontMatter(*read_yaml(read_text(content / path)))
        return TypeAdapter(model).validate_python(front.fields)
    except FrontMatterError as error:
        problems.add(path, error.line, error.field, str(error))
    except ValidationError as error:
        for location, message in field_errors(error, model):
            problems.add(path, front.line_of(location), field_name(location), message)
    return None


def media_kit(graph: Graph, facts: MediaFacts) -> MediaKit:
    """The kit of a magazine: themes that are read most first, those without articles left out."""
    counted = Counter(theme for article in graph.articles for theme in article.fields.themes)
    views = facts.audience.themes if facts.audience else {}
    url = graph.settings.urls.theme
    lines = [
        ThemeLine(name, url.format(slug=slug), counted[slug], _told(views.get(slug)))
        for slug, name in graph.taxonomy.themes.items()
        if counted[slug]
    ]
    rates = facts.rates or Rates()
    return MediaKit(
        themes=tuple(sorted(lines, key=lambda line: (-(line.views or 0), -line.articles))),
        period=(facts.audience.start, facts.audience.end) if facts.audience else None,
        thousand=tuple((place, _euros(price)) for place, price in rates.thousand.items()),
        sponsors=tuple((place, _euros(price)) for place, price in rates.sponsors.items()),
        note=rates.note or "",
    )


def _euros(price: Decimal) -> PriceFrom:
    return PriceFrom(int(price * 100), "EUR", depends=False)


def _told(views: int | None) -> int | None:
    return views if views is not None and views >= FEWEST else None
