"""The tables of the service. Everything that a reader has follows from `period` and `purchase`.

Instants are aware UTC datetimes, amounts integer cents. Secrets are kept as SHA-256 digests
only: they are long and random, so that a digest tells nothing of them.
"""

from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import LargeBinary, TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it as microseconds since 1970, which compare rightly."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To the database."""
        if value is None or dialect.name != "sqlite":
            return value
        return int(value.timestamp()) * 1_000_000 + value.microsecond

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None or dialect.name != "sqlite":
            found = cast("datetime | None", value)
            # PostgreSQL answers in the server's own zone, where months have other ends.
            return found.astimezone(UTC) if found else None
        seconds, microseconds = divmod(value, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)


class Table(DeclarativeBase):
    """Base of every table; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, dict[str, Any]: JSON}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)


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


class Subscription(Table):
    """What somebody subscribed to, at the price of its day. Rights are its periods."""

    __tablename__ = "subscription"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    plan: Mapped[str] = mapped_column(String(40))
    price_class: Mapped[str] = mapped_column(String(40))
    grid_from: Mapped[date]
    """First day of the grid whose price it holds."""
    amount_cents: Mapped[int]
    renews: Mapped[bool]
    complimentary: Mapped[bool] = mapped_column(default=False)
    provider: Mapped[str] = mapped_column(String(20))
    provider_ref: Mapped[str | None] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    """When its reader ended it: it runs to the end of what is paid, and renews no more."""
    grace_until: Mapped[datetime | None]
    """After a payment that failed: everything stays open until then."""

    reader: Mapped[Reader] = relationship(back_populates="subscriptions")
    periods: Mapped[list["Period"]] = relationship(
        back_populates="subscription", order_by="Period.starts_at, Period.id"
    )
    pauses: Mapped[list["Pause"]] = relationship(
        back_populates="subscription", order_by="Pause.starts_at, Pause.id"
    )


class Period(Table):
    """A stretch of time that was paid or given."""

    __tablename__ = "period"

    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """When its money went back, or was disputed: it gives nothing."""

    subscription: Mapped[Subscription] = relationship(back_populates="periods")


class Pause(Table):
    """A stretch in which a subscription stood still; its end is moved by as much."""

    __tablename__ = "pause"

    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    """None while it lasts."""

    subscription: Mapped[Subscription] = relationship(back_populates="pauses")


class Purchase(Table):
    """One issue, bought for good."""

    __tablename__ = "purchase"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    issue: Mapped[str] = mapped_column(String(200))
    bought_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    reader: Mapped[Reader] = relationship(back_populates="purchases")


class Order(Table):
    """What somebody agreed to pay, at a price that the service worked out."""

    __tablename__ = "order"

    reference: Mapped[str] = mapped_column(String(20), unique=True)
    """What a reader writes on a transfer (`accounts.orders`)."""
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscription.id"), index=True)
    """The subscription that it began or renewed, once fulfilled."""
    plan: Mapped[str | None] = mapped_column(String(40))
    issue: Mapped[str | None] = mapped_column(String(200))
    """One of both: a plan, or a single issue."""
    price_class: Mapped[str] = mapped_column(String(40))
    grid_from: Mapped[date]
    amount_cents: Mapped[int]
    """All taxes included."""
    vat_permille: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    renews: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime | None]
    """When its subscription is to begin; None: when it is paid."""
    provider: Mapped[str] = mapped_column(String(20))
    provider_ref: Mapped[str | None] = mapped_column(String(255), unique=True)
    return_to: Mapped[str] = mapped_column(String(2048), default="/")
    status: Mapped[str] = mapped_column(String(20), index=True)
    """`awaiting`, `partial`, `paid`, `refunded`, `disputed`, `cancelled`."""
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]

    reader: Mapped[Reader] = relationship(back_populates="orders")
    payments: Mapped[list["Payment"]] = relationship(
        back_populates="order", order_by="Payment.received_at, Payment.id"
    )


class Payment(Table):
    """Money that came, or (negative) went back. Its provider's reference counts once."""

    __tablename__ = "payment"

    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    provider: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(255), unique=True)
    """`<provider>:<what the provider or the treasurer calls it>`."""
    amount_cents: Mapped[int]
    received_at: Mapped[datetime]

    order: Mapped[Order] = relationship(back_populates="payments")


class ProviderEvent(Table):
    """A provider's message that was acted upon: it may come again."""

    __tablename__ = "provider_event"

    name: Mapped[str] = mapped_column(String(255), unique=True)
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]


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
