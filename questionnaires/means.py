"""The one mean of the method: weighted, and the same bit for bit in whatever order."""

from collections.abc import Iterable
from math import fsum

POINTS_MOST = 100.0


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float:
    """Of (weight, value); needs one pair at least, and weights above 0."""
    pairs = tuple(pairs)
    return fsum(weight * value for weight, value in pairs) / fsum(weight for weight, _ in pairs)


def in_scale(points: float) -> float:
    """Cut to 0..100: a mean of points may leave the scale by its last digit, a range by more."""
    return min(max(points, 0.0), POINTS_MOST)
