"""Why a page carries what it does, for the editor who asks (``desk ads explain``)."""

from dataclasses import dataclass

from plugins.ads.flights import Flight
from plugins.ads.matching.choice import Match, Refusal


@dataclass(frozen=True, slots=True)
class Refused:
    """A booking that may not stand on a page."""

    flight: Flight
    why: Refusal


@dataclass(frozen=True, slots=True)
class Explanation:
    """``carried`` is what the page carries today, ``suiting`` all that could stand there now or
    once it begins, best first; ``sensitive`` is the class of a text that no paid ad stands beside.
    """

    carried: tuple[Match, ...]
    suiting: tuple[Match, ...]
    refused: tuple[Refused, ...]
    sensitive: str
    sensitive_words: tuple[str, ...]
