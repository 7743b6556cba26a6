"""A real SMTP relay on loopback, and what is found in readers' letter boxes."""

import email
import email.policy
import re
import time
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from paywall_process import free_port

_WAIT_SECONDS = 20


class PostOffice:
    """Takes whatever the service sends."""

    def __init__(self) -> None:
        self._letters: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()
        self.relay = f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self._letters.append(letter)
        return "250 OK"

    def letter(self, address: str, subject: str) -> str:
        """The next letter to somebody with these words in its subject: its text. It is taken.

        Spaces are plain ones there, as Playwright has them.
        """
        deadline = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < deadline:
            for letter in self._letters:
                if letter["to"] == address and subject in letter["subject"]:
                    self._letters.remove(letter)
                    return re.sub("[\u00a0\u202f]", " ", letter.get_content())
            time.sleep(0.05)
        told = [(letter["to"], letter["subject"]) for letter in self._letters]
        raise AssertionError(f"no letter to {address} on « {subject} »: {told}")

    def code(self, address: str) -> str:
        """The code of the next letter that brings one."""
        found = re.search(r"\b(\d{3}) (\d{3})\b", self.letter(address, "votre code"))
        assert found is not None
        return found[1] + found[2]

    def close(self) -> None:
        self._controller.stop()
