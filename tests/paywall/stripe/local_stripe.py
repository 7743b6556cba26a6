"""A Stripe of our own in tests: a real localstripe process, and what people do there.

stripe.pay(address)                      the reader, on the hosted page
stripe.client.v1.subscriptions.…         the treasurer, in Stripe's dashboard
stripe.renew(subscription)               a year passes
stripe.heard()                           its messages so far, signed, in order
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import stripe
from paywall_process import free_port

KEY, SECRET = "sk_test_bicorne", "whsec_bicorne"
GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"
LATER_DECLINED_CARD = "4000000000000341"
"""Is accepted, and declined when it is charged."""
DISPUTED_CARD = "4000000000000259"

_SYSTEM = ctypes.CDLL(None)
"""Loaded here: a fork of a process with threads must not wait for a lock that one of them held."""

_START_SECONDS = 30


class DeclinedError(Exception):
    pass


@dataclass(frozen=True)
class Signed:
    """A message as it came, byte for byte."""

    body: bytes
    signature: str

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def kind(self) -> str:
        return str(self.event["type"])


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a sale is ten messages at once; what is not queued waits a second


class Ear:
    """Hears every message, so that a test delivers them when, and as often as, it likes."""

    def __init__(self) -> None:
        heard = self.heard = list[Signed]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                heard.append(Signed(body, self.headers["stripe-signature"]))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _end_with_its_starter() -> None:
    """A test that is killed leaves no server behind (prctl(2), PR_SET_PDEATHSIG)."""
    _SYSTEM.prctl(1, signal.SIGTERM)


class LocalStripe:
    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("run_localstripe.py")), str(port)],
            env=os.environ | (environ or {}),
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("STRIPE_LOUD") else subprocess.DEVNULL,
            preexec_fn=_end_with_its_starter,
        )
        self.http = httpx.Client(base_url=self.address, timeout=20)
        self.client = stripe.StripeClient(KEY, base_addresses={"api": self.address})
        self.ear = Ear()
        self._wait()
        self.tell(self.ear.url)

    def tell(self, url: str, name: str = "ear") -> None:
        """Have its messages sent to an address."""
        self.http.post(f"/_config/webhooks/{name}", json={"url": url, "secret": SECRET})

    def pay(self, address: str, card: str = GOOD_CARD, iban: str | None = None) -> str:
        """Pay on the hosted page; where it leads. Raises `DeclinedError`."""
        form = {"cardNumber": card, "cardExpiry": "12 / 34", "cardCvc": "123"}
        answer = self.http.post(address, data={"iban": iban} if iban else form)
        if answer.status_code != 303:
            raise DeclinedError(answer.text)
        return answer.headers["location"]

    def renew(self, subscription: str, *, draft: bool = False) -> None:
        self._config(f"subscriptions/{subscription}/renew{'?draft' if draft else ''}")

    def dispute(self, payment: str, status: str = "needs_response") -> str:
        asked = {"payment_intent": payment, "status": status}
        answer = self.http.post("/_config/disputes", json=asked)
        return str(answer.json()["id"])

    def fail_refund(self, refund: str) -> None:
        self._config(f"refunds/{refund}/fail")

    def use_card(self, subscription: str, card: str) -> None:
        """Charge another card from now on, as the treasurer chooses it in the dashboard."""
        customer = str(self.client.v1.subscriptions.retrieve(subscription).customer)
        made = self.client.v1.payment_methods.create(
            {
                "type": "card",
                "card": {"number": card, "exp_month": 12, "exp_year": 2034, "cvc": "123"},
            }
        )
        self.client.v1.payment_methods.attach(made.id, {"customer": customer})
        self.client.v1.subscriptions.update(subscription, {"default_payment_method": made.id})

    def wait_for_the_next_second(self) -> None:
        """Stripe's times are whole seconds: what is made after this is newer."""
        time.sleep(1.05 - time.time() % 1)

    def heard(self) -> list[Signed]:
        """What it has told since it was last asked."""
        self._config("quiet")
        told = list(self.ear.heard)
        self.ear.heard.clear()
        return told

    def heard_until(self, kind: str) -> list[Signed]:
        """The same, waiting for a message that comes by itself, later."""
        told, deadline = self.heard(), time.monotonic() + _START_SECONDS
        while not any(message.kind == kind for message in told):
            if time.monotonic() > deadline:
                raise TimeoutError(kind)
            time.sleep(0.05)
            told += self.heard()
        return told

    def forget(self) -> None:
        """Begin anew."""
        self.http.delete("/_config/data")
        self.heard()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.http.close()
        self.ear.close()

    def _config(self, path: str) -> None:
        self.http.post(f"/_config/{path}").raise_for_status()

    def _wait(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.http.get("/js.stripe.com/v3/").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError("localstripe ne démarre pas")
