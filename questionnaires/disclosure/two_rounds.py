"""What the change over a part of the questions would give away beside both scores.

As inference does for one round: a dimension asked Q1, Q2 and Q3 then, and Q1, Q2 and Q4 now. From
the score then, the score now and the change over Q1 and Q2 the mean of Q3 or Q4 can follow, and
from that what everybody answered to it. Decided from what would be shown alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from questionnaires.disclosure import inference
from questionnaires.disclosure.blunting import POINTS_MOST
from questionnaires.disclosure.inference import Clue
from questionnaires.model import Scale
from questionnaires.results import ShownScore

_HALF = 0.5
_GROUPS = ("common_then", "common_now", "gone", "new")


@dataclass(frozen=True, slots=True)
class TwoRounds:
    """What a reader would know of one dimension: its questions by when they were asked, its
    scores, and the change of those in common, in whole points. Everybody counts equally.

    `common_then` and `common_now` are the same questions with the same weights, in order.
    """

    common_then: tuple[Clue, ...]
    common_now: tuple[Clue, ...]
    gone: tuple[Clue, ...]
    new: tuple[Clue, ...]
    before: ShownScore
    after: ShownScore
    points: int
    scale: Scale


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Each from its least to below its most, all as weighted sums."""

    then: tuple[float, float]
    now: tuple[float, float]
    change: tuple[float, float]


def settles_an_end(known: TwoRounds) -> bool:
    """Whether all of it says that everybody answered 0, or 4, to one question in one round.

    With more sums than inference.SUMS_MOST there is room enough: then the answer is no.
    """
    groups = {name: getattr(known, name) for name in _GROUPS}
    possible = {
        name: [inference.means(clue, known.scale) for clue in clues]
        for name, clues in groups.items()
    }
    bounds = _bounds(known)
    return any(
        _settled(groups, possible, bounds, (name, place))
        for name, means in possible.items()
        for place, found in enumerate(means)
        if found[0] == 0 or found[-1] == POINTS_MOST
    )


def _settled(
    groups: dict[str, tuple[Clue, ...]],
    possible: dict[str, list[list[float]]],
    bounds: _Bounds,
    target: tuple[str, int],
) -> bool:
    """Whether every way to come to these numbers has one question at one end, always the same."""
    name, place = target
    sums: dict[str, list[float]] = {}
    for group, clues in groups.items():
        found = inference.sums(
            [clue.weight * mean for mean in means]
            for other, (clue, means) in enumerate(zip(clues, possible[group], strict=True))
            if (group, other) != target
        )
        if found is None:
            return False
        sums[group] = found
    weight = groups[name][place].weight
    fitting = {
        mean
        for mean in possible[name][place]
        if _fits({**sums, name: [weight * mean + rest for rest in sums[name]]}, bounds)
    }
    return fitting in ({0.0}, {float(POINTS_MOST)})


def _fits(sums: dict[str, list[float]], bounds: _Bounds) -> bool:
    """Whether one sum of each group can be chosen so that all three numbers come out."""
    then = _completed(sums["common_then"], sums["gone"], bounds.then)
    now = _completed(sums["common_now"], sums["new"], bounds.now)
    low, high = bounds.change
    return any(inference.has_between(now, one + low, one + high) for one in then)


def _completed(
    common: Sequence[float], others: Sequence[float], bounds: tuple[float, float]
) -> list[float]:
    """The sums of common questions that others can complete to the score."""
    low, high = bounds
    return [one for one in common if inference.has_between(others, low - one, high - one)]


def _bounds(known: TwoRounds) -> _Bounds:
    shared = fsum(clue.weight for clue in known.common_now)
    then = shared + fsum(clue.weight for clue in known.gone)
    now = shared + fsum(clue.weight for clue in known.new)
    least_then, most_then = inference.bounds(known.before, known.scale)
    least_now, most_now = inference.bounds(known.after, known.scale)
    return _Bounds(
        then=(least_then * then, most_then * then),
        now=(least_now * now, most_now * now),
        change=((known.points - _HALF) * shared, (known.points + _HALF) * shared),
    )
