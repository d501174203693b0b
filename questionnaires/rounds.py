"""A scorecard, its rounds and the people in them, as values; and who may be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from questionnaires.calendar import Cadence
from questionnaires.errors import DaysOpenOutOfRange, TeamNameMissing, TeamNameTooLong

TEAM_NAME_MOST = 35
DAYS_OPEN = range(1, 41)
DAYS_OPEN_DEFAULT = 10
HOUR_DEFAULT = 10
QUIET_BEFORE_CLOSING = timedelta(minutes=15)
SLACKBOT = "USLACKBOT"


class RoundState(StrEnum):
    """open: people answer; closed: the result is frozen and waits; published: it was posted."""

    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class ParticipantState(StrEnum):
    """How far somebody is. Nobody but the person is told whose state it is."""

    INVITED = "invited"
    STARTED = "started"
    FINISHED = "finished"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a workspace as Slack describes them; `zone` is an IANA name or None."""

    user_id: str
    name: str
    zone: str | None = None
    deleted: bool = False
    bot: bool = False
    guest: bool = False
    stranger: bool = False
    admin: bool = False

    @property
    def askable(self) -> bool:
        """A real, active member of this organisation; guests are left out."""
        left_out = self.deleted or self.bot or self.guest or self.stranger
        return not left_out and self.user_id != SLACKBOT


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is asked: the members of a channel, chosen people, or both together."""

    channel: str | None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a facilitator chooses for a team. `zone` counts its days: the creator's."""

    team_name: str
    questionnaire_id: str
    audience: Audience
    results_channel: str
    cadence: Cadence
    zone: str
    created_by: str
    days_open: int = DAYS_OPEN_DEFAULT
    hour: int = HOUR_DEFAULT

    def __post_init__(self) -> None:
        if not self.team_name.strip():
            raise TeamNameMissing
        if len(self.team_name) > TEAM_NAME_MOST:
            raise TeamNameTooLong(len(self.team_name), TEAM_NAME_MOST)
        if self.days_open not in DAYS_OPEN:
            raise DaysOpenOutOfRange(DAYS_OPEN[0], DAYS_OPEN[-1])


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A team's standing set-up. `next_on` is the day its next round opens, if any is to come."""

    id: int
    team_id: str
    set_up: SetUp
    first_on: date | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Round:
    """One run of a scorecard; what could change in the set-up is kept as it was at opening.

    `results_readers`: how many people were in the results channel then, None when not told.
    """

    id: int
    team_id: str
    scorecard_id: int
    number: int
    team_name: str
    title: str
    state: RoundState
    questionnaire_id: str
    questionnaire_version: int
    k: int
    zone: str
    hour: int
    results_channel: str
    opened_by: str
    opened_at: datetime
    closes_at: datetime
    results_readers: int | None = None
    closed_at: datetime | None = None
    publishes_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a round, with role and zone as they were when it opened.

    `revision` counts changed answers: a picture of one's own scores belongs to one of them.
    `card` is the channel and ts of the message that turns, once it is known.
    """

    id: int
    round_id: int
    user_id: str
    zone: str
    state: ParticipantState
    ask_at: datetime
    role: str | None = None
    revision: int = 0
    card: tuple[str, str] | None = None
    fix_first: str | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """How many were asked and how far they are; never who."""

    invited: int
    started: int
    finished: int
    skipped: int

    @classmethod
    def of(cls, states: Iterable[ParticipantState]) -> "Participation":
        seen = list(states)
        return cls(
            invited=len(seen),
            started=seen.count(ParticipantState.STARTED),
            finished=seen.count(ParticipantState.FINISHED),
            skipped=seen.count(ParticipantState.SKIPPED),
        )

    @property
    def nobody_left(self) -> bool:
        """Everybody finished or skipped, and somebody was asked."""
        return 0 < self.invited == self.finished + self.skipped


def closing_is_due(
    round_: Round, participation: Participation, last_change: datetime | None, now: datetime
) -> bool:
    """At the deadline, or a quiet quarter of an hour after the last person finished."""
    if round_.state is not RoundState.OPEN:
        return False
    if now >= round_.closes_at:
        return True
    quiet = last_change is not None and now - last_change >= QUIET_BEFORE_CLOSING
    return participation.nobody_left and participation.finished > 0 and quiet
