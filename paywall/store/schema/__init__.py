"""The tables of the service. Everything that a reader has follows from `period` and `purchase`.

Instants are aware UTC datetimes, amounts integer cents. Secrets are kept as SHA-256 digests
only: they are long and random, so that a digest tells nothing of them.

A subject a module; all of them are known once this is imported, to queries and to migrations.
"""

from paywall.store.schema.base import Instant, Table
from paywall.store.schema.journal import Attempt, Change, Mail
from paywall.store.schema.money import Order, Payment, ProviderEvent
from paywall.store.schema.readers import EndedSession, Feed, Reader, Session, SignIn
from paywall.store.schema.rights import Pause, Period, Purchase, Subscription

__all__ = [
    "Attempt",
    "Change",
    "EndedSession",
    "Feed",
    "Instant",
    "Mail",
    "Order",
    "Pause",
    "Payment",
    "Period",
    "ProviderEvent",
    "Purchase",
    "Reader",
    "Session",
    "SignIn",
    "Subscription",
    "Table",
]
