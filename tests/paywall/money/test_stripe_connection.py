"""The connection to Stripe, against servers on loopback that are not Stripe."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from local_stripe import KEY, SECRET
from patience import PATIENCE_SECONDS
from paywall_process import free_port

from paywall.money import stripe_client
from paywall.money.provider import ProviderDownError
from paywall.money.stripe_cards import StripeCards
from paywall.settings import Settings


class Server:
    """Answers every request in one way, and remembers what it was sent."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        heard = self.heard = list[dict[str, str]]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append({name.lower(): value for name, value in self.headers.items()})
                answer(self)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Server]:
    server = Server(answer)
    yield server
    server.close()


def cards(api: str) -> StripeCards:
    return StripeCards(Settings(stripe_key=KEY, stripe_webhook_secret=SECRET, stripe_api=api))


def empty(handler: BaseHTTPRequestHandler) -> None:
    body = b'{"object": "list", "data": [], "has_more": false, "url": "/v1/x"}'
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def redirect_to(address: str, status: int) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("location", f"{address}/v1/x")
        handler.send_header("content-length", "0")
        handler.end_headers()

    return answer


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(status: int) -> None:
    with serving(empty) as other, serving(redirect_to(other.address, status)) as first:
        with pytest.raises(ProviderDownError):
            cards(first.address).statement()
        with pytest.raises(ProviderDownError):
            cards(first.address).pause("sub_1")
        assert other.heard == []
        assert {heard["authorization"] for heard in first.heard} == {f"Bearer {KEY}"}


def test_a_redirect_to_itself_is_not_followed_either() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        redirect_to(f"http://{handler.headers['host']}", 307)(handler)

    with serving(answer) as server:
        with pytest.raises(ProviderDownError):
            cards(server.address).statement()
        assert len(server.heard) == 1


def test_a_server_that_never_answers_is_given_up_after_some_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stripe_client, "READ_SECONDS", 0.2)
    done = threading.Event()
    with serving(lambda _handler: done.wait(30) and None) as server:
        with pytest.raises(ProviderDownError):
            cards(server.address).pause("sub_1")
        done.set()
        keys = {heard["idempotency-key"] for heard in server.heard}
    assert len(server.heard) == 1 + stripe_client.RETRIES
    assert len(keys) == 1  # whatever was done of it is done once


def test_a_server_that_stops_in_the_middle_of_its_answer_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stripe_client, "READ_SECONDS", 0.2)
    done = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{")
        done.wait(30)

    with serving(answer) as server:
        with pytest.raises(ProviderDownError):
            cards(server.address).statement()
        done.set()


def test_nobody_there_is_told_as_down() -> None:
    with pytest.raises(ProviderDownError):
        cards(f"http://127.0.0.1:{free_port()}").pause("sub_1")


def test_each_thread_has_connections_of_its_own() -> None:
    with serving(empty) as server:
        shared, failed = cards(server.address), list[BaseException]()

        def ask() -> None:
            try:
                shared.statement()
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        assert failed == []
        assert len(server.heard) == 8 * 5  # a list of each kind
