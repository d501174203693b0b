"""What shown numbers would give away together: a score, and the levels of its questions.

A level "about 0" leaves open whether everybody answered 0. The score of the dimension beside it
can settle that: when the other questions cannot be any lower, this one cannot be any higher.
Decided from what would be shown alone, so that leaving levels out tells nothing more either.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from questionnaires.disclosure.blunting import LOW_END, POINTS_MOST, half_level, high_end, low_end
from questionnaires.model import LEVELS, POINTS_PER_LEVEL, Scale
from questionnaires.results import ShownScore

SUMS_MOST = 20_000
_DIGITS = 6
_NUDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Clue:
    """What a reader would know of a question: its weight, its levels, its `half` or None."""

    weight: float
    levels: int
    half: float | None


def settles_an_end(score: ShownScore, clues: Sequence[Clue], scale: Scale) -> bool:
    """Whether the dimension's score and these levels say that all answered 0, or all 4, to one.

    `clues`: the questions the score rests on, everybody counting equally. With more sums than
    SUMS_MOST to go through there is room enough: then the answer is no.
    """
    possible = [means(clue, scale) for clue in clues]
    between = bounds(score, scale)
    return any(
        _settled(between, clues, possible, place)
        for place, found in enumerate(possible)
        if found[0] == 0 or found[-1] == POINTS_MOST
    )


def means(clue: Clue, scale: Scale) -> list[float]:
    """The means in points that so many levels can have and be shown like that, lowest first."""
    totals = range(0, LEVELS[-1] * clue.levels + 1, scale.step)

    def mean(total: int) -> float:
        return total * POINTS_PER_LEVEL / clue.levels

    if clue.half is not None:
        # A higher mean is never shown as a lower level: those that fit lie side by side.
        first = bisect_left(totals, clue.half, key=lambda total: half_level(mean(total)))
        end = bisect_right(totals, clue.half, key=lambda total: half_level(mean(total)))
        totals = totals[first:end]
    return [mean(total) for total in totals]


def _settled(
    between: tuple[float, float],
    clues: Sequence[Clue],
    possible: Sequence[list[float]],
    place: int,
) -> bool:
    """Whether every way to come to that score has this question at one end, always the same."""
    others = sums(
        [clue.weight * mean for mean in found]
        for other, (clue, found) in enumerate(zip(clues, possible, strict=True))
        if other != place
    )
    if others is None:
        return False
    total = sum(clue.weight for clue in clues)
    low, high = (bound * total for bound in between)
    fitting = {
        mean
        for mean in possible[place]
        if has_between(others, low - clues[place].weight * mean, high - clues[place].weight * mean)
    }
    return fitting in ({0.0}, {float(POINTS_MOST)})


def has_between(ordered: Sequence[float], low: float, high: float) -> bool:
    """Whether one of them is at least `low` and below `high`."""
    place = bisect_left(ordered, low - _NUDGE)
    return place < len(ordered) and ordered[place] < high - _NUDGE


def sums(summands: Iterable[list[float]]) -> list[float] | None:
    """Every sum of one of each, in order; None when there are too many."""
    found = {0.0}
    for values in summands:
        if len(values) * len(found) > SUMS_MOST:
            return None
        found = {round(value + rest, _DIGITS) for value in values for rest in found}
    return sorted(found)


def bounds(score: ShownScore, scale: Scale) -> tuple[float, float]:
    """The least score that is shown like that, and what it stays below."""
    below = LOW_END * scale.step
    if score == low_end(scale):
        return 0, below
    above = POINTS_MOST - below + 2 * _NUDGE
    if score == high_end(scale):
        return above, POINTS_MOST + 1
    return max(score.value - 0.5, below), min(score.value + 0.5, above)
