"""Chromium with real tabs: they hide each other, go into the back-forward cache, are prerendered.

Playwright shows every page as if it were in front, and turns the back-forward cache off; here the
browser is left as readers have it, and told what to do over its debugging pipe.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

PATH = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""With a fresh profile, and no conversation of its own."""
_PIPED = ("--hide-scrollbars", "--remote-debugging-pipe")
_END = b"\0"
_LOADED = """new Promise((done) => {
  if (document.readyState === "complete") done();
  else addEventListener("load", done);
})"""


class BrowserError(Exception):
    """The browser refused a command, or is gone."""


@dataclass
class Browser:
    """A running Chromium; commands are answered one after the other."""

    _commands: BinaryIO
    _answers: BinaryIO
    _sent: int = 0
    _lock: Lock = field(default_factory=Lock)

    def send(self, method: str, session: str = "", **parameters: object) -> dict[str, Any]:
        """One command of the DevTools protocol, and its answer; raises `BrowserError`."""
        with self._lock:
            self._sent += 1
            message: dict[str, object] = {"id": self._sent, "method": method, "params": parameters}
            if session:
                message["sessionId"] = session
            self._commands.write(json.dumps(message).encode() + _END)
            return self._answer(self._sent)

    def _answer(self, number: int) -> dict[str, Any]:
        while True:
            told = json.loads(self._read())
            if told.get("id") == number:
                if "error" in told:
                    raise BrowserError(told["error"]["message"])
                result: dict[str, Any] = told["result"]
                return result

    def _read(self) -> bytes:
        message = bytearray()
        while (byte := self._answers.read(1)) != _END:
            if not byte:
                raise BrowserError("the browser is gone")
            message += byte
        return bytes(message)

    def open(self, address: str = "about:blank", *, window: bool = False) -> "Tab":
        """A new tab in front, in a new window if asked for."""
        target = self.send("Target.createTarget", url=address, newWindow=window)["targetId"]
        return Tab(self, target)


@dataclass
class Tab:
    """A tab. It is told things only while it is `held`: pages are not prerendered in a held tab."""

    browser: Browser
    target: str
    _session: str = ""

    def hold(self) -> None:
        """Begin to be told things."""
        attached = self.browser.send("Target.attachToTarget", targetId=self.target, flatten=True)
        self._session = attached["sessionId"]

    def tell(self, method: str, **parameters: object) -> dict[str, Any]:
        """A command to this tab."""
        if not self._session:
            self.hold()
        return self.browser.send(method, self._session, **parameters)

    def run(self, script: str) -> Any:
        """What an expression is worth in the page, a promise's once it is kept."""
        done = self.tell(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        if "exceptionDetails" in done:
            raise BrowserError(str(done["exceptionDetails"]))
        return done["result"].get("value")

    def go(self, address: str) -> None:
        """Leave for another address."""
        self.tell("Page.navigate", url=address)

    def read(self, address: str) -> None:
        """Go to an address, and wait until its page is there."""
        self.go(address)
        self.run(_LOADED)

    def show(self) -> None:
        """Come to the front; what was there is hidden."""
        self.browser.send("Target.activateTarget", targetId=self.target)

    def resize(self, width: int, height: int) -> None:
        """Give the window this size, in pixels, with its frame."""
        window = self.browser.send("Browser.getWindowForTarget", targetId=self.target)["windowId"]
        bounds = {"width": width, "height": height}
        self.browser.send("Browser.setWindowBounds", windowId=window, bounds=bounds)

    def close(self) -> None:
        """End the tab."""
        self.browser.send("Target.closeTarget", targetId=self.target)


@contextmanager
def tabs() -> Iterator[Browser]:
    """A browser with a fresh profile, for the length of the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        its_input, commands = os.pipe()
        answers, its_output = os.pipe()
        process = _start(its_input, its_output, profile)
        with os.fdopen(commands, "wb", buffering=0) as to, os.fdopen(answers, "rb") as back:
            try:
                yield Browser(to, back)
            finally:
                process.terminate()
                process.wait(timeout=20)


def _start(its_input: int, its_output: int, profile: str) -> subprocess.Popen[bytes]:
    """The pipe is on descriptors 3 and 4, wherever ours happen to be."""
    shell = f'exec 8<&{its_input} 9>&{its_output}; exec 3<&8 4>&9 8<&- 9>&-; exec "$@"'
    command = [
        "/bin/bash",
        "-c",
        shell,
        "bash",
        str(PATH),
        *FLAGS,
        *_PIPED,
        f"--user-data-dir={profile}",
    ]
    try:
        return subprocess.Popen(  # noqa: S603 (our own command)
            command,
            pass_fds=(its_input, its_output),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    finally:
        os.close(its_input)
        os.close(its_output)
