"""The shadow of a round screen in parallel light, by Lommel's series.

E. Lommel, « Die Beugungserscheinungen einer kreisrunden Öffnung und eines kreisrunden
Schirmchens », 1884; M. Born and E. Wolf, *Principles of Optics*, § 8.8.
"""

from collections.abc import Callable
from math import cos, pi, sin

EXTRA_ORDERS = 30  # past the argument, Bessel functions fall below 1e-12 within this many orders


def bessel(x: float, orders: int) -> list[float]:
    """Return J0(x) … Jn(x), n = `orders`, by Miller's downward recurrence."""
    if x == 0:
        return [1.0] + [0.0] * orders
    start = 2 * ((max(orders, int(x)) + EXTRA_ORDERS) // 2)
    values = [0.0] * (start + 2)
    values[start] = 1e-300
    for n in range(start, 0, -1):
        values[n - 1] = 2 * n / x * values[n] - values[n + 1]
        if abs(values[n - 1]) > 1e200:
            values = [value * 1e-200 for value in values]
    norm = values[0] + 2 * sum(values[2::2])
    return [value / norm for value in values[: orders + 1]]


def shadow(fresnel_number: float) -> Callable[[float], float]:
    """Return the intensity behind an opaque disc, as a function of the distance to the axis.

    The distance is in disc radii, the intensity that of the free light is 1. The Fresnel number
    is radius² / (wavelength × distance to the screen).
    """
    u = 2 * pi * fresnel_number

    def intensity(distance: float) -> float:
        v = u * distance
        if distance <= 1:
            return _lommel(distance, v, 0) ** 2 + _lommel(distance, v, 1) ** 2
        u1, u2 = _lommel(1 / distance, v, 1), _lommel(1 / distance, v, 2)
        phase = (u + v * v / u) / 2
        return 1 + u1 * u1 + u2 * u2 + 2 * (u2 * cos(phase) - u1 * sin(phase))

    return intensity


def _lommel(ratio: float, v: float, first: int) -> float:
    """Sum (−1)^m ratio^(first+2m) J(first+2m)(v) over m; `ratio` is at most 1."""
    values = bessel(v, int(v) + EXTRA_ORDERS)
    total, factor = 0.0, ratio**first
    for value in values[first::2]:
        total += factor * value
        factor *= -ratio * ratio
    return total
