"""Rows of one person, however many files they are in, become one person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from paywall.imports.lines import Days, Line, Place


@dataclass(slots=True)
class Person:
    """Everything that the files say of an address. The first word on a thing counts."""

    email: str
    name: str = ""
    post: str = ""
    language: str = ""
    days: list[Days] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def stretches(self) -> list[Days]:
        """Its subscriptions, those that touch joined, oldest first."""
        return joined(self.days)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that whoever keeps the file should look at; the row is taken all the same."""

    place: Place
    text: str
    address: str = ""
    """As the row gives it, which may be no address at all."""


def merge(lines: Iterable[Line]) -> tuple[dict[str, Person], list[Remark]]:
    """People by address, in the order of their first rows."""
    people: dict[str, Person] = {}
    remarks = []
    for line in lines:
        person = people.setdefault(line.email, Person(line.email))
        if person.name and line.name and person.name.casefold() != line.name.casefold():
            # A couple may share an address: one account, which the office should know of.
            text = f"« {line.name} » a l’adresse de « {person.name} » ({person.places[0]})"
            remarks.append(Remark(line.place, text, line.email))
        person.name = person.name or line.name
        person.post = person.post or line.post
        person.language = person.language or line.language
        person.places.append(line.place)
        if line.days is not None:
            person.days.append(line.days)
    return people, remarks


def joined(days: Iterable[Days]) -> list[Days]:
    """Stretches of the same plan that overlap, or follow each other, as one."""
    result: list[Days] = []
    for one in sorted(days, key=lambda one: (one.plan, one.first)):
        last = result[-1] if result else None
        if last and last.plan == one.plan and one.first <= last.last + timedelta(days=1):
            result[-1] = Days(last.plan, last.first, max(last.last, one.last))
        else:
            result.append(one)
    return result


def without(wanted: Days, held: Iterable[Days]) -> list[Days]:
    """What is left of some days when those that somebody has already are taken away."""
    left = []
    first = wanted.first
    for one in joined(one for one in held if one.plan == wanted.plan):
        if first < one.first <= wanted.last:
            left.append(Days(wanted.plan, first, one.first - timedelta(days=1)))
        if one.first <= wanted.last:
            first = max(first, one.last + timedelta(days=1))
    if first <= wanted.last:
        left.append(Days(wanted.plan, first, wanted.last))
    return left
