"""Fixtures: an empty database of each kind, so that one suite runs on SQLite and PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from postgres import Postgres, binaries

from paywall.store.database import Database
from paywall.store.migrate import migrate

KINDS = ("sqlite", "postgresql")


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
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "accounts.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=KINDS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with empty tables: of SQLite, then of PostgreSQL."""
    if request.param == "sqlite":
        yield sqlite_copy(request.getfixturevalue("migrated_sqlite"), tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create(request.getfixturevalue("migrated_postgres"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    opened = Database(store_url)
    yield opened
    opened.close()


@pytest.fixture
def copy_store(
    store_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], str]]:
    """Make another database like the test's, which nobody has open, instead of the one before."""
    if store_url.startswith("sqlite"):
        numbers = count()

        def copied() -> str:
            (folder := tmp_path / f"copy-{next(numbers)}").mkdir()
            return sqlite_copy(Path(store_url.removeprefix("sqlite:///")), folder)

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
