"""What each role came to over the whole round, exact. What of it is shown: disclosure/groups.py."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from questionnaires.means import weighted_mean
from questionnaires.measurements import DimensionCell, RoleCell
from questionnaires.model import POINTS_PER_LEVEL, Dimension, Questionnaire
from questionnaires.tally import Tallies, Tally, raters_of, role_sums

_Scored = Sequence[tuple[Dimension, Sequence[Tally]]]
_Sums = Mapping[str, Mapping[str | None, tuple[int, int]]]


def cells(
    questionnaire: Questionnaire,
    dimensions: Sequence[DimensionCell],
    tallies: Tallies,
    roles: Mapping[int, str | None],
) -> tuple[RoleCell, ...]:
    """One for each role, who told none last; nothing when nobody has told one.

    `roles` by participant. A role's score is that of method section 5 over its own people: means
    of the questions that count, weighted within a scored dimension, then the dimensions.
    """
    scored = [
        (dimension, [tallies[one.id] for one in dimension.core if tallies[one.id].counts])
        for dimension, cell in zip(questionnaire.dimensions, dimensions, strict=True)
        if cell.score is not None
    ]
    raters = [
        Counter(map(roles.__getitem__, raters_of(found.levels for found in rated)))
        for _, rated in scored
    ]
    held = set().union(*raters)
    if held <= {None}:
        return ()
    sums = {
        found.question.id: role_sums(found.levels, roles) for _, rated in scored for found in rated
    }
    ordered = sorted(held, key=lambda role: (role is None, role or ""))
    return tuple(
        RoleCell(role, tuple(there[role] for there in raters), _score(role, scored, sums))
        for role in ordered
    )


def _score(role: str | None, scored: _Scored, sums: _Sums) -> float | None:
    means = [
        _mean((one.question.weight, _level(sums[one.question.id].get(role))) for one in rated)
        for _, rated in scored
    ]
    weights = (dimension.weight for dimension, _ in scored)
    level = _mean(zip(weights, means, strict=True))
    return None if level is None else level * POINTS_PER_LEVEL


def _level(summed: tuple[int, int] | None) -> float | None:
    """Their mean level; None when none of them gave one."""
    if summed is None:
        return None
    people, total = summed
    return total / people


def _mean(pairs: Iterable[tuple[float, float | None]]) -> float | None:
    """None when a value is missing."""
    pairs = tuple(pairs)
    known = [(weight, value) for weight, value in pairs if value is not None]
    return weighted_mean(known) if len(known) == len(pairs) else None
