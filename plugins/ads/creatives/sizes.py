"""The sizes of creatives: which of them a place takes, and what each may weigh."""

from collections.abc import Sequence

from plugins.magazine.booking import BookingFields, CreativeFields

WIDE = {
    "article": ("300x250", "728x90", "320x100", "970x250"),
    "home": ("970x250", "728x90", "300x250", "320x100"),
    "list": ("970x250", "728x90", "300x250", "320x100"),
    "event": ("728x90", "300x250", "320x100", "970x250"),
    "partners": ("728x90", "320x100"),
}
"""What a placement shows on a wide screen, the best first. Several partners of one event share the
room that one may take."""

_NARROW = ("300x250", "320x100")
NARROW = dict.fromkeys(WIDE, _NARROW) | {"partners": ("320x100",)}
"""What a narrow screen can show without making its words too small to read."""

TEXT = "text"

MAX_BYTES = {"970x250": 250_000, "728x90": 150_000, "300x250": 150_000, "320x100": 50_000}
"""What may be loaded at first: « IAB New Standard Ad Unit Portfolio », version 1.1 (July 2017),
« Fixed Size Ad Specifications », in thousands of bytes. It has no 320x100, which is held to what
it allows the other banner of its width, 320x50."""

MAX_HEADLINE = 60
MAX_WORDS = 200
"""Characters of a text creative: so many fit into the box that is reserved for it."""


def chosen(
    creatives: Sequence[CreativeFields], placement: str
) -> tuple[CreativeFields | None, CreativeFields | None]:
    """What wide screens and narrow ones show; ``None`` where no picture fits: words do."""
    by_size = {creative.size: creative for creative in creatives}

    def first(sizes: Sequence[str]) -> CreativeFields | None:
        return next((by_size[size] for size in (*sizes, TEXT) if size in by_size), None)

    return first(WIDE[placement]), first(NARROW[placement])


def has_words(booking: BookingFields) -> bool:
    """Whether words stand for its pictures on some screen of its placements."""
    places = {*booking.placements, *(["partners"] if "event" in booking.placements else [])}
    return any(None in chosen(booking.creatives, place) for place in places if place in WIDE)
