"""A unit of work: one transaction, one instant, one author of all that changes in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from paywall.store.schema import Change, Table

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """Passed to whatever changes accounts. `Database.begin` makes it, and commits."""

    db: Session
    now: datetime
    who: str
    """`reader:12`, `stripe`, `command:<login>`: as the audit log says it."""

    def log(
        self, what: str, row: Table, *, before: Values | None = None, after: Values | None = None
    ) -> None:
        """Add a line to the audit log. Values name no address and no person."""
        self.db.flush()  # the row has its number
        subject = f"{row.__tablename__}:{row.id}"
        told = {"before": _plain(before), "after": _plain(after)}
        self.db.add(Change(at=self.now, who=self.who, what=what, subject=subject, **told))


def _plain(values: Values | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in values.items()}
