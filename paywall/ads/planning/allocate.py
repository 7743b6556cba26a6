"""High-water-mark allocation: one number a flight, scarce inventory first.

Bharadwaj et al., « SHALE: An Efficient Algorithm for Allocation of Guaranteed Display
Advertising », arXiv 1203.3619; Chen et al., « Ad Serving Using a Compact Allocation Plan »,
arXiv 1203.3593.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from paywall.ads.planning.seasons import Numbers

_MOST_STEPS = 60
_NEAR = 1e-6
"""Of an amount: nearer than that is exact."""
_MOST_TRIES = 3
_LEAST = 1e-9
"""Impressions that every page is supposed to have: on those that nobody has read yet, the first
reader is shown what is due."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a flight still wants, of which cells, from one day (0 is today) to before another."""

    slug: str
    cells: NDArray[np.intp]
    first: int
    last: int
    goal: float | None
    """`None`: as much as can be had, in equal parts with others that want the same."""
    exclusive: bool = False
    cap_today: float = inf
    cap: float = inf
    """The most on each other day."""

    @property
    def window(self) -> tuple[NDArray[np.intp], slice]:
        """Its part of an array of cells × days."""
        return self.cells, slice(self.first, self.last)

    @property
    def caps(self) -> Numbers:
        """The most on each of its days."""
        caps = np.full(self.last - self.first, self.cap)
        if self.first == 0:
            caps[:1] = self.cap_today
        return caps

    def multiplied(self, factor: float) -> "Demand":
        """The same of so many times as much."""
        goal = None if self.goal is None else self.goal * factor
        cap_today, cap = self.cap_today * factor, self.cap * factor
        return replace(self, goal=goal, cap_today=cap_today, cap=cap)

    @property
    def rank(self) -> int:
        """Exclusive flights first, then goals, then those that take what is left."""
        return 0 if self.exclusive else 1 if self.goal is not None else 2


@dataclass(frozen=True, slots=True)
class Share:
    """What a flight is given: its rate, of each page view that it may be shown on."""

    slug: str
    rate: float
    expected: float
    """Impressions from now on."""
    missing: float
    """Of its goal, what cannot be had."""


def allocate(amounts: Numbers, demands: Sequence[Demand]) -> list[Share]:
    """Give each its share, in the order in which browsers must go through them.

    The flight with the least to choose from comes first. If some miss their goal, an order in which
    they come earlier is tried; the one in which least is missed stands.
    """
    amounts = np.maximum(amounts, _LEAST)
    order = sorted(demands, key=lambda d: (d.rank, float(amounts[d.window].sum()), d.slug))
    best = _in_order(amounts, order)
    for _ in range(_MOST_TRIES):
        late = {share.slug for share in best if share.missing > 0}
        order = sorted(order, key=lambda d: (d.rank, d.slug not in late))
        tried = _in_order(amounts, order) if late else best
        if _missing(tried) >= _missing(best) * (1 - _NEAR):
            break
        best = tried
    return best


def _missing(shares: Sequence[Share]) -> float:
    return sum(share.missing for share in shares)


def _in_order(amounts: Numbers, order: Sequence[Demand]) -> list[Share]:
    free = amounts.copy()
    sharing = [demand for demand in order if demand.goal is None]
    rivals = {rank: np.zeros_like(amounts) for rank in {demand.rank for demand in sharing}}
    for demand in sharing:
        rivals[demand.rank][demand.window] += 1
    shares = []
    for demand in order:
        window = demand.window
        if demand.goal is None:
            part = free[window] / rivals[demand.rank][window]
            rivals[demand.rank][window] -= 1
            share, taken = _part(demand, part, amounts[window], free[window])
        else:
            share, taken = _share(demand, demand.goal, amounts[window], free[window])
        shares.append(share)
        free[window] -= taken
    return shares


def _share(demand: Demand, goal: float, supply: Numbers, free: Numbers) -> tuple[Share, Numbers]:
    caps = demand.caps
    rate = rate_for(goal, supply, free, caps)
    taken = np.minimum(free, supply * rate)
    if _cut(taken, caps)[:1].any() and demand.first == 0:
        rate = _rate_at_first(float(caps[0]), supply, free)
    expected = float(taken.sum())
    missing = goal - expected
    return Share(demand.slug, rate, expected, missing if missing > goal * _NEAR else 0.0), taken


def _part(demand: Demand, part: Numbers, supply: Numbers, free: Numbers) -> tuple[Share, Numbers]:
    """Of what is free, an equal part: other days may have other rivals, so the first day decides
    the rate, and plans to come those of the others."""
    _cut(part, demand.caps)
    rate = _rate_at_first(float(part[:, :1].sum()), supply, free)
    part[:, :1] = np.minimum(free, supply * rate)[:, :1]
    return Share(demand.slug, rate, float(part.sum()), 0.0), part


def _cut(taken: Numbers, caps: Numbers) -> NDArray[np.bool_]:
    """Take no more than its cap on any day; on which days that was less."""
    by_day = taken.sum(axis=0)
    over = np.asarray(by_day > caps)
    taken[:, over] *= caps[over] / by_day[over]
    return over


def _rate_at_first(goal: float, supply: Numbers, free: Numbers) -> float:
    return rate_for(goal, supply[:, :1], free[:, :1], np.array([inf]))


def rate_for(goal: float, supply: Numbers, free: Numbers, caps: Numbers) -> float:
    """The rate at which a goal is had from what is free; 1 if it cannot be.

    What a rate yields, Σ over days of min(cap, Σ over cells of min(free, supply · rate)), is
    concave and made of straight pieces: Newton's method from below never passes the answer, and
    ends on it.
    """
    rate = 0.0
    for _ in range(_MOST_STEPS):
        wanted = supply * rate
        by_day = np.minimum(free, wanted).sum(axis=0)
        lacking = goal - float(np.minimum(by_day, caps).sum())
        if lacking <= goal * _NEAR:
            return rate
        slope = float(supply[:, by_day < caps][(wanted < free)[:, by_day < caps]].sum())
        if slope <= 0 or (rate := rate + lacking / slope) >= 1:
            return 1.0
    return rate
