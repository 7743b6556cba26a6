"""What accounts cost: an import of an association's lists, and sign-ins: `make bench-accounts`.

The import is the command as the office runs it, on three files that share people. Then as many
readers as are asked for sign in, each from a network of their own (the service limits what one
network may ask), by the two forms that a browser sends: an address, then the code from the mail.
The service has the first core and SQLite, whoever asks the second.
"""

import argparse
import csv
import os
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from bench.gate_servers import LOAD_CORE, Server, service
from bench.processes import run

PORT = 8795
FILES = 3
_SHARED = 10
"""One person in so many is in the next file, too."""
_MEBIBYTE = 2**20
_OFFERS = Path(__file__).parent.parent / "content" / "offers.yaml"
_CODE = re.compile(r"\b(\d{3}) (\d{3})\b")


@dataclass
class Visitor:
    """A browser of one reader, in a network of its own; what it waited for each answer."""

    email: str
    network: str
    cookie: str = ""
    seconds: float = 0.0

    def post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form; anything but the answer to a good one ends the run."""
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "origin": f"http://localhost:{PORT}",
            "cookie": self.cookie,
        }
        started = time.perf_counter()
        with closing(
            HTTPConnection("127.0.0.1", PORT, timeout=30, source_address=(self.network, 0))
        ) as connection:
            connection.request("POST", path, urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
        self.seconds = time.perf_counter() - started
        if answer.status != 303:
            raise SystemExit(f"POST {path}: {answer.status}")
        set_cookies = answer.headers.get_all("set-cookie") or []
        self.cookie = "; ".join(each.partition(";")[0] for each in set_cookies)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="make bench-accounts", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("output"), help="a built site")
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--sign-ins", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=8)
    options = parser.parse_args(arguments)
    output = options.output.resolve()
    if not (output / "manifest.json").exists():
        raise SystemExit(f"no site in {output}: make site")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _import(folder, options.rows)
        with service(output, folder, PORT) as server, _on_core(LOAD_CORE):
            _sign_in(server, folder, options.sign_ins, options.at_once)


def _import(folder: Path, rows: int) -> None:
    files = list(_lists(folder, rows))
    environ = os.environ | {"BICORNE_VAR": str(folder), "BICORNE_OFFERS": str(_OFFERS)}
    paywall = [sys.executable, "-m", "paywall"]
    command = [*paywall, "subscribers", "import", *map(str, files)]
    run([*paywall, "migrate"], folder, environ, folder / "printed")
    cost = run(command, folder, environ, folder / "printed")
    print(
        f"import of {rows:,} rows in {FILES} files: {cost.wall_seconds:.1f} s, "
        f"{cost.cpu_seconds:.1f} s of processor, {cost.peak_bytes / _MEBIBYTE:.0f} MiB\n"
        f"{cost.output.rstrip()}",
        flush=True,
    )


def _lists(folder: Path, rows: int) -> Iterator[Path]:
    """Write the files: of each, the first tenth are people of the one before."""
    each = rows // FILES
    for n in range(FILES):
        first = n * (each - each // _SHARED)
        file = folder / f"liste-{n + 1}.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            write = csv.writer(stream, delimiter=";").writerow
            write(("Nom", "Prénom", "Courriel", "Formule", "Début", "Fin"))
            for person in range(first, first + each):
                name = (f"Abonné {person}", "Camille", f"camille.{person}@exemple.fr")
                write((*name, "Numérique", f"01/01/{2024 + n}", f"31/12/{2024 + n}"))
        yield file


def _sign_in(server: Server, folder: Path, count: int, at_once: int) -> None:
    visitors = [
        Visitor(f"camille.{n}@exemple.fr", f"127.1.{n // 250}.{n % 250 + 1}") for n in range(count)
    ]
    seconds = 0.0
    print(f"\n{count:,} sign-ins, {at_once} at once")
    print(f"{'':12}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}")
    for step in ("address", "code"):
        codes = (
            dict.fromkeys((v.email for v in visitors), "") if step == "address" else _codes(folder)
        )
        before, started = server.cpu_seconds(), time.perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            for _ in pool.map(partial(_send, step, codes), visitors):
                pass
        took = time.perf_counter() - started
        cpu_ms = (server.cpu_seconds() - before) / count * 1e3
        waits = quantiles([visitor.seconds for visitor in visitors], n=100)
        seconds += took
        print(
            f"{step:12}{count / took:10.0f}{waits[49] * 1e3:9.1f}{waits[98] * 1e3:9.1f}"
            f"{cpu_ms:9.2f}",
            flush=True,
        )
    print(f"{'sign-in':12}{count / seconds:10.0f}")


def _send(step: str, codes: dict[str, str], visitor: Visitor) -> None:
    if step == "address":
        visitor.post("/connexion/", {"email": visitor.email})
    else:
        visitor.post("/connexion/code/", {"code": codes[visitor.email]})


def _codes(folder: Path) -> dict[str, str]:
    """Read the letters, which wait in the outbox of a service without a relay."""
    with closing(sqlite3.connect(folder / "accounts.sqlite")) as db:
        letters = db.execute("SELECT recipient, text FROM mail").fetchall()
    return {
        email: "".join(found.groups()) for email, text in letters if (found := _CODE.search(text))
    }


@contextmanager
def _on_core(core: int) -> Iterator[None]:
    """Keep this process off the service's core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


if __name__ == "__main__":
    main()
