"""Logs and readiness: what is told to whoever runs the service, and what never is."""

import json
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import anyio
import pytest
from paywall_client import Client
from paywall_process import Service
from paywall_site import write_site
from starlette.types import ASGIApp, Receive, Scope, Send

from paywall.logs import CONFIGURATION, JsonLines, Logged
from paywall.settings import Settings
from paywall.store.database import Database

SECRET = "mot-secret-9f3a"


def formatted(record: logging.LogRecord) -> dict[str, object]:
    line = JsonLines().format(record)
    assert "\n" not in line
    return json.loads(line)


def raised(error: Exception) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        told = sys.exc_info()
    return logging.LogRecord("paywall", logging.ERROR, "x.py", 1, "requête sans réponse", (), told)


def test_a_line_is_json_with_when_what_and_from_where() -> None:
    record = logging.LogRecord("paywall.x", logging.WARNING, "x.py", 1, "manifest %s", ("é",), None)
    told = formatted(record)
    assert told["message"] == "manifest é"
    assert (told["level"], told["from"]) == ("WARNING", "paywall.x")
    assert str(told["at"]).endswith("+00:00")


def test_what_an_exception_says_is_not_told_but_where_it_was_raised_is() -> None:
    told = formatted(raised(ValueError(f"{SECRET}@exemple.fr")))
    assert told["error"] == "ValueError"
    assert SECRET not in json.dumps(told)
    assert any("test_logs.py" in place for place in told["raised_at"])


def test_a_traceback_in_a_message_is_cut_off() -> None:
    text = f"Application callable raised an exception\nTraceback…\nValueError: {SECRET}"
    record = logging.LogRecord("_granian", logging.ERROR, "x", 1, text, (), None)
    assert formatted(record)["message"] == "Application callable raised an exception"


def test_at_a_terminal_a_line_is_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    record = logging.LogRecord("paywall", logging.WARNING, "x.py", 1, "attention", (), None)
    assert JsonLines().format(record).endswith("WARNING paywall attention")


@pytest.fixture
def requests(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "paywall.requests")
    return caplog


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [formatted(r) for r in caplog.records if r.name == "paywall.requests"]


def test_a_request_to_an_account_page_is_one_line_that_names_its_route(
    app: ASGIApp, requests: pytest.LogCaptureFixture
) -> None:
    answer = Client(app).get(f"/connexion/?vers=/{SECRET}/", headers={"cookie": f"x={SECRET}"})
    (line,) = lines(requests)
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert isinstance(line["route"], str)
    assert line["milliseconds"] >= 0
    assert SECRET not in json.dumps(line)
    assert "/" not in json.dumps({k: v for k, v in line.items() if k != "at"})


def test_pages_of_the_magazine_are_not_logged(
    app: ASGIApp, requests: pytest.LogCaptureFixture
) -> None:
    for path in ("/", "/healthz", "/readyz", f"/{SECRET}/"):
        Client(app).get(path)
    assert lines(requests) == []


@pytest.mark.parametrize(
    ("raises", "status"), [(RuntimeError(SECRET), 500), (None, 499)], ids=["broken", "gone"]
)
def test_a_request_that_got_no_answer_is_told_too(
    requests: pytest.LogCaptureFixture, raises: Exception | None, status: int
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if raises:
            raise raises

    scope = {"type": "http", "method": SECRET}
    with suppress(RuntimeError):
        anyio.run(Logged(app, "somewhere"), scope, None, None)
    (line,) = lines(requests)
    assert (line["method"], line["status"]) == ("other", status)
    assert SECRET not in json.dumps(line)


def test_what_is_no_request_passes_through() -> None:
    passed = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope["type"])

    anyio.run(Logged(app, "somewhere"), {"type": "lifespan"}, None, None)
    assert passed == ["lifespan"]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    running = Service(write_site(tmp_path / "output"), tmp_path / "var").wait_until_ready()
    yield running
    running.stop()


def test_no_secret_of_an_address_a_form_or_a_cookie_is_in_any_line(service: Service) -> None:
    own = (b"/connexion/", b"/connexion/code/", b"/acces/", b"/connexion/lien/", b"/")
    cookie = f"Cookie: bicorne_session={SECRET}; bicorne_access={SECRET}".encode()
    origin = f"Origin: http://localhost:{service.port}".encode()
    form = f"email={SECRET}@exemple.fr&code={SECRET}&lien={SECRET}".encode()
    for path in own:
        service.ask(
            b"GET " + path + f"?jeton={SECRET}&lien={SECRET}&vers={SECRET}".encode(), cookie
        )
        service.ask(b"GET " + path + SECRET.encode() + b"/", cookie)
        service.ask(
            b"POST " + path, cookie, origin, b"Content-Type: application/x-www-form-urlencoded",
            b"Content-Length: " + str(len(form)).encode() + b"\r\n\r\n" + form,
        )  # fmt: skip
    service.ask(f"{SECRET.upper()} /connexion/".encode(), cookie)
    printed, logged = service.stop()
    assert SECRET not in (printed + logged).casefold()
    told = [json.loads(line) for line in logged.splitlines()]
    assert {line["message"] for line in told if line["from"] == "paywall.requests"} == {"request"}
    assert len([line for line in told if line["from"] == "paywall.requests"]) >= 6


def test_a_request_that_breaks_the_service_quotes_nothing(tmp_path: Path) -> None:
    """The tables vanish while it runs: every layer logs the error, and none what was asked."""
    service = Service(write_site(tmp_path / "output"), tmp_path / "var").wait_until_ready()
    with sqlite3.connect(tmp_path / "var" / "accounts.sqlite") as database:
        database.execute("ALTER TABLE session RENAME TO elsewhere")
    database.close()
    secret = "A" * 31 + SECRET.replace("-", "_")[:12]
    answer = service.ask(
        b"GET /connexion/?x=" + secret.encode(), f"Cookie: bicorne_session={secret}".encode()
    )
    _, logged = service.stop()
    assert answer.status in {500, 503}
    assert logged
    assert secret not in logged
    assert all(json.loads(line) for line in logged.splitlines())


def test_ready_says_what_is_wanting(
    app: ASGIApp, site: Path, settings: Settings, database: Database
) -> None:
    client = Client(app)
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")
    assert client.head("/readyz").status_code == 200
    assert client.post("/readyz").status_code == 405
    (site / "manifest.json").write_text("rien")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: manifest\n")
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["cache-control"] == "no-store"
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert client.get("/readyz").text == "not ready: database, manifest\n"
    assert client.get("/healthz").status_code == 200


def test_every_logger_of_the_server_writes_through_one_formatter() -> None:
    assert CONFIGURATION["formatters"] == {"line": {"()": "paywall.logs.JsonLines"}}
    assert CONFIGURATION["root"] == {"handlers": ["stderr"], "level": "WARNING"}
