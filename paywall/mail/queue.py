"""Messages that wait to be sent."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from sqlalchemy import select

from paywall.accounts.addresses import AddressError, as_mailed
from paywall.errors import PaywallError
from paywall.store.schema import Mail
from paywall.store.unit import Unit


class LetterError(PaywallError):
    """A message cannot be written: a header would hold what headers may not."""


def queue_mail(
    unit: Unit, recipient: str, subject: str, text: str, expires_at: datetime | None = None
) -> Mail:
    """Add a message, in the transaction of what it tells; until when, if it holds a secret."""
    mail = Mail(
        recipient=recipient,
        subject=" ".join(subject.split()),
        text=text,
        created_at=unit.now,
        next_try_at=unit.now,
        expires_at=expires_at,
    )
    unit.db.add(mail)
    return mail


def note_sent(unit: Unit, mail: Mail) -> None:
    """It has left: its words are forgotten."""
    mail.sent_at = unit.now
    _forget_words(mail)


def give_up(unit: Unit, mail: Mail) -> None:
    """Try no more: its words are forgotten."""
    mail.failed_at = unit.now
    _forget_words(mail)


def give_up_expired(unit: Unit) -> None:
    """Give up whatever waits with a secret that opens nothing any more, whoever should send it."""
    expired = select(Mail).where(
        Mail.expires_at <= unit.now, Mail.sent_at.is_(None), Mail.failed_at.is_(None)
    )
    for mail in unit.db.scalars(expired):
        give_up(unit, mail)


def _forget_words(mail: Mail) -> None:
    """Its text may hold a key; of a letter with a code, so does its subject."""
    mail.text = ""
    if mail.expires_at is not None:
        mail.subject = ""


def message_of(mail: Mail, sender: str, message_id: str) -> EmailMessage:
    """The message as it travels. Raises `LetterError`."""
    message = EmailMessage()
    try:
        local, _, domain = as_mailed(mail.recipient).rpartition("@")
        message["To"] = Address(username=local, domain=domain)
        message["From"] = sender
        message["Subject"] = mail.subject
        message["Message-ID"] = message_id
        message["Date"] = mail.created_at
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notices in answer
        message.set_content(mail.text)
    except (AddressError, MessageError, ValueError, TypeError) as error:
        raise LetterError(type(error).__name__) from error
    return message
