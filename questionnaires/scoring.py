"""Answers in, scores out: method sections 1 to 5. What of it may be shown is disclosure's.

Scores and means are points 0..100. Every sum is `math.fsum`, which rounds once whatever the
order: the same answers in any order give the same floats, bit for bit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import floor, fsum, isfinite, sqrt

from questionnaires import agreement, by_role
from questionnaires.means import weighted_mean
from questionnaires.measurements import DimensionCell, Measurement, QuestionCell, Range
from questionnaires.model import (
    POINTS_PER_LEVEL,
    Answer,
    Dimension,
    Kind,
    Questionnaire,
    Rater,
    Rating,
    Scale,
)
from questionnaires.tally import Tallies, Tally, count, respondents

METHOD_VERSION = 1
RESPONDENTS_PER_ROLE = 3
RATERS_FOR_AGREEMENT = 3
LEVELS_FOR_A_SCORE = 2
POINTS_MOST = 100.0
_UPPER = 0.975
_DIGITS = 9


_Weighted = Sequence[tuple[float, Tally]]


@dataclass(frozen=True, slots=True)
class _Panel:
    """Who counts with whom: the role of each participant, the weight of each role (else 1).

    `scale`: what they could choose from.
    """

    roles: Mapping[int, str | None]
    weights: Mapping[str, float]
    scale: Scale

    def weight(self, role: str | None) -> float:
        return 1.0 if role is None else self.weights.get(role, 1.0)

    def role_means(self, found: Tally) -> dict[str | None, float]:
        """Mean points of each role that gave the question a level."""
        by_role: dict[str | None, list[int]] = {}
        for participant, level in found.levels.items():
            by_role.setdefault(self.roles[participant], []).append(level * POINTS_PER_LEVEL)
        return {role: fsum(points) / len(points) for role, points in by_role.items()}

    def mean(self, found: Tally) -> float:
        """m_q of method section 3: roles first, then the roles by weight. Needs one level."""
        means = self.role_means(found)
        return _in_scale(weighted_mean((self.weight(role), mean) for role, mean in means.items()))

    def score(self, weighted: _Weighted) -> float:
        return _in_scale(weighted_mean((weight, self.mean(found)) for weight, found in weighted))


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
    panel = _Panel(roles, role_weights, questionnaire.scale)
    cells = tuple(_dimension(dimension, tallies, panel) for dimension in questionnaire.dimensions)
    everything = _everything_scored(questionnaire, cells, tallies)
    overall = overall_of(questionnaire, cells)
    return Measurement(
        method_version=METHOD_VERSION,
        invited=invited,
        respondents=len(answered_by),
        by_role=len({roles[participant] for participant in answered_by}) > 1,
        overall=overall,
        overall_range=None if overall is None else _range(overall, everything, panel),
        weakest=weakest_of(cells),
        dimensions=cells,
        questions=tuple(_question(found, panel) for found in tallies.values()),
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
    return {dimension.id: _own(dimension, ratings) for dimension in questionnaire.dimensions}


def _own(dimension: Dimension, ratings: Mapping[str, Rating]) -> float | None:
    points: list[tuple[float, float]] = []
    applicable = 0
    for question in dimension.core:
        rating = ratings.get(question.id)
        applicable += rating is None or rating.kind is not Kind.NOT_APPLICABLE
        if rating is not None and rating.level is not None and rating.kind is Kind.LEVEL:
            points.append((question.weight, rating.level * POINTS_PER_LEVEL))
    if not _two_thirds(len(points), applicable):
        return None
    return _in_scale(weighted_mean(points))


def _refuse_weights(weights: Mapping[str, float]) -> None:
    for role, weight in weights.items():
        if not (isfinite(weight) and weight > 0):
            raise ValueError(f"role {role} weighs {weight}: a positive number is needed")


def _question(found: Tally, panel: _Panel) -> QuestionCell:
    levels = tuple(found.levels.values())
    return QuestionCell(
        question_id=found.question.id,
        levels=len(levels),
        dont_know=len(found.dont_know),
        not_applicable=len(found.not_applicable),
        applicable=found.applicable,
        mean=panel.mean(found) if found.counts else None,
        average_deviation=agreement.average_deviation(levels) if found.counts else None,
        spread=max(levels) - min(levels) if found.counts else None,
    )


def _dimension(dimension: Dimension, tallies: Tallies, panel: _Panel) -> DimensionCell:
    core = [tallies[question.id] for question in dimension.core]
    applicable = [found for found in core if found.applicable]
    answered = [found for found in core if found.counts]
    raters = {who for found in answered for who in found.levels}
    agreed = agreement.within_group(
        [tuple(found.levels.values()) for found in answered], panel.scale
    )
    supported = sum(len(found.levels) >= LEVELS_FOR_A_SCORE for found in applicable)
    if not _two_thirds(supported, len(applicable)):
        return DimensionCell(dimension.id, len(raters), None, None, None, None)
    weighted = [(found.question.weight, found) for found in answered]
    score = panel.score(weighted)
    left_out = fsum(found.question.weight for found in core if not found.applicable)
    kept = fsum(weight for weight, _ in weighted)
    return DimensionCell(
        dimension_id=dimension.id,
        raters=len(raters),
        score=score,
        floor_score=score * kept / (kept + left_out) if left_out else score,
        range=_range(score, weighted, panel),
        agreement=agreed if len(raters) >= RATERS_FOR_AGREEMENT else None,
    )


def overall_of(questionnaire: Questionnaire, cells: Sequence[DimensionCell]) -> float | None:
    """Mean of the scored dimensions by dimension weight (method section 5)."""
    both = zip(questionnaire.dimensions, cells, strict=True)
    scored = [(dimension.weight, cell.score) for dimension, cell in both if cell.score is not None]
    return _in_scale(weighted_mean(scored)) if scored else None


def weakest_of(cells: Sequence[DimensionCell]) -> str | None:
    """The id of the dimension with the lowest score, None when none has one."""
    scores = [(cell.score, cell.dimension_id) for cell in cells if cell.score is not None]
    # min takes the first of equals: ties go by the questionnaire's order.
    return min(scores, key=lambda scored: scored[0])[1] if scores else None


def _everything_scored(
    questionnaire: Questionnaire, cells: Sequence[DimensionCell], tallies: Tallies
) -> _Weighted:
    """The answered core questions of scored dimensions, weighing u_d v_q / (sum of v in d)."""
    weighted: list[tuple[float, Tally]] = []
    for dimension, cell in zip(questionnaire.dimensions, cells, strict=True):
        answered = [found for q in dimension.core if (found := tallies[q.id]).counts]
        total = fsum(found.question.weight for found in answered)
        if cell.score is not None:
            share = dimension.weight / total
            weighted.extend((found.question.weight * share, found) for found in answered)
    return weighted


def _range(score: float, weighted: _Weighted, panel: _Panel) -> Range | None:
    """95 % range around a score, the rater as unit, pooled within roles (method section 4).

    `weighted`: the questions that made the score, each with a level. None when there are no more
    raters than roles. The error never falls below one answer of rounding, 25 / sqrt(12 n Q) on
    five levels, 50 / sqrt(12 n Q) for yes, partly and no.
    """
    apart: dict[int, list[tuple[float, float]]] = {}
    for weight, found in weighted:
        means = panel.role_means(found)
        for participant, level in found.levels.items():
            deviation = level * POINTS_PER_LEVEL - means[panel.roles[participant]]
            apart.setdefault(participant, []).append((weight, deviation))
    sizes = Counter(panel.roles[participant] for participant in apart)
    freedom = len(apart) - len(sizes)
    if freedom < 1:
        return None
    variance = fsum(weighted_mean(pairs) ** 2 for pairs in apart.values()) / freedom
    total = fsum(panel.weight(role) for role in sizes)
    shares = fsum((panel.weight(role) / total) ** 2 / size for role, size in sizes.items())
    rounding = POINTS_PER_LEVEL * panel.scale.step / sqrt(12 * len(apart) * len(weighted))
    error = max(sqrt(variance * shares), rounding)
    reach = _student_t(freedom) * error
    return Range(_in_scale(score - reach), _in_scale(score + reach), error, freedom)


@cache
def _student_t(freedom: int) -> float:
    """Two-sided 95 % quantile of Student's t: what scipy.stats.t.ppf calls, without its second
    of loading, which would be spent while somebody waits for a round to close.
    """
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(freedom, _UPPER))


def _two_thirds(part: int, whole: int) -> bool:
    return whole > 0 and 3 * part >= 2 * whole


def _in_scale(points: float) -> float:
    return min(max(points, 0.0), POINTS_MOST)
