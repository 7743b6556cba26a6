"""The task that sends what waits, by any SMTP relay."""

import logging
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

import aiosmtplib
import anyio
import anyio.to_thread
from sqlalchemy import or_, select

from paywall.errors import DatabaseDownError, SettingsError
from paywall.mail.queue import LetterError, give_up, message_of, note_sent
from paywall.store.database import Database
from paywall.store.schema import Mail

log = logging.getLogger(__name__)

MAIL = "mail"
"""Who sends, as the log of changes would say; sending changes no right."""

_POLL_SECONDS = 1.0
_TIMEOUT_SECONDS = 30.0
_BATCH = 50
_WAITS = (10, 60, 300, 900, 3600, 4 * 3600, 12 * 3600)
"""Seconds between tries: a relay that is down for a day loses nothing. Then it is given up."""

_GONE = 500
"""From this answer on, the relay refuses for good (RFC 5321, 4.2.1)."""


_REFUSED = (
    aiosmtplib.SMTPResponseException,
    aiosmtplib.SMTPRecipientsRefused,
    aiosmtplib.SMTPNotSupported,  # an address that this relay cannot spell (RFC 6531)
    ValueError,  # an address that no envelope may hold
)


class Relay:
    """An SMTP relay, from `smtp://user:password@host:587` or `smtps://…:465`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise SettingsError("BICORNE_SMTP : attendu smtp://utilisateur:secret@serveur:587")
        self.host, self.tls = parts.hostname, parts.scheme == "smtps"
        self.port = parts.port or (465 if self.tls else 587)
        self.user = unquote(parts.username) if parts.username else None
        self.password = unquote(parts.password) if parts.password else None

    def connection(self) -> aiosmtplib.SMTP:
        """A connection to open; secrets go over TLS only."""
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.tls,
            start_tls=None if not self.user else (None if self.tls else True),
            username=self.user,
            password=self.password,
            timeout=_TIMEOUT_SECONDS,
            tls_context=ssl.create_default_context(),
        )


class Delivery:
    """Sends what waits; one task of one process."""

    def __init__(
        self, database: Database, relay: Relay, sender: str, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._relay = database, relay
        self._sender, self._clock = sender, clock

    async def run(self) -> None:
        """Send for ever."""
        while True:
            try:
                sent = await self.send_waiting()
            except DatabaseDownError:
                sent = 0
            except Exception:  # the task's outermost edge: without it, no mail would leave any more
                log.exception("envoi interrompu")
                sent = 0
            if not sent:
                await anyio.sleep(_POLL_SECONDS)

    async def send_waiting(self) -> int:
        """Send what is due; how many messages were tried."""
        waiting = await anyio.to_thread.run_sync(self._waiting)
        if not waiting:
            return 0
        try:
            async with self._relay.connection() as smtp:
                for mail in waiting:
                    await self._send(smtp, mail)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("relais de courriel injoignable : %s", type(error).__name__)
            await anyio.to_thread.run_sync(self._postpone, [mail.id for mail in waiting])
        return len(waiting)

    async def _send(self, smtp: aiosmtplib.SMTP, mail: Mail) -> None:
        domain = self._sender.rpartition("@")[2].rstrip(">")
        try:
            message = message_of(
                mail, self._sender, f"<{mail.id}.{int(mail.created_at.timestamp())}@{domain}>"
            )
            await smtp.send_message(message)
        except (LetterError, *_REFUSED) as error:
            log.warning("courriel %d refusé : %s", mail.id, type(error).__name__)
            end = self._failed if _is_for_good(error) else self._postpone
            await anyio.to_thread.run_sync(end, [mail.id])
        else:
            await anyio.to_thread.run_sync(self._sent, mail.id)

    def _waiting(self) -> list[Mail]:
        now = self._clock()
        with self._database.read() as db:
            due = select(Mail).where(
                Mail.sent_at.is_(None),
                Mail.failed_at.is_(None),
                Mail.next_try_at <= now,
                or_(Mail.expires_at.is_(None), Mail.expires_at > now),
            )
            return list(db.scalars(due.order_by(Mail.id).limit(_BATCH)))

    def _sent(self, number: int) -> None:
        with self._database.begin(self._clock(), MAIL) as unit:
            mail = unit.db.get(Mail, number)
            if mail is not None:  # its reader may have been erased while it was on its way
                note_sent(unit, mail)

    def _failed(self, numbers: list[int]) -> None:
        with self._database.begin(self._clock(), MAIL) as unit:
            for mail in unit.db.scalars(select(Mail).where(Mail.id.in_(numbers))):
                give_up(unit, mail)

    def _postpone(self, numbers: list[int]) -> None:
        with self._database.begin(self._clock(), MAIL) as unit:
            waiting = select(Mail).where(Mail.id.in_(numbers), Mail.sent_at.is_(None))
            for mail in unit.db.scalars(waiting):
                wait = timedelta(seconds=_WAITS[mail.tries]) if mail.tries < len(_WAITS) else None
                if wait is None or _is_over(mail, unit.now + wait):
                    give_up(unit, mail)
                else:
                    mail.next_try_at = unit.now + wait
                mail.tries += 1


def _is_over(mail: Mail, then: datetime) -> bool:
    """Whether the secret in it would open nothing, were it sent then."""
    return mail.expires_at is not None and mail.expires_at <= then


def _is_for_good(error: Exception) -> bool:
    """Whether trying again is of no use."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= _GONE for refused in error.recipients)
    return not isinstance(error, aiosmtplib.SMTPResponseException) or error.code >= _GONE
