"""Writes what stands beside the articles: events, bookings, pages, the closed lists."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

from bench.entries import write_entry
from bench.pictures import draw_creative
from bench.plan import CLOCK, TAXONOMY, Plan, dice, taxonomy
from bench.prose import Writer
from bench.vocabulary import vocabulary
from plugins.ads.approval import fingerprint_of
from plugins.magazine.front_matter import read_front_matter, read_text

_EVENTS_SHARE = 0.01
_BOOKINGS = 12
_SIZES = ("970x250", "300x250")
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
    """Write twelve bookings, approved: ten run, one is over, one has not begun."""
    words, themes = vocabulary(), taxonomy()[1]
    for number in range(_BOOKINGS):
        rng = dice("booking", number)
        year = {10: CLOCK.year - 2, 11: CLOCK.year + 1}.get(number, CLOCK.year)
        folder = content / "ads" / f"campagne-{number}"
        fields = {
            "advertiser": f"{words.phrase(rng, 2, 2)} (annonceur fictif)",
            "campaign": words.phrase(rng, 3, 4),
            "status": "approved",
            "kind": "house" if number == 0 else "paid",
            "goal": () if number == 0 else 20_000,
            "start": f"{year}-01-01",
            "end": f"{year}-12-31",
            "placements": ["article", "home", "list"],
            "themes": [] if number == 0 else rng.sample(themes, 12),
            "creatives": [_creative(folder, number, size) for size in _SIZES],
        }
        write_entry(folder / "booking.md", fields, "Fictif.\n")
        _approve(folder / "booking.md")


def _creative(folder: Path, number: int, size: str) -> dict[str, str]:
    draw_creative(folder / f"{size}.png", size, number)
    return {
        "file": f"{size}.png",
        "size": size,
        "alt": f"Annonceur fictif {number}",
        "link": f"https://example.org/campagne-{number}",
    }


def _approve(booking: Path) -> None:
    sha256 = fingerprint_of(read_front_matter(read_text(booking)), booking.parent)
    approval = f'approval: {{by: "Banc", date: {CLOCK.year}-01-01, sha256: "{sha256}"}}'
    text = booking.read_text("utf-8")
    booking.write_text(re.sub(r"(?<=\n)---\n", f"{approval}\n---\n", text, count=1), "utf-8")


def write_pages(content: Path) -> None:
    """Write the pages that every page's foot links to."""
    for slug, title in _PAGES.items():
        rng = dice("page", slug)
        fields = {"title": title, "description": vocabulary().sentence(rng)}
        write_entry(content / "pages" / f"{slug}.md", fields, Writer(rng).body(400))


def write_taxonomy(content: Path) -> None:
    """Copy the sections and the themes."""
    shutil.copyfile(TAXONOMY, content / TAXONOMY.name)
