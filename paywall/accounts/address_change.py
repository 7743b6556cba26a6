"""Changing the address of an account: the old one and the new one both confirm, in any order.

Two rows of one instant belong together, one for each address, each with a link of its own. A new
wish, or giving it up, ends those before.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, select

from paywall.accounts.leaving import Left, leave_everywhere
from paywall.accounts.limits import Limit, check_limit
from paywall.accounts.secrets import SECRET, digest, new_code, new_secret
from paywall.errors import RefusedError
from paywall.store.schema import Reader, Session, SignIn
from paywall.store.unit import Unit

OLD, NEW = "change-from", "change-to"
LIFETIME = timedelta(hours=1)
BY_READER = Limit("change reader", 5, timedelta(hours=1))
BY_NEW = Limit("change new address", 5, timedelta(hours=1))
"""However many accounts ask: it is somebody else's mailbox, perhaps."""
BY_NETWORK = Limit("change network", 20, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Wished:
    """A change that was asked for."""

    old: SignIn
    new: SignIn

    @property
    def is_confirmed(self) -> bool:
        """Whether both addresses have."""
        return self.old.used_at is not None and self.new.used_at is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """What to mail."""

    old_link: str
    new_link: str
    taken: bool
    """Whether the new address has an account: it is told so, and its link is not sent."""


def ask(unit: Unit, reader: Reader, new: str, network: str, *, keeps_feed: bool = False) -> Asked:
    """Prepare both messages; the private feed ends with the change unless it is kept.

    Raises `TooManyError`.
    """
    check_limit(unit, BY_READER, str(reader.id))
    check_limit(unit, BY_NEW, new)
    check_limit(unit, BY_NETWORK, network)
    give_up(unit, reader)
    asked = Asked(new_secret(), new_secret(), taken=_is_taken(unit, new))
    for purpose, email, link in ((OLD, reader.email, asked.old_link), (NEW, new, asked.new_link)):
        unit.db.add(
            SignIn(
                purpose=purpose,
                email=email,
                reader_id=reader.id,
                link_digest=digest(link),
                code_digest=digest(new_secret(), new_code()),  # nobody is told: it has no code
                browser_digest=digest(new_secret()),
                keeps_feed=keeps_feed,
                created_at=unit.now,
                expires_at=unit.now + LIFETIME,
            )
        )
    return asked


def give_up(unit: Unit, reader: Reader) -> None:
    """End whatever was asked before."""
    rows = unit.db.scalars(_rows().where(SignIn.reader_id == reader.id))
    for row in rows:
        row.expires_at = min(row.expires_at, unit.now)


def waiting(unit: Unit, reader: Reader) -> Wished | None:
    """The change that a reader asked for and that is not done."""
    found = unit.db.scalars(
        _rows().where(SignIn.reader_id == reader.id, SignIn.expires_at > unit.now)
    )
    row = next(iter(found), None)
    wished = _pair(unit, row) if row else None
    return wished if wished and not wished.is_confirmed else None


def find(unit: Unit, link: str) -> tuple[SignIn, Wished] | None:
    """What a link confirms, or has confirmed. Looking spends nothing."""
    if not SECRET.fullmatch(link):
        return None
    row = unit.db.scalars(_rows().where(SignIn.link_digest == digest(link))).one_or_none()
    wished = _pair(unit, row) if row else None
    if row is None or wished is None:
        return None
    good = wished.is_confirmed or unit.now < row.expires_at
    return (row, wished) if good else None


def confirm(unit: Unit, row: SignIn, wished: Wished, here: Session | None) -> Left | None:
    """Note one address's word; once both have given it, change the address.

    Then all sessions end but that of the browser `here`, if it is the same reader's, and so does
    the feed, unless it is kept. None while the other address is waited for, and after the change.
    """
    if row.used_at is not None:
        return None
    row.used_at = unit.now
    if not wished.is_confirmed:
        return None
    reader = unit.db.get_one(Reader, row.reader_id)
    if reader.email != wished.old.email or _is_taken(unit, wished.new.email):
        raise RefusedError("cette adresse ne peut plus devenir celle de votre compte")
    own = here if here is not None and here.reader_id == reader.id else None
    left = leave_everywhere(unit, reader, keeps_feed=row.keeps_feed, but=own)
    reader.email = wished.new.email
    unit.log("reader.address-changed", reader)
    return left


def _rows() -> Select[SignIn]:
    return select(SignIn).where(SignIn.purpose.in_((OLD, NEW))).order_by(SignIn.id.desc())


def _pair(unit: Unit, row: SignIn) -> Wished | None:
    rows = unit.db.scalars(
        _rows().where(SignIn.reader_id == row.reader_id, SignIn.created_at == row.created_at)
    )
    found = {row.purpose: row for row in rows}
    return Wished(found[OLD], found[NEW]) if found.keys() == {OLD, NEW} else None


def _is_taken(unit: Unit, email: str) -> bool:
    return unit.db.scalar(select(Reader.id).where(Reader.email == email)) is not None
