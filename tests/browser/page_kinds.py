"""Every kind of page a reader may meet, with an example of each in the demo magazine."""

from dataclasses import dataclass

GATED = "/numeros/812-lumiere/la-tache-de-fresnel/"
"""A subscribers' article of the current issue."""

RESERVED = "Les textes sont plus calmes."
"""A sentence that only the full article holds."""

ISSUE = "/numeros/812-lumiere/"
OPEN_ARTICLE = "/numeros/806-hasard/poincare-et-le-prix-du-roi/"
"""Once for subscribers, opened since: with figures, notes, sources and an ad."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: where to see it, who for, and the status it is answered with."""

    name: str
    address: str
    reserved: bool = False
    """Opened by a reader who holds an access."""
    status: int = 200


PAGE_KINDS = (
    PageKind("home", "/"),
    PageKind("archive", "/numeros/"),
    PageKind("issue", ISSUE),
    PageKind("issue-open", "/numeros/806-hasard/"),
    PageKind("article-open", OPEN_ARTICLE),
    PageKind("article-alone", "/articles/sept-femmes-en-1972/"),
    PageKind("article-preview", GATED),
    PageKind("article-full", GATED, reserved=True),
    PageKind("section", "/rubriques/sciences/"),
    PageKind("theme", "/themes/optique/"),
    PageKind("themes", "/themes/"),
    PageKind("articles", "/articles/"),
    PageKind("people", "/personnes/"),
    PageKind("person", "/personnes/henri-poincare/"),
    PageKind("class-years", "/promotions/"),
    PageKind("class-year", "/promotions/1803/"),
    PageKind("carnet", "/carnet/"),
    PageKind("carnet-filtered", "/carnet/distinctions/"),
    PageKind("carnet-year", "/carnet/1908/"),
    PageKind("research-index", "/recherche/"),
    PageKind("research", "/recherche/theorie-ondulatoire-de-la-diffraction/"),
    PageKind("agenda", "/agenda/"),
    PageKind("event", "/agenda/journee-de-la-lumiere-2027/"),
    PageKind("search", "/chercher/"),
    PageKind("search-results", "/chercher/?q=lumi%C3%A8re"),
    PageKind("page", "/a-propos/"),
    PageKind("subscribe", "/abonnement/"),
    PageKind("not-found", "/cette-page-n-existe-pas/", status=404),
)
