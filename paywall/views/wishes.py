"""What somebody wants to buy, as an address: it outlives signing in, and says no price.

    /abonnement/confirmer/formule/digital/renouvele/carte/maintenant/numeros/812-lumiere/
    /abonnement/confirmer/numero/812-lumiere/virement/numeros/812-lumiere/

What follows the words is where its reader goes in the end.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from paywall.accounts.orders import Wish
from paywall.site.paths import MAX_PATH_BYTES, local_target
from paywall.views.paying import MEANS

CONFIRM_PATH = "/abonnement/confirmer/"
_MEANS = "|".join(MEANS)
_REST = r"(?P<target>/(?:[!-~]*/)?)"
PLAN_PATH = (
    rf"{CONFIRM_PATH}formule/(?P<plan>[a-z0-9-]{{1,40}})/(?P<renewal>renouvele|une-fois)"
    rf"/(?P<means>{_MEANS})/(?P<start>maintenant|\d{{4}}-\d\d-\d\d)" + _REST
)
ISSUE_PATH = rf"{CONFIRM_PATH}numero/(?P<issue>[a-z0-9-]{{1,200}})/(?P<means>{_MEANS})" + _REST
NOW = "maintenant"
LATEST = timedelta(days=366)
"""How far ahead a subscription may begin."""


class StartError(ValueError):
    """That is no day on which a subscription can begin."""


def path_of(wish: Wish, means: str) -> str:
    """The address at which a wish is confirmed. `return_to`: a page, or it is forgotten."""
    if wish.issue is not None:
        words = f"numero/{wish.issue}/{means}"
    else:
        renewal = "renouvele" if wish.renews else "une-fois"
        start = wish.starts_at.date().isoformat() if wish.starts_at else NOW
        words = f"formule/{wish.plan}/{renewal}/{means}/{start}"
    target = wish.return_to if wish.return_to.endswith("/") else "/"
    path = f"{CONFIRM_PATH}{words}{target}"
    return path if len(path) <= MAX_PATH_BYTES else f"{CONFIRM_PATH}{words}/"


def wish_of(parts: Mapping[str, str], now: datetime) -> Wish:
    """The wish that an address says. Raises `StartError` for a day that has passed."""
    means = parts["means"]
    start = parts.get("start", NOW)
    return Wish(
        plan=parts.get("plan"),
        issue=parts.get("issue"),
        renews=parts.get("renewal") == "renouvele" and MEANS[means].renews,
        starts_at=None if start == NOW else start_of(start, now),
        provider=MEANS[means].provider,
        return_to=local_target(parts["target"]),
    )


def start_of(day: str, now: datetime) -> datetime | None:
    """The instant at which a day begins; None for today. Raises `StartError`."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise StartError(day) from error
    today = now.astimezone(UTC).date()
    if not today <= wanted <= today + LATEST:
        raise StartError(day)
    return None if wanted == today else datetime.combine(wanted, time(), UTC)
