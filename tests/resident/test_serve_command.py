"""`desk serve`: what it starts it ends."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from magazine_factory import MagazineFactory
from resident_process import Resident, write_settings


@pytest.fixture
def served(magazine: MagazineFactory) -> Iterator[Resident]:
    resident = Resident(magazine, serving=True)
    try:
        resident.wait(lambda: _answers(resident))
        yield resident
    finally:
        resident.stop(signal.SIGKILL)


def _answers(resident: Resident) -> bool:
    try:
        with urlopen(f"{resident.address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _left(resident: Resident) -> list[str]:
    """Processes that name the magazine's folder or its news, the command itself aside."""
    named = str(resident.magazine.root).encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            where = (process / "environ").read_bytes()
        except OSError:
            continue
        if named in command + where and int(process.name) != resident.process.pid:
            found.append(command.replace(b"\0", b" ").decode())
    return found


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_it_stops_all_and_leaves_no_file(served: Resident, sig: int) -> None:
    assert "/acces/ouvrir/?jeton=" in served.says()
    assert _left(served)
    assert any(served.passing.iterdir())
    assert served.stop(sig) == 0
    assert "Traceback" not in served.says()
    assert not any(served.passing.iterdir())
    served.process = subprocess.Popen(["sleep", "60"])
    served.wait(lambda: not _left(served))
    served.wait(lambda: not _answers(served))


def test_it_says_where_it_is_and_how_to_end_once_in_one_language(served: Resident) -> None:
    said = served.says()
    assert f"The site: {served.address}/\n" in said
    assert "A demonstration subscriber, in one click (12 h): http" in said
    assert said.count("Ctrl-C") == 1
    assert "Le site" not in said


def test_killing_it_leaves_no_process(served: Resident) -> None:
    served.stop(signal.SIGKILL)
    served.process = subprocess.Popen(["sleep", "60"])
    served.wait(lambda: not _left(served))


def test_new_settings_are_read(served: Resident) -> None:
    settings = write_settings(served.magazine)
    settings.write_text(settings.read_text() + "SITENAME = 'Un autre nom'\n")
    served.wait(lambda: "Un autre nom" in _home(served))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("X = (", "settings/magazine.py"),
        ("MAGAZINE = {'taglin': 'Une lampe'}", "taglin"),
        ("PLUGINS = ['plugins.magasin']", "plugins.magasin"),
    ],
)
def test_wrong_settings_are_told_and_the_site_stays_until_they_are_right(
    served: Resident, wrong: str, told: str
) -> None:
    settings = write_settings(served.magazine)
    right = settings.read_text()
    settings.write_text(f"{right}{wrong}\n")
    served.wait(lambda: told in served.says())
    assert "Traceback" not in served.says()
    served.wait(lambda: told in _notice(served))
    assert "<title>" in _home(served)
    settings.write_text(f"{right}SITENAME = 'Un autre nom'\n")
    served.wait(lambda: "Un autre nom" in _home(served))
    served.wait(lambda: told not in _notice(served))


def _notice(resident: Resident) -> str:
    """What the pages say of a mistake."""
    with urlopen(f"{resident.address}/_bicorne/news", timeout=10) as events:
        told = next(line for line in events if line.startswith(b"data: "))
    return str(json.loads(told.removeprefix(b"data: "))["error"])


def _home(resident: Resident) -> str:
    with urlopen(resident.address, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_port_in_use_is_said_plainly(magazine: MagazineFactory) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        second = Resident(magazine, serving=True, port=port)
        assert second.process.wait(60) == 1
    assert (
        second.says() == f"desk: le port {port} est déjà pris : BICORNE_PORT en choisit un autre\n"
    )
    assert not magazine.output.exists()
