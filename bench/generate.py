"""Generate a magazine: ``python -m bench.generate 20000 FOLDER`` writes FOLDER/content."""

import argparse
import time
from pathlib import Path

from bench.articles import write_articles, write_issues
from bench.notices import write_bookings, write_events, write_pages, write_taxonomy
from bench.people import write_carnet, write_people, write_research
from bench.pictures import draw_pool
from bench.plan import plan_magazine

_SETTINGS = '''\
"""Settings of a generated magazine: the magazine's own, with folders of its own."""

import runpy
from pathlib import Path

shared = runpy.run_path({settings!r})
globals().update({{name: value for name, value in shared.items() if name.isupper()}})
HERE = Path(__file__).parent
PATH = str(HERE / "content")
OUTPUT_PATH = str(HERE / "output")
CACHE_PATH = str(HERE / "cache")
'''


def generate(articles: int, content: Path) -> None:
    """Write a magazine of ``articles`` articles below ``content``, the same every time."""
    plan = plan_magazine(articles)
    content.mkdir(parents=True)
    write_taxonomy(content)
    draw_pool(content)
    write_issues(plan, content)
    write_articles(plan, content)
    write_people(plan, content)
    write_research(plan, content)
    write_carnet(plan, content)
    write_events(plan, content)
    write_bookings(content)
    write_pages(content)


def write_settings(folder: Path, settings: Path) -> Path:
    """Write a settings file beside the content, from the magazine's own; return it."""
    path = folder / "pelicanconf.py"
    path.write_text(_SETTINGS.format(settings=str(settings)), "utf-8")
    return path


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"))
    options = parser.parse_args()
    started = time.monotonic()
    generate(options.articles, options.folder / "content")
    write_settings(options.folder, options.settings.resolve())
    print(f"{options.articles} articles in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
