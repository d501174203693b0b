"""What can be asked and what can be answered: frozen values that refuse bad data when built."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import floor

from questionnaires.errors import CommentTooLong, LevelOutOfScale, NoSuchQuestion, ReasonMissing

LEVELS = range(5)
POINTS_PER_LEVEL = 25
COMMENT_MOST = 2_000

LEVEL_WORDS = (
    "nothing yet",
    "depends on one person",
    "works for some models",
    "works for most",
    "improves itself",
)


class Tier(StrEnum):
    """Core questions make the headline; deep-dive questions are asked for a chosen dimension."""

    CORE = "core"
    DEEP_DIVE = "deep_dive"


class Scale(StrEnum):
    """How the questions of a questionnaire are answered."""

    FIVE_LEVELS = "five_levels"
    YES_PARTLY_NO = "yes_partly_no"

    @property
    def offered(self) -> tuple[int, ...]:
        """The levels that can be picked, as they stand on the card: yes is 4, partly 2, no 0."""
        return tuple(LEVELS) if self is Scale.FIVE_LEVELS else (4, 2, 0)

    @property
    def step(self) -> int:
        """How many levels lie between two neighbouring answers."""
        return abs(self.offered[1] - self.offered[0])


class Kind(StrEnum):
    """What an answer says: a level, or one of the two answers that are no score."""

    LEVEL = "level"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Question:
    """One statement to judge; its id never changes once it has been asked.

    `levels` describe 0..4, none where the answer is yes, partly or no. `next_steps` lead from
    each answer but the best to the next one, lowest first: four, or two from no and partly.
    `importance_chosen`: the team's own, else the file's.
    """

    id: str
    tier: Tier
    source: str
    short_title: str
    statement: str
    levels: tuple[str, ...]
    next_steps: tuple[str, ...]
    not_applicable: tuple[str, ...]
    effort: int
    importance: int
    depends_on: tuple[str, ...] = ()
    weight: float = 1.0
    importance_chosen: bool = False

    @property
    def own_importance(self) -> int | None:
        """Where it is not the file's."""
        return self.importance if self.importance_chosen else None

    def next_step(self, level: float) -> str:
        """What to do next at a level (0 up to but not including 4), which may be a mean."""
        return self.next_steps[floor(level) * len(self.next_steps) // LEVELS[-1]]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A core question that a team has switched off, and why."""

    question: Question
    reason: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis of the scorecard, with its questions in the order they are asked.

    A team's own: `target` (a level), `deep_dive` (its further questions are asked, too), and the
    core questions that are `not_asked`, which are not among `questions` then.
    """

    id: str
    title: str
    short_title: str
    questions: tuple[Question, ...]
    weight: float = 1.0
    target: int | None = None
    deep_dive: bool = False
    not_asked: tuple[NotAsked, ...] = ()

    @property
    def core(self) -> tuple[Question, ...]:
        """Those that scores are made of."""
        return tuple(question for question in self.questions if question.tier is Tier.CORE)

    @property
    def further(self) -> tuple[Question, ...]:
        """Those of a deep dive, which count in no score."""
        return tuple(question for question in self.questions if question.tier is Tier.DEEP_DIVE)

    @property
    def asked(self) -> tuple[Question, ...]:
        return (*self.core, *self.further) if self.deep_dive else self.core


@dataclass(frozen=True)
class Questionnaire:
    """What can be asked, in one version. `source` is the text of its file, `digest` its SHA-256.

    `tailored`: a team has made it its own (questionnaires/tailoring.py).
    """

    id: str
    version: int
    title: str
    about: str
    period: str
    dimensions: tuple[Dimension, ...]
    digest: str
    source: str = field(default="", repr=False)
    scale: Scale = Scale.FIVE_LEVELS
    tailored: bool = False

    @cached_property
    def core(self) -> tuple[Question, ...]:
        """The core questions, which scores are made of, in the order they are asked."""
        return tuple(question for dimension in self.dimensions for question in dimension.core)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """All that is asked, in order: the core questions, and those of a deep dive."""
        return tuple(question for dimension in self.dimensions for question in dimension.asked)

    @cached_property
    def _places(self) -> dict[str, tuple[Question, Dimension]]:
        return {question.id: (question, dimension) for question, dimension in self._walk()}

    def _walk(self) -> Iterator[tuple[Question, Dimension]]:
        for dimension in self.dimensions:
            for question in dimension.questions:
                yield question, dimension

    def question(self, question_id: str) -> Question:
        """Raises NoSuchQuestion."""
        return self._place(question_id)[0]

    def asked_question(self, question_id: str) -> Question:
        """Raises NoSuchQuestion for what is not asked, too."""
        question, dimension = self._place(question_id)
        if question not in dimension.asked:
            raise NoSuchQuestion(question_id)
        return question

    def dimension_of(self, question_id: str) -> Dimension:
        """Raises NoSuchQuestion."""
        return self._place(question_id)[1]

    def check(self, rating: "Rating") -> None:
        """Raises LevelOutOfScale for a level that no card of this questionnaire offers."""
        if rating.level is not None and rating.level not in self.scale.offered:
            raise LevelOutOfScale(rating.level)

    def _place(self, question_id: str) -> tuple[Question, Dimension]:
        try:
            return self._places[question_id]
        except KeyError:
            raise NoSuchQuestion(question_id) from None


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody says: a level 0..4, doesn't apply with a reason, or don't know."""

    kind: Kind
    level: int | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.kind is Kind.LEVEL and self.level not in LEVELS:
            raise LevelOutOfScale(self.level)
        if self.kind is Kind.NOT_APPLICABLE and not (self.reason or "").strip():
            raise ReasonMissing
        if self.reason and len(self.reason) > COMMENT_MOST:
            raise CommentTooLong(len(self.reason), COMMENT_MOST)

    @classmethod
    def of_level(cls, level: int) -> "Rating":
        return cls(Kind.LEVEL, level=level)

    @classmethod
    def not_applicable(cls, reason: str) -> "Rating":
        return cls(Kind.NOT_APPLICABLE, reason=reason)

    @classmethod
    def dont_know(cls) -> "Rating":
        return cls(Kind.DONT_KNOW)


@dataclass(frozen=True, slots=True)
class Answer:
    """One participant's rating of one question in one round."""

    participant: int
    question_id: str
    rating: Rating
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Rater:
    """A participant as scoring sees one: who, and in which role (None: roles were not asked)."""

    participant: int
    role: str | None = None
