"""A reader's subscription stops renewing, goes on, stands still: at the provider's and here.

The provider is told first: once a page says that nothing more is charged, nothing more is. Should
the books be down just then, Stripe's message about it is written into them later.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from paywall.accounts.providers import TAKE_NOTHING
from paywall.accounts.rights import end_of, is_paused
from paywall.accounts.subscriptions import cancel, keep_renewing, pause, resume
from paywall.errors import RefusedError
from paywall.money.till import Till
from paywall.store.schema import Subscription
from paywall.store.unit import Unit

Deed = Callable[[Unit, Subscription], None]
"""What is written here; whoever writes to the reader as well gives one that does."""


def stop(till: Till, subscription_id: int, who: str, deed: Deed = cancel) -> None:
    """Charge no more; what is paid runs to its end."""
    for provider, reference in _charged(till, subscription_id):
        till.provider(provider).stop_renewing(reference)
    _do(till, subscription_id, who, deed)


def keep(till: Till, subscription_id: int, who: str) -> None:
    """Take `stop` back, while it runs. Raises `RefusedError` where it has ended."""
    _try(till, subscription_id, who, keep_renewing)
    for provider, reference in _charged(till, subscription_id):
        till.provider(provider).renew_again(reference)
    _do(till, subscription_id, who, keep_renewing)


def stand_still(till: Till, subscription_id: int, who: str, deed: Deed = pause) -> None:
    """Pause it, and what would follow it. Raises `RefusedError` where it does not run."""
    _try(till, subscription_id, who, deed)
    for provider, reference in _charged(till, subscription_id):
        till.provider(provider).pause(reference)
    _do(till, subscription_id, who, deed)


def go_on(till: Till, subscription_id: int, who: str, deed: Deed = resume) -> None:
    """Resume it: it is charged next when what was left has run out."""
    _do(till, subscription_id, who, deed)  # first: the new end is what the provider is told
    for provider, reference in _charged(till, subscription_id):
        till.provider(provider).resume(reference, _end(till, reference))


def _charged(till: Till, subscription_id: int) -> list[tuple[str, str]]:
    """Those of its plan that a provider charges: they stand still, and stop, together."""
    with till.database.read() as db:
        subscription = _one(db.get(Subscription, subscription_id))
        held = subscription.reader.subscriptions
        return [
            (other.provider, other.provider_ref)
            for other in held
            if other.provider_ref is not None
            and other.provider not in TAKE_NOTHING  # imports name theirs, too
            and other.plan == subscription.plan
            and (other.id == subscription_id or is_paused(other))
        ]


def _end(till: Till, reference: str) -> datetime | None:
    with till.database.read() as db:
        asked = select(Subscription).where(Subscription.provider_ref == reference)
        return end_of(db.scalars(asked).one())


def _do(till: Till, subscription_id: int, who: str, deed: Deed) -> None:
    with till.database.begin(till.clock(), who) as unit:
        deed(unit, _one(unit.db.get(Subscription, subscription_id)))


def _try(till: Till, subscription_id: int, who: str, deed: Deed) -> None:
    """Whether it may be done: nothing of it stays. Raises `RefusedError`."""
    with till.database.begin(till.clock(), who) as unit:
        deed(unit, _one(unit.db.get(Subscription, subscription_id)))
        unit.db.rollback()


def _one(found: Subscription | None) -> Subscription:
    if found is None:
        raise RefusedError("cet abonnement n’existe pas")
    return found
