"""Messages that wait to be sent."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from paywall.accounts.addresses import AddressError, as_mailed
from paywall.errors import PaywallError
from paywall.store.schema import Mail
from paywall.store.unit import Unit


class LetterError(PaywallError):
    """A message cannot be written: a header would hold what headers may not."""


def queue_mail(unit: Unit, recipient: str, subject: str, text: str) -> Mail:
    """Add a message, in the transaction of what it tells."""
    mail = Mail(
        recipient=recipient,
        subject=" ".join(subject.split()),
        text=text,
        created_at=unit.now,
        next_try_at=unit.now,
    )
    unit.db.add(mail)
    return mail


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
