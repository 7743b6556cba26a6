"""Measures what editors type: a campaign's report, a year's page views, a day's compaction.

Each command is a process of its own, measured from its start to its end with all that it imports.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.processes import Cost, run
from bench.report.log import DAYS, LASTS_DAYS, write_inventory, write_log

_REPOSITORY = Path(__file__).parent.parent.parent
_FOLDER = _REPOSITORY / ".bench" / "report"
_MEBIBYTE = 2**20
_LARGE, _SMALL = "campagne-0-4", "campagne-23-4"
"""A fifth of all impressions for two months; a fiftieth."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the log, run the commands, print one table."""
    options = _options(arguments)
    today = datetime.now(UTC).date()
    last = today - timedelta(days=2)  # the newest day that is compacted
    folder = _FOLDER / f"{options.events}-{last}"
    write_inventory(folder / "output", last)
    write_log(folder / "events", options.events, last)
    written = sum(path.stat().st_size for path in (folder / "events").iterdir())
    print(f"{options.events:,} events of {DAYS} days, {written / _MEBIBYTE:,.0f} MiB\n")
    print(f"{'':34}{'wall s':>9}{'CPU s':>9}{'peak MiB':>10}")
    since = (last - timedelta(days=DAYS - 1)).isoformat()
    for name, command in _commands(since):
        _print(name, _measure(command, folder))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-report", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000_000)
    return parser.parse_args(arguments)


def _commands(since: str) -> Iterator[tuple[str, Sequence[str]]]:
    settings = ["-s", str(_REPOSITORY / "pelicanconf.py")]
    yield "one day's lines compacted", ["paywall", "ads", "compact"]
    for size, slug in (("large", _LARGE), ("small", _SMALL)):
        yield f"{size} campaign, {LASTS_DAYS} days", ["desk", "ads", "report", slug, *settings]
    yield "page views of a month", ["desk", "ads", "pages", "--csv"]
    yield "page views of the year", ["desk", "ads", "pages", "--csv", "--since", since]


def _measure(command: Sequence[str], folder: Path) -> Cost:
    places = {"BICORNE_OUTPUT": str(folder / "output"), "BICORNE_VAR": str(folder)}
    environ = {**os.environ, **places, "PYTHONPATH": str(_REPOSITORY)}
    return run([sys.executable, "-m", *command], folder, environ, folder / "printed")


def _print(name: str, cost: Cost) -> None:
    print(
        f"{name:34}{cost.wall_seconds:9.2f}{cost.cpu_seconds:9.2f}"
        f"{cost.peak_bytes / _MEBIBYTE:10.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
