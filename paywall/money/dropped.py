"""Money that comes for an order that was dropped: the treasurer decides what becomes of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from paywall.accounts.orders import CANCELLED, order_state
from paywall.accounts.payments import note
from paywall.accounts.providers import STRIPE
from paywall.errors import RefusedError
from paywall.store.schema import Change, Order
from paywall.store.unit import Unit

UNPAID = "unpaid"
"""The author, in the audit log, of what is dropped because nobody pays it."""

_WHY = {UNPAID: "faute de paiement", STRIPE: "faute de paiement par carte"}


class Decision(StrEnum):
    """What becomes of the money, as the treasurer types it."""

    REOPEN = "reopen"
    SEND_BACK = "send-back"


def refuse_dropped(unit: Unit, order: Order) -> None:
    """Say that an order was dropped, when and why, and what to decide. Raises `RefusedError`."""
    asked = (
        select(Change)
        .where(Change.subject == f"order:{order.id}", Change.what == "order.cancelled")
        .order_by(Change.id.desc())
    )
    told = unit.db.scalars(asked).first()
    when = f" le {told.at.date().isoformat()}, {_why(told.who)}" if told else ""
    raise RefusedError(
        f"{order.reference} a été annulée{when} : rien n’est noté. À vous de décider, en ajoutant "
        f"--{Decision.REOPEN} pour donner ce qui était commandé, ou --{Decision.SEND_BACK} si "
        "vous rendez l’argent"
    )


def _why(who: str) -> str:
    return "par son lecteur" if who.startswith("reader:") else _WHY.get(who, f"par {who}")


def send_back(  # noqa: PLR0913 - what is known of a payment, by name
    unit: Unit, order: Order, named: str, cents: int, provider: str, at: datetime | None
) -> None:
    """Note money that came for an order that was dropped, and that it goes back: nothing opens."""
    if order.status != CANCELLED:
        raise RefusedError("cette commande n’est pas annulée : paywall refund rend ce qui est noté")
    before = order_state(order)
    note(unit, order, named, cents, provider=provider, at=at)
    note(unit, order, f"{named}:back", -cents, provider=provider)
    unit.log("order.sent-back", order, before=before, after=order_state(order))
