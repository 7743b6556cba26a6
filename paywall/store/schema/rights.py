"""What readers have: subscriptions with their periods and pauses, issues bought for good."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paywall.store.schema.base import Table
from paywall.store.schema.readers import Reader


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
