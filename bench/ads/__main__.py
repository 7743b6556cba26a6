"""Deliver months of campaigns in each way, and print one table: `make bench-ads MONTHS=20`.

Every way has the same months: the same magazines, readers and goals. Each theme gets a fifth more
or less than what the forecast was learnt from, as chance has it.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np

from bench.ads.campaigns import Campaigns, sold
from bench.ads.magazine import Magazine
from bench.ads.ways import WAYS, Way

WRONG = 0.2
SOLD = (0.6, 0.9)
_LATE = -0.05


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, deliver, print."""
    parser = argparse.ArgumentParser(prog="make bench-ads", description=__doc__)
    parser.add_argument("--months", type=int, default=20)
    parser.add_argument("--views", type=int, default=2400, help="on a quiet day, all pages")
    options = parser.parse_args(arguments)
    print(f"{options.months} months of 30 days, six campaigns each; forecast wrong by ±{WRONG:.0%}")
    print(f"{'sold':6}{'way':16}{'mean error':>12}{'worst':>9}{'most over':>11}"
          f"{'late by > 5 %':>15}{'CPU s':>8}")  # fmt: skip
    for part in SOLD:
        for name, way in WAYS.items():
            started = time.process_time()
            errors = delivered(way, part, options.months, options.views)
            seconds = time.process_time() - started
            print(f"{part:<6.0%}{name:16}{np.abs(errors).mean():12.2%}{errors.min():9.2%}"
                  f"{errors.max():11.2%}{(errors < _LATE).mean():15.0%}{seconds:8.1f}",
                  flush=True)  # fmt: skip


def delivered(way: Way, part: float, months: int, views: float) -> np.ndarray:
    """What each flight of each month got beyond its goal, as a part of it."""
    errors: list[float] = []
    for month in range(months):
        magazine = Magazine.drawn(np.random.default_rng(month), views, WRONG)
        readers = np.random.default_rng((month, 1))
        campaigns = Campaigns(magazine, sold(magazine, part), readers)
        way(campaigns)
        errors += campaigns.errors().values()
    return np.array(errors)


if __name__ == "__main__":
    main()
