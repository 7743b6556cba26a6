"""What the service writes to its readers, in their language, in the transaction of what it tells.

Whoever changes something (a page, a provider's message, a command) calls the function that tells
it. Somebody who was erased has no address: nothing is written.
"""

from collections.abc import Mapping
from pathlib import Path

from paywall.accounts import address_change, sign_in
from paywall.accounts.orders import REFUNDED, pay_by
from paywall.accounts.providers import OFFLINE
from paywall.accounts.receipts import receipt_of
from paywall.accounts.rights import end_of
from paywall.mail.queue import queue_mail
from paywall.offers.grid import Offers
from paywall.store.schema import Order, Reader, Subscription
from paywall.store.unit import Unit
from paywall.templating import environment
from paywall.words import LANGUAGES, say

_FOLDER = Path(__file__).parent / "templates"

SUBJECTS = {
    "sign_in": "{code} : votre code pour lire la revue",
    "placed": "Votre commande {reference}",
    "dropped": "Votre commande {reference} est annulée",
    "paid": "Paiement reçu : {reference}",
    "partial": "Paiement reçu en partie : {reference}",
    "excess": "Paiement en trop : {reference}",
    "refunded": "Remboursement : {reference}",
    "renewed": "Abonnement renouvelé : {reference}",
    "failed": "Un paiement n’est pas passé",
    "card": "Votre carte est changée",
    "cancelled": "Votre abonnement est résilié",
    "paused": "Votre abonnement est suspendu",
    "resumed": "Votre abonnement reprend",
    "change_from": "Changer votre adresse : à confirmer",
    "change_to": "Votre nouvelle adresse : à confirmer",
    "change_taken": "Cette adresse a déjà un compte",
    "changed": "Votre adresse a changé",
    "booking": "Réservation publicitaire : {reference}",
}
"""Each letter's subject; its text is the template of the same name."""

SECRETS = {
    "sign_in": sign_in.LIFETIME,
    "change_from": address_change.LIFETIME,
    "change_to": address_change.LIFETIME,
}
"""Letters that hold a key, and for how long it opens something: they are not kept longer."""

Values = Mapping[str, object]


def tell_placed(unit: Unit, order: Order, offers: Offers, address: str) -> None:
    """An order is placed; by transfer, where the money goes."""
    _tell(unit, order.reader, "placed", _of(order, offers, address))


def tell_dropped(
    unit: Unit, order: Order, offers: Offers, address: str, *, by_reader: bool
) -> None:
    """An order is waited for no more: its reader said so, or has not paid it."""
    values = {**_of(order, offers, address), "by_reader": by_reader}
    _tell(unit, order.reader, "dropped", values)


def tell_paid(unit: Unit, order: Order, offers: Offers, address: str) -> None:
    """An order is paid: what it opens, and the receipt; of a renewal, that it is one."""
    held = unit.db.get(Subscription, order.subscription_id) if order.subscription_id else None
    renewed = held is not None and len({period.order_id for period in held.periods}) > 1
    values = {
        **_of(order, offers, address),
        "renewed": renewed,
        "ends_at": end_of(held) if held else None,
        "renews": held is not None and held.renews and held.cancelled_at is None,
    }
    _tell(unit, order.reader, "renewed" if renewed else "paid", values)


def tell_partial(unit: Unit, order: Order, offers: Offers, address: str) -> None:
    """A part of an order is paid: what came, and what is missing."""
    _tell(unit, order.reader, "partial", _of(order, offers, address))


def tell_excess(unit: Unit, order: Order, offers: Offers, address: str) -> None:
    """Money came for an order that was paid: it goes back."""
    _tell(unit, order.reader, "excess", _of(order, offers, address))


def tell_refunded(
    unit: Unit, order: Order, offers: Offers, address: str, returned_cents: int
) -> None:
    """Money goes back, all or a part; how, and whether anything ends with it."""
    held = unit.db.get(Subscription, order.subscription_id) if order.subscription_id else None
    until = end_of(held) if held else None
    values = {
        **_of(order, offers, address),
        "returned_cents": returned_cents,
        "by_card": order.payments[-1].provider != OFFLINE,
        "is_withdrawn": order.status == REFUNDED,
        "is_ended": until is not None and until <= unit.now,
    }
    _tell(unit, order.reader, "refunded", values)


def tell_failed(unit: Unit, subscription: Subscription, offers: Offers, address: str) -> None:
    """A payment for a renewal failed: until when all stays open, and where to mend it."""
    page = f"{address}/compte/abonnement/{subscription.id}/carte/"
    values = {**_held(unit, subscription, offers, address), "page": page}
    _tell(unit, subscription.reader, "failed", values)


def tell_card(unit: Unit, subscription: Subscription, offers: Offers, address: str) -> None:
    """A subscription is charged to another card from now on."""
    _tell(unit, subscription.reader, "card", _held(unit, subscription, offers, address))


def tell_cancelled(unit: Unit, subscription: Subscription, offers: Offers, address: str) -> None:
    """A subscription will not be renewed: the durable medium of the Code de la consommation."""
    _tell(unit, subscription.reader, "cancelled", _held(unit, subscription, offers, address))


def tell_paused(unit: Unit, subscription: Subscription, offers: Offers, address: str) -> None:
    """A subscription stands still."""
    _tell(unit, subscription.reader, "paused", _held(unit, subscription, offers, address))


def tell_resumed(unit: Unit, subscription: Subscription, offers: Offers, address: str) -> None:
    """A subscription goes on."""
    _tell(unit, subscription.reader, "resumed", _held(unit, subscription, offers, address))


def send_sign_in(unit: Unit, email: str, language: str, values: Values) -> None:
    """The message with `link` and `code`."""
    _queue(unit, email, language, "sign_in", values)


def send_booking(unit: Unit, email: str, values: Values) -> None:
    """An advertiser's `order` and its `file`, to the editor, who reads French."""
    _queue(unit, email, LANGUAGES[0], "booking", values)


def ask_change(unit: Unit, reader: Reader, new: str, values: Values, *, taken: bool) -> None:
    """Ask both addresses whether one takes the other's place.

    A new one that has an account already is told so; nobody else is.
    """
    _tell(unit, reader, "change_from", values)
    _queue(unit, new, reader.language, "change_taken" if taken else "change_to", values)


def tell_changed(unit: Unit, reader: Reader, old: str, address: str, *, feed_ended: bool) -> None:
    """The address has changed: told to the old one, too."""
    values: Values = {"new": reader.email, "address": address, "feed_ended": feed_ended}
    _tell(unit, reader, "changed", values)
    _queue(unit, old, reader.language, "changed", values)


def _tell(unit: Unit, reader: Reader, name: str, values: Values) -> None:
    if reader.email is not None:
        _queue(unit, reader.email, reader.language, name, values)


def _queue(unit: Unit, email: str, language: str, name: str, values: Values) -> None:
    told = {key: values[key] for key in ("reference", "code") if key in values}
    text = environment(language, _FOLDER).get_template(f"{name}.txt").render(values)
    expires_at = unit.now + SECRETS[name] if name in SECRETS else None
    queue_mail(unit, email, say(language, SUBJECTS[name], **told), text, expires_at)


def _of(order: Order, offers: Offers, address: str) -> Values:
    return {
        "reference": order.reference,
        "order": order,
        "receipt": receipt_of(order, offers, order.reader.language),
        "seller": offers.seller,
        "bank": offers.bank,
        "by_transfer": order.provider == OFFLINE,
        "pay_by": pay_by(order),
        "page": f"{address}/commande/{order.reference}/",
        "address": address,
    }


def _held(unit: Unit, subscription: Subscription, offers: Offers, address: str) -> Values:
    plan, language = offers.plan(subscription.plan), subscription.reader.language
    return {
        "plan": plan.label[language] if plan else subscription.plan,
        "at": unit.now,
        "ends_at": end_of(subscription),
        "until": subscription.grace_until,
        "seller": offers.seller,
        "address": address,
    }
