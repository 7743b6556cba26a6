"""A magazine with every kind of ad, and where each of them stands."""

from approving import approve
from bookings import BOOKING, book
from magazine_factory import TAXONOMY, MagazineFactory

LINK = "https://example.org/"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 500">'
    '<rect width="600" height="500" fill="#e8ac0e"/>'
    '<text x="40" y="260" font-size="60">Un dessin</text></svg>'
)
HTML = "<style>p{font:40px serif;background:#ddd;margin:0}</style><p>Une page dans un cadre</p>"
EVENT = {
    "title": "La veillée",
    "start": "2027-03-14T18:30",
    "city": "Brest",
    "group": "Les amis du phare",
    "description": "Une soirée.",
    "themes": ["optique"],
}
WORDS = {
    "size": "text",
    "headline": "Des lampes pour lire tard",
    "alt": "L’atelier Veilleuse, annonceur fictif, éclaire les pages sans réveiller la maison.",
    "link": f"{LINK}veilleuse?a=1&b=2",
}

PAGES = {
    "wide and narrow": "/articles/images/",
    "large only": "/articles/large/",
    "drawing": "/articles/dessin/",
    "words": "/articles/mots/",
    "framed page": "/articles/cadre/",
    "house": "/articles/maison/",
    "notice": "/recherche/",
    "partners": "/agenda/veillee/",
    "several": "/",
}
"""Kinds of ads, and a page that shows each."""

_THEMES = ("images", "large", "dessin", "mots", "cadre", "maison")
HTML5 = {"ADS": {"html5": True}}
"""Settings under which the framed page may be published."""


def write_every_ad(magazine: MagazineFactory) -> None:
    """Add a page for every kind of ad, and the booking that stands on it."""
    themes = "".join(f"  {theme}: {theme.title()}\n" for theme in _THEMES)
    magazine.write("taxonomy.yaml", TAXONOMY + themes)
    for theme in _THEMES:
        path = f"articles/2026/{theme}.md"
        magazine.article(path, title=f"Un article sur {theme}", themes=[theme])
    magazine.entry("events/veillee.md", EVENT, "On veillera.")
    for slug in ("abonnement", "confidentialite"):
        about = {"title": f"Page {slug}", "description": f"Ce qu'est {slug}."}
        magazine.entry(f"pages/{slug}.md", about, "Un texte.")
    book(magazine, "Images & Cie", ("970x250", "300x250"), themes=["images"], scale=2)
    book(magazine, "Grandes toiles", ("728x90",), themes=["large"])
    book(magazine, "Maison", ("300x250",), themes=["maison"], kind="house", placements=["article"])
    book(magazine, "Une", ("970x250", "320x100"), placements=["home"])
    book(magazine, "Deux", ("728x90", "300x250"), placements=["home"])
    partner = {"kind": "event-sponsor", "placements": ["event"], "events": ["veillee"]}
    book(magazine, "Le phare du large", ("728x90", "300x250"), **partner)
    book(magazine, "Les bougies", ("300x250",), **partner)
    _write(magazine, "dessins", "dessin", {"file": "a.svg", "size": "300x250", "alt": "Un dessin"})
    _write(magazine, "veilleuse", "mots", WORDS)
    _write(magazine, "cadres", "cadre", {"file": "a.html", "size": "300x250", "alt": "Un cadre"})


def _write(magazine: MagazineFactory, slug: str, theme: str, creative: dict[str, str]) -> None:
    """A booking of one creative that is no picture."""
    magazine.write(f"ads/{slug}/a.svg", SVG)
    magazine.write(f"ads/{slug}/a.html", HTML)
    written = BOOKING | {"advertiser": slug.title(), "themes": [theme], "placements": ["article"]}
    written["goal"] = 1000
    creatives = [{"link": f"{LINK}{slug}"} | creative]
    magazine.entry(f"ads/{slug}/booking.md", written | {"creatives": creatives}, "Une note.\n")
    approve(magazine, f"ads/{slug}/booking.md")
