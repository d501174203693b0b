"""Answers in, scores out: method sections 1 to 5. What of it may be shown is disclosure's.

Scores and means are points 0..100. Every sum is `math.fsum`, which rounds once whatever the
order: the same answers in any order give the same floats, bit for bit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import floor, fsum, isfinite

from questionnaires import agreement, by_role, ranges
from questionnaires.means import in_scale, weighted_mean
from questionnaires.measurements import DimensionCell, Measurement, QuestionCell
from questionnaires.model import (
    POINTS_PER_LEVEL,
    Answer,
    Dimension,
    Kind,
    Question,
    Questionnaire,
    Rater,
    Rating,
)
from questionnaires.panel import Panel, Scored
from questionnaires.tally import Tallies, Tally, count, raters_of, respondents

METHOD_VERSION = 1
RESPONDENTS_PER_ROLE = 3
RATERS_FOR_AGREEMENT = 3
LEVELS_FOR_A_SCORE = 2
_DIGITS = 9


def measure(
    questionnaire: Questionnaire,
    raters: Sequence[Rater],
    answers: Iterable[Answer],
    *,
    invited: int,
    role_weights: Mapping[str, float] | None = None,
) -> Measurement:
    """Compute a round: every question, every dimension and the overall score.

    Respondents are the raters with a level on a core question. Roles weigh evenly (or by
    `role_weights`) only when each has three respondents and every respondent has one; else
    everybody is one role and `by_role` is False. What each role came to is there all the same.
    Raises NoSuchQuestion for an unknown question; ValueError for an answer of somebody who is no
    rater, a second answer to a question, a rater given twice and a weight that is not positive.
    """
    tallies = count(questionnaire, raters, answers)
    told = {rater.participant: rater.role for rater in raters}
    sizes = Counter(told[participant] for participant in respondents(questionnaire, tallies))
    evenly = None not in sizes and all(size >= RESPONDENTS_PER_ROLE for size in sizes.values())
    counting = told if evenly else dict.fromkeys(told)
    found = _measure(questionnaire, tallies, counting, invited, role_weights or {})
    return replace(found, roles=by_role.cells(questionnaire, found.dimensions, tallies, told))


def measure_with_roles(
    questionnaire: Questionnaire,
    raters: Sequence[Rater],
    answers: Iterable[Answer],
    *,
    invited: int,
    role_weights: Mapping[str, float],
) -> Measurement:
    """`measure` with the roles as they are, however few hold one; raters without are one role.

    For what has decided by itself who counts with whom. `role_weights` may leave roles out (1).
    """
    tallies = count(questionnaire, raters, answers)
    roles = {rater.participant: rater.role for rater in raters}
    return _measure(questionnaire, tallies, roles, invited, role_weights)


def _measure(
    questionnaire: Questionnaire,
    tallies: Tallies,
    roles: Mapping[int, str | None],
    invited: int,
    role_weights: Mapping[str, float],
) -> Measurement:
    _refuse_weights(role_weights)
    answered_by = respondents(questionnaire, tallies)
    panel = Panel(roles, role_weights, questionnaire.scale)
    scored = {name: panel.scored(found) for name, found in tallies.items() if found.counts}
    cells = tuple(
        _dimension(dimension, tallies, scored, panel) for dimension in questionnaire.dimensions
    )
    everything = _everything_scored(questionnaire, cells, scored)
    overall = overall_of(questionnaire, cells)
    return Measurement(
        method_version=METHOD_VERSION,
        invited=invited,
        respondents=len(answered_by),
        by_role=len({roles[participant] for participant in answered_by}) > 1,
        overall=overall,
        overall_range=None if overall is None else ranges.around(overall, everything, panel),
        weakest=weakest_of(cells),
        dimensions=cells,
        questions=tuple(_question(found, scored.get(name)) for name, found in tallies.items()),
    )


def level_of(score: float) -> int:
    """The level named beside a score: floor(S / 25 + 0.5), half up (method section 1)."""
    return floor(round(score / POINTS_PER_LEVEL, _DIGITS) + 0.5)


def own_scores(
    questionnaire: Questionnaire, ratings: Mapping[str, Rating]
) -> dict[str, float | None]:
    """One person's dimension scores in points, for that person's own eyes; keyed in order.

    `ratings` by question id, core or not; only core ones count. None when fewer than two thirds
    of the questions that apply to them have a level. Raises NoSuchQuestion.
    """
    for question_id in ratings:
        questionnaire.question(question_id)
    return {
        dimension.id: own_score(dimension.core, ratings) for dimension in questionnaire.dimensions
    }


def own_score(questions: Iterable[Question], ratings: Mapping[str, Rating]) -> float | None:
    """One set of answers over these questions, in points; None as in `own_scores`."""
    points: list[tuple[float, float]] = []
    applicable = 0
    for question in questions:
        rating = ratings.get(question.id)
        applicable += rating is None or rating.kind is not Kind.NOT_APPLICABLE
        if rating is not None and rating.level is not None and rating.kind is Kind.LEVEL:
            points.append((question.weight, rating.level * POINTS_PER_LEVEL))
    if not _two_thirds(len(points), applicable):
        return None
    return in_scale(weighted_mean(points))


def _refuse_weights(weights: Mapping[str, float]) -> None:
    for role, weight in weights.items():
        if not (isfinite(weight) and weight > 0):
            raise ValueError(f"role {role} weighs {weight}: a positive number is needed")


def _question(found: Tally, scored: Scored | None) -> QuestionCell:
    levels = tuple(found.levels.values())
    return QuestionCell(
        question_id=found.question.id,
        levels=len(levels),
        dont_know=len(found.dont_know),
        not_applicable=len(found.not_applicable),
        applicable=found.applicable,
        mean=scored.mean if scored else None,
        average_deviation=agreement.average_deviation(levels) if scored else None,
        spread=max(levels) - min(levels) if scored else None,
    )


def _dimension(
    dimension: Dimension, tallies: Tallies, scored: Mapping[str, Scored], panel: Panel
) -> DimensionCell:
    core = [tallies[question.id] for question in dimension.core]
    applicable = [found for found in core if found.applicable]
    weighted = [
        (question.weight, scored[question.id])
        for question in dimension.core
        if question.id in scored
    ]
    raters = raters_of(found.levels for _, found in weighted)
    agreed = agreement.within_group(
        [tuple(found.levels.values()) for _, found in weighted], panel.scale
    )
    deep_dive = _deep_dive(dimension, tallies, scored)
    if not _is_supported(applicable):
        return DimensionCell(dimension.id, len(raters), None, None, None, None, deep_dive)
    score = in_scale(weighted_mean((weight, found.mean) for weight, found in weighted))
    left_out = fsum(found.question.weight for found in core if not found.applicable)
    kept = fsum(weight for weight, _ in weighted)
    return DimensionCell(
        dimension_id=dimension.id,
        raters=len(raters),
        score=score,
        floor_score=score * kept / (kept + left_out) if left_out else score,
        range=ranges.around(score, weighted, panel),
        agreement=agreed if len(raters) >= RATERS_FOR_AGREEMENT else None,
        deep_dive=deep_dive,
    )


def _deep_dive(
    dimension: Dimension, tallies: Tallies, scored: Mapping[str, Scored]
) -> float | None:
    """The further questions by themselves, under the same rule as the core questions."""
    applicable = [tallies[one.id] for one in dimension.further if tallies[one.id].applicable]
    if not _is_supported(applicable):
        return None
    answered = [one for one in dimension.further if one.id in scored]
    return in_scale(weighted_mean((one.weight, scored[one.id].mean) for one in answered))


def _is_supported(applicable: Sequence[Tally]) -> bool:
    """Two levels or more on two thirds of the questions that apply."""
    supported = sum(len(found.levels) >= LEVELS_FOR_A_SCORE for found in applicable)
    return _two_thirds(supported, len(applicable))


def overall_of(questionnaire: Questionnaire, cells: Sequence[DimensionCell]) -> float | None:
    """Mean of the scored dimensions by dimension weight (method section 5)."""
    both = zip(questionnaire.dimensions, cells, strict=True)
    scored = [(dimension.weight, cell.score) for dimension, cell in both if cell.score is not None]
    return in_scale(weighted_mean(scored)) if scored else None


def weakest_of(cells: Sequence[DimensionCell]) -> str | None:
    """The id of the dimension with the lowest score, None when none has one."""
    scores = [(cell.score, cell.dimension_id) for cell in cells if cell.score is not None]
    # min takes the first of equals: ties go by the questionnaire's order.
    return min(scores, key=lambda scored: scored[0])[1] if scores else None


def _everything_scored(
    questionnaire: Questionnaire, cells: Sequence[DimensionCell], scored: Mapping[str, Scored]
) -> ranges.Weighted:
    """The questions that count in scored dimensions, weighing u_d v_q / (sum of v in d)."""
    weighted: list[tuple[float, Scored]] = []
    for dimension, cell in zip(questionnaire.dimensions, cells, strict=True):
        if cell.score is not None:
            counting = [scored[one.id] for one in dimension.core if one.id in scored]
            share = dimension.weight / fsum(found.question.weight for found in counting)
            weighted.extend((found.question.weight * share, found) for found in counting)
    return weighted


def _two_thirds(part: int, whole: int) -> bool:
    return whole > 0 and 3 * part >= 2 * whole
