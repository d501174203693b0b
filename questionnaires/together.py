"""Rounds that a team fills in together: one person enters what all agreed in a meeting.

What they enter is the team's and nobody's own, so it is scored alone and shown as it is: exact
levels, no range and no agreement. Never for answers of people who answered on their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import fsum

from questionnaires import blunting
from questionnaires.model import (
    POINTS_PER_LEVEL,
    Dimension,
    Kind,
    Question,
    Questionnaire,
    Rating,
    Tier,
)
from questionnaires.results import (
    DimensionCell,
    DimensionResult,
    Measurement,
    QuestionCell,
    QuestionResult,
    ShownComment,
)
from questionnaires.scoring import METHOD_VERSION, overall_of, own_scores, weakest_of


def measure(questionnaire: Questionnaire, agreed: Mapping[str, Rating]) -> Measurement:
    """Compute a round from what one person entered for the team, by question id.

    A dimension's score is the weighted mean of its agreed levels, under the two-thirds rule of
    somebody's own scores; the overall score and the weakest are those of every round. Raises
    NoSuchQuestion.
    """
    scores = own_scores(questionnaire, agreed)
    cells = tuple(
        _dimension_cell(dimension, scores[dimension.id], agreed)
        for dimension in questionnaire.dimensions
    )
    return Measurement(
        method_version=METHOD_VERSION,
        invited=1,
        respondents=int(
            any(_level(agreed, question) is not None for question in questionnaire.core)
        ),
        by_role=False,
        overall=overall_of(questionnaire, cells),
        overall_range=None,
        weakest=weakest_of(cells),
        dimensions=cells,
        questions=tuple(
            _question_cell(question.id, agreed.get(question.id))
            for dimension in questionnaire.dimensions
            for question in dimension.questions
        ),
        together=True,
    )


def _dimension_cell(
    dimension: Dimension, score: float | None, agreed: Mapping[str, Rating]
) -> DimensionCell:
    kept = fsum(one.weight for one in dimension.core if _level(agreed, one) is not None)
    left_out = fsum(
        one.weight
        for one in dimension.core
        if one.id in agreed and agreed[one.id].kind is Kind.NOT_APPLICABLE
    )
    return DimensionCell(
        dimension_id=dimension.id,
        raters=int(kept > 0),
        score=score,
        floor_score=None if score is None else score * kept / (kept + left_out),
        range=None,
        agreement=None,
    )


def _question_cell(question_id: str, rating: Rating | None) -> QuestionCell:
    kind = None if rating is None else rating.kind
    level = None if rating is None else rating.level
    return QuestionCell(
        question_id=question_id,
        levels=int(level is not None),
        dont_know=int(kind is Kind.DONT_KNOW),
        not_applicable=int(kind is Kind.NOT_APPLICABLE),
        applicable=kind is not Kind.NOT_APPLICABLE,
        mean=None if level is None else float(level * POINTS_PER_LEVEL),
        average_deviation=None,
        spread=None,
    )


def _level(agreed: Mapping[str, Rating], question: Question) -> int | None:
    rating = agreed.get(question.id)
    return None if rating is None else rating.level


def shown_dimensions(
    measurement: Measurement, questionnaire: Questionnaire
) -> tuple[DimensionResult, ...]:
    """Scores in whole points without blunt ends: nobody's own answer is behind them."""
    both = zip(questionnaire.dimensions, measurement.dimensions, strict=True)
    return tuple(_shown_dimension(dimension, cell) for dimension, cell in both)


def _shown_dimension(dimension: Dimension, cell: DimensionCell) -> DimensionResult:
    score = None if cell.score is None else blunting.exact_score(cell.score)
    floor_score = None if cell.floor_score is None else blunting.exact_score(cell.floor_score)
    return replace(
        DimensionResult.gap(dimension, cell.raters),
        score=score,
        floor_score=None if floor_score == score else floor_score,
    )


def shown_questions(
    measurement: Measurement, questionnaire: Questionnaire
) -> tuple[QuestionResult, ...]:
    """Core questions, and deep-dive ones that were answered; the level as it was agreed.

    What the team doesn't know is to be found out first: it is no single person's view.
    """
    core = {question.id for question in questionnaire.core}
    return tuple(
        _shown_question(cell, questionnaire)
        for cell in measurement.questions
        if cell.question_id in core or cell.levels + cell.dont_know + cell.not_applicable
    )


def _shown_question(cell: QuestionCell, questionnaire: Questionnaire) -> QuestionResult:
    question = questionnaire.question(cell.question_id)
    return QuestionResult(
        id=cell.question_id,
        dimension_id=questionnaire.dimension_of(cell.question_id).id,
        short_title=question.short_title,
        answered=cell.levels,
        applicable=cell.applicable,
        level=None if cell.mean is None else f"{cell.mean / POINTS_PER_LEVEL:g}",
        agreement=None,
        find_out_first=bool(cell.dont_know),
        importance=question.own_importance,
        deep_dive=question.tier is Tier.DEEP_DIVE,
    )


def levels(measurement: Measurement) -> dict[str, float]:
    """The agreed levels by question id, for what to do next."""
    return {
        cell.question_id: cell.mean / POINTS_PER_LEVEL
        for cell in measurement.questions
        if cell.mean is not None
    }


def notes(
    questionnaire: Questionnaire, comments: Iterable[tuple[str | None, str]]
) -> tuple[ShownComment, ...]:
    """The team's notes in the order of asking, what to fix first behind them.

    Raises NoSuchQuestion.
    """
    about: dict[str | None, list[str]] = {}
    for question_id, text in comments:
        if question_id is not None:
            questionnaire.question(question_id)
        about.setdefault(question_id, []).append(text)
    titles: dict[str | None, str | None] = {
        question.id: question.short_title
        for dimension in questionnaire.dimensions
        for question in dimension.questions
    }
    return tuple(
        ShownComment(title, text)
        for question_id, title in {**titles, None: None}.items()
        for text in about.get(question_id, ())
    )
