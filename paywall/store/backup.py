"""A copy of the accounts as they stand at one instant, while others write."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from paywall.errors import BackupError
from paywall.store.database import Database, file_of

SQLITE_NAME, POSTGRESQL_NAME = "accounts.sqlite", "accounts.pgdump"


def copy_accounts(database: Database, folder: Path) -> Path:
    """Write a copy into a folder; the file. Raises `BackupError`."""
    file = file_of(database.url)
    if file is None:
        return _dump(database.url, folder / POSTGRESQL_NAME)
    return _copy(file, folder / SQLITE_NAME)


def _copy(file: Path, target: Path) -> Path:
    """SQLite's own backup: one state of everything, in one file, which is read again to its end."""
    try:
        with (
            closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = " ".join(copy.execute("PRAGMA integrity_check(1)").fetchone()[0].split())
    except sqlite3.Error as error:
        raise BackupError(f"{file} : {error}") from error
    if found != "ok":
        raise BackupError(f"{file} est abîmé ({found}) : paywall doctor")
    return target


def _dump(url: str, target: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupError(
            "il faut pg_dump (apt-get install postgresql-client), ou la sauvegarde de l’hébergeur "
            "de la base ; les clés sont dans BICORNE_VAR/keys"
        )
    command = [program, "--format=custom", "--no-owner", f"--file={target}"]
    done = subprocess.run(  # noqa: S603 (found in PATH; nothing of it is anybody's input)
        command, env=os.environ | _connection(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"pg_dump : {done.stderr.strip().partition(chr(10))[0]}")
    return target


def _connection(url: str) -> dict[str, str]:
    """What libpq reads: arguments would show the password to whoever lists processes."""
    parsed = make_url(url)
    named = {
        "PGHOST": parsed.host or parsed.query.get("host"),
        "PGPORT": parsed.port,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
        "PGSSLMODE": parsed.query.get("sslmode"),
    }
    return {name: str(value) for name, value in named.items() if value}
