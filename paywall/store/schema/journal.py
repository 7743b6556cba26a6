"""What is written down beside: mail to send, tries that are limited, the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import LargeBinary

from paywall.store.schema.base import Table


class Attempt(Table):
    """Something that is limited, by whom (a keyed digest), and when."""

    __tablename__ = "attempt"

    key: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Mail(Table):
    """A message to send. It is written in the transaction of what it tells."""

    __tablename__ = "mail"

    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str]
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    """When the secret in it opens nothing any more, where it holds one: it is not sent later."""
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]


class Change(Table):
    """A line of the audit log: a right or an amount that changed. Never altered, never removed.

    It names readers by their number only, so that erasing somebody leaves it whole.
    """

    __tablename__ = "change"

    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(60))
    """`reader:12`, `stripe`, `command:<login>`."""
    what: Mapped[str] = mapped_column(String(60))
    """Like `subscription.cancelled`."""
    subject: Mapped[str] = mapped_column(String(60), index=True)
    """Like `subscription:7`."""
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
