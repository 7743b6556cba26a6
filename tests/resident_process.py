"""Real resident commands, on a magazine of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from forks import heed_the_terminal
from magazine_factory import NOW, REPOSITORY, MagazineFactory
from measured import MEASURED

PATIENCE_SECONDS = 60
SETTINGS = """\
import runpy

shared = runpy.run_path({shared!r})
globals().update({{name: value for name, value in shared.items() if name.isupper()}})
PATH, OUTPUT_PATH, CACHE_PATH = {content!r}, {output!r}, {cache!r}
"""


def write_settings(magazine: MagazineFactory) -> Path:
    """Settings of its own for a magazine."""
    magazine.write_key()
    file = magazine.root / "settings" / "magazine.py"
    file.parent.mkdir(exist_ok=True)
    folders = {
        "content": str(magazine.content),
        "output": str(magazine.output),
        "cache": str(magazine.root / "cache"),
    }
    shared = str(REPOSITORY / "pelicanconf.py")
    file.write_text(SETTINGS.format(shared=shared, **folders), "utf-8")
    return file


class Resident:
    """The builder alone, or with the service: ``desk serve``."""

    def __init__(self, magazine: MagazineFactory, *, serving: bool = False, port: int = 0) -> None:
        self.magazine = magazine
        self.news, self.port = magazine.root / "news.json", port or _free_port()
        settings = str(write_settings(magazine))
        command = ["plugins.resident", settings, str(self.news)]
        if serving:
            command = ["desk", "serve", "-s", settings]
        self.printed = magazine.root / "printed"
        self.passing = magazine.root / "passing"
        self.passing.mkdir(exist_ok=True)
        environ = {
            **MEASURED,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "SOURCE_DATE_EPOCH": str(NOW),
            "BICORNE_PORT": str(self.port),
            "BICORNE_VAR": str(magazine.root / "var"),
            "PYTHONPATH": str(REPOSITORY),
            "TMPDIR": str(self.passing),
        }
        with self.printed.open("wb") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=magazine.root,
                env=environ,
                stdout=printed,
                stderr=subprocess.STDOUT,
                preexec_fn=heed_the_terminal,
            )

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def says(self) -> str:
        return self.printed.read_text("utf-8")

    def number(self) -> int:
        """How many publications of pages there were."""
        return self._news()["number"]

    def error(self) -> str:
        """What keeps the next one from being published."""
        return self._news()["error"]

    def _news(self) -> dict:
        return json.loads(self.news.read_text()) if self.news.exists() else {"number": 0}

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not until():
            assert self.process.poll() is None, self.says()
            assert time.monotonic() < deadline, self.says()
            time.sleep(0.05)

    def stop(self, sig: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(sig)
        return self.process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
