"""Writes what an import decided: few statements for many people, in the unit's transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update

from paywall.accounts.days import end_of_day, start_of
from paywall.accounts.providers import IMPORTED
from paywall.imports.decisions import Decision, name_of
from paywall.imports.lines import Days
from paywall.offers.grid import Offers
from paywall.offers.members import Members, class_of
from paywall.store.schema import Change, Period, Reader, Subscription, Table
from paywall.store.unit import Unit

_AT_ONCE = 1000
"""People written by one round of statements."""

Row = dict[str, Any]
Progress = Callable[[int], None]
"""Told how many people more are done."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is sold, and who is in which class."""

    offers: Offers
    members: Members


def write(
    unit: Unit, decisions: Sequence[Decision], catalogue: Catalogue, progress: Progress
) -> None:
    """Do everything that was decided; what changes nothing is passed over."""
    for start in range(0, len(decisions), _AT_ONCE):
        some = decisions[start : start + _AT_ONCE]
        numbers = _add_readers(unit, [d for d in some if d.is_new])
        numbers |= {d.person.email: d.known.id for d in some if d.known is not None}
        _fill(unit, some)
        _add_subscriptions(unit, some, numbers, catalogue)
        progress(len(some))


def _add_readers(unit: Unit, decisions: Sequence[Decision]) -> dict[str, int]:
    rows: list[Row] = [
        {
            "email": d.person.email,
            "name": d.person.name,
            "post": d.person.post,
            "language": d.person.language or "fr",
            "created_at": unit.now,
        }
        for d in decisions
    ]
    return dict(zip((row["email"] for row in rows), _insert(unit, Reader, rows), strict=True))


def _fill(unit: Unit, decisions: Sequence[Decision]) -> None:
    filled = [
        {"id": d.known.id, "name": d.known.name, "post": d.known.post} | d.filled
        for d in decisions
        if d.known is not None and d.filled
    ]
    if filled:
        unit.db.execute(update(Reader), filled)


def _add_subscriptions(
    unit: Unit, decisions: Sequence[Decision], numbers: dict[str, int], catalogue: Catalogue
) -> None:
    added = [(d.person.email, days) for d in decisions for days in d.added]
    rows = [
        _subscription(unit, numbers[email], _class(unit, email, catalogue), days, catalogue.offers)
        for email, days in added
    ]
    given = [
        (n, days) for n, (_, days) in zip(_insert(unit, Subscription, rows), added, strict=True)
    ]
    periods = [{"subscription_id": number} | _bounds(days) for number, days in given]
    _insert(unit, Period, periods)
    _insert(unit, Change, [_change(unit, number, days) for number, days in given])


def _class(unit: Unit, email: str, catalogue: Catalogue) -> str:
    member = catalogue.members.find(email)
    return class_of(catalogue.offers, member, unit.now.date()).name


def _subscription(unit: Unit, reader_id: int, price_class: str, days: Days, offers: Offers) -> Row:
    grid = offers.grid_on(days.first) or offers.grids[0]
    return {
        "reader_id": reader_id,
        "plan": days.plan,
        "price_class": price_class,
        "grid_from": grid.starts_on,
        "amount_cents": 0,  # what was paid is in the association's books, not here
        "renews": False,
        "provider": IMPORTED,
        "provider_ref": name_of(reader_id, days),
        "created_at": unit.now,
    }


def _bounds(days: Days) -> Row:
    return {"starts_at": start_of(days.first), "ends_at": end_of_day(days.last)}


def _change(unit: Unit, number: int, days: Days) -> Row:
    """The same line as `Unit.log` writes for a period."""
    told = {name: at.isoformat() for name, at in _bounds(days).items()}
    return {
        "at": unit.now,
        "who": unit.who,
        "what": "period.added",
        "subject": f"subscription:{number}",
        "before": None,
        "after": told | {"order": None},
    }


def _insert(unit: Unit, table: type[Table], rows: list[Row]) -> list[int]:
    """Insert rows; their numbers, in their order."""
    if not rows:
        return []
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(unit.db.scalars(statement, rows))
