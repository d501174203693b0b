"""What is worth doing first: method section 8. Levels and targets in, priorities out.

Formulas only. Which levels may be looked at, and what is proposed from them: advice.
"""

from collections.abc import Iterable
from enum import StrEnum
from math import fsum

from questionnaires.model import LEVELS

TARGET = 3
USUAL_IMPORTANCE = 2
MOST = 100.0
HIGH_FROM, MEDIUM_FROM = 50.0, 25.0
# ((1 + 4)^2 - 1) / 100: of the widest gap with the usual importance, the priority is 100.
_SCALE = 24


class Urgency(StrEnum):
    """high from 50, medium from 25, low above 0, none: the target is reached."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


def gap(level: float, target: int = TARGET) -> float:
    """How far a mean level stays below its target, in levels; 0 when it is reached."""
    return max(0.0, target - level)


def priority(below: float, importance: int = USUAL_IMPORTANCE) -> float:
    """P = 100 ((1 + g)^2 - 1) / 24 * w / 2, at most 100; g in levels, importance w 1, 2 or 3."""
    urgent = MOST * ((1 + below) ** 2 - 1) / _SCALE
    return min(MOST, urgent * importance / USUAL_IMPORTANCE)


def urgency(points: float) -> Urgency:
    if points >= HIGH_FROM:
        return Urgency.HIGH
    if points >= MEDIUM_FROM:
        return Urgency.MEDIUM
    return Urgency.LOW if points > 0 else Urgency.NONE


def share_reached(levels: Iterable[tuple[float, int]]) -> float | None:
    """1 - sum of gaps / sum of targets, of (mean level, target); None where every target is 0."""
    pairs = tuple(levels)
    wanted = fsum(target for _, target in pairs)
    return 1 - fsum(gap(level, target) for level, target in pairs) / wanted if wanted else None


def is_confirmed(promised: float, level: float) -> bool:
    """Whether an action worked: the like-for-like level is what was promised, minus one half."""
    return level >= min(promised, LEVELS[-1]) - 0.5
