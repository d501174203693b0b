"""What a round came to, exact: computed once at closing, and never shown to anybody.

Computed by scoring and together, frozen by storage. Only disclosure makes something of it that
may be shown (questionnaires/results.py).
"""

from dataclasses import dataclass, replace

from questionnaires.results import LEAST_RESPONDENTS, Verdict


@dataclass(frozen=True, slots=True)
class Range:
    """A 95 % interval in points, cut to 0..100."""

    low: float
    high: float
    standard_error: float
    degrees_of_freedom: int


@dataclass(frozen=True, slots=True)
class QuestionCell:
    """One question over all raters. `mean` is in points 0..100, None when nobody gave a level."""

    question_id: str
    levels: int
    dont_know: int
    not_applicable: int
    applicable: bool
    mean: float | None
    average_deviation: float | None
    spread: int | None


@dataclass(frozen=True, slots=True)
class DimensionCell:
    """One dimension over its core questions. `score` None means: not enough answers.

    `deep_dive`: the same over its further questions, where they were asked.
    """

    dimension_id: str
    raters: int
    score: float | None
    floor_score: float | None
    range: Range | None
    agreement: float | None
    deep_dive: float | None = None


@dataclass(frozen=True, slots=True)
class RoleCell:
    """What those who hold one role came to over all scored dimensions; `role` None: told none.

    `raters`: how many of them gave a level in each scored dimension, in order. `score` None: to
    one of the questions that count they gave none.
    """

    role: str | None
    raters: tuple[int, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """One dimension against the round before, like for like (method sections 9 and 10).

    `common`: ids of the questions C that are scored in both rounds. `everybodys`: mean over C of
    m_q now - m_q then; None when the two cannot be compared. `theirs`: the same over those who
    answered both, None unless they are who is tested. `raters`: how many the test rests on.
    `low` and `high`: its 95 % interval. `p`: two-sided, `p_adjusted` after Holm; None: not tested.
    """

    dimension_id: str
    common: tuple[str, ...]
    everybodys: float | None
    theirs: float | None = None
    raters: int = 0
    low: float | None = None
    high: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    verdict: Verdict = Verdict.NOT_TESTED


@dataclass(frozen=True, slots=True)
class Change:
    """A round against one before it. `since`: the number of that round.

    `people`: how many answered both. `answers_erased`: some of the answers were gone by then, so
    it was computed from what the rounds had come to, and nothing was tested.
    """

    since: int
    people: int
    same_people: bool
    can_tell: bool
    dimensions: tuple[DimensionChange, ...]
    answers_erased: bool = False


@dataclass(frozen=True, slots=True)
class Measurement:
    """Everything that was computed, exact. Respondents gave at least one level.

    `together`: one person entered what the team agreed, and only then may that be shown.
    `roles`: empty where nobody has told a role. `change`: against the round before, if any.
    """

    method_version: int
    invited: int
    respondents: int
    by_role: bool
    overall: float | None
    overall_range: Range | None
    weakest: str | None
    dimensions: tuple[DimensionCell, ...]
    questions: tuple[QuestionCell, ...]
    together: bool = False
    roles: tuple[RoleCell, ...] = ()
    change: Change | None = None

    @property
    def can_be_shown(self) -> bool:
        """Whether there is any score that enough people stand behind."""
        enough = self.together or self.respondents >= LEAST_RESPONDENTS
        return self.overall is not None and enough

    def without_figures(self) -> "Measurement":
        """What is left to keep when answers are erased of a round in which too few answered.

        Of one or two people the figures are nearly the answers. Nothing but how many they were
        is ever shown, and that stays. All of a measurement that more people stand behind stays.
        """
        if self.together or self.respondents >= LEAST_RESPONDENTS:
            return self
        return replace(
            self,
            overall=None,
            overall_range=None,
            weakest=None,
            roles=(),
            change=None,
            dimensions=tuple(
                DimensionCell(cell.dimension_id, 0, None, None, None, None)
                for cell in self.dimensions
            ),
            questions=tuple(
                QuestionCell(cell.question_id, 0, 0, 0, True, None, None, None)  # noqa: FBT003
                for cell in self.questions
            ),
        )
