"""Every vector through the real server, byte for byte, on connections that are kept open."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from gate_runs import Given, faults, read_vectors, request_of, write_tree

DOCUMENT = read_vectors()
START_SECONDS = 60


class Gate:
    """The server, asked one thing after another."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "state.json"
        self.tell("2027-03-14T09:00:00Z", [])
        output = write_tree(folder / "output", DOCUMENT)
        self.port = free_port()
        program = Path(__file__).with_name("gate_service.py")
        command = [sys.executable, str(program), str(output), str(self.port), str(self._state)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    def tell(self, now: str, ended: list[str]) -> None:
        aside = self._state.with_suffix(".new")
        aside.write_text(json.dumps({"now": now, "ended": ended}), "utf-8")
        aside.rename(self._state)

    def answer(self, vector: dict[str, Any]) -> Given:
        self.tell(vector["now"], vector.get("ended", []))
        return self.ask(*request_of(vector, DOCUMENT["tokens"]))

    def ask(self, method: str, target: bytes, headers: list[tuple[bytes, bytes]]) -> Given:
        lines = [b"%s %s HTTP/1.1" % (method.encode(), target), b"host: revue.example"]
        lines += [b"%s: %s" % header for header in headers]
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(b"\r\n".join([*lines, b"connection: close", b"", b""]))
            response = HTTPResponse(connection, method=method)
            response.begin()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Given(response.status, names, response.read())

    def wait(self) -> "Gate":
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self.ask("GET", b"/healthz", [])
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("the server does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"))
    try:
        yield gate.wait()
    finally:
        gate.process.terminate()
        _, logged = gate.process.communicate(timeout=30)
    assert "Traceback" not in logged


@pytest.mark.parametrize("again", [False, True], ids=["first", "again, from memory"])
@pytest.mark.parametrize("group", sorted({vector["group"] for vector in DOCUMENT["vectors"]}))
def test_the_server_answers_as_every_gate_does(gate: Gate, group: str, again: bool) -> None:
    wrong = {}
    for vector in DOCUMENT["vectors"]:
        if vector["group"] == group and (found := faults(vector, gate.answer(vector))):
            wrong[vector["name"]] = found
    assert wrong == {}
