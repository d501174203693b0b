"""Numbers as they may be printed: whole points, half levels, blunt ends (method section 7).

A printed 0 or 100 would say what everybody answered. Which numbers are shown at all: disclosure.
"""

from functools import cache
from math import floor

from questionnaires.disclosure.seal import SEAL
from questionnaires.measurements import Range
from questionnaires.model import LEVELS, POINTS_PER_LEVEL, Scale
from questionnaires.results import ShownRange, ShownScore

LOW_END, HIGH_END = 5, 95
POINTS_MOST = LEVELS[-1] * POINTS_PER_LEVEL
COARSE_STEP = 5
_DIGITS = 9


def exact_score(points: float, step: int = 1) -> ShownScore:
    """To the nearest multiple of `step`, halves up, without blunt ends."""
    value = step * floor(_steady(points / step) + 0.5)
    return ShownScore(float(value), str(value), seal=SEAL)


@cache
def low_end(scale: Scale) -> ShownScore:
    """Stands for every score below 5: "under 5". For yes, partly and no below 10.

    There one answer moves a score twice as far, and "under 5" could only be a round of noes.
    """
    points = LOW_END * scale.step
    return ShownScore(points / 2, f"under {points}", seal=SEAL)


@cache
def high_end(scale: Scale) -> ShownScore:
    """Stands for every score above 95, or above 90: as `low_end`."""
    points = POINTS_MOST - LOW_END * scale.step
    return ShownScore((points + POINTS_MOST) / 2, f"over {points}", seal=SEAL)


def is_end(score: ShownScore, scale: Scale) -> bool:
    return score in (low_end(scale), high_end(scale))


def blunt_score(points: float, scale: Scale, step: int = 1) -> ShownScore:
    """To the nearest multiple of `step`, and one of the two ends near 0 and 100."""
    end = LOW_END * scale.step
    if _steady(points) < end:
        return low_end(scale)
    if _steady(points) > POINTS_MOST - end:
        return high_end(scale)
    return exact_score(points, step)


def blunt_range(found: Range) -> ShownRange:
    """Both ends in whole points; a low end below 5 is 0, a high end above 95 is 100."""
    low, high = _steady(found.low), _steady(found.high)
    return ShownRange(
        low=0 if low < LOW_END else floor(low + 0.5),
        seal=SEAL,
        high=100 if high > HIGH_END else floor(high + 0.5),
    )


def half_level(points: float) -> float:
    """A question's mean in points to the nearest half level; 0.5 counts as 0, 3.5 as 4."""
    half = floor(_steady(2 * points / POINTS_PER_LEVEL) + 0.5) / 2
    if half < LEVELS[1]:
        return float(LEVELS[0])
    return float(LEVELS[-1]) if half > LEVELS[-2] else half


def is_blunt(half: float) -> bool:
    return half in {LEVELS[0], LEVELS[-1]}


def level_text(half: float) -> str:
    """As printed: "about 0", "1", "1.5" ... "3", "about 4"."""
    return f"about {half:g}" if is_blunt(half) else f"{half:g}"


def _steady(number: float) -> float:
    """Without the last digits, where a sum of thirds differs from the whole it stands for."""
    return round(number, _DIGITS)
