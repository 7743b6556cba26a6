"""Mail through a real relay on loopback."""

import asyncio
import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from paywall_clock import Clock
from sqlalchemy import select

from paywall.accounts.retention import forget
from paywall.errors import SettingsError
from paywall.mail.delivery import Delivery, Relay
from paywall.mail.queue import queue_mail
from paywall.store.database import Database
from paywall.store.schema import Mail

SENDER = "La Lampe <revue@example.org>"
LINK = "https://revue.example/connexion/lien/?cle=SECRET"


class Mailbox:
    """Takes mail as a relay does, unless it was told to refuse."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def relay(mailbox: Mailbox) -> Iterator[Controller]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield controller
    if not controller.loop.is_closed():  # a test may have stopped it
        controller.stop()


@pytest.fixture
def send(database: Database, relay: Controller, clock: Clock) -> Callable[[], int]:
    delivery = Delivery(database, Relay(f"smtp://127.0.0.1:{relay.port}"), SENDER, clock)
    return lambda: asyncio.run(delivery.send_waiting())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def queue(
    database: Database, clock: Clock, to: str, subject: str = "Code", text: str = LINK
) -> None:
    with database.begin(clock(), "test") as unit:
        queue_mail(unit, to, subject, text)


def mails(database: Database) -> list[Mail]:
    with database.read() as db:
        return list(db.scalars(select(Mail).order_by(Mail.id)))


def test_what_waits_is_sent_once_and_its_words_are_forgotten(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    queue(database, clock, "ana@example.org", "Voilà : été", f"Bonjour\n{LINK}\n")
    assert (send(), send()) == (1, 0)
    (message,) = mailbox.received
    assert message["to"] == "ana@example.org"
    assert message["from"] == SENDER
    assert message["subject"] == "Voilà : été"
    assert message["auto-submitted"] == "auto-generated"
    assert LINK in message.get_content()
    (kept,) = mails(database)
    assert kept.sent_at == clock()
    assert kept.text == ""


def test_a_transaction_that_fails_sends_nothing(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    with pytest.raises(RuntimeError), database.begin(clock(), "test") as unit:
        queue_mail(unit, "ana@example.org", "Payé", "Merci.")
        raise RuntimeError
    assert send() == 0
    assert mailbox.received == []


def test_a_line_end_in_a_subject_adds_no_header(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    queue(database, clock, "ana@example.org", "Bonjour\r\nBcc: thief@example.org\r\n\r\nLisez")
    send()
    (message,) = mailbox.received
    assert message["bcc"] is None
    assert message["subject"] == "Bonjour Bcc: thief@example.org Lisez"


@pytest.mark.parametrize("to", ["ana@example.org\r\nBcc: thief@example.org", "@"])
def test_an_address_that_no_header_may_hold_sends_nothing_and_stops_nobody(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int], to: str
) -> None:
    queue(database, clock, to)
    queue(database, clock, "bob@example.org")
    send()
    assert [message["to"] for message in mailbox.received] == ["bob@example.org"]
    assert mails(database)[0].failed_at is not None


def test_an_address_that_the_relay_refuses_is_given_up_and_others_are_sent(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    mailbox.answers["gone@example.org"] = "550 no such mailbox"
    queue(database, clock, "gone@example.org")
    queue(database, clock, "bob@example.org")
    send()
    assert [message["to"] for message in mailbox.received] == ["bob@example.org"]
    gone, sent = mails(database)
    assert (gone.failed_at, gone.text, sent.sent_at) == (clock(), "", clock())


def test_an_address_that_is_to_wait_is_tried_again(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    mailbox.answers["busy@example.org"] = "451 try later"
    queue(database, clock, "busy@example.org")
    assert (send(), send()) == (1, 0)
    mailbox.answers.clear()
    clock.now += timedelta(seconds=11)
    send()
    assert [message["to"] for message in mailbox.received] == ["busy@example.org"]


def test_a_relay_that_is_down_loses_nothing(
    database: Database, mailbox: Mailbox, relay: Controller, clock: Clock, send: Callable[[], int]
) -> None:
    relay.stop()
    queue(database, clock, "ana@example.org")
    for _ in range(4):
        send()
        clock.now += timedelta(hours=1)
    (waiting,) = mails(database)
    assert waiting.sent_at is None
    assert waiting.failed_at is None
    assert LINK in waiting.text


def test_after_a_day_of_refusals_it_is_given_up(
    database: Database, relay: Controller, clock: Clock, send: Callable[[], int]
) -> None:
    relay.stop()
    queue(database, clock, "ana@example.org")
    for _ in range(10):
        send()
        clock.now += timedelta(hours=13)
    (given_up,) = mails(database)
    assert given_up.failed_at is not None
    assert given_up.text == ""


SUBJECT = "482915 : votre code"


def queue_code(database: Database, clock: Clock, to: str) -> None:
    with database.begin(clock(), "test") as unit:
        queue_mail(unit, to, SUBJECT, LINK, expires_at=unit.now + timedelta(hours=1))


def test_a_code_is_in_the_subject_that_arrives_and_in_none_that_is_kept(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    mailbox.answers["gone@example.org"] = "550 no"
    for to in ("ana@example.org", "gone@example.org"):
        queue_code(database, clock, to)
    send()
    assert [message["Subject"] for message in mailbox.received] == [SUBJECT]
    sent, refused = mails(database)
    assert sent.sent_at is not None
    assert refused.failed_at is not None
    assert [(mail.subject, mail.text) for mail in (sent, refused)] == [("", "")] * 2


def test_a_code_that_cannot_be_sent_in_time_is_given_up_at_once(
    database: Database, relay: Controller, clock: Clock, send: Callable[[], int]
) -> None:
    """Nobody can use it later: it does not wait for the relay as other letters do."""
    relay.stop()
    queue_code(database, clock, "ana@example.org")
    queue(database, clock, "ana@example.org")
    for minutes in (0, 1, 2, 7, 22):
        clock.now = mails(database)[0].created_at + timedelta(minutes=minutes)
        send()
    code, other = mails(database)
    assert (code.subject, code.text) == ("", "")
    assert code.failed_at is not None
    assert LINK in other.text
    assert other.failed_at is None


def test_a_code_that_waited_too_long_is_not_sent(
    database: Database, mailbox: Mailbox, clock: Clock, send: Callable[[], int]
) -> None:
    queue_code(database, clock, "ana@example.org")
    clock.advance(hours=1)
    assert send() == 0
    with database.begin(clock(), "retention") as unit:
        forget(unit)
    (given_up,) = mails(database)
    assert (given_up.subject, given_up.text) == ("", "")
    assert given_up.failed_at is not None
    assert mailbox.received == []


def test_logs_name_no_address_and_no_secret(
    database: Database,
    mailbox: Mailbox,
    clock: Clock,
    send: Callable[[], int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    mailbox.answers["gone@example.org"] = "550 gone@example.org is unknown"
    queue(database, clock, "gone@example.org")
    mailbox.answers["busy@example.org"] = "451 busy@example.org is busy"
    queue(database, clock, "busy@example.org")
    send()
    assert len(caplog.records) == 2
    assert "example.org" not in caplog.text
    assert "SECRET" not in caplog.text


@pytest.mark.parametrize("url", ["http://relay", "smtp://", "relay.example:25", ""])
def test_a_relay_that_is_none_is_told(url: str) -> None:
    with pytest.raises(SettingsError):
        Relay(url)


def test_a_relay_is_read_from_one_address() -> None:
    relay = Relay("smtps://user%40x:p%3Aw@relay.example")
    assert (relay.host, relay.port, relay.user, relay.password, relay.tls) == (
        "relay.example",
        465,
        "user@x",
        "p:w",
        True,
    )
