"""What the service tells programs is what docs/openapi.json says: Schemathesis asks on and on."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from feed_site import BOTH_ISSUES, Office
from paywall_process import REPOSITORY, Service

import paywall.app
from paywall.store.database import Database
from paywall.store.migrate import migrate

DESCRIPTION = REPOSITORY / "docs" / "openapi.json"
SIGNED = """
[[operations]]
include-name = "POST /paiement/stripe/"
checks.positive_data_acceptance.enabled = false

[[operations]]
include-name = "POST /ads/beacon"
checks.positive_data_acceptance.enabled = false
"""
"""No message is good that Stripe has not signed, or the build, whatever its form."""

IMAGE = ("feed", "mac", "folder", "name")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'accounts.sqlite'}")
    migrate(database)
    return Office(database, lambda: datetime.now(UTC))


@pytest.fixture
def service(built: Path, office: Office, tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "var" / "ads.key").write_text("ab" * 32 + "\n")  # as a build with ads does
    (tmp_path / "var" / "ads.key").chmod(0o600)
    running = Service(built, tmp_path / "var").wait_until_ready()
    yield running
    running.stop()


def ask_on_and_on(service: Service, home: Path, known: Mapping[str, str] | None = None) -> str:
    """Run Schemathesis; what it found against the description.

    With known values of parameters it sends no wrong ones, which it would take for wrong still.
    """
    written = [f'"path.{name}" = {json.dumps(value)}' for name, value in (known or {}).items()]
    config = home / "schemathesis.toml"
    config.write_text("\n".join(["[parameters]", *written, SIGNED]))
    command = [sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", config.name]
    command += ["run", str(DESCRIPTION), "--url", f"http://127.0.0.1:{service.port}"]
    command += ["--max-examples", "40", "--seed", "1", "--continue-on-failure"]
    command += ["--generation-database", "none", "--warnings", "off"]
    command += ["--mode", "positive" if known else "all"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=300)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_whatever_is_asked_the_answer_is_as_described(service: Service, tmp_path: Path) -> None:
    assert ask_on_and_on(service, tmp_path) == ""


def test_so_it_is_for_a_feed_and_an_image_that_are_there(
    service: Service, office: Office, tmp_path: Path
) -> None:
    runs = datetime(2026, 1, 1, tzinfo=UTC), BOTH_ISSUES[1]
    feed = office.feed_for("ana@example.org", runs)
    shown = unescape(service.ask(b"GET " + feed.encode()).body.decode())
    image = shown.partition("/flux/images/")[2].partition('"')[0].replace("/images/", "/")
    known = dict(zip(IMAGE, image.split("/"), strict=True)) | {"secret": feed.split("/")[3]}
    assert ask_on_and_on(service, tmp_path, known) == ""


def test_a_wrong_description_would_be_found_out(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document: dict[str, Any] = json.loads(DESCRIPTION.read_bytes())
    document["components"]["schemas"]["Key"]["properties"]["alg"] = {"const": "RS256"}
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(document))
    monkeypatch.setattr(sys.modules[__name__], "DESCRIPTION", wrong)
    assert "RS256" in ask_on_and_on(service, tmp_path)


def test_every_address_for_programs_is_described() -> None:
    """Those that the application names: whoever adds one describes it."""
    named = {value for name, value in vars(paywall.app).items() if name.endswith("_PATH")}
    described = json.loads(DESCRIPTION.read_bytes())["paths"]
    assert named - described.keys() == set()
