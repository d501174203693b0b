"""How much raters agree: method section 6. Levels in, agreement out; what is shown is disclosure's.

A question has a band from its average deviation (Burke, Finkelstein and Dusig's AD index); a
dimension has r*, Lindell's r*_WG(J). Agreement says nothing about whether a score is high.
"""

from collections.abc import Callable, Iterable, Sequence
from math import fsum

from questionnaires.model import Scale
from questionnaires.results import Agreement

HIGH_MOST = 0.40
MEDIUM_MOST = 0.83
LOW_SPREAD = 3
SPLIT_BELOW = 0.50
_DIGITS = 9


def average_deviation(levels: Sequence[int]) -> float:
    """Mean distance from the mean, in levels. At least one level, else ValueError."""
    if not levels:
        raise ValueError("no levels, no deviation")
    mean = sum(levels) / len(levels)
    return _sum(levels, lambda level: abs(level - mean)) / len(levels)


def band(deviation: float, spread: int) -> Agreement:
    """Band of a question from its average deviation and its largest minus smallest level."""
    deviation = round(deviation, _DIGITS)
    if spread >= LOW_SPREAD or deviation > MEDIUM_MOST:
        return Agreement.LOW
    return Agreement.MEDIUM if deviation > HIGH_MOST else Agreement.HIGH


def within_group(questions: Iterable[Sequence[int]], scale: Scale) -> float | None:
    """r*: 1 minus the mean sample variance over what evenly used answers would have.

    That is 2 for five levels, and 8/3 for yes, partly and no (levels 4, 2 and 0).

    One sequence of levels for each question; those with fewer than two levels say nothing.
    None when no question has two. 1 is full agreement; below 0 is possible.
    """
    variances = [_sample_variance(levels) for levels in questions if len(levels) > 1]
    if not variances:
        return None
    return 1 - fsum(variances) / len(variances) / _variance_of_no_agreement(scale)


def _variance_of_no_agreement(scale: Scale) -> float:
    """Of c evenly used answers a step apart: (c^2 - 1) / 12 steps squared."""
    return (len(scale.offered) ** 2 - 1) / 12 * scale.step**2


def _sample_variance(levels: Sequence[int]) -> float:
    mean = sum(levels) / len(levels)
    return _sum(levels, lambda level: (level - mean) ** 2) / (len(levels) - 1)


def _sum(levels: Sequence[int], figure: Callable[[int], float]) -> float:
    """Of a figure for each level, worked out once for those that are equal."""
    figures = {level: figure(level) for level in set(levels)}
    return fsum(map(figures.__getitem__, levels))


def views_differ(r: float | None) -> bool:
    """True for a split dimension: r* below .50. None, for fewer than three raters, is no split."""
    return r is not None and round(r, _DIGITS) < SPLIT_BELOW
