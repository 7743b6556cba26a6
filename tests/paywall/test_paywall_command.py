"""The `paywall` command, run as an operator runs it."""

import re
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from paywall_process import Service, free_port
from paywall_site import FRESNEL, GATED, SECRET, write_site

from paywall.__main__ import main
from paywall.errors import SettingsError
from paywall.server import check_port
from paywall.settings import Settings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("BICORNE_OUTPUT", str(site))
    monkeypatch.setenv("BICORNE_VAR", str(tmp_path / "var"))

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        return status, *capsys.readouterr()

    return command


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM])
def test_the_service_starts_says_where_to_look_and_stops_cleanly(tmp_path: Path, sig: int) -> None:
    site = write_site(tmp_path / "output")
    service = Service(site, tmp_path / "var", "--demo").wait_until_ready()
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(100)  # and kept open by the reader, which must not hold the service up
        printed, logged = service.stop(sig)
    assert service.process.returncode == 0
    assert f"http://localhost:{service.port}/" in printed
    assert "Traceback" not in printed + logged
    assert logged == ""


def test_the_demonstration_link_opens_a_gated_page(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    service = Service(site, tmp_path / "var", "--demo").wait_until_ready()
    try:
        line = next(line for line in service.process.stdout if "/acces/" in line)
        link = re.search(r"http\S+", line)
        assert link is not None
        path = link[0].removeprefix(f"http://localhost:{service.port}")
        answer = service.ask(b"GET " + path.encode())
        assert answer.headers["location"] in GATED
        opened = service.ask(b"GET " + FRESNEL.encode(), f"Cookie: {answer.cookies}".encode())
        assert SECRET.encode() in opened.body
    finally:
        service.stop()


def test_nothing_of_a_request_is_logged(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    service = Service(site, tmp_path / "var").wait_until_ready()
    for path in (b"/acces/?jeton=mon-jeton-secret", b"/", b"/rien-de-tel/"):
        service.ask(b"GET " + path, b"Authorization: Bearer mon-jeton-secret")
    printed, logged = service.stop()
    for trace in ("mon-jeton-secret", "rien-de-tel", "127.0.0.1"):
        assert trace not in printed + logged


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    first = Service(site, tmp_path / "var").wait_until_ready()
    second = Service(site, tmp_path / "var", port=first.port)
    printed, logged = second.process.communicate(timeout=20)
    first.stop()
    assert second.process.returncode == 1
    assert printed == ""
    assert logged.count("\n") == 1
    assert f"le port {first.port} est déjà pris" in logged


def test_a_key_that_others_can_read_stops_the_start_in_one_line(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    (tmp_path / "var" / "keys").mkdir(mode=0o700, parents=True)
    (tmp_path / "var" / "keys" / "0001.pem").write_text("clé")
    (tmp_path / "var" / "keys" / "0001.pem").chmod(0o644)
    service = Service(site, tmp_path / "var")
    _, logged = service.process.communicate(timeout=20)
    assert service.process.returncode == 1
    assert "chmod 600" in logged
    assert logged.count("\n") == 1


def test_a_token_is_printed_alone(run: Run) -> None:
    status, printed, _ = run("token", "--issue", "812-lumiere", "--issue", "813-mouvement")
    assert status == 0
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]{86}\n", printed)


def test_an_issue_that_the_site_does_not_have_is_refused(run: Run) -> None:
    status, printed, logged = run("token", "--issue", "812-lumiere", "--issue", "812-lumire")
    assert (status, printed) == (1, "")
    assert "« 812-lumire » (vouliez-vous dire 812-lumiere ?)" in logged
    assert logged.count("\n") == 1


def test_without_a_site_any_issue_may_be_named(run: Run, site: Path) -> None:
    (site / "manifest.json").unlink()
    status, printed, _ = run("token", "--issue", "900-demain")
    assert (status, printed.count(".")) == (0, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["token", "--issue", "../812"],
        ["token", "--issue", "812", "--all"],
        ["token", "--minutes", "0"],
        ["token", "--minutes", "-1"],
        ["token", "--minutes", "16"],
        ["token", "--minutes", "toujours"],
        ["jeton"],
        [],
    ],
)
def test_a_wrong_argument_is_refused(run: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2


def test_a_wrong_setting_is_one_clear_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BICORNE_PORT", "huit mille")
    status, printed, logged = run("token")
    assert (status, printed) == (1, "")
    assert logged.startswith("paywall : BICORNE_PORT")
    assert logged.count("\n") == 1


def test_a_port_that_is_free_passes() -> None:
    check_port("127.0.0.1", free_port())


def test_the_defaults_serve_localhost() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert not settings.secure


def test_settings_come_from_the_environment() -> None:
    settings = Settings.from_env(
        {
            "BICORNE_OUTPUT": "/srv/site",
            "BICORNE_VAR": "/srv/var",
            "BICORNE_ADDRESS": "https://revue.example/",
            "BICORNE_HOST": "::1",
            "BICORNE_PORT": "9000",
            "BICORNE_HOSTS": "revue.example, *.revue.example",
        }
    )
    assert settings.address == "https://revue.example"
    assert settings.secure
    assert settings.hosts == ("revue.example", "*.revue.example")
    assert (settings.output, settings.keys) == (Path("/srv/site"), Path("/srv/var/keys"))


def test_the_address_follows_the_port() -> None:
    assert Settings.from_env({"BICORNE_PORT": "9000"}).address == "http://localhost:9000"


@pytest.mark.parametrize(
    "environ",
    [
        {"BICORNE_PORT": "0"},
        {"BICORNE_PORT": "65536"},
        {"BICORNE_PORT": "²"},
        {"BICORNE_HOSTS": "revue.*"},
        {"BICORNE_HOSTS": "https://revue.example"},
        {"BICORNE_ADDRESS": "revue.example"},
        {"BICORNE_ADDRESS": "ftp://revue.example"},
        {"BICORNE_ADDRESS": "https://"},
        {"BICORNE_ADDRESS": "https://revue.example/blog"},
        {"BICORNE_ADDRESS": "https://revue.example?x"},
        {"BICORNE_ADDRESS": "https://moi@revue.example"},
        {"BICORNE_ADDRESS": "https://revue.example:port"},
        {"BICORNE_ADDRESS": "https://[::1"},
        {"BICORNE_ADDRESS": "https://revue.example#"},
        {"BICORNE_ADDRESS": "https://revue .example"},
        {"BICORNE_ADDRESS": "https://-revue\u00a0.example"},
        {"BICORNE_ADDRESS": "https://revue.example:70000"},
        {"BICORNE_ADDRESS": "https://revue.example\\evil"},
        {"BICORNE_ADDRESS": "http://revue.example"},
        {"BICORNE_ADDRESS": "http://localhost.example.org"},
    ],
)
def test_a_setting_that_cannot_work_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(environ))):
        Settings.from_env(environ)
