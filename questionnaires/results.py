"""What a round came to, as values: the raw measurement, and what of it may be shown.

Computed by scoring (Measurement) and disclosure (Result); nothing is computed here.
A Measurement never leaves use cases and storage; people, pictures and exports see a Result.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from questionnaires.model import Dimension, Scale
from questionnaires.rounds import Manner

LEAST_RESPONDENTS = 3


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
class Measurement:
    """Everything that was computed, exact. Respondents gave at least one level.

    `together`: one person entered what the team agreed, and only then may that be shown.
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
            dimensions=tuple(
                DimensionCell(cell.dimension_id, 0, None, None, None, None)
                for cell in self.dimensions
            ),
            questions=tuple(
                QuestionCell(cell.question_id, 0, 0, 0, True, None, None, None)  # noqa: FBT003
                for cell in self.questions
            ),
        )


class Agreement(StrEnum):
    """Of a question: high, medium, low. On screen only low is named ("views differ")."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A score as it may be shown: `text` to print ("53", "under 5"), `value` to draw (0..100)."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class ShownRange:
    """An interval as it may be shown, in whole points."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One spoke. `score` None: a gap, for which `raters` says how many answered.

    A team's own: `target` (a level), and `not_asked`, short titles with the reason for each.
    """

    id: str
    title: str
    short_title: str
    raters: int
    score: ShownScore | None
    range: ShownRange | None = None
    floor_score: ShownScore | None = None
    views_differ: bool = False
    target: int | None = None
    not_asked: tuple[tuple[str, str], ...] = ()

    @classmethod
    def gap(cls, dimension: Dimension, raters: int) -> "DimensionResult":
        return cls(
            id=dimension.id,
            title=dimension.title,
            short_title=dimension.short_title,
            raters=raters,
            score=None,
            target=dimension.target,
            not_asked=tuple((one.question.short_title, one.reason) for one in dimension.not_asked),
        )


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question in the details: `level` is "2.5" or "about 4", None below the floor.

    `importance`: the team's own, if so. `deep_dive`: it counts in no score.
    """

    id: str
    dimension_id: str
    short_title: str
    answered: int
    applicable: bool
    level: str | None
    agreement: Agreement | None
    find_out_first: bool
    importance: int | None = None
    deep_dive: bool = False


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A remark without its author; `about` is a question's short title, or None."""

    about: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """All that anybody but its author's own eyes may see of a closed round.

    `manner` together: exact, and as one person entered it for the team; said wherever it is shown.
    `tailored`: the team has made the questions its own.
    `by_role`: each role counts the same, however many people hold it; else people do.
    """

    method_version: int
    team_name: str
    round_title: str
    closed_on: date
    questionnaire: str
    questionnaire_version: int
    scale: Scale
    k: int
    invited: int
    respondents: int
    overall: ShownScore | None
    overall_level: int | None
    overall_range: ShownRange | None
    weakest: str | None
    dimensions: tuple[DimensionResult, ...]
    questions: tuple[QuestionResult, ...]
    do_next: tuple[str, ...]
    comments: tuple[ShownComment, ...]
    manner: Manner = Manner.APART
    by_role: bool = False
    tailored: bool = False

    @property
    def together(self) -> bool:
        return self.manner is Manner.TOGETHER

    def dimension(self, dimension_id: str) -> DimensionResult:
        return next(found for found in self.dimensions if found.id == dimension_id)
