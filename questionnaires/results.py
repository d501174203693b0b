"""What of a round may be shown: values that only disclosure can build.

Every one of them asks for the seal, which only questionnaires/disclosure has: nothing else can
make one, or change one, so whatever is handed a Result has what may be seen of it. The raw
figures are in questionnaires/measurements.py.
"""

from dataclasses import InitVar, dataclass, field
from datetime import date
from enum import StrEnum

from questionnaires.model import Scale
from questionnaires.priority import Urgency
from questionnaires.roles import Role
from questionnaires.rounds import Manner

LEAST_RESPONDENTS = 3


class Seal:
    """Proof of having come through disclosure; disclosure/seal.py has the only one."""


@dataclass(frozen=True, slots=True)
class _Sealed:
    seal: InitVar[Seal] = field(kw_only=True)

    def __post_init__(self, seal: Seal) -> None:
        if type(seal) is not Seal:
            raise TypeError("only questionnaires/disclosure builds what may be shown")


class Agreement(StrEnum):
    """Of a question: high, medium, low. On screen only low is named ("views differ")."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class ShownScore(_Sealed):
    """A score as it may be shown: `text` to print ("53", "under 5"), `value` to draw (0..100)."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class ShownRange(_Sealed):
    """An interval as it may be shown, in whole points."""

    low: int
    high: int


class Verdict(StrEnum):
    """Whether a change is more than noise; only the first is called a change on screen.

    not_tested: too few people to tell, one set of answers for all, or other dimensions that had
    an action were looked at instead.
    """

    CHANGED = "changed"
    NO_CLEAR_CHANGE = "no_clear_change"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True, slots=True)
class ShownChange(_Sealed):
    """From the round before to this one, like for like: over the questions asked both times.

    `points`: whole ones, signed. `before`: where the score stood before, on this round's measure.
    `composition`: what the scores moved besides, by questions that are new, gone or weigh
    otherwise; 0 where they are the same.
    """

    points: int
    verdict: Verdict
    before: ShownScore
    composition: int = 0

    @property
    def text(self) -> str:
        return signed(self.points)


def signed(points: int) -> str:
    """+3, -2, ±0"""
    return f"{points:+d}" if points else "±0"


class NoChange(StrEnum):
    """Why a dimension that has a score stands beside no change."""

    NO_SCORE_BEFORE = "no_score_before"
    OTHER_QUESTIONS = "other_questions"
    COUNTED_OTHERWISE = "counted_otherwise"
    NEAR_AN_END = "near_an_end"
    GIVES_ANSWERS_AWAY = "gives_answers_away"


@dataclass(frozen=True, slots=True)
class Since(_Sealed):
    """The round that this one is compared with.

    `same_people`: nearly everybody answered both, and they are who the changes are tested on.
    `can_tell`: enough people for a change to be told from noise. `people`: how many answered both
    times. `answers_erased`: some of the answers then were erased, so nothing was tested.
    """

    round_title: str
    closed_on: date
    respondents: int
    overall: ShownScore | None
    people: int
    same_people: bool
    can_tell: bool
    answers_erased: bool = False


@dataclass(frozen=True, slots=True)
class RoleScore(_Sealed):
    """What those who hold one role came to over all dimensions; `people`: how many answered."""

    role: Role
    people: int
    score: ShownScore


@dataclass(frozen=True, slots=True)
class DimensionResult(_Sealed):
    """One spoke. `score` None: a gap, for which `raters` says how many answered.

    `deep_dive`: of its further questions, beside the score, and in no other.

    `change` None: there is none to tell, for the reason in `no_change` where it has a score and
    the round is compared with another. A team's own: `target` (a level), and `not_asked`, short
    titles with the reason for each.
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
    change: ShownChange | None = None
    no_change: NoChange | None = None
    deep_dive: ShownScore | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult(_Sealed):
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
class ShownComment(_Sealed):
    """A remark without its author; `about` is a question's short title, or None."""

    about: str | None
    text: str


@dataclass(frozen=True, slots=True)
class HideableComment(_Sealed):
    """For facilitators before posting: what the thread shows or, `hidden`, does not.

    `digest`: what it is hidden by, made of its words alone.
    """

    comment: ShownComment
    digest: str
    hidden: bool


class ProposalKind(StrEnum):
    """Many don't know: find out first. Views differ: agree first. Else: do next."""

    FIND_OUT_FIRST = "find_out_first"
    AGREE_FIRST = "agree_first"
    DO_NEXT = "do_next"


@dataclass(frozen=True, slots=True)
class Proposal(_Sealed):
    """What to do about one question. `urgency` None: there is nothing to rank it by.

    `step`: the question's next step, None where no level of it is shown.
    """

    kind: ProposalKind
    question_id: str
    dimension_id: str
    short_title: str
    step: str | None
    urgency: Urgency | None


@dataclass(frozen=True, slots=True)
class Result(_Sealed):
    """All that anybody but its author's own eyes may see of a closed round.

    `manner` together: exact, and as one person entered it for the team; said wherever it is shown.
    `tailored`: the team has made the questions its own.
    `by_role`: each role counts the same, however many people hold it; else people do.
    `proposals`: most urgent first. `since` None: nothing came before to compare it with.
    `comments_hidden`: how many are left out because a facilitator hid them.
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
    proposals: tuple[Proposal, ...]
    comments: tuple[ShownComment, ...]
    manner: Manner = Manner.APART
    by_role: bool = False
    tailored: bool = False
    roles: tuple[RoleScore, ...] = ()
    since: Since | None = None
    comments_hidden: int = 0

    @property
    def together(self) -> bool:
        return self.manner is Manner.TOGETHER

    def proposed(self, kind: ProposalKind) -> tuple[Proposal, ...]:
        return tuple(one for one in self.proposals if one.kind is kind)

    def dimension(self, dimension_id: str) -> DimensionResult:
        return next(found for found in self.dimensions if found.id == dimension_id)
