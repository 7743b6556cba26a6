"""An advertiser's order, as the booking file that an editor will approve.

The file is the build's format (`content/ads/<campaign>/booking.md`), which `desk ads check` reads.
Whatever stands in it is quoted: nothing that is typed becomes a field of its own.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Order:
    """What an advertiser asks for. `goal`: viewable impressions; `None`: all that there is."""

    advertiser: str
    campaign: str
    email: str
    start: date
    end: date
    goal: int | None
    placements: tuple[str, ...]
    themes: tuple[str, ...]
    excluded: tuple[str, ...]
    subscribers: bool
    sizes: tuple[str, ...]
    headline: str
    alt: str
    link: str
    brief: str

    @property
    def images(self) -> tuple[str, ...]:
        """The files that are still to come."""
        return tuple(f"creative-{size}" for size in self.sizes if size != "text")


def booking_file(order: Order) -> str:
    """The `booking.md` of an order, for an editor to check and approve."""
    return "\n".join(["---", *_fields(order), "---", "", order.brief, ""])


def _fields(order: Order) -> Iterator[str]:
    yield f"advertiser: {_quoted(order.advertiser)}"
    yield f"campaign: {_quoted(order.campaign)}"
    yield "status: proposed"
    yield "kind: paid"
    yield f"start: {order.start.isoformat()}"
    yield f"end: {order.end.isoformat()}"
    yield f"goal: {order.goal or 'exclusive'}"
    yield f"placements: [{', '.join(order.placements)}]"
    if order.themes:
        yield f"themes: [{', '.join(order.themes)}]"
    if order.excluded:
        yield f"excluded_themes: [{', '.join(order.excluded)}]"
    if not order.subscribers:
        yield "subscribers: false"
    yield "creatives:"
    for size in order.sizes:
        yield f"  - size: {size}"
        if size != "text":
            yield f"    file: creative-{size}.png"
        if size == "text":
            yield f"    headline: {_quoted(order.headline)}"
        yield f"    alt: {_quoted(order.alt)}"
        yield f"    link: {_quoted(order.link)}"


def _quoted(text: str) -> str:
    """A YAML scalar between double quotes: JSON's own."""
    return json.dumps(text, ensure_ascii=False)
