"""What each role came to over the whole round, exact. What of it is shown: disclosure/groups.py."""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from questionnaires.means import weighted_mean
from questionnaires.measurements import DimensionCell, RoleCell
from questionnaires.model import POINTS_PER_LEVEL, Dimension, Questionnaire
from questionnaires.tally import Tallies, Tally


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
    raters = {who for _, found in scored for tally in found for who in tally.levels}
    held = {roles[who] for who in raters}
    if held <= {None}:
        return ()
    ordered = sorted(held, key=lambda role: (role is None, role or ""))
    return tuple(_cell(role, scored, roles) for role in ordered)


def _cell(
    role: str | None,
    scored: Sequence[tuple[Dimension, Sequence[Tally]]],
    roles: Mapping[int, str | None],
) -> RoleCell:
    theirs = [
        [
            {who: level for who, level in tally.levels.items() if roles[who] == role}
            for tally in found
        ]
        for _, found in scored
    ]
    means = [
        _mean(
            (one.question.weight, fsum(levels.values()) / len(levels) if levels else None)
            for one, levels in zip(found, given, strict=True)
        )
        for (_, found), given in zip(scored, theirs, strict=True)
    ]
    weights = (dimension.weight for dimension, _ in scored)
    level = _mean(zip(weights, means, strict=True))
    return RoleCell(
        role=role,
        raters=tuple(len({who for levels in given for who in levels}) for given in theirs),
        score=None if level is None else level * POINTS_PER_LEVEL,
    )


def _mean(pairs: Iterable[tuple[float, float | None]]) -> float | None:
    """None when a value is missing."""
    pairs = tuple(pairs)
    known = [(weight, value) for weight, value in pairs if value is not None]
    return weighted_mean(known) if len(known) == len(pairs) else None
