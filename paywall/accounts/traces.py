"""What was sent to somebody, whatever address they had then: to be taken away, and to be erased."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.address_change import OLD
from paywall.store.schema import Mail, Reader, SignIn


@dataclass(frozen=True, slots=True)
class Traces:
    """Conditions: which letters, and which sign-ins, are somebody's."""

    letters: ColumnElement[bool]
    sign_ins: ColumnElement[bool]


def traces_of(db: DatabaseSession, reader: Reader) -> Traces:
    """A reader's, at the address of today and at those of before."""
    wishes = list(db.scalars(select(SignIn).where(SignIn.reader_id == reader.id)))
    own = SignIn.reader_id == reader.id, SignIn.email == reader.email
    return Traces(
        letters=or_(
            Mail.recipient == reader.email, *_sent(wishes, Mail.recipient, Mail.created_at)
        ),
        sign_ins=or_(*own, *_sent(wishes, SignIn.email, SignIn.created_at)),
    )


def _sent(
    wishes: Iterable[SignIn],
    address: InstrumentedAttribute[str],
    created_at: InstrumentedAttribute[datetime],
) -> Iterator[ColumnElement[bool]]:
    """What was sent to the addresses that they had, and that they asked for: letters, or sign-ins.

    No more of it: whoever asks for somebody else's address must not delete that person's mail.
    """
    for wish in wishes:
        its_own = created_at == wish.created_at
        if wish.purpose == OLD and wish.used_at is not None:  # theirs, until it was changed
            both_agreed = [w.used_at for w in wishes if w.created_at == wish.created_at]
            changed_at = max(at for at in both_agreed if at is not None)
            its_own = created_at <= changed_at
        yield and_(address == wish.email, its_own)
