"""One page of every kind that the magazine has."""

from magazine_factory import MagazineFactory

SOURCES = [{"title": "Un phare au XIXe siècle", "publisher": "Revue des phares, n° 3"}]


def write_every_kind(magazine: MagazineFactory) -> None:
    """Add what the minimal magazine lacks."""
    editors = {"name": "La rédaction", "sort_name": "Rédaction", "collective": True}
    magazine.entry("people/la-redaction.md", editors | {"description": "Ceux qui relisent."})
    research = {
        "title": "Les ombres",
        "standfirst": "Un résultat sur les ombres.",
        "date": "1889-05",
        "people": ["emilie-aubrac"],
        "laboratory": "Un phare",
        "themes": ["optique", "hasard"],
    }
    magazine.entry("research/ombres.md", research, "Le texte de la recherche.")
    event = {
        "title": "La veillée",
        "start": "2027-03-14T18:30",
        "end": "2027-03-14T20:00",
        "city": "Brest",
        "group": "Les amis du phare",
        "description": "Une soirée.",
        "themes": ["optique"],
    }
    magazine.entry("events/veillee.md", event, "On veillera.")
    nomination = {
        "person": "emilie-aubrac",
        "kind": "nomination",
        "position": "Gardienne, 1re classe",
        "organisation": "Les phares",
        "date": "1890",
        "sources": SOURCES,
    }
    magazine.entry("nominations/gardienne.md", nomination)
    for slug in ("a-propos", "abonnement"):
        about = {"title": f"Page {slug}", "description": f"Ce qu'est {slug}."}
        magazine.entry(f"pages/{slug}.md", about, "Qui nous sommes.")
    magazine.article(
        "articles/2026/corrige.md",
        title="Un article corrigé",
        authors=["la-redaction"],
        date="2026-11-10",
        corrections=[{"date": "2026-11-20", "text": "Une date."}],
    )


PAGES = {
    "home": "/",
    "archive": "/numeros/",
    "issue": "/numeros/12-lumiere/",
    "article of an issue": "/numeros/12-lumiere/la-tache/",
    "articles": "/articles/",
    "article": "/articles/corrige/",
    "section": "/rubriques/sciences/",
    "theme": "/themes/optique/",
    "themes": "/themes/",
    "people": "/personnes/",
    "person": "/personnes/emilie-aubrac/",
    "collective": "/personnes/la-redaction/",
    "class years": "/promotions/",
    "class year": "/promotions/1873/",
    "nominations": "/carnet/",
    "nominations of a year": "/carnet/1890/",
    "research index": "/recherche/",
    "research": "/recherche/ombres/",
    "events": "/agenda/",
    "event": "/agenda/veillee/",
    "page": "/a-propos/",
    "search": "/chercher/",
}
"""Page kinds and an address of each."""

NOTICES = {
    "not found": "/404.html",
    "sign-in": "/connexion/",
    "account": "/compte/",
}
"""Pages that search engines leave out."""
