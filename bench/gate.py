"""How fast pages are served, anonymous and gated, beside nginx: `make bench-gate`.

Our service and nginx serve the same files, each from one core, in turns; wrk asks from the other
core. A hundred readers, each with a token of their own, ask for the gated page; nginx, which
decides nothing, serves them the members' file. Then every page of the archive is asked for once,
and once compressed, to see what the service keeps in memory.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import quote

import msgspec

from bench.gate_servers import Server, lacking, nginx, service
from bench.wrk import Measured, ask
from paywall.grants import ALL_ISSUES
from paywall.keys import load_keys
from paywall.tokens import issue_token

READERS = 100
PAGE_BYTES = 15_000
"""Pages of about this size are measured: what the prototype was measured on."""
PORT = 8790
_SCRIPT = Path(__file__).with_name("gate.lua")
_MEBIBYTE = 2**20
_HEAD = f"{'':26}{'requests/s':>11}{'/ nginx':>9}{'p99 ms':>8}{'CPU µs':>8}{'/ nginx':>9}"


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked for: a path, by readers whose cookies stand in a file, or by anybody."""

    name: str
    path: str
    cookies: Path | None

    def port(self, server: Server) -> int:
        """Return where the server has it."""
        return server.public_port if self.cookies is None else server.gated_port


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print one table."""
    options = _options(arguments)
    if missing := lacking():
        raise SystemExit(f"lacking: apt-get install {' '.join(missing)}")
    output = options.output.resolve()
    if not (output / "manifest.json").exists():
        raise SystemExit(f"no site in {output}: make site")
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        pages = msgspec.json.decode((output / "manifest.json").read_bytes())["pages"]
        loads = _loads(output, pages, _cookies(folder / "var", folder / "cookies"))
        servers = [
            running.enter_context(nginx(folder / "off", output, (PORT, PORT + 1), "off")),
            running.enter_context(nginx(folder / "on", output, (PORT + 2, PORT + 3), "max=10000")),
            running.enter_context(service(output, folder / "var", PORT + 4)),
        ]
        for load in loads:
            _check(load, servers[-1], output)
            print(f"\n{load.name}: {load.path}\n{_HEAD}", flush=True)
            _compare(load, servers, options)
        _memory(servers[-1], output, folder / "cookies")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-gate", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("output"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--connections", type=int, default=64)
    return parser.parse_args(arguments)


def _cookies(var: Path, file: Path) -> Path:
    key, now = load_keys(var / "keys").signing, datetime.now(UTC)
    address = f"http://localhost:{PORT + 4}"
    tokens = (issue_token(key, address, [ALL_ISSUES], now=now) for _ in range(READERS))
    file.write_text("".join(f"bicorne_access={token}\n" for token in tokens), "ascii")
    return file


def _loads(output: Path, gated: dict[str, object], cookies: Path) -> list[Load]:
    """Choose the pages: the nearest in size to what is wanted, one for everybody, one gated."""

    def distance(tree: str, path: str) -> int:
        return abs((output / tree / path[1:] / "index.html").stat().st_size - PAGE_BYTES)

    public = (path for path in _pages(output) if path not in gated)
    anonymous = min(public, key=lambda path: distance("public", path))
    reserved = min(gated, key=lambda path: distance("members", path))
    return [Load("anonymous", anonymous, None), Load(f"{READERS} readers", reserved, cookies)]


def _pages(output: Path) -> Iterator[str]:
    public = output / "public"
    for file in sorted(public.rglob("index.html")):
        folder = file.parent.relative_to(public).as_posix()
        yield "/" if folder == "." else f"/{folder}/"


def _check(load: Load, server: Server, output: Path) -> None:
    """Make sure that what is measured is what should be served."""
    tree = "public" if load.cookies is None else "members"
    headers = {}
    if load.cookies is not None:
        headers["cookie"] = load.cookies.read_text("ascii").splitlines()[0]
    with closing(HTTPConnection("127.0.0.1", server.public_port)) as connection:
        connection.request("GET", quote(load.path), headers=headers)
        given = connection.getresponse().read()
    if given != (output / tree / load.path[1:] / "index.html").read_bytes():
        raise SystemExit(f"{load.path}: the service does not serve {tree}/")


def _compare(load: Load, servers: list[Server], options: argparse.Namespace) -> None:
    """Ask each in turn, again and again: what else the machine does falls on all of them."""
    for server in servers:
        _ask(load, server, 1, options.connections)
    rounds = [
        [_ask(load, server, options.seconds, options.connections) for server in servers]
        for _ in range(options.rounds)
    ]
    for n, server in enumerate(servers):
        of_server = [each[n] for each in rounds]
        ratio = median(each[n].per_second / each[0].per_second for each in rounds)
        less = median(each[0].cpu_microseconds / each[n].cpu_microseconds for each in rounds)
        print(
            f"{server.name:26}{median(m.per_second for m in of_server):11,.0f}{ratio:9.2f}"
            f"{median(m.p99_ms for m in of_server):8.1f}"
            f"{median(m.cpu_microseconds for m in of_server):8.1f}"
            f"{less:9.2f}",
            flush=True,
        )


def _ask(load: Load, server: Server, seconds: int, connections: int) -> Measured:
    address = f"http://127.0.0.1:{load.port(server)}{quote(load.path)}"
    script = [] if load.cookies is None else ["-s", str(_SCRIPT), "--", str(load.cookies)]
    return ask(server, address, script, seconds=seconds, connections=connections)


def _memory(server: Server, output: Path, cookies: Path) -> None:
    """Ask for the whole archive, as a reader who may read all of it."""
    paths = list(_pages(output))
    cookie = cookies.read_text("ascii").splitlines()[0]
    said = [f"memory of the service: {server.memory_bytes() / _MEBIBYTE:.0f} MiB"]
    for coding in ("identity", "gzip"):
        headers = {"cookie": cookie, "accept-encoding": coding}
        with closing(HTTPConnection("127.0.0.1", server.public_port)) as connection:
            for path in paths:
                connection.request("GET", quote(path), headers=headers)
                connection.getresponse().read()
        memory = f"{server.memory_bytes() / _MEBIBYTE:.0f} MiB"
        said.append(f"after {len(paths):,} pages ({coding}): {memory}")
    print(f"\n{'; '.join(said)}", flush=True)


if __name__ == "__main__":
    main()
