"""The vectors: what is asked, by whom, when, and what a gate has to answer."""

from collections.abc import Iterator
from typing import Any

from gate_token_cases import GOOD_GRANTS, USELESS_GRANTS

Vector = dict[str, Any]
NOW = "2027-03-14T09:00:00Z"

FRESNEL = "/numeros/812-lumiere/la-tache-de-fresnel/"
CORIOLIS = "/numeros/813-mouvement/la-force-de-coriolis/"
REGISTERED = "/numeros/812-lumiere/pour-les-inscrits/"
OPENED = "/numeros/800-ancien/ouvert-depuis/"
LATER = "/numeros/814-futur/ouvre-en-2030/"
NO_ISSUE = "/recherche/hors-numero/"
UNDATED = "/numeros/799-ancien/sans-date/"
UNKNOWN = "/numeros/812-lumiere/acces-inconnu/"
IMAGE = "/images/3f2a9c01/figure-800.avif"
SHARED_IMAGE = "/images/5a5a5a5a/figure-800.avif"
PUBLIC = ("/", "/a-propos/", "/robots.txt")

MANIFEST = {
    "version": 2,
    "pages": {
        path: {"access": access, "issue": issue, "opens": opens, "published": published}
        for path, access, issue, opens, published in (
            (FRESNEL, "subscriber", "812-lumiere", None, "2026-11-01"),
            (CORIOLIS, "subscriber", "813-mouvement", None, "2027-02-01"),
            (REGISTERED, "registered", "812-lumiere", None, "2026-11-01"),
            (OPENED, "subscriber", "800-ancien", "2020-01-01T00:00:00Z", "2019-01-01"),
            (LATER, "subscriber", "814-futur", "2030-01-01T00:00:00Z", "2027-03-01"),
            (NO_ISSUE, "subscriber", None, None, "2027-01-15"),
            (UNDATED, "subscriber", "799-ancien", None, None),
            (UNKNOWN, "patron", "812-lumiere", None, "2026-11-01"),
        )
    },
    "files": {"/images/3f2a9c01/": [FRESNEL], "/images/5a5a5a5a/": [FRESNEL, CORIOLIS]},
}
# Written by hand, and not by asking the decision that the vectors examine.
OPEN_TO = {
    "registered": {REGISTERED},
    "all": {FRESNEL, CORIOLIS, REGISTERED, LATER, NO_ISSUE, UNDATED, IMAGE, SHARED_IMAGE},
    "issue-812": {REGISTERED, FRESNEL, IMAGE, SHARED_IMAGE},
    "issue-813": {REGISTERED, CORIOLIS, SHARED_IMAGE},
    "both-issues": {REGISTERED, FRESNEL, CORIOLIS, IMAGE, SHARED_IMAGE},
    "period-ends-on-812": {REGISTERED, FRESNEL, IMAGE, SHARED_IMAGE},
    "period-begins-on-812": {
        REGISTERED, FRESNEL, CORIOLIS, LATER, NO_ISSUE, IMAGE, SHARED_IMAGE,
    },
    "period-is-812": {REGISTERED, FRESNEL, IMAGE, SHARED_IMAGE},
    "period-ends-before-812": {REGISTERED},
    "period-begins-after-812": {REGISTERED, CORIOLIS, LATER, NO_ISSUE, SHARED_IMAGE},
    "period-of-all-time": {
        REGISTERED, FRESNEL, CORIOLIS, LATER, NO_ISSUE, IMAGE, SHARED_IMAGE,
    },
    "two-periods": {REGISTERED, FRESNEL, NO_ISSUE, CORIOLIS, IMAGE, SHARED_IMAGE},
    "between-two-periods": {REGISTERED},
    "period-and-issue": {REGISTERED, CORIOLIS, SHARED_IMAGE},
}  # fmt: skip
GATED = [path for path in MANIFEST["pages"] if path != OPENED]  # type: ignore[attr-defined]
FILES = [IMAGE, SHARED_IMAGE]
COOKIE = "__Host-bicorne_access"
SESSION = "__Host-bicorne_session=" + "s" * 43


def vector(name: str, answer: str, path: str = FRESNEL, **more: Any) -> Vector:
    """One vector; `cookie` and `bearer` are short for headers."""
    headers = list(more.pop("headers", []))
    if "cookie" in more:
        headers.append(["cookie", more.pop("cookie")])
    if "bearer" in more:
        headers.append(["authorization", f"Bearer {more.pop('bearer')}"])
    method = more.pop("method", "GET")
    request = {"method": method, "target": path, "headers": headers}
    return {"name": name, "now": NOW, "request": request, "answer": answer} | more


def with_token(token: str) -> str:
    return f"{COOKIE}={{{token}}}"


def rights() -> Iterator[Vector]:
    """Who reads what: every page and file, for nobody and for every grant."""
    for path in PUBLIC:
        yield vector(f"nobody asks for {path}", "public", path)
        yield vector(f"a member asks for {path}", "public", path, cookie=with_token("all"))
    yield vector("nobody asks for what has opened", "full", OPENED)
    for path in [*GATED, *FILES]:
        yield vector(f"nobody asks for {path}", _refusal(path), path)
    for grant in GOOD_GRANTS:
        for path in [*GATED, *FILES]:
            answer = "full" if path in OPEN_TO[grant] else _refusal(path)
            yield vector(f"{grant} asks for {path}", answer, path, cookie=with_token(grant))
    for grant in USELESS_GRANTS:
        yield vector(f"{grant} opens no issue", "preview", cookie=with_token(grant))
        yield vector(f"{grant} is registered", "full", REGISTERED, cookie=with_token(grant))
    yield vector("HEAD of a preview", "preview", method="HEAD")
    yield vector("HEAD of a full text", "full", method="HEAD", cookie=with_token("all"))
    yield vector("a full text by bearer", "full", bearer="{all}")
    yield vector("an image by bearer", "full", IMAGE, bearer="{issue-812}")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        yield vector(f"{method} of a gated page", "closed", method=method, cookie=with_token("all"))


def _refusal(path: str) -> str:
    return "absent" if path in FILES else "preview"


def attacks(bad: list[str]) -> Iterator[Vector]:
    """Every token that is none, in the cookie and as a bearer."""
    for name in ("older-key", "unknown-claim", "not-before-now", "fifteen-minutes"):
        yield vector(f"{name} is good", "full", cookie=with_token(name))
    yield vector("issued 4 s ahead is good", "full", cookie=with_token("issued-4-s-ahead"))
    for name in bad:
        yield vector(f"{name} in the cookie", "preview", cookie=with_token(name))
        yield vector(
            f"{name} opens no registered page", "preview", REGISTERED, bearer=f"{{{name}}}"
        )


def clocks() -> Iterator[Vector]:
    """Instants: of opening, and of a good token's life."""
    for now, answer in {
        "2029-12-31T23:59:59Z": "preview",
        "2030-01-01T00:00:00Z": "full",
        "2030-01-01T00:00:01Z": "full",
        "2000-01-01T00:00:00Z": "preview",
    }.items():
        yield vector(f"a page that opens, at {now}", answer, LATER) | {"now": now}
    for now, answer in {
        "2027-03-14T08:58:00Z": "preview",
        "2027-03-14T08:59:00Z": "full",
        "2027-03-14T09:09:59Z": "full",
        "2027-03-14T09:10:00Z": "preview",
        "2037-03-14T09:00:00Z": "preview",
    }.items():
        yield vector(f"a token at {now}", answer, cookie=with_token("all")) | {"now": now}
        for path in (FRESNEL, IMAGE):
            both = f"{with_token('issue-812')}; {SESSION}"
            renewed = answer if answer == "full" else "renew"
            name = f"a token and a session at {now} for {path}"
            yield vector(name, renewed, path, cookie=both) | {"now": now}


def ended() -> Iterator[Vector]:
    """After signing out, a copied token opens nothing: where a gate can know."""
    subject = {"ended": ["SujetDeVingtDeuxSignes"]}
    for name, path, answer in [
        ("a page", FRESNEL, "preview"),
        ("a registered page", REGISTERED, "preview"),
        ("an image", IMAGE, "absent"),
        ("what has opened", OPENED, "full"),
        ("a public page", "/", "public"),
    ]:
        yield vector(f"signed out, {name}", answer, path, cookie=with_token("all")) | subject
    yield vector("signed out, by bearer", "preview", bearer="{all}") | subject
    yield (
        vector("signed out, another's token", "full", cookie=with_token("other-session")) | subject
    )
    both = f"{with_token('all')}; {SESSION}"
    yield vector("signed out here, in elsewhere", "renew", cookie=both) | subject
