"""What of a measurement may be shown: method section 7, and the only builder of a Result.

Floors count levels in the cell and ends are blunt. Beyond that, nothing is shown that would
sharpen another shown number: no range around a blunt score, no overall that gives a blunt or
hidden dimension away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from math import fsum

from questionnaires import advice, agreement, blunting, inference
from questionnaires.model import Dimension, Kind, Question, Questionnaire, Rating
from questionnaires.results import (
    Agreement,
    DimensionCell,
    DimensionResult,
    Measurement,
    QuestionCell,
    QuestionResult,
    Range,
    Result,
    ShownComment,
    ShownRange,
    ShownScore,
)
from questionnaires.scoring import level_of, own_scores

K_LEAST, K_DEFAULT, K_MOST = 3, 5, 10
RATERS_LEAST = 3
RATERS_FOR_A_RANGE = 5
FREEDOM_FOR_A_RANGE = 3
LEVELS_FOR_A_BAND = 5
QUESTIONS_FOR_A_SCORE = 2
QUESTIONS_FOR_A_RANGE = 3
DONT_KNOWS_TO_FIND_OUT = 3


@dataclass(frozen=True, slots=True)
class _Shown:
    """A measurement with the floors that hold for it."""

    measurement: Measurement
    questionnaire: Questionnaire
    k: int

    @property
    def anything(self) -> bool:
        return self.measurement.respondents >= RATERS_LEAST

    @property
    def in_full(self) -> bool:
        return self.measurement.respondents >= self.k

    @property
    def cells(self) -> Mapping[str, QuestionCell]:
        return {cell.question_id: cell for cell in self.measurement.questions}

    def carrying(self, questions: Sequence[Question]) -> int:
        """How many of the questions have a mean; on one alone no score is shown."""
        return sum(self.cells[question.id].mean is not None for question in questions)


def within_range(k: int) -> int:
    """`k` itself; ValueError outside 3..10 (respondents and levels below which less is shown)."""
    if not K_LEAST <= k <= K_MOST:
        raise ValueError(f"k is {k}, and must be from {K_LEAST} to {K_MOST}")
    return k


def disclose(
    measurement: Measurement,
    questionnaire: Questionnaire,
    *,
    k: int,
    team_name: str,
    round_title: str,
    closed_on: date,
    comments: Sequence[tuple[str | None, str]],
) -> Result:
    """Build what everybody may see of a closed round; the same input gives the same value.

    `comments`: (question id or None, text), in any order; shown from k respondents on. Below
    three respondents there are no questions, and dimensions are gaps whose `raters` is 0: how
    many answered is then said for the round only. Raises ValueError for a k outside 3..10,
    NoSuchQuestion for a comment on an unknown question.
    """
    shown = _Shown(measurement, questionnaire, within_range(k))
    dimensions = _dimensions(shown)
    overall, overall_range = _overall(shown, dimensions)
    levels = _levels(shown, dimensions)
    weakest = _weakest(dimensions)
    return Result(
        method_version=measurement.method_version,
        team_name=team_name,
        round_title=round_title,
        closed_on=closed_on,
        questionnaire=questionnaire.title,
        questionnaire_version=questionnaire.version,
        k=k,
        invited=measurement.invited,
        respondents=measurement.respondents,
        overall=overall,
        overall_level=None if overall is None else level_of(overall.value),
        overall_range=overall_range,
        weakest=None if weakest is None else weakest.id,
        dimensions=dimensions,
        questions=_questions(shown, levels),
        do_next=_do_next(shown, levels, weakest),
        comments=_comments(questionnaire, comments) if shown.in_full else (),
    )


def own(questionnaire: Questionnaire, ratings: Mapping[str, Rating]) -> tuple[DimensionResult, ...]:
    """One person's scores by dimension, exact, for that person's own eyes only.

    `ratings` by question id. `score` None: too few levels. Raises NoSuchQuestion.
    """
    scores = own_scores(questionnaire, ratings)
    rated = {
        questionnaire.dimension_of(question_id).id
        for question_id, rating in ratings.items()
        if rating.kind is Kind.LEVEL
    }
    return tuple(
        replace(
            _gap(dimension, int(dimension.id in rated)),
            score=None if score is None else blunting.exact_score(score),
        )
        for dimension, score in zip(questionnaire.dimensions, scores.values(), strict=True)
    )


def _gap(dimension: Dimension, raters: int) -> DimensionResult:
    return DimensionResult(dimension.id, dimension.title, dimension.short_title, raters, None)


def _dimensions(shown: _Shown) -> tuple[DimensionResult, ...]:
    cells = {cell.dimension_id: cell for cell in shown.measurement.dimensions}
    return tuple(
        _scored(dimension, cells[dimension.id], shown)
        for dimension in shown.questionnaire.dimensions
    )


def _scored(dimension: Dimension, cell: DimensionCell, shown: _Shown) -> DimensionResult:
    gap = _gap(dimension, cell.raters if shown.anything else 0)
    carrying = shown.carrying(dimension.core)
    if cell.score is None or cell.raters < RATERS_LEAST or carrying < QUESTIONS_FOR_A_SCORE:
        return gap
    if not shown.in_full:
        return replace(gap, score=blunting.blunt_score(cell.score, blunting.COARSE_STEP))
    score = blunting.blunt_score(cell.score)
    if score in {blunting.UNDER, blunting.OVER}:
        # A range or a floor score is exact at one end at least: it would sharpen the score.
        return replace(gap, score=score)
    floor_score = None if cell.floor_score is None else blunting.blunt_score(cell.floor_score)
    return replace(
        gap,
        score=score,
        range=_range(cell.range, cell.raters, carrying),
        floor_score=None if floor_score == score else floor_score,
        views_differ=cell.raters >= shown.k and agreement.views_differ(cell.agreement),
    )


def _overall(
    shown: _Shown, dimensions: Sequence[DimensionResult]
) -> tuple[ShownScore | None, ShownRange | None]:
    """The overall score: exact when every dimension in it is, else the mean of what is shown.

    From an exact mean and all dimensions but one, the one that is hidden, blunt or rounded to 5
    could be worked out.
    """
    scored = [found.score for found in dimensions if found.score is not None]
    exact, spread = shown.measurement.overall, shown.measurement.overall_range
    if not scored or exact is None:
        return None, None
    complete = len(scored) == sum(cell.score is not None for cell in shown.measurement.dimensions)
    if shown.in_full and complete and blunting.UNDER not in scored and blunting.OVER not in scored:
        # One rater more than degrees of freedom in each role, and there are two roles at least.
        raters = 0 if spread is None else spread.degrees_of_freedom + 1 + shown.measurement.by_role
        return blunting.blunt_score(exact), _range(
            spread, raters, shown.carrying(shown.questionnaire.core)
        )
    weights = [found.weight for found in shown.questionnaire.dimensions]
    pairs = [
        (weight, found.score.value)
        for weight, found in zip(weights, dimensions, strict=True)
        if found.score is not None
    ]
    total = fsum(weight for weight, _ in pairs)
    mean = fsum(weight * value for weight, value in pairs) / total
    return blunting.blunt_score(mean, 1 if shown.in_full else blunting.COARSE_STEP), None


def _weakest(dimensions: Sequence[DimensionResult]) -> DimensionResult | None:
    """The lowest as shown; of equals the first, so that a tie on screen stays a tie."""
    scored = [(found.score.value, found) for found in dimensions if found.score is not None]
    return min(scored, key=lambda pair: pair[0])[1] if scored else None


def _levels(shown: _Shown, dimensions: Sequence[DimensionResult]) -> dict[str, float]:
    """Half levels by id of the questions that may be shown: k levels in the cell at least.

    None of a dimension's core questions when they and its score would settle one of them.
    """
    halves = {
        cell.question_id: blunting.half_level(cell.mean)
        for cell in shown.measurement.questions
        if cell.mean is not None and cell.levels >= shown.k
    }
    cells = shown.cells
    for dimension, found in zip(shown.questionnaire.dimensions, dimensions, strict=True):
        clues = [
            inference.Clue(question.weight, cells[question.id].levels, halves.get(question.id))
            for question in dimension.core
            if cells[question.id].mean is not None
        ]
        if found.score is not None and inference.settles_an_end(found.score, clues):
            for question in dimension.core:
                halves.pop(question.id, None)
    return halves


def _questions(shown: _Shown, levels: Mapping[str, float]) -> tuple[QuestionResult, ...]:
    """Core questions, and deep-dive ones that anybody answered, in the order of asking."""
    if not shown.anything:
        return ()
    core = {question.id for question in shown.questionnaire.core}
    return tuple(
        _question(cell, shown, levels.get(cell.question_id))
        for cell in shown.measurement.questions
        if cell.question_id in core or cell.levels + cell.dont_know + cell.not_applicable
    )


def _question(cell: QuestionCell, shown: _Shown, level: float | None) -> QuestionResult:
    known = cell.levels + cell.dont_know
    return QuestionResult(
        id=cell.question_id,
        dimension_id=shown.questionnaire.dimension_of(cell.question_id).id,
        short_title=shown.questionnaire.question(cell.question_id).short_title,
        answered=cell.levels,
        applicable=cell.applicable or cell.levels + cell.not_applicable < shown.k,
        level=None if level is None else blunting.level_text(level),
        agreement=None if level is None or blunting.is_blunt(level) else _band(cell),
        find_out_first=shown.in_full
        and cell.dont_know >= DONT_KNOWS_TO_FIND_OUT
        and 2 * cell.dont_know >= known,
    )


def _band(cell: QuestionCell) -> Agreement | None:
    """None below five levels: there the band and the level together can fit one answer only."""
    if cell.average_deviation is None or cell.spread is None or cell.levels < LEVELS_FOR_A_BAND:
        return None
    return agreement.band(cell.average_deviation, cell.spread)


def _do_next(
    shown: _Shown, levels: Mapping[str, float], weakest: DimensionResult | None
) -> tuple[str, ...]:
    if weakest is None or weakest.score is None:
        return ()
    dimension = next(it for it in shown.questionnaire.dimensions if it.id == weakest.id)
    if any(question.id in levels for question in dimension.core):
        return advice.ranked(shown.questionnaire, dimension, levels)
    return advice.unranked(dimension, weakest.score.value)


def _comments(
    questionnaire: Questionnaire, comments: Sequence[tuple[str | None, str]]
) -> tuple[ShownComment, ...]:
    """In an order that follows from the texts alone: nobody's place in the round shows."""
    shown = [
        ShownComment(None if about is None else questionnaire.question(about).short_title, text)
        for about, text in comments
    ]
    return tuple(sorted(shown, key=_shuffled))


def _shuffled(comment: ShownComment) -> tuple[bytes, str]:
    return sha256(comment.text.encode()).digest(), comment.about or ""


def _range(found: Range | None, raters: int, questions: int) -> ShownRange | None:
    """Shown from five raters and three degrees of freedom on, over three questions at least.

    Over two, the range with the agreement of each can fit one set of answers only.
    """
    if found is None or raters < RATERS_FOR_A_RANGE or questions < QUESTIONS_FOR_A_RANGE:
        return None
    return blunting.blunt_range(found) if found.degrees_of_freedom >= FREEDOM_FOR_A_RANGE else None
