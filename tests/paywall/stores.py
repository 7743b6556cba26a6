"""Fixtures: an empty database of each kind, so that one suite runs on SQLite and PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from memory import quick_folder
from postgres import Postgres, binaries

from paywall.store.database import Database
from paywall.store.migrate import migrate
from paywall.store.schema import Table

KINDS = ("sqlite", "postgresql")
ONE_STORE = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""For what is decided before any table is asked, or after: forms' bodies, markup, languages."""

TABLES = tuple(Table.metadata.tables)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for this worker. Its absence fails in CI, and skips on a writer's machine."""
    programs = binaries()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL manque : apt-get install postgresql")
        pytest.skip("sans PostgreSQL : apt-get install postgresql")
    server = Postgres(programs)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """A database with tables, to make others like it."""
    name = postgres.create()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def emptied_postgres() -> list[str]:
    """Databases that tests are done with: making one takes several times as long as emptying it."""
    return []


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "accounts.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def quick() -> Path:
    """A folder for databases that no test looks for in its own."""
    return quick_folder("stores-")


@pytest.fixture(params=KINDS)
def store_url(request: pytest.FixtureRequest, quick: Path) -> Iterator[str]:
    """The address of a database with empty tables: of SQLite, then of PostgreSQL."""
    if request.param == "sqlite":
        with TemporaryDirectory(dir=quick) as folder:
            yield sqlite_copy(request.getfixturevalue("migrated_sqlite"), Path(folder))
        return
    server: Postgres = request.getfixturevalue("postgres")
    emptied: list[str] = request.getfixturevalue("emptied_postgres")
    made_like = request.getfixturevalue("migrated_postgres")
    name = emptied.pop() if emptied else server.create(made_like)
    yield server.url(name)
    try:
        server.empty(name, TABLES)
    except psycopg.Error:  # the test took it away
        server.drop(name)
    else:
        emptied.append(name)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    opened = Database(store_url)
    yield opened
    opened.close()


@pytest.fixture
def copy_store(store_url: str, request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Make another database like the test's, which nobody has open, instead of the one before."""
    if store_url.startswith("sqlite"):
        numbers, original = count(), Path(store_url.removeprefix("sqlite:///"))

        def copied() -> str:
            (folder := original.parent / f"copy-{next(numbers)}").mkdir()
            return sqlite_copy(original, folder)

        yield copied
        return
    server: Postgres = request.getfixturevalue("postgres")
    made = list[str]()

    def created() -> str:
        if made:
            server.drop(made.pop())
        made.append(server.create(server.name_of(store_url)))
        return server.url(made[-1])

    yield created
    for name in made:
        server.drop(name)


@pytest.fixture
def break_store(
    store_url: str, database: Database, request: pytest.FixtureRequest
) -> Callable[[], None]:
    """Take the database away under the service's hands: garbage in its file, or its server's no."""

    def broken() -> None:
        if store_url.startswith("sqlite"):
            database.close()  # what it read before is no longer remembered
            file = Path(store_url.removeprefix("sqlite:///"))
            file.write_bytes(b"no database" * 1000)
            file.with_name(f"{file.name}-wal").unlink(missing_ok=True)
        else:
            server: Postgres = request.getfixturevalue("postgres")
            server.drop(server.name_of(store_url))

    return broken


def sqlite_copy(migrated: Path, folder: Path) -> str:
    """A copy of the empty tables; the address of its file."""
    file = folder / "accounts.sqlite"
    shutil.copy(migrated, file)
    return f"sqlite:///{file}"


def _migrate(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()
