"""How each dimension moved over several rounds, like for like: the index of method section 9.

Made of shown results alone, so a trend tells nothing that they have not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from questionnaires.disclosure import blunting
from questionnaires.results import DimensionResult, Result


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One dimension, with a value 0..100 for each round; None where it has no score.

    `printed`: the same in words ("58", "under 5"). `starts`: the places in `points` where the
    line begins anew at a score, because nothing compares it with what stands before.
    """

    dimension_id: str
    short_title: str
    points: tuple[float | None, ...]
    printed: tuple[str | None, ...]
    starts: tuple[int, ...]

    @property
    def runs(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """What hangs together: places and values, from one start to the next or to a gap."""
        ends = pairwise((*self.starts, len(self.points)))
        return tuple(
            tuple(
                (place, value)
                for place in range(start, end)
                if (value := self.points[place]) is not None
            )
            for start, end in ends
        )


@dataclass(frozen=True, slots=True)
class Trend:
    """`rounds`: title and closing day of each, oldest first; a line per dimension."""

    rounds: tuple[tuple[str, date], ...]
    lines: tuple[TrendLine, ...]


def index(first: float, changes: Sequence[float]) -> list[float]:
    """The running index: the first score, and each change added. What is shown is cut to 0..100.

    Only that is cut: 95, +10, -10 ends at 95.
    """
    return [min(100.0, max(0.0, value)) for value in accumulate((first, *changes))]


def trend_of(results: Sequence[Result]) -> Trend:
    """The results of one scorecard, oldest first, as lines; the dimensions are the latest's.

    A line begins at a shown score and goes on while each result is compared with the one right
    before it, and the dimension with itself. Else it breaks and begins anew.
    """
    dimensions = results[-1].dimensions if results else ()
    return Trend(
        rounds=tuple((result.round_title, result.closed_on) for result in results),
        lines=tuple(_line(dimension, results) for dimension in dimensions),
    )


def _line(dimension: DimensionResult, results: Sequence[Result]) -> TrendLine:
    starts: list[int] = []
    points: list[float | None] = []
    printed: list[str | None] = []
    first, changes = 0.0, list[float]()
    for place, result in enumerate(results):
        found = _found(dimension.id, result)
        if found is None or found.score is None:
            points.append(None)
            printed.append(None)
            continue
        goes_on = place > 0 and points[-1] is not None and _follows(result, results[place - 1])
        if goes_on and found.change is not None:
            changes.append(found.change.points)
            value = index(first, changes)[-1]
            points.append(value)
            printed.append(blunting.blunt_score(value, result.scale).text)
        else:
            first, changes = found.score.value, []
            starts.append(place)
            points.append(first)
            printed.append(found.score.text)
    return TrendLine(
        dimension.id, dimension.short_title, tuple(points), tuple(printed), tuple(starts)
    )


def _found(dimension_id: str, result: Result) -> DimensionResult | None:
    return next((one for one in result.dimensions if one.id == dimension_id), None)


def _follows(result: Result, before: Result) -> bool:
    """Whether the changes of a result are counted from the one before it."""
    since = result.since
    return since is not None and (since.round_title, since.closed_on) == (
        before.round_title,
        before.closed_on,
    )
