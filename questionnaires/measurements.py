"""What a round came to, exact: computed once at closing, and never shown to anybody.

Computed by scoring and together, frozen by storage. Only disclosure makes something of it that
may be shown (questionnaires/results.py).
"""

from dataclasses import dataclass, replace

from questionnaires.results import LEAST_RESPONDENTS


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
    """One dimension over its core questions. `score` None means: not enough answers."""

    dimension_id: str
    raters: int
    score: float | None
    floor_score: float | None
    range: Range | None
    agreement: float | None


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
class Measurement:
    """Everything that was computed, exact. Respondents gave at least one level.

    `together`: one person entered what the team agreed, and only then may that be shown.
    `roles`: empty where nobody has told a role.
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
            dimensions=tuple(
                DimensionCell(cell.dimension_id, 0, None, None, None, None)
                for cell in self.dimensions
            ),
            questions=tuple(
                QuestionCell(cell.question_id, 0, 0, 0, True, None, None, None)  # noqa: FBT003
                for cell in self.questions
            ),
        )
