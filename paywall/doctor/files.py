"""The files that others write: offers, members, the published site; and room for our own."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from paywall.doctor.finding import Finding, good, note, wrong
from paywall.errors import ManifestError, OffersError
from paywall.offers.file import read_offers
from paywall.offers.members import Members
from paywall.settings import Settings
from paywall.site.manifest import read_manifest
from paywall.site.output import MANIFEST, PUBLIC
from paywall.words import counted

MIN_FREE_BYTES = 1_000_000_000
"""A magazine's site and a day of logs; SQLite needs as much as its file, for a moment."""


def check_offers(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What is sold."""
    try:
        offers = read_offers(settings.offers)
    except OffersError as error:
        yield wrong("offres", f"{error} (docs/offers.md)")
        return
    grid = offers.grid_on(now.date())
    if grid is None:
        first = min(grid.starts_on for grid in offers.grids)
        yield wrong("offres", f"aucun prix avant le {first} : ajouter une grille")
        return
    yield good("offres", f"{settings.offers}, prix du {grid.starts_on}")


def check_members(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Who pays which price."""
    if not settings.members.exists():
        yield note("membres", f"pas de {settings.members} : chacun paie le prix de tous")
        return
    try:
        count = Members(settings.members).check()
    except OffersError as error:
        yield wrong("membres", f"{error} (docs/offers.md)")
        return
    members = counted(count, "membre", "membres")
    yield good("membres", f"{members}, liste {_age(settings.members, now)}")


def check_site(settings: Settings, now: datetime) -> Iterator[Finding]:
    """The published site, and who may read what of it."""
    file = settings.output / MANIFEST
    if not (settings.output / PUBLIC).is_dir():
        yield wrong("site", f"pas de site dans {settings.output} : desk build, ou BICORNE_OUTPUT")
        return
    try:
        manifest = read_manifest(file.read_bytes())
    except OSError as error:
        yield wrong("site", f"{file} : {error.strerror} : tout est fermé ; desk build")
    except ManifestError as error:
        yield wrong("site", f"{file} illisible, tout est fermé : {error}")
    else:
        pages = counted(len(manifest.pages), "page réservée", "pages réservées")
        yield good("site", f"{pages}, publié {_age(file, now)}")


def check_room(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """Room for accounts, and for a copy of them."""
    folder = nearest(settings.var)
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:.1f} Go libres dans {folder}"
    if free < MIN_FREE_BYTES:
        yield wrong("place", f"{told} : il en faut {MIN_FREE_BYTES / 1e9:.0f}")
    else:
        yield good("place", told)


def nearest(path: Path) -> Path:
    """The folder itself, or the first above it that exists."""
    return next(folder for folder in (path, *path.absolute().parents) if folder.is_dir())


def _age(file: Path, now: datetime) -> str:
    days = (now - datetime.fromtimestamp(file.stat().st_mtime, UTC)).days
    return f"il y a {days} jours" if days > 1 else "depuis peu"
