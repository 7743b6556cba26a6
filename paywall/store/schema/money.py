"""Orders, the money that came and went, and the messages that told of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paywall.store.schema.base import Table
from paywall.store.schema.readers import Reader


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
    asked_again_at: Mapped[datetime | None]
    """When its reader ordered the same again, last: it is waited for from that day."""
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
