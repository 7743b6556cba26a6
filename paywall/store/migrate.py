"""Brings the tables to this version of the service, and says whether they are."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from paywall.errors import SchemaError
from paywall.store.database import Database, file_of

_FOLDER = Path(__file__).parent / "migrations"
_OWNER_ONLY = 0o600


def migrate(database: Database) -> bool:
    """Make or change the tables, in one transaction; tells whether there was anything to do."""
    if file := file_of(database.url):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=_OWNER_ONLY)
    with database.engine.begin() as connection:
        if _version(connection) == newest():
            return False
        command.upgrade(_config(connection), "head")
        return True


def check_version(database: Database) -> None:
    """Raise `SchemaError` unless the tables are those of this version."""
    with database.engine.connect() as connection:
        found = _version(connection)
    if found != newest():
        raise SchemaError(
            f"la base est en version {found or 0}, il faut {newest()} : paywall migrate"
        )


def newest() -> str | None:
    """The version that this service works with."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
