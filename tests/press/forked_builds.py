"""Builds by forks of one process, for tests that need many of them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from magazine_factory import NOW, REPOSITORY, MagazineFactory, Result

_SERVER = Path(__file__).with_name("build_server.py")


class ForkedBuilds:
    """Builds a magazine as :meth:`MagazineFactory.build` does, without starting Python anew."""

    def __init__(self, asked: IO[str], answers: IO[str]) -> None:
        self._asked, self._answers = asked, answers

    def build(
        self, magazine: MagazineFactory, settings: Mapping[str, object], now: int = NOW
    ) -> Result:
        overridden = {"CACHE_PATH": str(magazine.root / "cache")} | dict(settings)
        arguments = [str(magazine.content), "-s", str(REPOSITORY / "pelicanconf.py")]
        arguments += ["-o", str(magazine.output), "-e"]
        arguments += [f"{name}={json.dumps(value)}" for name, value in overridden.items()]
        environ = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(now)}
        folder, told = str(magazine.root), magazine.root / "told.txt"
        asked = {"arguments": arguments, "environ": environ, "folder": folder, "told": str(told)}
        print(json.dumps(asked), file=self._asked, flush=True)
        return Result(int(self._answers.readline()), "", told.read_text("utf-8"), magazine.output)


@contextmanager
def forked_builds() -> Iterator[ForkedBuilds]:
    """Start the process; it ends with the block."""
    environ = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [sys.executable, str(_SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environ,
        encoding="utf-8",
    ) as server:
        assert server.stdin and server.stdout
        yield ForkedBuilds(server.stdin, server.stdout)
        server.stdin.close()
