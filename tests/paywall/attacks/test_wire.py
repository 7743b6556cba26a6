"""The real server on a real socket: where a message ends is never in doubt."""

import socket
from pathlib import Path

import pytest
from paywall_process import Service
from paywall_site import write_site

FORM = b"Content-Type: application/x-www-form-urlencoded"
SECOND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def answers(service: Service, sent: bytes) -> list[int]:
    """The statuses of all that comes back on one connection."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(sent)
        received = b""
        try:
            while part := connection.recv(65536):
                received += part
        except ConnectionResetError:
            pass
    return [int(line[:3]) for line in received.split(b"HTTP/1.1 ")[1:]]


def leave(service: Service, sent: bytes) -> None:
    """Send, and be gone before the answer."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(sent)


def form(*headers: bytes, body: bytes = b"") -> bytes:
    head = [b"POST /connexion/ HTTP/1.1", b"Host: localhost", FORM, *headers]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def test_two_lengths_that_differ_are_no_message(service: Service) -> None:
    sent = form(b"Content-Length: 0", b"Content-Length: 69", body=SECOND)
    assert answers(service, sent) == [400]


def test_with_chunks_and_a_length_nothing_is_taken_for_a_second_message(service: Service) -> None:
    chunked = b"0\r\n\r\n"
    length = b"Content-Length: %d" % len(chunked + SECOND)
    sent = form(b"Transfer-Encoding: chunked", length, body=chunked + SECOND)
    assert answers(service, sent) in ([400], [403], [403, 200])  # chunks alone say where it ends
    hidden = form(b"Content-Length: 4", b"Transfer-Encoding: chunked", body=b"5c\r\n" + SECOND)
    assert 200 not in answers(service, hidden + b"\r\n0\r\n\r\n")


@pytest.mark.parametrize(
    "header",
    [
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding: chunked, identity",
        b"Content-Length: +4",
        b"Content-Length: 4, 4, 5",
        b"Content-Length: 0x4",
        b"X: a\rContent-Length: 4",
        b"X: a\0b",
    ],
)
def test_a_length_that_could_be_read_in_two_ways_is_refused(
    service: Service, header: bytes
) -> None:
    found = answers(service, form(header, b"Connection: close", body=b"a=b"))
    assert found in ([400], [501], [])


@pytest.mark.parametrize("method", [b"TRACE", b"CONNECT", b"PROPFIND", b"DELETE"])
def test_a_method_of_no_use_is_refused_and_echoes_nothing(service: Service, method: bytes) -> None:
    answer = service.ask(method + b" /compte/", b"X-Secret: once-only")
    assert answer.status in {400, 404, 405}
    assert b"once-only" not in answer.body


def test_an_answer_names_no_version_of_anything(service: Service) -> None:
    answer = service.ask(b"GET /connexion/")
    told = " ".join(f"{name}: {value}" for name, value in answer.headers.items()).lower()
    for name in ("granian/", "python", "starlette", "x-powered-by"):
        assert name not in told
        assert name.encode() not in answer.body.lower()


def test_what_readers_send_is_in_no_line_of_the_log_whatever_breaks(tmp_path: Path) -> None:
    running = Service(write_site(tmp_path / "output"), tmp_path / "var").wait_until_ready()
    secrets = (b"ana@example.org", b"A" * 43, b"13-rue-de-savoie")
    for target in (b"/connexion/lien/?cle=%s", b"/flux/prive/%s/rss.xml", b"/compte/?%s"):
        running.ask(b"GET " + target % secrets[1], b"Cookie: bicorne_session=" + secrets[1])
    body = b"email=" + secrets[0] + b"&post=" + secrets[2]
    for origin in (b"", b"Origin: http://localhost:%d" % running.port):
        length = b"Content-Length: %d" % len(body)
        answers(running, form(origin or b"X: y", length, b"Connection: close", body=body))
        leave(running, form(origin or b"X: y", b"Content-Length: 9999", body=body))
    answers(running, b"GET /" + secrets[1] + b" HTTP/9.9\r\n\r\n")
    printed = "".join(running.stop())
    assert [secret for secret in secrets if secret.decode() in printed] == []
