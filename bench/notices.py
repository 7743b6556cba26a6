"""Writes what stands beside the articles: events, bookings, pages, the closed lists."""

import shutil
from datetime import timedelta
from pathlib import Path

from bench.entries import write_entry
from bench.pictures import CREATIVES, picture_name
from bench.plan import CLOCK, TAXONOMY, Plan, dice, taxonomy
from bench.prose import Writer
from bench.vocabulary import vocabulary

_EVENTS_SHARE = 0.01
_PAGES = {
    "a-propos": "À propos",
    "mentions-legales": "Mentions légales",
    "confidentialite": "Confidentialité",
    "annonceurs": "Annonceurs",
    "abonnement": "Abonnement",
}


def write_events(plan: Plan, content: Path) -> None:
    """Write events, from ten years ago to one year ahead."""
    words = vocabulary()
    for number in range(max(4, round(len(plan.articles) * _EVENTS_SHARE))):
        rng = dice("event", number)
        start = CLOCK + timedelta(days=rng.randint(-3650, 365))
        fields = {
            "title": words.phrase(rng, 3, 5),
            "start": f"{start}T{rng.randint(9, 20):02}:30",
            "place": words.phrase(rng, 2, 3),
            "city": words.phrase(rng, 1, 1),
            "group": words.phrase(rng, 2, 3),
            "description": words.sentence(rng),
            "themes": rng.sample(taxonomy()[1], 2),
        }
        write_entry(content / "events" / f"rendez-vous-{number}.md", fields, Writer(rng).body(80))


def write_bookings(content: Path) -> None:
    """Write twelve bookings: ten run, one is over, one has not begun."""
    words, themes = vocabulary(), taxonomy()[1]
    for number in range(CREATIVES):
        rng = dice("booking", number)
        year = {10: CLOCK.year - 2, 11: CLOCK.year + 1}.get(number, CLOCK.year)
        fields = {
            "advertiser": f"{words.phrase(rng, 2, 2)} (annonceur fictif)",
            "campaign": words.phrase(rng, 3, 4),
            "status": "approved",
            "kind": "house" if number == 0 else "paid",
            "start": f"{year}-01-01",
            "end": f"{year}-12-31",
            "placements": ["article", "home", "list"],
            "themes": [] if number == 0 else rng.sample(themes, 12),
            "creatives": [_creative(number, size) for size in ("970x250", "300x250")],
        }
        write_entry(content / "ads" / f"campagne-{number}" / "booking.md", fields, "Fictif.\n")


def _creative(number: int, size: str) -> dict[str, str]:
    return {
        "file": picture_name(f"creative-{size}", number),
        "size": size,
        "alt": f"Annonceur fictif {number}",
        "link": f"https://example.org/campagne-{number}",
    }


def write_pages(content: Path) -> None:
    """Write the pages that every page's foot links to."""
    for slug, title in _PAGES.items():
        rng = dice("page", slug)
        fields = {"title": title, "description": vocabulary().sentence(rng)}
        write_entry(content / "pages" / f"{slug}.md", fields, Writer(rng).body(400))


def write_taxonomy(content: Path) -> None:
    """Copy the sections and the themes."""
    shutil.copyfile(TAXONOMY, content / TAXONOMY.name)
