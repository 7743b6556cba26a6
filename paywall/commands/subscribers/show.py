"""`paywall subscribers show`: everything about one reader, for who answers the telephone."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.days import last_day
from paywall.accounts.orders import paid_cents
from paywall.accounts.rights import Rights, State, periods_of, rights_of, state_of
from paywall.accounts.sessions import is_alive
from paywall.accounts.standing import standing_of
from paywall.commands.accounts import accounts, find_reader
from paywall.commands.parsing import Commands, add_command, address
from paywall.commands.terminal import shown
from paywall.commands.words import ORDERS, PROVIDERS
from paywall.money.amounts import spell_cents
from paywall.settings import Settings
from paywall.store.schema import Feed, Order, Reader, Session, Subscription

STATES = {
    State.SCHEDULED: "à venir",
    State.ACTIVE: "en cours, se renouvelle",
    State.ENDING: "en cours, ne se renouvelle pas",
    State.GRACE: "paiement refusé, ouvert encore",
    State.PAUSED: "suspendu",
    State.ENDED: "terminé",
}


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "show", "tout ce qu’on tient d’un lecteur", run)
    parser.add_argument("address", type=address, metavar="ADRESSE", help="son courriel")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Show."""
    now = datetime.now(UTC)
    with accounts(settings) as database, database.read() as db:
        reader = find_reader(db, options.address)
        for what, said in (*_about(reader, now), *_held(reader, now), *_use(db, reader, now)):
            print(f"{what:<14}{shown(said)}")
    return 0


def _about(reader: Reader, now: datetime) -> Iterator[tuple[str, str]]:
    rights = rights_of(reader, now)
    yield "Lecteur", f"n° {reader.id}, {standing_of(reader, now).kind}"
    yield "Courriel", reader.email or ""
    yield "Nom", reader.name or "–"
    yield "Adresse", ", ".join(reader.post.splitlines()) or "–"
    yield "Langue", reader.language
    yield "Inscrit le", reader.created_at.date().isoformat()
    yield "Lit", _reads(rights)
    for stretch in rights.stretches:
        yield "", f"paru du {stretch.first_day} au {stretch.last_day}"
    for issue in sorted(rights.issues):
        yield "", f"le numéro {issue}"


def _reads(rights: Rights) -> str:
    if rights.everything:
        return "tout"
    return "ce qui est public" + (", et :" if rights.stretches or rights.issues else "")


def _held(reader: Reader, now: datetime) -> Iterator[tuple[str, str]]:
    for subscription in reader.subscriptions:
        yield "Abonnement", f"n° {subscription.id}, {_told(subscription, now)}"
        for period in periods_of(subscription):
            yield "", f"du {period.starts_at.date()} au {last_day(period.ends_at)}"
    for order in reader.orders:
        yield "Commande", _order(order)


def _told(subscription: Subscription, now: datetime) -> str:
    kind = "offert" if subscription.complimentary else subscription.price_class
    paid = PROVIDERS[subscription.provider]
    told = f"{subscription.plan} ({kind}), {STATES[state_of(subscription, now)]}"
    return told if subscription.complimentary else f"{told} ; {paid}"


def _order(order: Order) -> str:
    what = f"le numéro {order.issue}" if order.issue else order.plan
    paid, due = (spell_cents(c, order.currency) for c in (paid_cents(order), order.amount_cents))
    status = ORDERS[order.status]
    day = order.created_at.date()
    return f"{order.reference} du {day}, {what} : {status}, {paid} sur {due}"


def _use(db: DatabaseSession, reader: Reader, now: datetime) -> Iterator[tuple[str, str]]:
    sessions = db.scalars(select(Session).where(Session.reader_id == reader.id)).all()
    feeds = select(func.count()).where(Feed.reader_id == reader.id, Feed.revoked_at.is_(None))
    alive = [session for session in sessions if is_alive(session, now)]
    seen = max((session.seen_at.date().isoformat() for session in alive), default="")
    yield "Sessions", f"{len(alive)} en cours" + (f", vue le {seen}" if seen else "")
    yield "Flux privés", f"{db.scalar(feeds)}"
