"""What matching adds to a build: ``python -m bench.matching 20000 --bookings 200``.

Bookings with a brief each, and every page that takes ads, of a generated magazine: weighed cold,
then after one article is edited. Counted is all that a build does for ads before it writes pages:
matching, boxes, and the inventory for the service.
"""

import argparse
import gc
import os
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from pydantic import TypeAdapter

from bench.edits import edited
from bench.generate import generate
from bench.plan import CLOCK, dice, taxonomy
from plugins.ads.boxes import Terms
from plugins.ads.candidates import CandidateMaker
from plugins.ads.choice import Choice, give_boxes
from plugins.ads.flights import Flight
from plugins.ads.inventory import inventory
from plugins.ads.matching import Matching
from plugins.ads.matching.kept import FOLDER
from plugins.ads.matching.subjects import read_subjects
from plugins.ads.sensitive.judge import Judge
from plugins.magazine.booking import BookingFields
from plugins.magazine.data_files import encoded
from plugins.magazine.edition import Edition, read_edition
from plugins.magazine.settings import Settings
from plugins.magazine.taxonomy import Taxonomy
from plugins.press.kept import KeptFiles

BRIEF_WORDS = 30
_FIELDS: TypeAdapter[BookingFields] = TypeAdapter(BookingFields)


def bookings(count: int, known: Taxonomy) -> list[Flight]:
    """Approved bookings that run, each of one to four themes and about two subjects."""
    return [_booking(n, known) for n in range(count)]


def _booking(number: int, known: Taxonomy) -> Flight:
    rng = dice("matched booking", number)
    written = {
        "advertiser": f"Annonceur {number} (annonceur fictif)",
        "campaign": "Mesure",
        "status": "approved",
        "start": CLOCK.replace(month=1, day=1),
        "end": CLOCK.replace(month=12, day=31),
        "goal": 10_000,
        "placements": ["article", "list"],
        "themes": rng.sample(taxonomy()[1], rng.randint(1, 4)),
        "creatives": [
            {"size": "text", "headline": "Annonce", "alt": "Annonce", "link": "https://example.org"}
        ],
    }
    fields = _FIELDS.validate_python(written, context=known)
    return Flight(f"annonceur-{number}", fields, _brief(rng), "approved")


def _brief(rng: Random) -> str:
    about = rng.sample(sorted(read_subjects()), 2)
    words = [word for subject in about for word in read_subjects()[subject]]
    return " ".join(rng.sample(words, min(BRIEF_WORDS, len(words))))


def measure(folder: Path, count: int) -> None:
    """Print seconds; the magazine is generated and read before the clock starts."""
    cache = folder / FOLDER
    shutil.rmtree(cache, ignore_errors=True)
    edition = _edition(folder)
    flights = bookings(count, edition.graph.taxonomy)
    pages = sum(page.placement is not None for page in edition.pages)
    print(f"{len(edition.graph.articles)} articles, {pages} pages with ads, {count} bookings")
    with _timed("cold"):
        _match(flights, edition, cache)
    with edited(edition.settings.content / edition.graph.articles[0].document.path) as file:
        file.edit_body()
        edition = _edition(folder)
        with _timed("after one edit"):
            _match(flights, edition, cache)
    print(f"cache: {sum(f.stat().st_size for f in cache.iterdir()) / 2**20:.1f} MiB")


def _match(flights: list[Flight], edition: Edition, cache: Path) -> None:
    with _timed("  index"):
        matching = Matching(flights, edition, KeptFiles(cache), Judge.load())
    with _timed("  prepare"):
        made = matching.prepare(edition.pages)
    with _timed("  boxes"):
        give_boxes(edition.pages, matching, Choice(CandidateMaker(edition, flights)), Terms(b"key"))
    with _timed("  inventory"):
        size = len(encoded(inventory(edition, flights)))
    carried = sum(len(page.ads.flights) for page in edition.pages if page.ads)
    print(f"  {made} pages weighed, {carried} candidates, inventory of {size / 2**20:.1f} MiB")


def _edition(folder: Path) -> Edition:
    root = Path(__file__).parent.parent
    pelican = {
        "SITENAME": "Mesure",
        "SITEURL": "https://example.org",
        "PATH": str(folder / "content"),
        "THEME": str(root / "theme"),
        "CACHE_PATH": str(folder / "cache"),
    }
    clock = int(datetime(CLOCK.year, CLOCK.month, CLOCK.day, 12, tzinfo=UTC).timestamp())
    return read_edition(Settings.from_pelican(pelican, {"SOURCE_DATE_EPOCH": str(clock)}))


@contextmanager
def _timed(name: str, clock: Callable[[], float] = time.perf_counter) -> Iterator[None]:
    wall, cpu = clock(), _cpu_seconds()
    yield
    print(f"{name}: {clock() - wall:.2f} s, {_cpu_seconds() - cpu:.2f} s of processor")


def _cpu_seconds() -> float:
    """Of this process and of workers that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--bookings", type=int, default=200)
    options = parser.parse_args()
    gc.disable()  # as in a build
    folder = Path(".bench") / f"matching-{options.articles}"
    if not folder.exists():
        generate(options.articles, folder / "content")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    measure(folder, options.bookings)


if __name__ == "__main__":
    main()
