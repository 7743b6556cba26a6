"""Asks a server as fast as it answers, by `wrk` from the other core; what it says of it."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from bench.gate_servers import LOAD_CORE, Server

_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of wrk against one server."""

    requests: int
    per_second: float
    p99_ms: float
    cpu_microseconds: float
    """Of the server's, for each request."""


def ask(
    server: Server, address: str, script: Sequence[str], *, seconds: int, connections: int
) -> Measured:
    """Ask for a while. Any answer but a good one ends the benchmark."""
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{connections}", f"-d{seconds}"]
    command += ["--latency", address, *script]
    before = server.cpu_seconds()
    printed = subprocess.run(  # noqa: S603 (our own command)
        command, capture_output=True, text=True, check=True
    ).stdout
    used_seconds = server.cpu_seconds() - before
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise SystemExit(f"{server.name} failed under load:\n{printed}")
    count = re.search(r"(\d+) requests in", printed)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed)
    if not (count and rate and p99):
        raise SystemExit(f"wrk printed something else:\n{printed}")
    p99_ms = float(p99[1]) * _UNITS[p99[2]]
    requests = int(count[1])
    return Measured(requests, float(rate[1]), p99_ms, used_seconds / requests * 1e6)
