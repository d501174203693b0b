"""A draft of tailored questions beside what is saved: what changes, and what others changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from questionnaires.model import Dimension, Question, Questionnaire, Scale
from questionnaires.tailoring import (
    Choice,
    Problem,
    Tailoring,
    dimension_named,
    problems,
    tailored,
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """Of one question; the usual importance where nothing was chosen."""

    question: Question
    was: Choice
    becomes: Choice


@dataclass(frozen=True, slots=True)
class TargetChange:
    was: int | None
    becomes: int | None


@dataclass(frozen=True, slots=True)
class DeepDiveChange:
    """`starts`: the dimension's further questions are asked next; else they were to be."""

    starts: bool


Change = QuestionChange | TargetChange | DeepDiveChange


Differences = tuple[tuple[Dimension, tuple[Change, ...]], ...]


def difference(questionnaire: Questionnaire, before: Tailoring, after: Tailoring) -> Differences:
    """What changes, by dimension, in the questionnaire's order; nothing of those as they were."""
    found = (
        (dimension, tuple(_changes(dimension, before, after)))
        for dimension in questionnaire.dimensions
    )
    return tuple((dimension, changes) for dimension, changes in found if changes)


def rebased(mine: Tailoring, begun: Tailoring, now: Tailoring) -> Tailoring:
    """A draft that was `begun` from one version, as if from another: what was not touched in it
    is as it is `now`.
    """
    choices = _merged(mine.choices, begun.choices, now.choices)
    return replace(
        mine.with_choices(choices),
        targets=_merged(mine.targets, begun.targets, now.targets),
        deep_dive=mine.deep_dive if mine.deep_dive != begun.deep_dive else now.deep_dive,
    )


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What others (None: the calendar) have saved while somebody had a draft."""

    by: tuple[str | None, ...]
    changes: Differences


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody who tailors has before them: the file's questions, what is saved, their draft.

    `number`: of the version that is saved. `meanwhile`: told once. `is_open`: a round is open.
    """

    scorecard_id: int
    team_name: str
    questionnaire: Questionnaire
    number: int
    saved: Tailoring
    draft: Tailoring
    meanwhile: Meanwhile | None = None
    is_open: bool = False

    @property
    def changes(self) -> Differences:
        return difference(self.questionnaire, self.saved, self.draft)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return problems(self.questionnaire, self.draft)

    @property
    def becomes(self) -> Questionnaire:
        """What the next round would ask."""
        return tailored(self.questionnaire, self.draft)

    def dimension(self, dimension_id: str) -> Dimension:
        """Raises StalePress."""
        return dimension_named(self.questionnaire, dimension_id)


@dataclass(frozen=True, slots=True)
class Tailored:
    """What was saved, as it is said: the next round's number of questions."""

    team_name: str
    questions: int
    scale: Scale


def _merged(
    mine: Mapping[str, Value], begun: Mapping[str, Value], now: Mapping[str, Value]
) -> dict[str, Value]:
    picked = {
        name: (mine if mine.get(name) != begun.get(name) else now).get(name)
        for name in {**now, **mine, **begun}
    }
    return {name: value for name, value in picked.items() if value is not None}


def _changes(dimension: Dimension, before: Tailoring, after: Tailoring) -> list[Change]:
    found: list[Change] = []
    for question in dimension.core:
        was = before.choices.get(question.id, question.importance)
        becomes = after.choices.get(question.id, question.importance)
        if was != becomes:
            found.append(QuestionChange(question, was, becomes))
    aimed = before.targets.get(dimension.id), after.targets.get(dimension.id)
    if aimed[0] != aimed[1]:
        found.append(TargetChange(*aimed))
    dived = before.deep_dive == dimension.id, after.deep_dive == dimension.id
    if dived[0] != dived[1]:
        found.append(DeepDiveChange(starts=dived[1]))
    return found
