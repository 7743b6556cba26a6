"""A Stripe that sends a byte now and then: no thread of ours waits for it longer than it may."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server, socket

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from local_stripe import KEY, SECRET

from paywall.money import stripe_line
from paywall.money.provider import ProviderDownError
from paywall.money.stripe_cards import StripeCards
from paywall.money.stripe_line import Sessions, SlowAnswerError
from paywall.settings import Settings

BETWEEN_SECONDS = 0.02
"""Between bytes: far less than any time-out of a socket."""

Wrap = Callable[[socket], socket]


class Dripping:
    """Sends a beginning at once, then byte after byte until it is told to stop."""

    def __init__(self, begins: bytes, byte: bytes, wrap: Wrap) -> None:
        self._begins, self._byte, self._wrap = begins, byte, wrap
        self.asked, self.gone = 0, threading.Event()
        self._stopped = threading.Event()
        self._listener = create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                self.asked += 1
                threading.Thread(target=self._drip, args=(line,), daemon=True).start()

    def _drip(self, line: socket) -> None:
        with suppress(OSError), line, self._wrap(line) as spoken:
            spoken.recv(65536)
            spoken.sendall(self._begins)
            while not self._stopped.wait(BETWEEN_SECONDS):
                spoken.sendall(self._byte)
        self.gone.set()

    def stop(self) -> None:
        self._stopped.set()
        self._listener.close()


@contextmanager
def dripping(begins: bytes, byte: bytes, wrap: Wrap = lambda line: line) -> Iterator[Dripping]:
    server = Dripping(begins, byte, wrap)
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe_line, "ANSWER_SECONDS", 0.5)


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.mark.parametrize(
    ("begins", "byte"),
    [
        (b"HTTP/1.1 200 OK\r\nx-long: ", b"x"),
        (b"HTTP/1.1 100 Continue\r\n", b"\r\nHTTP/1.1 100 Continue\r\n"),
        (HEAD + b"content-length: 1000000\r\n\r\n{", b" "),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n1\r\n{\r\n", b"1\r\n \r\n"),
        (HEAD + b'connection: close\r\n\r\n{"object": "list"}', b" "),  # whole wherever it stops
    ],
    ids=["head", "continue", "body", "chunks", "without an end"],
)
def test_an_answer_that_drips_is_cut_off_and_not_asked_again(begins: bytes, byte: bytes) -> None:
    with dripping(begins, byte) as server:
        api = f"http://127.0.0.1:{server.port}"
        settings = Settings(stripe_key=KEY, stripe_webhook_secret=SECRET, stripe_api=api)
        with pytest.raises(ProviderDownError):
            StripeCards(settings).pause("sub_1")
        assert server.gone.wait(10)  # the line is shut while it would drip on
        assert server.asked == 1


def test_a_handshake_that_drips_is_cut_off() -> None:
    with dripping(b"\x16\x03\x03\x40\x00", b"\x02") as server:
        with pytest.raises(SlowAnswerError):
            Sessions().request("GET", f"https://127.0.0.1:{server.port}/", timeout=(5, 5))
        assert server.gone.wait(10)


def test_an_answer_that_drips_over_tls_is_cut_off(tmp_path: Path) -> None:
    certificate = written_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def wrap(line: socket) -> socket:
        return context.wrap_socket(line, server_side=True)

    with dripping(HEAD + b"content-length: 1000\r\n\r\n{", b" ", wrap) as server:
        where = f"https://localhost:{server.port}/"
        with pytest.raises(SlowAnswerError):
            Sessions().request("GET", where, timeout=(5, 5), verify=str(certificate))
        assert server.gone.wait(10)


def test_an_answer_in_time_is_given_and_its_line_kept_for_the_next() -> None:
    """The answer is whole at once; what drips after it is no part of it."""
    whole = HEAD + b"content-length: 2\r\n\r\n{}"
    asked = list[bytes]()
    with create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            line, _ = listener.accept()
            with line:
                while part := line.recv(65536):
                    asked.append(part)
                    line.sendall(whole)

        threading.Thread(target=answer, daemon=True).start()
        sessions = Sessions()
        where = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert [sessions.request("GET", where, timeout=(5, 5)).text for _ in range(3)] == ["{}"] * 3
        sessions.close()
    assert len(asked) == 3


def written_certificate(folder: Path) -> Path:
    """Of localhost, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *plain))
    return file
