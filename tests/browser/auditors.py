"""The programs of tests/audit that judge pages: where they are, and how to ask them."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from demo_site import REPOSITORY

MODULES = REPOSITORY / "tests/audit/node_modules"
AXE = MODULES / "axe-core/axe.min.js"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"

_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""For a run of seconds, machine code that is made sooner; it takes more of the stack."""


def need(*programs: Path, java: bool = False) -> None:
    """Skip where a program is missing; under `make audit` that is a failure."""
    missing = [str(path) for path in programs if not path.exists()]
    if java and not shutil.which("java"):
        missing.append("java")
    if missing:
        stop = pytest.fail if "BICORNE_AUDIT" in os.environ else pytest.skip
        stop(f"`make audit` brings {', '.join(missing)}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error or a warning of the Nu checker."""

    path: Path
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the Nu checker read, and what it holds against it."""

    read: frozenset[Path]
    complaints: list[Complaint]


def check(*options: str, paths: Iterable[Path]) -> Verdict:
    """Ask the Nu checker; « not a file for me » is no complaint."""
    command = ["java", *_QUICK_START, "-jar", str(VNU), "--verbose", "--format", "json", *options]
    done = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, check=False, timeout=300
    )
    messages = json.loads(done.stderr)["messages"]
    return Verdict(
        frozenset(Path(line) for line in done.stdout.splitlines()),
        [_complaint(m) for m in messages if "File was not checked" not in m["message"]],
    )


def _complaint(message: dict[str, Any]) -> Complaint:
    path = Path(message.get("url", "").removeprefix("file:"))
    said = f"{message['message']} {message.get('extract', '')}"
    return Complaint(path, message.get("lastLine", 0), said)
