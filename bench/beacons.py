"""How fast pages are told what was seen, beside an nginx that answers 204: `make bench-beacons`.

Our service and nginx each have one core, in turns; wrk asks from the other. Every message is a
page view of its own with one ad in it, from one of thousands of networks behind a proxy; ours is
checked, judged and written, nginx throws it away. Then messages are sent one by one, and every one
that was acknowledged is looked for in the log.
"""

import argparse
import hmac
import secrets
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import msgspec

from bench.gate_servers import Server, lacking, running, service
from bench.wrk import Measured, ask
from paywall.ads.beacon import BEACON_PATH
from paywall.ads.events import Event
from paywall.ads.log import FLUSH_SECONDS
from paywall.ads.marks import mark_of

PORT = 8770
PAGES = 500
EVENTS = 2
"""Of each message: the page, and an ad in view."""
_SCRIPT = Path(__file__).with_name("beacons.lua")
_KEY = bytes(range(32))
_AD = ("article", "acme-2026", "300x250")
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; location / {{ return 204; }} }}
}}
"""
_HEAD = f"{'':12}{'beacons/s':>11}{'/ nginx':>9}{'p99 ms':>8}{'CPU µs':>8}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print one table."""
    options = _options(arguments)
    if missing := lacking():
        raise SystemExit(f"lacking: apt-get install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        with (
            _nginx(folder / "nginx", PORT) as nginx,
            service(folder / "output", folder / "var", PORT + 1, proxies="127.0.0.1") as ours,
        ):
            print(_HEAD)
            sent = _compare([nginx, ours], folder, options)
            _check_one_by_one(ours, folder, options.checked)
        _check_all(folder, sent + options.checked, options)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-beacons", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--checked", type=int, default=5000)
    return parser.parse_args(arguments)


def _prepare(folder: Path) -> None:
    """A site with nothing but a key, and the messages of its pages.

    Without `ads.json` no plan is made meanwhile: what is measured is what a beacon costs.
    """
    (folder / "output" / "public").mkdir(parents=True)
    (folder / "var").mkdir(mode=0o700)
    (folder / "var" / "ads.key").write_text(_KEY.hex() + "\n")
    (folder / "var" / "ads.key").chmod(0o600)
    halves = (half for n in range(PAGES) for half in _message(f"/articles/{n}/").split("*"))
    (folder / "halves").write_text("\n".join(halves), "ascii")


def _message(page: str) -> str:
    """What a page tells, with a star for its id."""
    view = ["view", *_AD, mark_of(_KEY, page, "public", *_AD)]
    told = {"v": 1, "id": "*", "page": page, "tier": "public", "source": "direct"}
    told |= {"mark": mark_of(_KEY, page, "public"), "events": [["page"], view]}
    return msgspec.json.encode(told).decode("ascii")


@contextmanager
def _nginx(folder: Path, port: int) -> Iterator[Server]:
    folder.mkdir()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port), "utf-8")
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with running(command, port, folder / "printed") as pid:
        yield Server("nginx, 204", port, port, pid)


def _compare(servers: list[Server], folder: Path, options: argparse.Namespace) -> int:
    """Ask each in turn, again and again; how many messages ours has acknowledged."""
    warm = [_ask(server, folder, 1, options.connections) for server in servers]
    ours = warm[-1].requests
    rounds: list[list[Measured]] = []
    for _ in range(options.rounds):
        rounds.append([_ask(s, folder, options.seconds, options.connections) for s in servers])
        ours += rounds[-1][-1].requests
    for n, server in enumerate(servers):
        runs = [each[n] for each in rounds]
        print(
            f"{server.name:12}{median(run.per_second for run in runs):11,.0f}"
            f"{median(each[n].per_second / each[0].per_second for each in rounds):9.2f}"
            f"{median(run.p99_ms for run in runs):8.1f}"
            f"{median(run.cpu_microseconds for run in runs):8.1f}",
            flush=True,
        )
    return ours


def _ask(server: Server, folder: Path, seconds: int, connections: int) -> Measured:
    address = f"http://127.0.0.1:{server.public_port}{BEACON_PATH}"
    origin, start = f"http://localhost:{PORT + 1}", secrets.token_hex(5)
    script = ["-s", str(_SCRIPT), "--", str(folder / "halves"), origin, start]
    return ask(server, address, script, seconds=seconds, connections=connections)


def _check_one_by_one(server: Server, folder: Path, count: int) -> None:
    """Send messages, wait for as long as the log may take, and look for each of them."""
    headers = {"content-type": "text/plain", "origin": f"http://localhost:{PORT + 1}"}
    headers |= {"user-agent": _BROWSER}
    message, acknowledged = _message("/articles/0/"), set[str]()
    with closing(HTTPConnection("127.0.0.1", server.public_port)) as connection:
        for n in range(count):
            view = secrets.token_urlsafe(16)
            from_where = {"x-forwarded-for": f"172.{n >> 8 & 255}.{n & 255}.1"}
            connection.request(
                "POST", BEACON_PATH, message.replace("*", view), headers | from_where
            )
            answer = connection.getresponse()
            answer.read()
            if answer.status == 204:
                acknowledged |= {_once(view, "page"), _once(view, "view", *_AD)}
    time.sleep(2 * FLUSH_SECONDS)
    missing = acknowledged - {event.once for event in _written(folder)}
    print(f"{len(acknowledged):,} events acknowledged one by one: {len(missing)} not in the log")


def _once(view: str, kind: str, *ad: str) -> str:
    said = "\n".join(("once", view, kind, *(ad or ("", "", ""))))
    digest = hmac.digest(_KEY, said.encode(), "sha256")[:8]
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _check_all(folder: Path, acknowledged: int, options: argparse.Namespace) -> None:
    """Compare what was acknowledged with what stands there at the end.

    When wrk ends a run it hangs up on what it has sent last: so many may stand there besides.
    """
    written = sum(1 for _ in _written(folder))
    marked = sum(1 for event in _written(folder) if event.marks)
    hung_up = written - EVENTS * acknowledged
    print(f"{EVENTS * acknowledged:,} events acknowledged in all, {written:,} written")
    print(f"({hung_up:,} of them as wrk hung up); {marked:,} marked")
    if not 0 <= hung_up <= EVENTS * options.connections * (options.rounds + 1):
        raise SystemExit("the log does not hold what was acknowledged")


def _written(folder: Path) -> Iterator[Event]:
    decode = msgspec.json.Decoder(Event).decode
    for file in sorted((folder / "var" / "events").glob("*.jsonl")):
        with file.open("rb") as lines:
            yield from map(decode, lines)


if __name__ == "__main__":
    main()
