"""The demo magazine, built and served as its readers meet it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from paywall.demonstration import demo_link
from paywall.settings import Settings

REPOSITORY = Path(__file__).parents[2]
BUILT_AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""The moment the build speaks for: issue 812 is out, 806 has opened."""

FAR = "2099-01-01"
"""When gated issues open here: the service reads the true clock, and the tests must last."""

_OPENS = re.compile(r"^opens: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_START_SECONDS = 30
_END_SECONDS = 300
"""For a build or a command."""


def build(folder: Path) -> Path:
    """Build the magazine below ``folder``; return its output."""
    content = folder / "content"
    shutil.copytree(REPOSITORY / "content", content)
    for issue in content.glob("issues/*/issue.md"):
        issue.write_text(_OPENS.sub(_postponed, issue.read_text("utf-8")), "utf-8")
    output = folder / "output"
    settings = ["-s", str(REPOSITORY / "pelicanconf.py"), "-o", str(output)]
    cache = ["-e", f'CACHE_PATH="{folder / "cache"}"']
    done = subprocess.run(
        [sys.executable, "-m", "pelican", str(content), *settings, *cache],
        cwd=REPOSITORY,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(int(BUILT_AT.timestamp()))},
        capture_output=True,
        text=True,
        check=False,
        timeout=_END_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"the demo magazine does not build:\n{done.stderr}")
    return output


def _postponed(opens: re.Match[str]) -> str:
    to_come = opens[1] > BUILT_AT.date().isoformat()
    return f"opens: {FAR}" if to_come else opens[0]


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A running service: its address, the tree it serves, and links that open it."""

    address: str
    output: Path
    var: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    """More of the environment: of the service, and of commands."""

    def link(self, to: str) -> str:
        """A one-click link, as the service prints for whoever tries it."""
        return demo_link(Settings.from_env(self._environ), to)

    def command(self, *arguments: str) -> str:
        """Run `paywall` beside the service, as somebody at its terminal does; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "paywall", *arguments],
            cwd=REPOSITORY,
            env=self._environ,
            capture_output=True,
            text=True,
            check=True,
            timeout=_END_SECONDS,
        )
        return done.stdout

    @property
    def _environ(self) -> dict[str, str]:
        return os.environ | {
            "BICORNE_OUTPUT": str(self.output),
            "BICORNE_VAR": str(self.var),
            "BICORNE_OFFERS": str(REPOSITORY / "content" / "offers.yaml"),
            "BICORNE_ADDRESS": self.address,
            "BICORNE_PORT": self.address.rpartition(":")[2],
            **self.settings,
        }

    @contextmanager
    def running(self) -> Iterator["DemoSite"]:
        """Run `paywall serve` until the block ends."""
        log = self.var.with_suffix(".log")
        with log.open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "paywall", "serve"],
                cwd=REPOSITORY,
                env=self._environ,
                stdout=said,
                stderr=said,
            )
            try:
                self._wait(process, log)
                yield self
            finally:
                process.terminate()
                process.wait(timeout=20)

    def _wait(self, process: subprocess.Popen[bytes], log: Path) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            try:
                with urlopen(f"{self.address}/healthz", timeout=5):
                    return
            except URLError:
                time.sleep(0.05)
        raise RuntimeError(f"the service does not start:\n{log.read_text()}")


@contextmanager
def served(
    output: Path, folder: Path, settings: Mapping[str, str] | None = None
) -> Iterator[DemoSite]:
    """Serve a built tree on a free port; keys and log go below ``folder``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = DemoSite(f"http://localhost:{port}", output, folder / "var", settings or {})
    ads_key = output.parent / "var" / "ads.key"
    if ads_key.exists():  # where a site is built and served from one folder, it is there
        site.var.mkdir(parents=True, exist_ok=True)
        shutil.copy(ads_key, site.var)
    with site.running():
        yield site
