"""Readers, and the ways in that they have: links and codes, browsers, a private feed."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import LargeBinary

from paywall.store.schema.base import Table

if TYPE_CHECKING:
    from paywall.store.schema.money import Order
    from paywall.store.schema.rights import Purchase, Subscription


class Reader(Table):
    """Somebody with an account. Erased: no address, no name; orders stay."""

    __tablename__ = "reader"

    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """Normalised (`accounts.addresses`); None once erased."""
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    post: Mapped[str] = mapped_column(String(500), default="")
    """Postal address, lines apart, where something is sent on paper."""
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    subscriptions: Mapped[list["Subscription"]] = relationship(
        back_populates="reader", order_by="Subscription.id"
    )
    purchases: Mapped[list["Purchase"]] = relationship(
        back_populates="reader", order_by="Purchase.id"
    )
    orders: Mapped[list["Order"]] = relationship(back_populates="reader", order_by="Order.id")


class SignIn(Table):
    """A link and a code that were sent, for one purpose, once, for an hour."""

    __tablename__ = "sign_in"

    purpose: Mapped[str] = mapped_column(String(20))
    """`sign-in`, `change-from`, `change-to`, `demonstration`."""
    email: Mapped[str] = mapped_column(String(254), index=True)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("reader.id"), index=True)
    link_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Of the code with the browser's own secret: six digits alone would be guessed."""
    browser_digest: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    next_path: Mapped[str] = mapped_column(String(2048), default="/")
    keeps_feed: Mapped[bool] = mapped_column(default=False)
    """Of a change of address: whether the private feed goes on at its address."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Session(Table):
    """A browser that is signed in."""

    __tablename__ = "session"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    subject: Mapped[str] = mapped_column(String(22), unique=True)
    """The random `sub` of its access tokens: they name nobody."""
    device: Mapped[str] = mapped_column(String(60), default="")
    """« Firefox, Linux »: enough for its reader to know it by."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class EndedSession(Table):
    """That a session has ended, for as long as tokens of it may live: it outlives an erasure.

    The gate of a process that starts, and those of all others, learn it here (`paywall.ended`).
    """

    __tablename__ = "ended_session"

    subject: Mapped[str] = mapped_column(String(22), unique=True)
    ended_at: Mapped[datetime] = mapped_column(index=True)


class Feed(Table):
    """A reader's private feed. Resetting it ends its address."""

    __tablename__ = "feed"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
