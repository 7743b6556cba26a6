"""What is sold: the plans, or one issue, with the price for whoever asks, and one form."""

from collections.abc import Mapping
from datetime import UTC, date

from paywall.accounts.addresses import AddressError, normalised
from paywall.accounts.orders import Wish
from paywall.accounts.rights import rights_of
from paywall.offers.grid import Grid, Offers
from paywall.site.answers import Answer, redirect
from paywall.site.paths import local_target
from paywall.store.schema import Reader
from paywall.views.asked import Asked
from paywall.views.buying import own_class, owns
from paywall.views.holdings import Holding, running
from paywall.views.paying import MEANS, offered
from paywall.views.render import PRIVATE
from paywall.views.sign_in import CODE_PATH, send_message
from paywall.views.table import Desk, View
from paywall.views.wishes import LATEST, StartError, path_of, start_of
from paywall.words import say

PATH = "/abonnement/"
_ISSUE = r"/abonnement/numero/(?P<issue>[a-z0-9-]{1,200})/"

Fields = Mapping[str, str]


def offers_page(desk: Desk, asked: Asked) -> Answer:
    """The plans."""
    return _offers(desk, asked, asked.query, {})


def choose(desk: Desk, asked: Asked) -> Answer:
    """Take the wish down, and go on to what it comes to, by way of signing in where needed."""
    form, wrong = asked.form, dict[str, str]()
    grid = _grid(desk, asked)
    plan = desk.service.offers.current().plan(form.get("formule", ""))
    if plan is None or grid is None or plan.name not in grid.plans:
        wrong["formule"] = say(asked.language, "Choisissez une formule.")
    try:
        starts_at = start_of(form["debut"], asked.now) if form.get("debut") else None
    except StartError:
        wrong["debut"] = say(asked.language, "Un jour d’ici à un an, ou rien pour tout de suite.")
    means, email = _means(desk, asked, wrong), _email(asked, wrong)
    if wrong or plan is None:
        return _offers(desk, asked, form, wrong)
    wish = Wish(
        plan=plan.name,
        renews=form.get("renouvele") == "oui",
        starts_at=starts_at,
        return_to=local_target(form.get("vers", "/")),
    )
    return _go_on(desk, asked, path_of(wish, means), email)


def issue_page(desk: Desk, asked: Asked) -> Answer:
    """One issue."""
    return _issue(desk, asked, asked.query, {})


def choose_issue(desk: Desk, asked: Asked) -> Answer:
    """Take down that somebody wants an issue."""
    wrong = dict[str, str]()
    issue = desk.service.issues.find(asked.parts["issue"])
    means, email = _means(desk, asked, wrong), _email(asked, wrong)
    if wrong or issue is None:
        return _issue(desk, asked, asked.form, wrong)
    target = local_target(asked.form.get("vers", "/"))
    wish = Wish(issue=issue.slug, return_to=target if target != "/" else issue.url)
    return _go_on(desk, asked, path_of(wish, means), email)


def _go_on(desk: Desk, asked: Asked, path: str, email: str) -> Answer:
    if asked.reader is not None:
        return redirect(path.encode("ascii"), *PRIVATE, status=303)
    browser = send_message(desk, asked, email, path)
    return redirect(CODE_PATH.encode(), browser, *PRIVATE, status=303)


def _means(desk: Desk, asked: Asked, wrong: dict[str, str]) -> str:
    means = asked.form.get("moyen", "")
    if means not in offered(desk.service):
        wrong["moyen"] = say(asked.language, "Choisissez un moyen de paiement.")
    return means


def _email(asked: Asked, wrong: dict[str, str]) -> str:
    if asked.reader is not None:
        return ""
    try:
        return normalised(asked.form.get("email", ""))
    except AddressError:
        wrong["email"] = say(asked.language, "Cette adresse n’est pas complète : vérifiez-la.")
        return ""


def _grid(desk: Desk, asked: Asked) -> Grid | None:
    return desk.service.offers.current().grid_on(asked.now.astimezone(UTC).date())


def _offers(desk: Desk, asked: Asked, typed: Fields, wrong: Fields) -> Answer:
    today, offers = asked.now.astimezone(UTC).date(), desk.service.offers.current()
    return desk.page(
        asked,
        "offers.html",
        status=422 if wrong else 200,
        offers=offers,
        held=_held(desk, asked, offers),
        grid=_grid(desk, asked),
        own=own_class(desk.service, asked.reader, asked.now),
        renewable=any(MEANS[means].renews for means in offered(desk.service)),
        days=(today, today + LATEST),
        start=_as_date(typed.get("debut", "")),
        **_common(desk, typed, wrong),
    )


def _held(desk: Desk, asked: Asked, offers: Offers) -> list[Holding]:
    """What whoever is signed in has already."""
    if asked.reader is None:
        return []
    with desk.service.database.read() as db:
        reader = db.get_one(Reader, asked.reader.id)
        return running(reader, offers, asked.language, asked.now)


def _as_date(typed: str) -> str:
    """What a field for dates can hold; browsers show nothing of the rest."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return ""


def _issue(desk: Desk, asked: Asked, typed: Fields, wrong: Fields) -> Answer:
    issue, grid = desk.service.issues.find(asked.parts["issue"]), _grid(desk, asked)
    if issue is None or grid is None or not grid.issue:
        return desk.not_found(asked)
    owned = reads = False
    if asked.reader is not None:
        with desk.service.database.read() as db:
            reader = db.get_one(Reader, asked.reader.id)
            owned = owns(reader, issue, asked.now)
            reads = rights_of(reader, asked.now).everything
    own = own_class(desk.service, asked.reader, asked.now)
    return desk.page(
        asked,
        "issue.html",
        status=422 if wrong else 200,
        offers=desk.service.offers.current(),
        issue=issue,
        is_open=issue.is_open(asked.now),
        owned=owned,
        reads=reads,
        cents=grid.issue[own.name],
        own=own,
        **_common(desk, typed, wrong),
    )


def _common(desk: Desk, typed: Fields, wrong: Fields) -> dict[str, object]:
    return {
        "means": offered(desk.service),
        "target": local_target(typed.get("vers", "/")),
        "typed": typed,
        "wrong": wrong,
    }


VIEWS = (
    View(
        "offers",
        PATH,
        get=offers_page,
        post=choose,
        fields=frozenset({"formule", "renouvele", "debut", "moyen", "email", "vers"}),
    ),
    View(
        "one-issue",
        _ISSUE,
        get=issue_page,
        post=choose_issue,
        fields=frozenset({"moyen", "email", "vers"}),
    ),
)
