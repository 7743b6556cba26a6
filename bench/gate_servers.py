"""The servers that `bench.gate` compares: each on one core, both on the same files."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.processes import cpu_seconds, pss_bytes, tree

SERVER_CORE, LOAD_CORE = 0, 1
START_SECONDS = 30
_NGINX = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types; access_log off;
    sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{ports[0]}; root {output}/public; }}
    server {{ listen 127.0.0.1:{ports[1]}; root {output}/members; }}
    open_file_cache {files};
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: a port for what is public, one for what is reserved, its process."""

    name: str
    public_port: int
    gated_port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Return what it and its processes have used."""
        return cpu_seconds(self.pid)

    def memory_bytes(self) -> int:
        """Return the memory of all of its processes (PSS: what they share counts once)."""
        return sum(map(pss_bytes, tree(self.pid)))


def lacking() -> list[str]:
    """Return the Debian packages to install first."""
    return [name for name in ("nginx", "wrk") if shutil.which(name) is None]


@contextmanager
def nginx(folder: Path, output: Path, ports: tuple[int, int], files: str) -> Iterator[Server]:
    """Run nginx as Debian configures it, with the open files that it may hold."""
    folder.mkdir(parents=True)
    # Started as root it would read as somebody else, who may not read here.
    user = "user root;" if os.geteuid() == 0 else ""
    source = _NGINX.format(folder=folder, output=output, ports=ports, files=files, user=user)
    (folder / "nginx.conf").write_text(source, "utf-8")
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    name = "nginx" if files == "off" else "nginx, files held open"
    with running(command, ports[0], folder / "printed") as pid:
        yield Server(name, *ports, pid)


@contextmanager
def service(output: Path, var: Path, port: int, proxies: str = "") -> Iterator[Server]:
    """Run our service as an operator does."""
    environ = {"BICORNE_OUTPUT": str(output), "BICORNE_VAR": str(var), "BICORNE_PORT": str(port)}
    environ["BICORNE_PROXIES"] = proxies
    command = [sys.executable, "-m", "paywall", "serve"]
    with running(command, port, var / "printed", environ) as pid:
        yield Server("Bicorne", port, port, pid)


@contextmanager
def running(
    command: list[str], port: int, printed: Path, environ: dict[str, str] | None = None
) -> Iterator[int]:
    """Run a server on its core until the context ends; its process, once it answers."""
    pinned = ["taskset", "-c", str(SERVER_CORE), *command]
    with printed.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 (our own commands)
            pinned, env=os.environ | (environ or {}), stdout=log, stderr=log
        )
    try:
        if not _answers(process, port):
            raise SystemExit(f"nothing answers on port {port}:\n{printed.read_text('utf-8')}")
        yield process.pid
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/robots.txt")
                connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
