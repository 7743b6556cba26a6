"""Deliver months of campaigns in each way, and print one table: `make bench-ads MONTHS=20`.

Every way has the same months: the same magazines, readers and goals. Each theme gets a fifth more
or less than what the forecast was learnt from, as chance has it.
"""

import argparse
import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.ads.campaigns import Campaigns, sold
from bench.ads.magazine import THEMES, Magazine, flight_of
from bench.ads.ways import WAYS, Way

WRONG = 0.2
SOLD = (0.6, 0.9)
WIDE_ONLY = {flight_of(THEMES[0]): 0.4}
"""A campaign without an ad for small screens, which six readers in ten have."""
_LATE = -0.05


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, deliver, print."""
    parser = argparse.ArgumentParser(prog="make bench-ads", description=__doc__)
    parser.add_argument("--months", type=int, default=20)
    parser.add_argument("--views", type=int, default=2400, help="on a quiet day, all pages")
    options = parser.parse_args(arguments)
    print(f"{options.months} months of 30 days, six campaigns each; forecast wrong by ±{WRONG:.0%}")
    print(f"{'sold':20}{'way':16}{'mean error':>12}{'worst':>9}{'most over':>11}"
          f"{'late by > 5 %':>15}{'CPU s':>8}")  # fmt: skip
    cases: list[tuple[str, float, Mapping[str, float]]] = [
        (f"{part:.0%}", part, {}) for part in SOLD
    ]
    for case, part, reach in [*cases, ("90%, one wide only", 0.9, WIDE_ONLY)]:
        for name, way in WAYS.items():
            started = time.process_time()
            errors = delivered(way, part, reach, options.months, options.views)
            seconds = time.process_time() - started
            print(f"{case:20}{name:16}{np.abs(errors).mean():12.2%}{errors.min():9.2%}"
                  f"{errors.max():11.2%}{(errors < _LATE).mean():15.0%}{seconds:8.1f}",
                  flush=True)  # fmt: skip


def delivered(
    way: Way, part: float, reach: Mapping[str, float], months: int, views: float
) -> NDArray[np.float64]:
    """What each flight of each month got beyond its goal, as a part of it."""
    errors: list[float] = []
    for month in range(months):
        magazine = Magazine.drawn(np.random.default_rng(month), views, WRONG)
        readers = np.random.default_rng((month, 1))
        campaigns = Campaigns(magazine, sold(magazine, part, reach), readers, reach)
        way(campaigns)
        errors += campaigns.errors().values()
    return np.array(errors)


if __name__ == "__main__":
    main()
