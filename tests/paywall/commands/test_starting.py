"""First starts, upgrades, and what every command says when it cannot."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from office import Office
from patience import PATIENCE_SECONDS
from paywall_process import REPOSITORY, Service
from paywall_site import write_site

from paywall.commands import accounts
from paywall.commands.main import COMMANDS
from paywall.store.migrate import newest


def test_migrate_makes_tables_that_only_the_service_reads(bare_office: Office) -> None:
    first, second = bare_office.process("migrate"), bare_office.process("migrate")
    assert (first.status, first.printed) == (0, "Tables mises à jour.\n")
    assert (second.status, second.printed) == (0, "Les tables sont déjà à jour.\n")
    assert (bare_office.var / "accounts.sqlite").stat().st_mode & 0o777 == 0o600
    assert bare_office.var.stat().st_mode & 0o777 == 0o700


def test_the_first_serve_makes_the_tables_itself(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    service = Service(site, tmp_path / "var").wait_until_ready()
    service.stop()
    with sqlite3.connect(tmp_path / "var" / "accounts.sqlite") as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone()[0] == newest()
    database.close()


def test_an_empty_file_counts_as_no_accounts(bare_office: Office) -> None:
    bare_office.var.mkdir(mode=0o700)
    (bare_office.var / "accounts.sqlite").touch(mode=0o600)
    accounts.prepare(bare_office.settings)
    assert bare_office.run("migrate").printed == "Les tables sont déjà à jour.\n"


def test_serve_changes_no_tables_that_hold_something(tmp_path: Path, office: Office) -> None:
    file = office.var / "accounts.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    database.close()
    service = Service(write_site(tmp_path / "output"), office.var)
    printed, logged = service.process.communicate(timeout=30)
    assert (service.process.returncode, printed) == (1, "")
    assert re.fullmatch(r"paywall : la base est en version 0000, .*paywall migrate\n", logged)


def test_a_database_that_is_out_of_reach_is_one_line(office: Office) -> None:
    office.environ["DATABASE_URL"] = "postgresql://nobody:secret-word@127.0.0.1:1/nothing"
    refusal = office.run("migrate").refusal
    assert "la base de données ne répond pas" in refusal
    assert "secret-word" not in refusal


def test_a_file_that_is_no_database_is_one_line(office: Office) -> None:
    (office.var / "accounts.sqlite").write_bytes(b"ceci n'est pas une base" * 100)
    assert "not a database" in office.run("migrate").refusal


def test_a_folder_that_cannot_be_written_is_one_line(bare_office: Office) -> None:
    bare_office.var.write_text("un fichier, pas un dossier")
    assert str(bare_office.var) in bare_office.run("migrate").refusal


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(bare_office: Office, command: str) -> None:
    helped = bare_office.run(command, "--help")
    assert helped.status == 0
    assert helped.printed.startswith("utilisation : paywall " + command)
    assert "afficher cette aide" in helped.printed
    assert not bare_office.var.exists()


def test_the_command_alone_lists_all_commands(bare_office: Office) -> None:
    listed = bare_office.process("--help").printed
    for command in COMMANDS:
        assert re.search(rf"^    {command}\b", listed, re.MULTILINE)


def test_output_that_nobody_reads_to_its_end_is_no_error(bare_office: Office) -> None:
    done = subprocess.run(
        f"{sys.executable} -m paywall --help | head -c 5",
        shell=True,
        env=bare_office.environ,
        cwd=REPOSITORY,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.stderr == b""


def test_a_list_that_nobody_reads_to_its_end_is_no_error(office: Office) -> None:
    rows = "".join(f"r{n}@exemple.fr\n" for n in range(3000))
    office.run("subscribers", "import", office.file("liste.csv", "mail\n" + rows))
    done = subprocess.run(
        f"{sys.executable} -m paywall subscribers list | head -c 5",
        shell=True,
        env=office.environ,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.stderr == b""


def test_ctrl_c_ends_a_command_as_shells_expect(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("paywall.commands.migrate.database_of", interrupted)
    assert office.run("migrate").status == 130


def test_somebody_without_a_login_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(accounts.getpass, "getuser", no_name)
    assert re.fullmatch(r"command:\d+", accounts.author())
