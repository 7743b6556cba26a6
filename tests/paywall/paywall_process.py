"""A real service process on a loopback port, and requests exactly as typed."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from measured import MEASURED

import paywall

REPOSITORY = Path(paywall.__file__).parents[1]
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class RawAnswer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: str = ""
    """What it sets, as a browser sends it back."""


class Service:
    """The `paywall` command, running on a port of its own."""

    def __init__(self, output: Path, var: Path, *options: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.environ = {
            **MEASURED,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "BICORNE_OUTPUT": str(output),
            "BICORNE_VAR": str(var),
            "BICORNE_PORT": str(self.port),
        }
        self.process = self.run("serve", *options)

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "paywall", *arguments],
            env=self.environ,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self) -> "Service":
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                if self.ask(b"GET /healthz").status == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"le service ne répond pas : {self.stop()}")

    def ask(self, request: bytes, *headers: bytes) -> RawAnswer:
        """Send a method and a target byte for byte, and read the whole answer."""
        lines = [request + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers]
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
            received = b""
            while part := connection.recv(65536):
                received += part
        head, _, body = received.partition(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        pairs = [(k.lower(), v) for k, _, v in (field.partition(": ") for field in fields)]
        cookies = "; ".join(v.partition(";")[0] for k, v in pairs if k == "set-cookie")
        return RawAnswer(int(status.split()[1]), dict(pairs), body, cookies)

    def stop(self, sig: int = signal.SIGTERM) -> tuple[str, str]:
        """Stop it as an operator would; return what it printed."""
        if self.process.poll() is None:
            self.process.send_signal(sig)
        return self.process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
