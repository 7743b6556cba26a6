"""What a payment provider does for us. Its calls block, and are made outside of transactions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from paywall.errors import PaywallError


class ProviderDownError(PaywallError):
    """A provider cannot be had for now: the same may be asked again."""


class ProviderRefusedError(PaywallError):
    """A provider will not do what was asked."""


class ProviderMissingError(ProviderRefusedError):
    """A provider does not have what it was asked about."""


@dataclass(frozen=True, slots=True)
class Sale:
    """An order, as a provider is told of it."""

    reference: str
    title: str
    """What is bought, in its reader's language."""
    amount_cents: int
    currency: str
    language: str
    email: str | None
    months: int | None
    """Length of a period that renews itself; None for what is paid once."""
    provider_ref: str | None
    """What the provider called an earlier try to pay it."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where its reader pays an order."""

    address: str
    provider_ref: str | None = None
    is_done: bool = False
    """Whether the provider says that it is paid already."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Money that went back."""

    reference: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class RefundWish:
    """Money to send back."""

    payments: Sequence[str]
    """The provider's references of what came, newest first."""
    amount_cents: int
    ends: bool
    key: str
    """The same for the same wish: asked twice, it is done once."""


@dataclass(frozen=True, slots=True)
class KnownPayment:
    """A payment that a provider has."""

    reference: str
    amount_cents: int
    currency: str
    order: str | None
    """Our order's reference; None for a renewal."""
    subscription: str | None = None


@dataclass(frozen=True, slots=True)
class KnownDispute:
    """A dispute that a provider has."""

    reference: str
    payment: str
    is_open: bool
    is_lost: bool


@dataclass(frozen=True, slots=True)
class KnownSubscription:
    """A subscription that a provider renews, or has stopped renewing."""

    reference: str
    order: str
    stops: bool
    paused: bool
    renews_at: datetime | None


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a provider has of ours, to compare with the books."""

    payments: dict[str, KnownPayment] = field(default_factory=dict)
    returned: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Refund → payment, cents."""
    disputes: dict[str, KnownDispute] = field(default_factory=dict)
    subscriptions: dict[str, KnownSubscription] = field(default_factory=dict)


class Provider(Protocol):
    """Raises `ProviderDownError` and `ProviderRefusedError`."""

    @property
    def name(self) -> str:
        """As orders, subscriptions and payments say it."""

    def start(self, sale: Sale) -> Checkout:
        """Open, or find again, the place where an order is paid."""

    def stop_renewing(self, subscription_ref: str) -> None:
        """Charge nothing more; what is paid runs on."""

    def renew_again(self, subscription_ref: str) -> None:
        """Take `stop_renewing` back."""

    def pause(self, subscription_ref: str) -> None:
        """Charge nothing while it stands still."""

    def resume(self, subscription_ref: str, renews_at: datetime | None) -> None:
        """Charge again, from an instant on."""

    def refund(self, wish: RefundWish) -> Sequence[Returned]:
        """Send money back."""

    def statement(self) -> Statement:
        """All that it knows of ours."""
