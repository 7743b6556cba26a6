"""``desk serve``: builds, serves, and publishes what changes for as long as it runs.

Two processes, each of which ends when this one does: the builder, which is started again when the
settings change, and the service. Between them lie the output and the news of it.
"""

import argparse
import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.command import add_command, add_settings
from desk.settings import read_settings
from paywall.demonstration import DEMO_HOURS, demo_link
from paywall.errors import PaywallError
from paywall.server import check_port
from paywall.settings import Settings
from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError
from plugins.resident.news import REFUSED, SETTINGS_CHANGED, News
from plugins.resident.watching import stamps

_POLL_SECONDS = 0.05
_STOP_SECONDS = 10

_PR_SET_PDEATHSIG = 1
"""Of Linux's ``prctl``: a signal for when the process that started this one ends."""


class ServeError(Exception):
    """Nothing can be served; the message is for the editor."""


def add_commands(commands: Any) -> None:
    """Add ``serve``."""
    parser = add_command(commands, "serve", tell("construire, servir, publier ce qui change"))
    add_settings(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        return serve(options.settings, os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
    except (ServeError, PaywallError) as error:
        print(tell("desk : {error}", error=error), file=sys.stderr)
    return 1


def serve(settings_file: Path, environ: Mapping[str, str]) -> int:
    """Serve until told to stop (SIGINT, SIGTERM, a terminal that is closed); the exit status."""
    read_settings(settings_file)
    try:
        service = Settings.from_env(environ)
        check_port(service.host, service.port)
    except PaywallError as error:
        raise ServeError(str(error)) from error
    for told in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(told) != signal.SIG_IGN:  # nohup's doing
            signal.signal(told, _interrupt)
    with tempfile.TemporaryDirectory(prefix="bicorne-") as folder:
        desk = _Desk(settings_file.resolve(), Path(folder) / "news.json", dict(environ))
        with contextlib.suppress(KeyboardInterrupt), desk.running():
            return desk.watch()
    return 0


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


@dataclass
class _Desk:
    settings: Path
    news: Path
    environ: dict[str, str]
    _builder: "subprocess.Popen[bytes] | None" = None
    _service: "subprocess.Popen[bytes] | None" = None
    _started: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    _begun_with: dict[str, int] = field(default_factory=dict)
    """When the settings were written that the builder has."""

    _refused: dict[str, int] = field(default_factory=dict)
    """The same of those that were found wrong."""

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        try:
            self._start_builder()
            yield
        finally:
            self._stop()

    def watch(self) -> int:
        """Until one of the two ends; the builder is let end for other settings."""
        while True:
            time.sleep(_POLL_SECONDS)
            status = self._service.poll() if self._service else None
            if status is None and self._builder:
                status = self._builder.poll()
            if status == SETTINGS_CHANGED:
                self._builder = None
            elif status == REFUSED and self._service:
                self._builder, self._refused = None, self._begun_with
            elif status is not None:
                return 1
            if self._builder is None and self._can_be_read():
                self._start_builder()
            if self._service is None and self.news.exists():
                self._start_service()

    def _can_be_read(self) -> bool:
        """Whether the settings are right; if not it is told, once, and the site stays as it is."""
        now = stamps(self.settings.parent)
        if now == self._refused:
            return False
        try:
            read_settings(self.settings)
        except SettingsError as error:
            self._refused = now
            print(error, file=sys.stderr, flush=True)
            News.again(self.news).refused(str(error))
            return False
        return True

    def _start_builder(self) -> None:
        self._begun_with = stamps(self.settings.parent)
        self._builder = self._start("plugins.resident", str(self.settings), str(self.news))

    def _start_service(self) -> None:
        self.environ["BICORNE_OUTPUT"] = json.loads(self.news.read_bytes())["output"]
        _announce(Settings.from_env(self.environ))
        self._service = self._start("paywall", "serve", "--development", str(self.news))

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(  # noqa: S603 (our own commands)
            [sys.executable, "-m", *command],
            env=self.environ,
            start_new_session=True,  # Ctrl-C is for this process, which ends the others in order
            preexec_fn=_end_with_parent,
        )
        self._started.append(process)
        return process

    def _stop(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for process in self._started:
            if process.poll() is None:
                process.terminate()
        for process in self._started:
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _announce(service: Settings) -> None:
    """Say where the site is, how to see what is gated, and how to end."""
    link = demo_link(service)
    message = "Abonné de démonstration, en un clic ({hours} h) : {link}"
    print(tell("Le site : {address}", address=f"{service.address}/"))
    print(tell(message, hours=DEMO_HOURS, link=link))
    print(tell("Ce qui change est publié et rechargé ; Ctrl-C arrête tout."), flush=True)


def _end_with_parent() -> None:
    """Where the system knows how; elsewhere only a killed command leaves them running."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
