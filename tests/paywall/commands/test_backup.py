"""`paywall backup` while somebody writes, and what docs/operators.md says of restoring."""

import os
import re
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from office import Office
from patience import PATIENCE_SECONDS, patience
from paywall_process import REPOSITORY
from postgres import Postgres

from paywall.feeds.images import load_image_key
from paywall.keys import load_keys
from paywall.store import backup
from paywall.store.schema import Change, Period, Reader, Subscription

WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from paywall.accounts.sign_in import reader_of
from paywall.accounts.subscriptions import give
from paywall.offers.file import read_offers
from paywall.store.database import Database
offers, database, number = read_offers(Path(sys.argv[1])), Database(sys.argv[2]), 0
while True:
    number += 1
    now = datetime.now(UTC)
    with database.begin(now, "command:writer") as unit:
        reader = reader_of(unit, f"r{number}@exemple.fr")
        give(unit, reader, offers.plans[0], offers, now + timedelta(days=30))
    print(number, flush=True)
"""


def restored(office: Office, file: Path) -> Office:
    """What the document says, typed on another machine."""
    document = (REPOSITORY / "docs" / "operators.md").read_text("utf-8")
    found = re.search(r"```sh\n# restore\n(.*?)```", document, re.DOTALL)
    assert found
    there = Office(office.folder / "elsewhere", office._read)
    there.folder.mkdir()
    commands = found[1].replace("bicorne-2026-12-31.tar", str(file))
    commands = commands.replace("/var/lib/bicorne", str(there.var)).replace("sudo -u bicorne ", "")
    lines = [x for x in commands.splitlines() if x.startswith(("install", "tar"))]
    assert len(lines) == 2
    for line in lines:
        subprocess.run(
            re.sub(r"-o \w+ -g \w+ ", "", line), shell=True, check=True, timeout=PATIENCE_SECONDS
        )
    there.environ["BICORNE_OFFERS"] = str(there.var / "offers.yaml")
    return there


def test_a_copy_made_while_others_write_is_restored_elsewhere_with_the_same_rights(
    office: Office,
) -> None:
    load_keys(office.var / "keys")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, office.environ["BICORNE_OFFERS"], office.settings.database],
        env=office.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    with patience(writer):
        while int(writer.stdout.readline()) < 20:
            pass
    file = office.folder / "copy.tar"
    ran = office.process("backup", file)
    with patience(writer):
        for _ in range(5):
            assert writer.stdout.readline(), "the writer was stopped by the copy"
    writer.kill()
    writer.communicate(timeout=PATIENCE_SECONDS)
    assert ran.status == 0, ran
    there = restored(office, file)
    doctor = there.run("doctor").printed
    assert "à corriger  base" not in doctor
    assert "à corriger  droits" not in doctor
    copied = {reader.email for reader in there.rows(Reader)}
    assert 20 <= len(copied) < len(office.rows(Reader))
    assert len(there.rows(Subscription)) == len(there.rows(Period)) == len(copied)
    assert len(there.rows(Change)) == len(copied)
    now = datetime.now(UTC)
    for address in copied:
        assert there.rights(address, now) == office.rights(address, now)
    assert load_keys(there.var / "keys").jwks() == load_keys(office.var / "keys").jwks()
    assert there.run("grant", "r1@exemple.fr", "--until", "2199-01-01").status == 0


def test_a_copy_is_for_its_owner_only_and_so_is_all_that_is_in_it(office: Office) -> None:
    load_keys(office.var / "keys")
    load_image_key(office.var / "keys")
    (office.var / "members.csv").write_text("email;status\n")
    file = office.folder / "copy.tar"
    assert office.run("backup", file).status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as archive:
        modes = {entry.name: entry.mode for entry in archive}
    names = ["accounts.sqlite", "keys/0001.pem", "keys/feeds.key", "offers.yaml", "members.csv"]
    assert modes == dict.fromkeys(names, 0o600) | {"keys": 0o700}
    assert sorted(path.name for path in office.folder.iterdir()) == ["copy.tar", "var"]


def test_a_copy_is_never_written_over_another(office: Office) -> None:
    file = office.file("copy.tar", "celle d’hier")
    assert "existe déjà" in office.run("backup", file).refusal
    assert file.read_text("utf-8") == "celle d’hier"
    assert "pas de dossier" in office.run("backup", office.folder / "rien" / "x.tar").refusal


def test_accounts_that_are_damaged_are_not_copied_over_good_ones(office: Office) -> None:
    database = office.var / "accounts.sqlite"
    source = bytearray(database.read_bytes())
    source[-4096:] = os.urandom(4096)
    database.write_bytes(source)
    file = office.folder / "copy.tar"
    refusal = office.run("backup", file).refusal
    assert "accounts.sqlite" in refusal
    assert not file.exists()
    assert not list(office.folder.glob(".backup-*"))


def test_what_is_no_database_is_said(office: Office, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"rien" * 2000)
    with pytest.raises(backup.BackupError, match="not a database"):
        backup._copy(tmp_path / "x", tmp_path / "y")


def test_postgresql_is_copied_by_its_own_tool_and_restored(
    office: Office, postgres: Postgres, migrated_postgres: str
) -> None:
    first, second = postgres.create(migrated_postgres), postgres.create()
    office.environ["DATABASE_URL"] = postgres.url(first)
    office.run("grant", "lagrange@exemple.fr", "--until", "2199-01-01")
    file = office.folder / "copy.tar"
    ran = office.process("backup", file)
    assert ran.status == 0, ran
    with tarfile.open(file) as archive:
        archive.extract("accounts.pgdump", office.folder, filter="data")
    dump = office.folder / "accounts.pgdump"
    subprocess.run(
        ["pg_restore", "--no-owner", f"--dbname={postgres.url(second)}", dump],
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    before = office.everything()
    office.environ["DATABASE_URL"] = postgres.url(second)
    assert office.everything() == before
    assert office.run("subscribers", "show", "lagrange@exemple.fr").status == 0
    office.environ["DATABASE_URL"] = postgres.url(first).replace(first, "absente")
    with pytest.raises(backup.BackupError, match="pg_dump"):
        backup._dump(office.environ["DATABASE_URL"], office.folder / "x")


def test_without_pg_dump_it_says_how(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(backup.BackupError, match="postgresql-client"):
        backup._dump("postgresql://x/y", tmp_path / "z")


def test_passwords_are_no_arguments() -> None:
    told = backup._connection("postgresql://u:p%40ss@h:5433/n?sslmode=require")
    assert told == {
        "PGHOST": "h", "PGPORT": "5433", "PGUSER": "u", "PGPASSWORD": "p@ss",
        "PGDATABASE": "n", "PGSSLMODE": "require",
    }  # fmt: skip


def test_a_copy_has_what_there_is_where_no_key_was_made_yet(bare_office: Office) -> None:
    bare_office.environ["BICORNE_OFFERS"] = str(bare_office.folder / "none.yaml")
    assert bare_office.run("migrate").status == 0
    file = bare_office.folder / "copy.tar"
    assert bare_office.run("backup", file).status == 0
    with tarfile.open(file) as copy:
        assert copy.getnames() == ["accounts.sqlite"]
