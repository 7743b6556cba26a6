"""Everything of one database, into another that is empty: from SQLite to PostgreSQL, or back."""

from itertools import islice

from sqlalchemy import Table as Rows
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paywall.errors import RefusedError
from paywall.store.schema import Table
from paywall.store.unit import Unit

_AT_ONCE = 1000


def copy_everything(source: Session, into: Unit) -> int:
    """Copy every row; how many. Both databases are migrated to the same version.

    Raises `RefusedError` where the second holds anything.
    """
    tables = Table.metadata.sorted_tables
    if any(into.db.scalar(select(func.count()).select_from(table)) for table in tables):
        raise RefusedError("la base où copier n’est pas vide")
    copied = 0
    for table in tables:
        rows = source.execute(select(table).execution_options(yield_per=_AT_ONCE)).mappings()
        while some := [dict(row) for row in islice(rows, _AT_ONCE)]:
            into.db.execute(table.insert(), some)
            copied += len(some)
        if into.db.get_bind().dialect.name == "postgresql":
            _count_on(into.db, table)
    return copied


def _count_on(db: Session, table: Rows) -> None:
    """Have PostgreSQL number new rows after those that came with their numbers."""
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
    free = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
    db.execute(select(func.setval(sequence, free, False)))
