"""Rounds that a team fills in together: one person enters what all agreed in a meeting.

What they enter is the team's and nobody's own, so it is scored alone and shown as it is: exact
levels, no range and no agreement. Never for answers of people who answered on their own.
"""

from collections.abc import Mapping
from math import fsum

from questionnaires.measurements import DimensionCell, Measurement, QuestionCell
from questionnaires.model import (
    POINTS_PER_LEVEL,
    Dimension,
    Kind,
    Question,
    Questionnaire,
    Rating,
)
from questionnaires.scoring import METHOD_VERSION, overall_of, own_score, own_scores, weakest_of


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
        deep_dive=own_score(dimension.further, agreed),
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
