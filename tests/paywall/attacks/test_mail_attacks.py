"""What somebody types into a form must stop nobody else's mail, and reach no header."""

import asyncio
import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from accounts_browser import Browser
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from paywall_clock import Clock
from paywall_process import free_port
from sqlalchemy import select

from paywall.mail.delivery import Delivery, Relay
from paywall.store.database import Database
from paywall.store.schema import Mail

NewBrowser = Callable[[], Browser]


class Letters:
    """Keeps what a relay was given, with the addresses of its envelope."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append((list(envelope.rcpt_tos), message))
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        return [address for addresses, _ in self.received for address in addresses]


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def send(database: Database, clock: Clock, letters: Letters) -> Iterator[Callable[[], int]]:
    """Through a relay that knows ASCII only, as many do."""
    port = free_port()
    relay = Controller(letters, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    relay.start()
    delivery = Delivery(database, Relay(f"smtp://127.0.0.1:{port}"), "r@example.org", clock)
    yield lambda: asyncio.run(delivery.send_waiting())
    relay.stop()


def test_an_address_that_the_relay_cannot_spell_stops_nobody_elses_mail(
    browser: NewBrowser, send: Callable[[], int], letters: Letters, database: Database
) -> None:
    for typed in ("é@example.org", "ana@example.org", "ö@example.org", "ben@example.org"):
        assert browser().post("/connexion/", {"email": typed}).status_code == 303
    send()
    assert letters.recipients == ["ana@example.org", "ben@example.org"]
    with database.read() as db:
        given_up = db.scalars(select(Mail).where(Mail.failed_at.is_not(None))).all()
    assert [mail.recipient for mail in given_up] == ["é@example.org", "ö@example.org"]
    assert [mail.text for mail in given_up] == ["", ""]


def test_a_domain_with_accents_is_reached_through_any_relay(
    browser: NewBrowser, send: Callable[[], int], letters: Letters
) -> None:
    browser().post("/connexion/", {"email": "ana@BÜCHER.example.org"})
    send()
    assert letters.recipients == ["ana@xn--bcher-kva.example.org"]


def test_links_in_mails_lead_to_the_address_of_the_settings_whatever_host_was_asked(
    browser: NewBrowser, send: Callable[[], int], letters: Letters
) -> None:
    lies = {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "forwarded": "host=evil.example",
        "x-original-url": "/evil/",
        "x-http-method-override": "DELETE",
    }
    browser().post("/connexion/", {"email": "ana@example.org"}, headers=lies)
    send()
    ((_, message),) = letters.received
    assert "evil" not in message.as_string()
    assert "http://localhost:8000/connexion/lien/?cle=" in message.get_content()
    assert set(message.keys()) == {
        *("To", "From", "Subject", "Message-ID", "Date", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
