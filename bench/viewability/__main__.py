"""Counts against the truth: `make bench-viewability SESSIONS=500`.

Readers in Chromium's own tabs act at random before a page with an ad. `recorder.js` notes of every
frame what is in sight; whether the ad was seen is reckoned from that (`truth.py`), and compared
with what the theme's script told. Each view that one has and the other has not is an error.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.viewability.pages import ARTICLE, add_page
from bench.viewability.sessions import ACTS, WIDE, Reader
from bench.viewability.site import Site, serving
from bench.viewability.tabs import tabs
from bench.viewability.truth import Frame, views

_RECORDER = (Path(__file__).parent / "recorder.js").read_text("utf-8")


@dataclass(frozen=True)
class Outcome:
    """Page views of one kind of session: seen and told so, or one without the other."""

    act: str
    page_views: int
    seen: int
    missed: int
    extra: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="make bench-viewability", description=__doc__)
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--browsers", type=int, default=6, help="at once")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with serving() as site:
        shares = [range(n, options.sessions, options.browsers) for n in range(options.browsers)]
        with ThreadPoolExecutor(options.browsers) as pool:
            list(pool.map(partial(read, site, options.seed), shares))
        show(list(outcomes(site, options.sessions)))


def read(site: Site, seed: int, numbers: Sequence[int]) -> None:
    """Go through some of the sessions, one after the other, in a browser of their own."""
    with tabs() as browser:
        for number in numbers:
            path = f"/sessions/{number}/"
            add_page(site, path, [ARTICLE])
            tab = browser.open()
            tab.resize(*WIDE)
            tab.tell("Page.enable")
            tab.tell("Page.addScriptToEvaluateOnNewDocument", source=_RECORDER)
            tab.read(f"{site.address}{path}")
            ACTS[number % len(ACTS)](
                Reader(browser, tab, "/gone/", random.Random(f"{seed} {number}"))  # noqa: S311
            )
            tab.read(f"{site.address}/gone/")
            tab.close()


def outcomes(site: Site, sessions: int) -> Iterator[Outcome]:
    """What was seen and what was told, by kind of session."""
    frames: dict[str, list[Frame]] = defaultdict(list)
    told: dict[str, dict[str, int]] = defaultdict(dict)
    for path, _, body in site.told:
        if path == "/truth":
            frames[body["page"]] += body["frames"]
        else:
            told[body["page"]].setdefault(body["id"], 0)
            told[body["page"]][body["id"]] += sum(e[0] == "view" for e in body["events"])
    for n, act in enumerate(ACTS):
        pairs: list[tuple[bool, bool]] = []
        for number in range(n, sessions, len(ACTS)):
            page = f"/sessions/{number}/"
            seen, counted = list(views(frames[page])), [bool(v) for v in told[page].values()]
            if len(seen) != len(counted):
                raise SystemExit(f"{page}: {len(seen)} page views, {len(counted)} told")
            pairs += zip(seen, counted, strict=True)
        yield Outcome(
            act.__name__,
            len(pairs),
            sum(seen for seen, _ in pairs),
            sum(seen and not counted for seen, counted in pairs),
            sum(counted and not seen for seen, counted in pairs),
        )


def show(found: Sequence[Outcome]) -> None:
    """Print a table and the error."""
    print(f"{'':16}{'page views':>12}{'ads seen':>10}{'told':>8}{'missed':>8}{'extra':>8}")
    total = Outcome(
        "all",
        *(
            sum(getattr(one, name) for one in found)
            for name in ("page_views", "seen", "missed", "extra")
        ),
    )
    for one in (*found, total):
        told = one.seen - one.missed + one.extra
        name = one.act.replace("_", " ")
        print(f"{name:16}{one.page_views:12}{one.seen:10}{told:8}{one.missed:8}{one.extra:8}")
    errors = (total.missed + total.extra) / total.seen
    difference = (total.extra - total.missed) / total.seen
    print(f"\nerrors: {errors:.2%} of the ads seen; the counts differ by {difference:+.2%}")


if __name__ == "__main__":
    main()
