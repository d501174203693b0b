"""How a team tailors a questionnaire: questions off, importance, targets, one deep dive.

A Tailoring is what was chosen; `tailored` is the questionnaire it comes to. Nothing is asked here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from questionnaires.errors import CommentTooLong, StalePress
from questionnaires.model import (
    LEVELS,
    Dimension,
    NotAsked,
    Question,
    Questionnaire,
    Tier,
)

IMPORTANCE = range(1, 4)
REASON_MOST = 200
# On one question alone a dimension's score would be what was answered to it, to the point.
CORE_LEAST = 2

Choice = int | str  # the importance of a question that is asked, else why it is not


@dataclass(frozen=True, slots=True)
class Tailoring:
    """`off`: why, by question id. `importance` 1..3 where it is not the file's, by question id.

    `targets`: a level by dimension id. `deep_dive`: the dimension whose further questions the
    next round asks as well. While it is a draft a reason may still be empty.
    Raises StalePress for what no form offers, CommentTooLong.
    """

    off: Mapping[str, str] = field(default_factory=dict)
    importance: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)
    deep_dive: str | None = None

    def __post_init__(self) -> None:
        if any(chosen not in IMPORTANCE for chosen in self.importance.values()):
            raise StalePress
        if any(target not in LEVELS for target in self.targets.values()):
            raise StalePress
        for reason in self.off.values():
            if len(reason) > REASON_MOST:
                raise CommentTooLong(len(reason), REASON_MOST)

    @property
    def choices(self) -> dict[str, Choice]:
        return {**self.importance, **self.off}

    def with_choices(self, choices: Mapping[str, Choice]) -> "Tailoring":
        return replace(
            self,
            off={name: one for name, one in choices.items() if isinstance(one, str)},
            importance={name: one for name, one in choices.items() if isinstance(one, int)},
        )


NOTHING = Tailoring()


@dataclass(frozen=True, slots=True)
class Version:
    """A tailoring as it was saved, the first with number 1; `by` None: by itself."""

    id: int | None
    number: int
    tailoring: Tailoring
    by: str | None


UNTAILORED = Version(None, 0, NOTHING, None)


# Choosing


def choose(
    questionnaire: Questionnaire, mine: Tailoring, question_id: str, importance: int | None
) -> Tailoring:
    """Ask a question with this importance; None: don't ask it, for a reason that follows.

    Raises StalePress for what is no core question.
    """
    question = _core(questionnaire).get(question_id)
    if question is None:
        raise StalePress
    choices = dict(mine.choices)
    choices.pop(question_id, None)
    if importance is None:
        choices[question_id] = mine.off.get(question_id, "")
    elif importance != question.importance:
        choices[question_id] = importance
    return mine.with_choices(choices)


def explain(mine: Tailoring, reasons: Mapping[str, str]) -> Tailoring:
    """Why questions are not asked; reasons for others are left alone."""
    told = {name: " ".join(why.split()) for name, why in reasons.items() if name in mine.off}
    return replace(mine, off={**mine.off, **told})


def aim(
    questionnaire: Questionnaire, mine: Tailoring, dimension_id: str, target: int | None
) -> Tailoring:
    """A dimension's target; None: none. Raises StalePress."""
    dimension_named(questionnaire, dimension_id)
    targets = {name: level for name, level in mine.targets.items() if name != dimension_id}
    if target is not None:
        targets[dimension_id] = target
    return replace(mine, targets=targets)


def dive(questionnaire: Questionnaire, mine: Tailoring, dimension_id: str | None) -> Tailoring:
    """Raises StalePress for a dimension without further questions."""
    if dimension_id is not None and not dimension_named(questionnaire, dimension_id).further:
        raise StalePress
    return replace(mine, deep_dive=dimension_id)


# What it comes to


def tailored(questionnaire: Questionnaire, tailoring: Tailoring) -> Questionnaire:
    """What is asked and how it counts; what does not fit a newer file is left out.

    A question weighs its file's weight times chosen / usual importance, so that what nobody
    touched weighs as before.
    """
    kept = fitting(questionnaire, tailoring)
    if kept == NOTHING:
        return questionnaire
    dimensions = tuple(_tailored(dimension, kept) for dimension in questionnaire.dimensions)
    return replace(questionnaire, dimensions=dimensions, tailored=True)


def fitting(questionnaire: Questionnaire, tailoring: Tailoring) -> Tailoring:
    """Without ids that the questionnaire does not have.

    Where a newer file left fewer than two questions of a dimension, all of them are asked.
    """
    core = _core(questionnaire)
    here = {dimension.id: dimension for dimension in questionnaire.dimensions}
    dives = {dimension.id for dimension in questionnaire.dimensions if dimension.further}
    kept = replace(
        tailoring.with_choices(
            {
                name: choice
                for name, choice in tailoring.choices.items()
                if name in core and choice != core[name].importance
            }
        ),
        targets={name: level for name, level in tailoring.targets.items() if name in here},
        deep_dive=tailoring.deep_dive if tailoring.deep_dive in dives else None,
    )
    bare = {
        question.id
        for dimension in questionnaire.dimensions
        if left(dimension, kept) < CORE_LEAST
        for question in dimension.core
    }
    return replace(kept, off={name: why for name, why in kept.off.items() if name not in bare})


def lost(questionnaire: Questionnaire, tailoring: Tailoring) -> int:
    """How many of its entries are about questions or dimensions that are not there any more."""
    core = _core(questionnaire)
    here = {dimension.id for dimension in questionnaire.dimensions}
    dives = tailoring.deep_dive is not None and tailoring.deep_dive not in here
    gone = sum(name not in core for name in tailoring.choices)
    return gone + sum(name not in here for name in tailoring.targets) + dives


def left(dimension: Dimension, tailoring: Tailoring) -> int:
    """How many core questions of a dimension (of the file's) are asked."""
    return sum(question.id not in tailoring.off for question in dimension.core)


@dataclass(frozen=True, slots=True)
class TooFewAsked:
    """Too many questions of a dimension are switched off."""

    dimension: Dimension


@dataclass(frozen=True, slots=True)
class ReasonWanted:
    """It is not said why a question is not asked."""

    dimension: Dimension
    question: Question


Problem = TooFewAsked | ReasonWanted


def problems(questionnaire: Questionnaire, tailoring: Tailoring) -> tuple[Problem, ...]:
    """What keeps a draft from being saved, in the questionnaire's order."""
    found: list[Problem] = []
    for dimension in questionnaire.dimensions:
        if left(dimension, tailoring) < CORE_LEAST:
            found.append(TooFewAsked(dimension))
        found += [
            ReasonWanted(dimension, question)
            for question in dimension.core
            if not tailoring.off.get(question.id, "-").strip()
        ]
    return tuple(found)


def _tailored(dimension: Dimension, kept: Tailoring) -> Dimension:
    return replace(
        dimension,
        questions=tuple(
            _weighing(question, kept)
            for question in dimension.questions
            if question.id not in kept.off
        ),
        target=kept.targets.get(dimension.id),
        deep_dive=kept.deep_dive == dimension.id,
        not_asked=tuple(
            NotAsked(question, kept.off[question.id])
            for question in dimension.core
            if question.id in kept.off
        ),
    )


def _weighing(question: Question, kept: Tailoring) -> Question:
    chosen = kept.importance.get(question.id)
    if chosen is None:
        return question
    weight = question.weight * chosen / question.importance
    return replace(question, importance=chosen, weight=weight, importance_chosen=True)


def _core(questionnaire: Questionnaire) -> dict[str, Question]:
    return {
        question.id: question
        for dimension in questionnaire.dimensions
        for question in dimension.questions
        if question.tier is Tier.CORE
    }


def dimension_named(questionnaire: Questionnaire, dimension_id: str) -> Dimension:
    """Raises StalePress."""
    for dimension in questionnaire.dimensions:
        if dimension.id == dimension_id:
            return dimension
    raise StalePress
