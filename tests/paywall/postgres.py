"""A real PostgreSQL (Debian's package) in a folder of its own, on a Unix socket, for tests.

PostgreSQL refuses to run as root: there it runs as nobody.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from memory import quick_folder
from patience import PATIENCE_SECONDS

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "64MB",
    "timezone": "Europe/Paris",  # as an association's server has it: nothing may depend on it
}


_SYSTEM = ctypes.CDLL(None)
"""Loaded here: a fork of a process with threads must not wait for a lock that one of them held."""

START_SECONDS = 30

_EMPTY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
{deletions};
SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences
"""
"""As a superuser may: no trigger keeps what is never deleted, no other connection holds a lock."""


def binaries() -> Path | None:
    """The newest installed version's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


def _end_with_its_starter() -> None:
    """A test that is killed leaves no server behind (prctl(2), PR_SET_PDEATHSIG)."""
    _SYSTEM.prctl(1, signal.SIGQUIT)


class Postgres:
    """Started at once; `stop()` ends it and removes its folder."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._made = 0
        self.folder = quick_folder("pg-")
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "bicorne", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.process = self._start(data)

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://bicorne@/{name}?host={quote(str(self.folder), safe='')}"

    def name_of(self, url: str) -> str:
        return url.partition("@/")[2].partition("?")[0]

    def create(self, template: str = "template1") -> str:
        """Make a database like another, and return its name."""
        self._made += 1
        name = f"t{self._made}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def empty(self, name: str, tables: Iterable[str]) -> None:
        """Leave a database as one that was just migrated. Raises where it has not these tables."""
        deletions = "; ".join(f'DELETE FROM "{table}"' for table in tables)
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(_EMPTY.format(deletions=deletions).encode())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def _start(self, data: Path) -> "subprocess.Popen[bytes]":
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command = [str(self._programs / "postgres"), "-D", str(data), "-k", str(self.folder)]
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *options],
                cwd="/",
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_its_starter,
                **self._as,
            )
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return process
        raise RuntimeError((self.folder / "log").read_text())

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        log = self.folder / f"{program}.out"
        with log.open(
            "wb"
        ) as output:  # a server keeps its starter's pipes: a file is not waited on
            done = subprocess.run(
                command,
                cwd="/",
                stdout=output,
                stderr=output,
                check=False,
                **self._as,
                timeout=PATIENCE_SECONDS,
            )
        if done.returncode:
            raise RuntimeError(f"{program} : {log.read_text()}")
