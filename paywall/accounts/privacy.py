"""A reader's own data: to be taken away, and to be erased.

Erasing follows article 17 of the GDPR; what accounting law requires stays (Code de commerce,
L123-22: ten years), under the reader's number, which then leads to nobody.
"""

import re
from collections.abc import Callable

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import OperationalError

from paywall.accounts.orders import give_up
from paywall.accounts.providers import TAKE_NOTHING
from paywall.accounts.rights import State, state_of
from paywall.accounts.sessions import end_all_sessions
from paywall.accounts.subscriptions import cancel, end_now
from paywall.accounts.traces import traces_of
from paywall.errors import RefusedError
from paywall.store.database import Database
from paywall.store.schema import Feed, Mail, Reader, Session, SignIn, Subscription
from paywall.store.unit import Unit

Stop = Callable[[Subscription], None]
"""Stops a subscription at its provider; raises where it cannot."""


def refuse_renewing(subscription: Subscription) -> None:
    """Leave money alone: whoever erases must stop the card first."""
    raise RefusedError(
        f"l’abonnement {subscription.id} se renouvelle encore par {subscription.provider} : "
        "à arrêter d’abord, sans quoi la carte serait débitée pour personne"
    )


def erase(unit: Unit, reader: Reader, stop: Stop = refuse_renewing) -> list[str]:
    """Forget somebody. Orders and payments stay, and so does the audit log, which names nobody.

    `stop` is called first, for whatever still takes money. The answer is the subjects of the
    sessions that ended: a gate that is told of them refuses their tokens at once. What was deleted
    leaves the file with `forget_traces`, after the unit is committed.
    """
    for subscription in reader.subscriptions:
        if takes_money(subscription):
            stop(subscription)
    _end_subscriptions(unit, reader)
    _forget_orders(unit, reader)
    subjects = [session.subject for session in end_all_sessions(unit, reader)]
    _delete_rows(unit, reader)
    reader.email, reader.name, reader.post, reader.language = None, "", "", "fr"
    reader.erased_at = unit.now
    unit.log("reader.erased", reader, after={"at": unit.now})
    return subjects


def takes_money(subscription: Subscription) -> bool:
    """Whether its provider will ask for the next period by itself."""
    renews = subscription.renews and subscription.cancelled_at is None
    return renews and subscription.provider not in TAKE_NOTHING


def _end_subscriptions(unit: Unit, reader: Reader) -> None:
    for subscription in reader.subscriptions:
        if state_of(subscription, unit.now) is State.ENDED:
            cancel(unit, subscription)
        else:
            end_now(unit, subscription)


def _forget_orders(unit: Unit, reader: Reader) -> None:
    """What is not paid is asked for no more; what was read is nobody's business."""
    for order in reader.orders:
        order.return_to = "/"
        give_up(unit, order)


def _delete_rows(unit: Unit, reader: Reader) -> None:
    sent = traces_of(unit.db, reader)
    named = Mail.id.in_(_naming(unit, reader.email) if reader.email else [])
    unit.db.execute(delete(Mail).where(or_(sent.letters, named)))
    unit.db.execute(delete(SignIn).where(sent.sign_ins))
    unit.db.execute(delete(Session).where(Session.reader_id == reader.id))
    unit.db.execute(delete(Feed).where(Feed.reader_id == reader.id))


def _naming(unit: Unit, email: str) -> list[int]:
    """Messages that wait and speak of an address; not of a longer one that ends like it."""
    whole = re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])")
    likely = unit.db.execute(
        select(Mail.id, Mail.text).where(Mail.text.contains(email, autoescape=True))
    )
    return [number for number, words in likely if whole.search(words)]


def forget_traces(database: Database) -> bool:
    """Take what was deleted out of the database's files, too; tells whether it could.

    Where somebody writes for long, it cannot: nothing of what was erased depends on it.
    SQLite writes the file anew: its `secure_delete` was seen to leave an address in a page that
    was split. Its log keeps the old pages until it is merged, which waits for whoever reads.
    PostgreSQL gives the space to others, and overwrites it then.
    """
    if database.is_sqlite:
        try:
            with database.engine.connect() as connection:
                connection.exec_driver_sql("VACUUM")
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        except OperationalError:
            return False
        return bool(busy == 0)
    tables = ", ".join(table.__tablename__ for table in (Reader, SignIn, Session, Feed, Mail))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM {tables}")
    return True
