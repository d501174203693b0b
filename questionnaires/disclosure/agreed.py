"""What is shown of a round that was filled in together: all of it, as it was entered.

There is one set of answers, the team's, so the floors, which protect single people, do not hold.
"""

from dataclasses import replace

from questionnaires.disclosure import blunting
from questionnaires.disclosure.seal import SEAL
from questionnaires.disclosure.spoke import gap
from questionnaires.measurements import DimensionCell, Measurement, QuestionCell
from questionnaires.model import POINTS_PER_LEVEL, Dimension, Questionnaire, Tier
from questionnaires.results import DimensionResult, QuestionResult


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
        gap(dimension, cell.raters),
        seal=SEAL,
        score=score,
        floor_score=None if floor_score == score else floor_score,
        deep_dive=None if cell.deep_dive is None else blunting.exact_score(cell.deep_dive),
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
        seal=SEAL,
    )


def levels(measurement: Measurement) -> dict[str, float]:
    """The agreed levels by question id, for what to do next."""
    return {
        cell.question_id: cell.mean / POINTS_PER_LEVEL
        for cell in measurement.questions
        if cell.mean is not None
    }
