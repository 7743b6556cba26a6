"""What an import changes: what the files say, less what accounts know already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.days import last_day
from paywall.accounts.providers import IMPORTED
from paywall.imports.lines import Days
from paywall.imports.people import Person, joined, without
from paywall.store.schema import Period, Reader, Subscription


@dataclass(frozen=True, slots=True)
class Known:
    """A reader that accounts have."""

    id: int
    name: str
    post: str
    language: str
    held: tuple[Days, ...]
    """What it has, and what imports gave it before, whatever became of that since."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done for one person."""

    person: Person
    known: Known | None
    filled: dict[str, str]
    """What the account does not say yet, and the files do; what it says stands."""
    added: tuple[Days, ...]

    @property
    def is_new(self) -> bool:
        """Whether an account is made."""
        return self.known is None

    @property
    def changes(self) -> bool:
        """Whether anything is done at all."""
        return self.is_new or bool(self.filled) or bool(self.added)


def decide(db: Session, people: Iterable[Person]) -> list[Decision]:
    """Compare people with accounts, address by address."""
    known = dict(_known(db))
    return [_decision(person, known.get(person.email)) for person in people]


def _decision(person: Person, known: Known | None) -> Decision:
    if known is None:
        return Decision(person, None, {}, tuple(person.stretches))
    filled = {
        column: said
        for column, said in (("name", person.name), ("post", person.post))
        if said and not getattr(known, column)
    }
    added = (left for wanted in person.stretches for left in without(wanted, known.held))
    return Decision(person, known, filled, tuple(added))


def _known(db: Session) -> Iterator[tuple[str, Known]]:
    held = _held(db)
    columns = select(Reader.id, Reader.email, Reader.name, Reader.post, Reader.language)
    for reader in db.execute(columns.where(Reader.email.is_not(None))):
        days = tuple(held.get(reader.id, ()))
        yield reader.email, Known(reader.id, reader.name, reader.post, reader.language, days)


def _held(db: Session) -> dict[int, list[Days]]:
    held = defaultdict(list)
    given = select(Subscription.reader_id, Subscription.plan, Period.starts_at, Period.ends_at)
    for reader_id, plan, starts_at, ends_at in db.execute(
        given.join(Period).where(Period.withdrawn_at.is_(None))
    ):
        first = starts_at.astimezone(UTC).date()
        held[reader_id].append(Days(plan, first, last_day(ends_at)))
    imported = select(Subscription.reader_id, Subscription.provider_ref)
    for reader_id, name in db.execute(imported.where(Subscription.provider == IMPORTED)):
        held[reader_id].append(days_named(name or ""))
    return {reader_id: joined(days) for reader_id, days in held.items()}


def name_of(reader_id: int, days: Days) -> str:
    """The reference of an imported subscription: the same one twice is one."""
    first, last = days.first.isoformat(), days.last.isoformat()
    return f"{IMPORTED}:{reader_id}:{days.plan}:{first}:{last}"


def days_named(name: str) -> Days:
    """The days that an import gave, as the reference of its subscription says."""
    _, _, plan, first, last = name.split(":")
    return Days(plan, date.fromisoformat(first), date.fromisoformat(last))
