"""What is proposed after a round, made of what is shown of it."""

from collections.abc import Mapping, Sequence

from questionnaires import advice, priority
from questionnaires.advice import Advice, Seen
from questionnaires.disclosure.seal import SEAL
from questionnaires.model import Questionnaire
from questionnaires.results import DimensionResult, Proposal, QuestionResult


def proposals(
    questionnaire: Questionnaire,
    questions: Sequence[QuestionResult],
    levels: Mapping[str, float],
    weakest: DimensionResult | None,
) -> tuple[Proposal, ...]:
    """Everything below its target, most urgent first; `levels` by question id, as shown.

    Before it the next steps of the weakest dimension, in the order of asking, where no level of
    its questions is shown: in small rounds that is all.
    """
    if weakest is None or weakest.score is None:
        return ()
    dimension = next(one for one in questionnaire.dimensions if one.id == weakest.id)
    hidden = not any(question.id in levels for question in dimension.core)
    unranked = advice.unranked(dimension, weakest.score.value) if hidden else ()
    seen = {
        one.id: Seen(levels.get(one.id), one.agreement, one.find_out_first)
        for one in questions
        if one.applicable
    }
    return tuple(
        _sealed(questionnaire, one) for one in (*unranked, *advice.ranked(questionnaire, seen))
    )


def _sealed(questionnaire: Questionnaire, found: Advice) -> Proposal:
    return Proposal(
        kind=found.kind,
        question_id=found.question.id,
        dimension_id=questionnaire.dimension_of(found.question.id).id,
        short_title=found.question.short_title,
        step=found.step,
        urgency=None if found.points is None else priority.urgency(found.points),
        seal=SEAL,
    )
