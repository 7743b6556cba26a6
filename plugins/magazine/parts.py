"""The parts that page views are made of: links, cards, pictures.

A view holds exactly what its template shows, already typeset: every ``str`` that a
reader sees has passed through the typographer. ``Markup`` is HTML, ``str`` is text
that the template escapes. Dates stay dates; the template words them in its language.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from plugins.magazine.dates import Moment, PartialDate

Wear = Literal["jaune", "rouge"]
NO_MARKUP = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    """A title and the site-relative address it leads to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """One image format of a picture: MIME type and its ``srcset``."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A responsive image. Width and height are those of ``src``, in pixels."""

    src: str
    width: int
    height: int
    alt: str
    srcset: str = ""
    sources: tuple[Source, ...] = ()
    caption: Markup = NO_MARKUP
    credit: str = ""


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A person named in a byline or a list; ``url`` is empty when they have no page."""

    name: str
    url: str = ""
    class_year: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list. ``locked``: a reader with no access is stopped there today."""

    url: str
    title: Markup
    standfirst: Markup
    section: Link
    authors: tuple[PersonLink, ...]
    published: date
    minutes: int
    locked: bool
    issue: Link | None
    picture: Picture | None
    advertorial: Link | None = None
    """Who paid for it; without an address when they gave none."""


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue in a list, with its cover."""

    url: str
    number: int
    title: Markup
    published: date
    description: Markup
    cover: Picture
    locked: bool
    wear: Wear


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list; without ``portrait`` the initials stand on the parity colour."""

    url: str
    name: str
    sort_name: str
    initials: str
    class_year: int | None
    born: PartialDate | None
    died: PartialDate | None
    description: str
    portrait: Picture | None
    wear: Wear | None


@dataclass(frozen=True, slots=True)
class NominationLine:
    """One line of the carnet; ``anchor`` is its fragment on the carnet's year page."""

    anchor: str
    kind: Literal["nomination", "honour"]
    happened: PartialDate
    person: PersonLink
    position: Markup
    organisation: Markup
    url: str
    note: Markup
    sources: tuple["Reference", ...] = ()


@dataclass(frozen=True, slots=True)
class ResearchCard:
    """A research success in a list."""

    url: str
    title: Markup
    standfirst: Markup
    happened: PartialDate
    people: tuple[PersonLink, ...]
    laboratory: str


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in a list. Times are local to the event."""

    url: str
    title: str
    start: Moment
    end: Moment | None
    place: str
    city: str
    region: str
    group: str
    online: str
    description: str
    past: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """One source of a text, as a bibliography prints it. Any part but the title may be empty."""

    title: Markup
    author: Markup
    publisher: Markup
    year: str
    url: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated correction, printed at the head of the corrected article."""

    corrected_on: date
    text: Markup


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of an article's contents list."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list page stands among its pages; empty addresses at the ends."""

    number: int
    count: int
    previous_url: str
    next_url: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter that is a plain link."""

    title: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class PriceFrom:
    """The lowest price of something, all taxes included."""

    cents: int
    currency: str
    depends: bool
    """Whether it is not for anybody."""
    months: int = 0
    """How long a subscription is for; 0: an issue, which is bought for good."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What is sold at a moment; None where it is not."""

    subscription: PriceFrom | None = None
    issue: PriceFrom | None = None


NOT_SOLD = Prices()


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands where a preview stops: what remains, and how to read on."""

    access: Literal["registered", "subscriber"]
    words_left: int
    minutes_left: int
    opens: date | None
    issue: Link | None
    prices: Prices
    subscribe_url: str
    buy_url: str
    sign_in_url: str
