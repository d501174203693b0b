"""What to do next, from what is shown of a round: up to three next steps. Nothing else is read.

The plan by priority (method section 8) is not made here.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from questionnaires.model import LEVELS, Dimension, Question, Questionnaire
from questionnaires.scoring import level_of

STEPS_MOST = 3
STANDS_FROM = 2


def ranked(
    questionnaire: Questionnaire, dimension: Dimension, levels: Mapping[str, float]
) -> tuple[str, ...]:
    """Next steps of a dimension's core questions, lowest shown level first.

    Ties go by effort, then by the order of asking. Questions without a level and those shown
    as "about 4" are left out; one whose prerequisite is shown below 2 gives way to it.
    `levels` by question id, over all dimensions: a prerequisite may stand in another one.
    """
    shown = [question for question in dimension.core if question.id in levels]
    # The sort is stable, so equals keep the order of asking.
    shown.sort(key=lambda question: (levels[question.id], question.effort))
    wanting = (question for question in shown if levels[question.id] < LEVELS[-1])
    needed = (_first_needed(questionnaire, question, levels) for question in wanting)
    return _first(question.next_step(levels[question.id]) for question in needed)


def unranked(dimension: Dimension, score: float) -> tuple[str, ...]:
    """Next steps in the order of asking, all for the level named beside the dimension's score.

    For rounds too small to show any question: the steps say nothing about single ones.
    """
    level = min(level_of(score), LEVELS[-1] - 1)
    return _first(question.next_step(level) for question in dimension.core)


def _first_needed(
    questionnaire: Questionnaire, question: Question, levels: Mapping[str, float]
) -> Question:
    """The question itself, or the first of its prerequisites, theirs included, below 2."""
    for needed in question.depends_on:
        level = levels.get(needed)
        if level is not None and level < STANDS_FROM:
            return _first_needed(questionnaire, questionnaire.question(needed), levels)
    return question


def _first(steps: Iterator[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(steps), STEPS_MOST))
