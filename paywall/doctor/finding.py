"""What was looked at, and how it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from paywall.settings import Settings


class Verdict(StrEnum):
    """How something is."""

    GOOD = "ok"
    NOTE = "à savoir"
    WRONG = "à corriger"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of what `paywall doctor` says; where something is wrong, how to mend it."""

    verdict: Verdict
    what: str
    told: str


Check = Callable[[Settings, datetime], Iterator[Finding]]


def good(what: str, told: str) -> Finding:
    """It is as it should be."""
    return Finding(Verdict.GOOD, what, told)


def note(what: str, told: str) -> Finding:
    """It may be meant so."""
    return Finding(Verdict.NOTE, what, told)


def wrong(what: str, told: str) -> Finding:
    """It cannot stay so."""
    return Finding(Verdict.WRONG, what, told)
