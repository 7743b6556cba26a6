"""What a browser tells of one page view, read strictly: what no page of ours sends is refused.

Its strings reach the log only where they bear a mark of the build's (`Batch.is_ours`), so they are
the build's own; line ends, quotes and lone surrogates that somebody else writes never match one.
"""

import hmac
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from paywall.ads.events import EventKind, Source
from paywall.ads.inventory import Placement, Tier
from paywall.ads.marks import mark_of
from paywall.errors import PaywallError

MAX_BYTES = 4096
"""Of a whole message. A page that offers thirty ads needs two thirds of it."""
MAX_EVENTS = 32

_Mark = Annotated[str, Meta(min_length=22, max_length=22)]
_Id = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{22}\Z")]
_Name = Annotated[str, Meta(min_length=1, max_length=200)]


class BatchError(PaywallError):
    """Not what our script sends."""


class _Told(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One event: an array that begins with its kind."""


class Page(_Told, frozen=True, tag="page"):
    """The page was looked at."""


class View(_Told, frozen=True, tag="view"):
    """An ad of it was in view for long enough."""

    placement: Placement
    flight: _Name
    creative: _Name
    mark: _Mark


class Click(_Told, frozen=True, tag="click"):
    """An ad of it was followed."""

    placement: Placement
    flight: _Name
    creative: _Name
    mark: _Mark


Told: TypeAlias = Page | View | Click


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one page view has to tell, all or what is new of it."""

    v: Literal[1]
    id: _Id
    """Random, of this page view, known to this page only; it is in no line of the log."""
    page: Annotated[str, Meta(max_length=1000)]
    tier: Tier
    mark: _Mark
    source: Source
    events: Annotated[list[Told], Meta(min_length=1, max_length=MAX_EVENTS)]

    def is_ours(self, key: bytes) -> bool:
        """Whether the build offered this page, and each of these ads on it."""
        if not _same(self.mark, mark_of(key, self.page, self.tier)):
            return False
        return all(
            _same(told.mark, mark_of(key, self.page, self.tier, *ad_of(told)))
            for told in self.events
            if not isinstance(told, Page)
        )


_DECODER = msgspec.json.Decoder(Batch)


def read_batch(body: bytes) -> Batch:
    """Read a message. Raises `BatchError`; says nothing of what was sent, which is a stranger's."""
    try:
        batch = _DECODER.decode(body)
    except (ValueError, RecursionError) as error:
        raise BatchError("pas un message de nos pages") from error
    if len(batch.events) > 1 and _tells_twice(batch.events):
        raise BatchError("un événement deux fois")
    return batch


def ad_of(told: Told) -> tuple[str, str, str]:
    """Placement, flight and creative; empty for a page."""
    return ("", "", "") if isinstance(told, Page) else (told.placement, told.flight, told.creative)


def kind_of(told: Told) -> EventKind:
    """How the log calls it."""
    return "page" if isinstance(told, Page) else "view" if isinstance(told, View) else "click"


def _tells_twice(events: list[Told]) -> bool:
    return len({(type(told), ad_of(told)) for told in events}) < len(events)


def _same(given: str, made: str) -> bool:
    return hmac.compare_digest(given.encode(), made.encode())
