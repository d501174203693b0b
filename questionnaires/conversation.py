"""What a respondent sees next: which question, how far, what was just saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from questionnaires.model import Dimension, Question, Questionnaire, Rating, Scale
from questionnaires.results import DimensionResult
from questionnaires.roles import Role
from questionnaires.rounds import Manner

SECONDS_PER_QUESTION = {Scale.FIVE_LEVELS: 30, Scale.YES_PARTLY_NO: 10}


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the first message of a round says."""

    round_id: int
    team_name: str
    questionnaire_title: str
    asked_by: str
    colleagues: int
    questions: int
    closes_at: datetime
    zone: str
    k: int
    results_channel: str
    results_readers: int | None
    scale: Scale = Scale.FIVE_LEVELS
    again: bool = False
    by_self: bool = False
    manner: Manner = Manner.APART


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder says; `wished`: somebody asked for it. `last`: none comes after it."""

    round_id: int
    team_name: str
    left: int
    of: int
    closes_at: datetime
    zone: str
    scale: Scale = Scale.FIVE_LEVELS
    wished: bool = False
    last: bool = False
    manner: Manner = Manner.APART


@dataclass(frozen=True, slots=True)
class Saved:
    """What a click has stored: "Deployment 1" and the rating, or None for a comment."""

    question: str
    rating: Rating | None
    scale: Scale = Scale.FIVE_LEVELS


@dataclass(frozen=True, slots=True)
class SavedRole:
    """The role that a click has stored."""

    role: Role


@dataclass(frozen=True, slots=True)
class RoleQuestion:
    """What somebody does in the team; `role` is what they said before, if anything.

    `first`: the question that comes when they rather don't say; None when they came back to it.
    """

    round_id: int
    role: Role | None
    first: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One question as a person sees it; `rating` is their earlier answer, if any.

    `done`: every question has an answer, so that Back leads to the end.
    """

    round_id: int
    question: Question
    dimension: Dimension
    place: int
    number: int
    of: int
    period: str
    rating: Rating | None
    comment: str | None
    scale: Scale = Scale.FIVE_LEVELS
    manner: Manner = Manner.APART
    done: bool = False


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One answer in the overview at the end; `dimension` is the short title of its dimension."""

    question_id: str
    dimension: str
    label: str
    short_title: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Finish:
    """What somebody sees who has answered every question: for their own eyes only.

    `asks_role`: the round is large enough for roles to count; `role` is None when it wasn't told.
    """

    round_id: int
    team_name: str
    round_title: str
    closes_at: datetime
    zone: str
    scores: tuple[DimensionResult, ...]
    answers: tuple[OwnAnswer, ...]
    fix_first: str | None
    scale: Scale = Scale.FIVE_LEVELS
    manner: Manner = Manner.APART
    asks_role: bool = False
    role: Role | None = None


Face = RoleQuestion | Card | Finish  # what the one message of a round shows
Stored = Saved | SavedRole  # what its first line says was saved


def next_question(
    questionnaire: Questionnaire, answered: Mapping[str, Rating], after: str | None = None
) -> Question | None:
    """The first question without an answer behind `after`, else from the start, else None."""
    asked = questionnaire.asked
    start = 1 + _place(questionnaire, after) if after is not None else 0
    ordered = asked[start:] + asked[:start]
    return next((question for question in ordered if question.id not in answered), None)


def question_before(questionnaire: Questionnaire, question_id: str) -> Question | None:
    """The question asked before this one; None for the first."""
    place = _place(questionnaire, question_id)
    return questionnaire.asked[place - 1] if place > 0 else None


def card(
    questionnaire: Questionnaire,
    question: Question,
    *,
    round_id: int,
    ratings: Mapping[str, Rating],
    comment: str | None = None,
    manner: Manner = Manner.APART,
) -> Card:
    """The card of one question, with its place in the dimension and in the whole."""
    dimension = questionnaire.dimension_of(question.id)
    return Card(
        round_id=round_id,
        question=question,
        dimension=dimension,
        place=1 + dimension.asked.index(question),
        number=1 + _place(questionnaire, question.id),
        of=len(questionnaire.asked),
        period=questionnaire.period,
        rating=ratings.get(question.id),
        comment=comment,
        scale=questionnaire.scale,
        manner=manner,
        done=next_question(questionnaire, ratings) is None,
    )


def own_answers(
    questionnaire: Questionnaire, ratings: Mapping[str, Rating]
) -> tuple[OwnAnswer, ...]:
    """What somebody has said to what is asked, in the order they are asked."""
    return tuple(
        OwnAnswer(
            question.id,
            questionnaire.dimension_of(question.id).short_title,
            label(questionnaire, question.id),
            question.short_title,
            ratings[question.id],
        )
        for question in questionnaire.asked
        if question.id in ratings
    )


def label(questionnaire: Questionnaire, question_id: str) -> str:
    """How a question is called in a word and a number: "Deployment 1"."""
    dimension = questionnaire.dimension_of(question_id)
    asked = [question.id for question in dimension.asked]
    place = 1 + asked.index(questionnaire.asked_question(question_id).id)
    return f"{dimension.short_title} {place}"


def saved(questionnaire: Questionnaire, question_id: str, rating: Rating | None) -> Saved:
    """What a click has stored: a rating, or None for a comment. Raises NoSuchQuestion."""
    return Saved(label(questionnaire, question_id), rating, questionnaire.scale)


def minutes(questions: int, scale: Scale) -> int:
    """About how long so many questions take: half a minute each, ten seconds for yes or no."""
    return max(1, ceil(questions * SECONDS_PER_QUESTION[scale] / 60))


def _place(questionnaire: Questionnaire, question_id: str) -> int:
    return questionnaire.asked.index(questionnaire.asked_question(question_id))
