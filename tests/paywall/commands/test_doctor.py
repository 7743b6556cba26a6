"""`paywall doctor`: each thing that can be wrong is named, with what mends it."""

import asyncio
import sqlite3
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from office import Office
from paywall_process import free_port
from paywall_site import write_site

from paywall.commands.doctor import CHECKS
from paywall.doctor import files, store
from paywall.doctor.finding import Verdict
from paywall.keys import load_keys
from paywall.store.database import Database
from paywall.store.schema import Change, Mail


class Inbox:
    """Counts what is sent; nothing should be."""

    def __init__(self) -> None:
        self.messages = 0

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 (the library's name)
        self.messages += 1
        return "250 OK"


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that signs itself, in `ca.pem`."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[tuple[int, Inbox]]:
    """A relay that wants TLS, and the password « secret »."""
    inbox = Inbox()
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=certificate(tmp_path),
        require_starttls=True,
        auth_required=True,
        authenticator=lambda *given: AuthResult(
            success=given[-1].password == b"secret", handled=False
        ),
    )
    controller.start()
    yield controller.port, inbox
    _wait_for_silence(controller.loop)
    controller.stop()


def _wait_for_silence(loop: asyncio.AbstractEventLoop) -> None:
    """Until every conversation is over: what is cut off complains when it is collected, later."""
    deadline = time.monotonic() + 10
    while asyncio.all_tasks(loop) and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.fixture
def running(office: Office) -> Office:
    """An office that has everything."""
    write_site(office.folder / "output")
    load_keys(office.var / "keys")
    (office.var / "members.csv").write_text("email;status\na@exemple.fr;alumnus\n")
    (office.var / "members.csv").chmod(0o600)
    return office


def findings(office: Office, verdict: Verdict) -> list[str]:
    ran = office.run("doctor")
    lines = [line for line in ran.printed.splitlines() if line.startswith(verdict)]
    assert ran.logged == ""
    assert ran.status == int(any(x.startswith(Verdict.WRONG) for x in ran.printed.splitlines()))
    return [" ".join(line.removeprefix(verdict).split()) for line in lines]


def wrongs(office: Office) -> str:
    return "\n".join(findings(office, Verdict.WRONG))


def test_before_the_first_start_only_the_site_is_wanting_and_nothing_is_made(
    bare_office: Office,
) -> None:
    assert wrongs(bare_office).startswith("site pas de site dans")
    assert not bare_office.var.exists()
    notes = "\n".join(findings(bare_office, Verdict.NOTE))
    for what in ("adresse", "membres", "clés", "droits", "base", "courriel"):
        assert f"{what} " in notes


def test_a_service_that_is_well_has_nothing_to_mend(running: Office) -> None:
    assert wrongs(running) == ""
    assert "8 pages réservées" in "\n".join(findings(running, Verdict.GOOD))
    assert "membres 1 membre," in "\n".join(findings(running, Verdict.GOOD))
    assert "entière, en WAL" in "\n".join(findings(running, Verdict.GOOD))


def test_the_public_service_needs_mail(running: Office) -> None:
    running.environ["BICORNE_ADDRESS"] = "https://revue.example"
    assert "BICORNE_SMTP" in wrongs(running)
    assert "BICORNE_HOSTS" in "\n".join(findings(running, Verdict.NOTE))


def test_a_service_that_does_not_answer_to_its_own_address(running: Office) -> None:
    running.environ["BICORNE_ADDRESS"] = "https://revue.example"
    for hosts, told in (
        ("www.revue.example", True),
        ("revue.example", False),
        ("*.example", False),
    ):
        running.environ["BICORNE_HOSTS"] = hosts
        assert ("ne répond pas à revue.example" in wrongs(running)) is told


def test_an_address_with_a_path_is_one_line(bare_office: Office) -> None:
    bare_office.environ["BICORNE_ADDRESS"] = "https://ecole.example/revue"
    assert "BICORNE_ADDRESS : sans chemin" in bare_office.run("doctor").refusal


def test_the_relay_is_knocked_at_and_nothing_is_sent(
    running: Office, relay: tuple[int, Inbox]
) -> None:
    port, inbox = relay
    running.environ |= {
        "BICORNE_SMTP": f"smtp://revue:secret@127.0.0.1:{port}",
        "BICORNE_MAIL_FROM": "La Revue <revue@exemple.fr>",
        "SSL_CERT_FILE": str(running.folder / "ca.pem"),
    }
    assert wrongs(running) == ""
    assert f"127.0.0.1:{port} répond" in "\n".join(findings(running, Verdict.GOOD))
    running.environ["BICORNE_SMTP"] = f"smtp://revue:autre-mot@127.0.0.1:{port}"
    refused = wrongs(running)
    assert "nom ou mot de passe refusé" in refused
    assert "autre-mot" not in refused
    del running.environ["SSL_CERT_FILE"]
    assert "TLS et le port" in wrongs(running)
    assert inbox.messages == 0


@pytest.mark.parametrize(
    ("relay_url", "sender", "why"),
    [
        ("smtp://127.0.0.1:1", "revue@exemple.fr", "injoignable"),
        ("127.0.0.1", "revue@exemple.fr", "attendu smtp://"),
        ("smtp://127.0.0.1:1", "", "BICORNE_MAIL_FROM"),
        ("smtp://127.0.0.1:1", "La Revue", "BICORNE_MAIL_FROM"),
    ],
)
def test_mail_that_cannot_leave(running: Office, relay_url: str, sender: str, why: str) -> None:
    running.environ |= {"BICORNE_SMTP": relay_url, "BICORNE_MAIL_FROM": sender}
    assert why in wrongs(running)


def test_files_that_others_can_read(running: Office) -> None:
    (running.var / "keys" / "0001.pem").chmod(0o644)
    (running.var / "members.csv").chmod(0o640)
    running.var.chmod(0o755)
    told = wrongs(running)
    assert f"chmod 600 {running.var}/keys/0001.pem" in told
    assert f"chmod 600 {running.var}/members.csv" in told
    assert f"chmod 700 {running.var}" in told


def test_a_site_whose_manifest_is_broken_or_gone(running: Office) -> None:
    manifest = running.folder / "output" / "manifest.json"
    manifest.write_text('{"version": 9}')
    assert "version 9 inconnue" in wrongs(running)
    manifest.unlink()
    assert "tout est fermé" in wrongs(running)


def test_offers_that_cannot_be_sold(running: Office) -> None:
    source = Path(running.environ["BICORNE_OFFERS"]).read_text("utf-8")
    later = running.file(
        "later.yaml", source.replace("2026-01-01", "2998-01-01").replace("2027-01-01", "2999-01-01")
    )
    running.environ["BICORNE_OFFERS"] = str(later)
    assert "aucun prix avant le 2998-01-01" in wrongs(running)
    later.unlink()
    assert "il n’y a pas de fichier d’offres" in wrongs(running)


def test_a_list_of_members_that_is_wrong(running: Office) -> None:
    (running.var / "members.csv").write_text("email;status\na@exemple.fr;empereur\n")
    assert "members.csv:2: status" in wrongs(running)


def test_tables_of_another_version(running: Office) -> None:
    change(running, "UPDATE alembic_version SET version_num = '0000'")
    assert "paywall migrate" in wrongs(running)


def test_a_database_that_is_damaged(running: Office) -> None:
    change(running, "PRAGMA foreign_keys=OFF")
    change(running, "INSERT INTO feed (reader_id, digest, created_at) VALUES (77, x'00', 0)")
    assert "base abîmée (feed" in wrongs(running)
    (running.var / "accounts.sqlite").write_bytes(b"rien d'une base" * 500)
    assert "not a database" in wrongs(running)


def test_a_journal_that_is_not_wal(running: Office) -> None:
    """As on a disk of the network: locks that are files leave SQLite no memory to share."""
    change(running, "PRAGMA journal_mode=DELETE")
    file = running.var / "accounts.sqlite"
    database = Database(f"sqlite:///file:{file}?vfs=unix-dotfile&uri=true")
    (finding,) = store._whole(database)
    database.close()
    assert finding.verdict is Verdict.WRONG
    assert "journal delete au lieu de wal" in finding.told


def test_a_database_that_does_not_answer(running: Office) -> None:
    running.environ["DATABASE_URL"] = "postgresql://nobody:secret-word@127.0.0.1:1/x"
    told = wrongs(running)
    assert "DATABASE_URL est-elle la bonne" in told
    assert "secret-word" not in told
    running.environ["DATABASE_URL"] = "mysql://x"
    assert "sqlite ou postgresql" in wrongs(running)


def test_postgresql_tells_the_time(running: Office, store_url: str) -> None:
    running.environ["DATABASE_URL"] = store_url
    assert wrongs(running) == ""
    whose = "la base" if store_url.startswith("postgresql") else "le disque"
    assert f"horloge la même que {whose}" in "\n".join(findings(running, Verdict.GOOD))


def test_a_clock_that_went_back(running: Office) -> None:
    with running.begin() as unit:
        at = datetime.now(UTC) + timedelta(days=3)
        unit.db.add(Change(at=at, who="stripe", what="x", subject="reader:1"))
    assert "à l’heure ?" in wrongs(running)


def test_a_disk_whose_clock_is_another(running: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.time.time
    monkeypatch.setattr(store.time, "time", lambda: before() - 60)
    assert "+60 s entre le disque et ici" in wrongs(running)


def test_letters_that_wait_or_were_refused(running: Office) -> None:
    now = datetime.now(UTC)
    with running.begin() as unit:
        letter = Mail(recipient="a@exemple.fr", subject="x", text="x")
        letter.created_at = letter.next_try_at = letter.failed_at = now - timedelta(hours=2)
        unit.db.add(letter)
    assert "1 n’ont pu être remis" in "\n".join(findings(running, Verdict.NOTE))
    with running.begin() as unit:
        unit.db.get_one(Mail, 1).failed_at = None
    assert "1 en attente, le premier" in wrongs(running)


def test_a_full_disk(running: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MIN_FREE_BYTES", 10**18)
    assert "place" in wrongs(running)


def test_a_folder_where_nothing_can_be_written(
    running: Office,
) -> None:
    running.environ["BICORNE_VAR"] = "/proc/1"
    assert "ne peut être écrit" in wrongs(running)


def test_settings_that_cannot_be_read_are_one_line(bare_office: Office) -> None:
    bare_office.environ["BICORNE_ADDRESS"] = "http://revue.example"
    assert "https est obligatoire" in bare_office.run("doctor").refusal


def test_every_check_leaves_what_it_looks_at_alone(running: Office) -> None:
    def state() -> dict[str, bytes]:
        kept = (path for path in running.var.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in kept if path.suffix != ".sqlite-shm"}

    before = state()
    running.run("doctor")
    assert state() == before
    assert len(CHECKS) == 11


def change(office: Office, statement: str) -> None:
    with sqlite3.connect(office.var / "accounts.sqlite") as database:
        database.execute(statement)
    database.close()
