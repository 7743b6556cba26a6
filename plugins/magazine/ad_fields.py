"""The types of a booking's fields: what comes from outside, and is shown to readers or promised."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from plugins.magazine.fields import Text, wrong
from plugins.magazine.messages import tell

MOST_IMPRESSIONS = 1_000_000_000
MOST_PRICE = Decimal(10_000_000)
MAX_LINK = 2_000
"""Characters: what every browser and every proxy takes."""

EXCLUSIVE = "exclusive"
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode's categories of what cannot be seen: controls, marks that turn words round, line ends."""

_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")


def _line(longest: int) -> Callable[[str], str]:
    """One line of words that are seen as they are, of so many characters at most."""

    def check(value: str) -> str:
        hidden = next((c for c in value if unicodedata.category(c) in _HIDDEN), None)
        if hidden is not None:
            message = "un caractère qui ne se voit pas ({code}) : à retirer"
            raise wrong(tell(message, code=f"U+{ord(hidden):04X}"))
        if len(value) > longest:
            message = "{given} caractères, c’est trop long : {longest} au plus"
            raise wrong(tell(message, given=len(value), longest=longest))
        return value

    return check


def _goal(value: Any) -> Any:
    """Viewable impressions, or all that there is."""
    if value == EXCLUSIVE:
        return value
    text = re.sub(r"[\s_]", "", str(value))
    if not (text.isascii() and text.isdigit() and 0 < int(text[:12]) <= MOST_IMPRESSIONS):
        message = "« {given} » : un nombre d’impressions visibles (20000), ou exclusive"
        raise wrong(tell(message, given=value))
    return int(text)


def _price(value: Any) -> Decimal:
    """Euros, with cents or without."""
    text = re.sub(r"[\s_]", "", str(value)).removesuffix("€").replace(",", ".")
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal("NaN")
    if not price.is_finite() or not 0 <= price <= MOST_PRICE or price != round(price, 2):
        raise wrong(tell("« {given} » n’est pas un prix en euros (1200 ou 1200,50)", given=value))
    return price


def _link(value: str) -> str:
    """A page of the magazine, or of the advertiser's site; nothing that runs or deceives."""
    _line(MAX_LINK)(value)
    if any(c.isspace() or c in '\\"<>`' for c in value):
        raise wrong(tell("« {value} » : une adresse n’a ni espace ni « \\ »", value=value))
    if value.startswith("/") and not value.startswith("//"):
        return value
    try:
        parts = urlsplit(value)
        host, _ = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:  # no number for a port, no name that can be looked up
        host = ""
    if not value.startswith(("https://", "http://")) or not _HOST.fullmatch(host):
        message = "« {value} » n’est pas une adresse qui commence par https://"
        raise wrong(tell(message, value=value))
    if "@" in parts.netloc:
        raise wrong(tell("« {value} » : une adresse sans nom ni mot de passe", value=value))
    return value


Goal = Annotated[int | Literal["exclusive"], BeforeValidator(_goal)]
Price = Annotated[Decimal, BeforeValidator(_price)]
AdLink = Annotated[Text, AfterValidator(_link)]
Name = Annotated[Text, AfterValidator(_line(80))]
"""Who advertises, and for what: what a label has room for."""

Headline = Annotated[Text, AfterValidator(_line(90))]
Alt = Annotated[Text, AfterValidator(_line(250))]
