"""How things stand, as values: a set-up about to start, rounds, and somebody's own part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from questionnaires.kept import WORKSPACE_KEPT_DAYS
from questionnaires.model import Scale
from questionnaires.results import DimensionResult, ShownScore
from questionnaires.rounds import (
    Manner,
    ParticipantState,
    Participation,
    Round,
    RoundState,
    Scorecard,
    SetUp,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A round that waits for "This messages 8 people" to be confirmed.

    `opens_on` None: at once. `upcoming`: the days of the rounds after it.
    """

    scorecard_id: int
    set_up: SetUp
    people: int
    left_out: int
    questions: int
    scale: Scale
    closes_at: datetime
    results_readers: int | None
    k: int
    opens_on: date | None = None
    upcoming: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """A scorecard that runs now: its open round, or None when the first is still to come."""

    team_name: str
    round: Round | None
    people: int
    upcoming: tuple[date, ...]
    manner: Manner = Manner.APART


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that can be closed, and how many have answered: never who, never what."""

    round: Round
    participation: Participation


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited scorecard about to be saved: as it is, and what it becomes.

    `draft`: what the next round would do then. `is_open`: a round of it is open meanwhile.
    """

    before: Scorecard
    draft: Draft
    is_open: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody changed the scorecard while somebody else edited it; `now`: as it is."""

    now: Scorecard


@dataclass(frozen=True, slots=True)
class Extension:
    """The days to which an open round's deadline can be moved, the nearest first."""

    round: Round
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ScorecardStanding:
    """One scorecard with its latest round; `overdue` when its day passed and nothing opened.

    `reminds_at`: when the next reminder of an open round goes out, if one is to come.
    """

    scorecard: Scorecard
    latest: OpenRound | None
    overdue: bool
    reminds_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Slack refuses the bot's token since then, with this word of its own: nothing goes out."""

    since: datetime
    why: str

    @property
    def erased_at(self) -> datetime:
        """When nothing is kept any more, unless Slack takes a token before."""
        return self.since + timedelta(days=WORKSPACE_KEPT_DAYS)


@dataclass(frozen=True, slots=True)
class Status:
    """What /scorecard status says to a facilitator; `zone` is their own."""

    standings: tuple[ScorecardStanding, ...]
    zone: str
    stopped: Stopped | None = None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Somebody's own part in a round, for nobody else's eyes."""

    round: Round
    state: ParticipantState
    zone: str
    answered: int
    of: int
    scale: Scale
    scores: tuple[DimensionResult, ...]


def only_open(parts: Sequence[OwnPart]) -> OwnPart | None:
    """The open round among somebody's own, where there is exactly one."""
    still_open = [part for part in parts if part.round.state is RoundState.OPEN]
    return still_open[0] if len(still_open) == 1 else None


@dataclass(frozen=True, slots=True)
class OwnStatus:
    """What /scorecard status says to who is no facilitator: their own part, and who sees more."""

    facilitators: tuple[str, ...]
    parts: tuple[OwnPart, ...]


@dataclass(frozen=True, slots=True)
class Welcome:
    """What /scorecard shows first: who somebody is to the bot, and what waits for them.

    `facilitator`: of every scorecard; `looks_after_some`: of one at least.
    """

    facilitator: bool
    facilitators: tuple[str, ...]
    waiting: tuple[OwnPart, ...]
    looks_after_some: bool = False


@dataclass(frozen=True, slots=True)
class TeamResult:
    """The latest posted result of a team: `overall` None when too few answered for a score.

    `before`: the round before and its score, if it had one. `next_on`: the day of the next round.
    `several`: it is not the only one that was posted.
    """

    round: Round
    respondents: int
    overall: ShownScore | None
    before: tuple[str, ShownScore] | None
    next_on: date | None
    several: bool = False


@dataclass(frozen=True, slots=True)
class AtHome:
    """Somebody's Home tab: their open rounds, their teams' results, and what they look after.

    `status` None: no facilitator. `may_set_up`: of the workspace, not of single scorecards only.
    `page` counts from 0.
    """

    facilitators: tuple[str, ...]
    parts: tuple[OwnPart, ...]
    results: tuple[TeamResult, ...]
    status: Status | None
    may_set_up: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Exportable:
    """A scorecard's closed rounds that can be taken along, the oldest first."""

    team_name: str
    rounds: tuple[Round, ...]
