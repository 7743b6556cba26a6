"""An association's office: its files, its database, and the `paywall` command typed there."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from measured import MEASURED
from paywall_process import REPOSITORY

from paywall.__main__ import main
from paywall.accounts.rights import Rights, rights_of
from paywall.commands.accounts import find_reader
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Reader, Table
from paywall.store.unit import Unit

OFFERS = REPOSITORY / "content" / "offers.yaml"
Read = Callable[[], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it printed."""

    status: int
    printed: str
    logged: str

    @property
    def refusal(self) -> str:
        """The one line that says why it was refused."""
        assert self.status == 1, self
        assert self.logged.startswith("paywall : "), self
        assert self.logged.count("\n") == 1, self
        assert "Traceback" not in self.logged
        return self.logged


class Office:
    """Runs commands with the settings of one folder."""

    def __init__(self, folder: Path, read: Read) -> None:
        self.folder = folder
        self.var = folder / "var"
        self._read = read
        self.environ = {
            **MEASURED,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "BICORNE_OUTPUT": str(folder / "output"),
            "BICORNE_VAR": str(self.var),
            "BICORNE_OFFERS": str(OFFERS),
        }

    @property
    def settings(self) -> Settings:
        return Settings.from_env(self.environ)

    @property
    def offers(self) -> Offers:
        return read_offers(OFFERS)

    def run(self, *arguments: object) -> Ran:
        """Run a command here, where coverage sees it."""
        self._read()
        before = dict(os.environ)
        os.environ.update(self.environ)
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return Ran(status, *self._read())

    def process(self, *arguments: object, typed: str | None = None) -> Ran:
        """Run a command in a process of its own, as somebody at a terminal would."""
        done = subprocess.run(
            [sys.executable, "-m", "paywall", *map(str, arguments)],
            env=self.environ,
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    @contextmanager
    def database(self) -> Iterator[Database]:
        database = Database(self.settings.database)
        try:
            yield database
        finally:
            database.close()

    def rights(self, address: str, at: datetime | None = None) -> Rights:
        """What somebody may read."""
        with self.database() as database, database.read() as db:
            return rights_of(find_reader(db, address), at or datetime.now(UTC))

    def rows(self, table: type[Table]) -> list[Table]:
        """Every row of a table, oldest first."""
        with self.database() as database, database.read() as db:
            return list(db.query(table).order_by(table.id))

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """The whole database."""
        with self.database() as database, database.read() as db:
            return {
                table.name: [tuple(row) for row in db.execute(table.select().order_by("id"))]
                for table in Table.metadata.sorted_tables
            }

    @contextmanager
    def begin(self, now: datetime | None = None, who: str = "command:test") -> Iterator[Unit]:
        """A transaction that writes."""
        with (
            self.database() as database,
            database.begin(now or datetime.now(UTC), who) as unit,
        ):
            yield unit

    def reader(self, address: str, **values: object) -> Reader:
        """Add a reader, without the command that does."""
        with self.begin() as unit:
            reader = Reader(email=address, created_at=unit.now, **values)
            unit.db.add(reader)
        return reader
