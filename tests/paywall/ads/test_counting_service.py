"""The service as it runs: what it acknowledges is written, however it ends."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from page_views import AD, HEADERS, PAGE, read_events, told, view_of, write_key
from paywall_process import Service
from paywall_site import FRESNEL, write_site

from paywall.ads.log import FLUSH_SECONDS

WITHIN_SECONDS = 1.0


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Service]:
    write_key(tmp_path / "var")
    started = Service(write_site(tmp_path / "output"), tmp_path / "var").wait_until_ready()
    yield started
    started.stop()


def post(service: Service, message: object, **changes: str) -> int:
    """Send a message as a browser does."""
    connection = HTTPConnection("127.0.0.1", service.port, timeout=20)
    headers = HEADERS | {"origin": f"http://localhost:{service.port}"} | changes
    connection.request("POST", "/ads/beacon", json.dumps(message), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def ids(folder: Path) -> set[str]:
    return {event["once"] for event in read_events(folder)}


def kill(service: Service) -> None:
    """Both of its processes, as a machine that runs out of memory does."""
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children")
    pids = [*map(int, children.read_text().split()), service.process.pid]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    service.process.wait(timeout=20)


def test_killed_it_loses_nothing_but_the_last_second(running: Service, tmp_path: Path) -> None:
    """What it has acknowledged is written by itself, and stands whatever happens then."""
    events = tmp_path / "var" / "events"
    early = [told(["page"]) for _ in range(50)]
    assert [post(running, message) for message in early] == [204] * 50
    deadline = time.monotonic() + 60
    while sum(file.read_bytes().count(b"\n") for file in events.glob("*")) < 50:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    for _ in range(20):
        assert post(running, told(["page"])) == 204
    kill(running)
    assert 50 <= len(read_events(events)) <= 70
    assert FLUSH_SECONDS < WITHIN_SECONDS


def test_stopped_it_loses_nothing(running: Service, tmp_path: Path) -> None:
    for _ in range(20):
        assert post(running, told(["page"], view_of(*AD))) == 204
    running.stop()
    assert len(ids(tmp_path / "var" / "events")) == 40


def test_what_was_told_before_it_fell_is_known_after(running: Service, tmp_path: Path) -> None:
    message = told(["page"])
    post(running, message)
    running.stop()
    again = Service(tmp_path / "output", tmp_path / "var", port=running.port).wait_until_ready()
    assert post(again, message) == 204
    again.stop()
    first, second = read_events(tmp_path / "var" / "events")
    assert ("marks" in first, second["marks"]) == (False, ["replay"])


def test_its_answer_has_the_headers_of_all_others_and_no_cookie(running: Service) -> None:
    body = json.dumps(told(["page"])).encode()
    headers = [f"{name}: {value}".encode() for name, value in HEADERS.items() if name != "origin"]
    headers += [b"Content-Length: %d\r\n\r\n%s" % (len(body), body)]
    answer = running.ask(b"POST /ads/beacon", *headers)
    assert (answer.status, answer.body, answer.cookies) == (204, b"", "")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "content-length" not in answer.headers


def test_a_method_of_no_use_is_told_which_is(running: Service) -> None:
    answer = running.ask(b"GET /ads/beacon")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_pages_that_have_no_key_count_nothing_and_are_served(tmp_path: Path) -> None:
    service = Service(write_site(tmp_path / "output"), tmp_path / "var").wait_until_ready()
    assert post(service, told(["page"])) == 503
    assert service.ask(b"GET /").status == 200
    write_key(tmp_path / "var")  # the first build with ads, beside a service that runs
    deadline = time.monotonic() + 20
    while post(service, told(["page"])) != 204:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    service.stop()


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no disk of its own")
def test_with_a_full_disk_pages_are_served_and_nobody_is_told_that_it_counted(
    tmp_path: Path,
) -> None:
    """On a real disk of two megabytes, which goes with the process that it was made for."""
    var = tmp_path / "var"
    write_key(var)
    service = Service(write_site(tmp_path / "output"), var)
    service.stop(signal.SIGKILL)
    (var / "events").mkdir(mode=0o700, exist_ok=True)
    command = (
        f"mount -t tmpfs -o size=2m,mode=700 none {var}/events"
        f" && exec {sys.executable} -m paywall serve"
    )
    service.process = subprocess.Popen(
        ["unshare", "-rm", "sh", "-c", command],
        env=service.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    service.wait_until_ready()
    deadline = time.monotonic() + 20
    while post(service, told(["page"])) != 503:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert service.ask(b"GET /").status == 200
    assert service.ask(b"GET " + FRESNEL.encode()).status == 200
    _, said = service.stop()
    assert "journal des événements fermé" in said


def test_what_was_told_is_in_no_line_of_the_services_own_log(
    running: Service, tmp_path: Path
) -> None:
    secret = secrets.token_urlsafe(16)
    post(running, told(["page"], id=secret))
    post(running, told(["page"], id=secret, mark="A" * 22))
    post(running, {"id": secret})
    out, said = running.stop()
    assert secret not in out + said
    assert PAGE not in said
