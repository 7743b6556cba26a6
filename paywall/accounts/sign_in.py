"""Sign-in by mail: one message holds a link, for any browser, and a code, for the one that asked.

Whoever proves an address is its reader, known before or not: answers and mails are the same for
both, so that nobody learns who has an account. Limits follow healthchecks' and OWASP ASVS 5.0 6.3.
"""

from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from sqlalchemy import select, update

from paywall.accounts.limits import Limit, TooManyError, check_limit, site_of
from paywall.accounts.secrets import SECRET, digest, new_code, new_secret
from paywall.store.schema import Reader, SignIn
from paywall.store.unit import Unit

LIFETIME = timedelta(hours=1)
_AHEAD = timedelta(minutes=1)
"""A message that was sent later than now was sent by a wrong clock: it would live for too long."""
SIGN_IN, DEMONSTRATION = "sign-in", "demonstration"
TRIES = 8
"""Wrong codes that are borne; then another message must be asked for."""

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
BY_BOTH = Limit("sign-in address and network", 10, _HOUR)
"""Less than for the address alone: one network cannot use up what its owner may ask for."""
BY_ADDRESS = Limit("sign-in address", 20, _HOUR)
BY_ADDRESS_A_DAY = Limit("sign-in address a day", 60, _DAY)
BY_NETWORK = Limit("sign-in network", 60, _HOUR)
BY_SITE = Limit("sign-in site", 600, _HOUR)
CODES_BY_ADDRESS = Limit("code address", 40, _DAY)
"""Of a million: 1.5 % in a year of asking every day. Links go on working for who is locked out."""
CODES_BY_NETWORK = Limit("code network", 100, _HOUR)
CODES_BY_SITE = Limit("code site", 1000, _HOUR)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to mail (link and code), and what only the asking browser is given."""

    link: str
    code: str
    browser: str


def ask(
    unit: Unit, email: str, network: str, *, purpose: str = SIGN_IN, next_path: str = "/"
) -> Asked:
    """Prepare a message for a normalised address. Raises `TooManyError`."""
    check_limit(unit, BY_BOTH, f"{email} {network}")
    check_limit(unit, BY_ADDRESS, email)
    check_limit(unit, BY_ADDRESS_A_DAY, email)
    check_limit(unit, BY_NETWORK, network)
    check_limit(unit, BY_SITE, site_of(network))
    return _add(unit, email, purpose, next_path)


def make_link(unit: Unit, reader: Reader) -> str:
    """A link for a reader whom no mail reaches: the office gives it, and the audit log says so."""
    made = _add(unit, reader.email or "", SIGN_IN, "/compte/")  # nobody is told its code
    unit.log("reader.link-given", reader, after={"until": unit.now + LIFETIME})
    return made.link


def _add(unit: Unit, email: str, purpose: str, next_path: str) -> Asked:
    asked = Asked(new_secret(), new_code(), new_secret())
    unit.db.add(
        SignIn(
            purpose=purpose,
            email=email,
            link_digest=digest(asked.link),
            code_digest=digest(asked.browser, asked.code),
            browser_digest=digest(asked.browser),
            next_path=next_path,
            created_at=unit.now,
            expires_at=unit.now + LIFETIME,
        )
    )
    return asked


def find_link(unit: Unit, link: str, purpose: str = SIGN_IN) -> SignIn | None:
    """What a link is for, if it is still good. Looking spends nothing."""
    if not SECRET.fullmatch(link):
        return None
    wanted = SignIn.link_digest == digest(link)
    return _usable(unit, unit.db.scalars(select(SignIn).where(wanted)).one_or_none(), purpose)


def find_browser(unit: Unit, browser: str, purpose: str = SIGN_IN) -> SignIn | None:
    """What the browser that asked last waits a code for."""
    if not SECRET.fullmatch(browser):
        return None
    wanted = SignIn.browser_digest == digest(browser)
    return _usable(unit, unit.db.scalars(select(SignIn).where(wanted)).one_or_none(), purpose)


def check_code(unit: Unit, sign_in: SignIn, browser: str, code: str, network: str) -> bool:
    """Whether a code is right. Every try is counted, and must be committed.

    Raises `TooManyError` once there were too many.
    """
    if sign_in.tries >= TRIES:
        raise TooManyError(sign_in.expires_at)
    check_limit(unit, CODES_BY_ADDRESS, sign_in.email)
    check_limit(unit, CODES_BY_NETWORK, network)
    check_limit(unit, CODES_BY_SITE, site_of(network))
    sign_in.tries += 1
    return compare_digest(sign_in.code_digest, digest(browser, code))


def spend(unit: Unit, sign_in: SignIn) -> Reader:
    """Use it up, once; the reader of its address, who is made if there was none.

    Whatever else was sent to that address is void from now on. Asking for a newer message voids
    nothing: anybody can ask for one.
    """
    sign_in.used_at = unit.now
    void_others(unit, sign_in.email)
    return reader_of(unit, sign_in.email)


def void_others(unit: Unit, email: str) -> None:
    """End every link and code to sign in that waits for an address."""
    waiting = update(SignIn).where(
        SignIn.email == email,
        SignIn.purpose == SIGN_IN,
        SignIn.used_at.is_(None),
        SignIn.expires_at > unit.now,
    )
    unit.db.execute(waiting.values(expires_at=unit.now))


def reader_of(unit: Unit, email: str, language: str = "fr") -> Reader:
    """The reader of a normalised address."""
    found = unit.db.scalars(select(Reader).where(Reader.email == email)).one_or_none()
    if found is None:
        found = Reader(email=email, language=language, created_at=unit.now)
        unit.db.add(found)
        unit.db.flush()
    return found


def _usable(unit: Unit, found: SignIn | None, purpose: str) -> SignIn | None:
    good = (
        found is not None
        and found.purpose == purpose
        and found.used_at is None
        and found.created_at - _AHEAD <= unit.now < found.expires_at
    )
    return found if good else None
