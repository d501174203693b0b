"""A scorecard, its rounds and the people in them, as values; and who may be asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from questionnaires import calendar
from questionnaires.calendar import HOURS, Cadence, Weekend
from questionnaires.errors import (
    DaysOpenOutOfRange,
    HourOutOfRange,
    TeamNameMissing,
    TeamNameTooLong,
)
from questionnaires.roles import Role

TEAM_NAME_MOST = 35
DAYS_OPEN = range(1, 41)
DAYS_OPEN_DEFAULT = 10
HOUR_DEFAULT = 10
QUIET_BEFORE_CLOSING = timedelta(minutes=15)
LATE = timedelta(hours=1)
SLACKBOT = "USLACKBOT"

# Why somebody in a round is not written to any more; besides these, Slack's own word for it.
WISHED_SO = "wished_so"
LEFT_AUDIENCE = "left_audience"
LEFT_WORKSPACE = "left_workspace"
STILL_THERE = (WISHED_SO, LEFT_AUDIENCE)


class ScorecardState(StrEnum):
    """draft: not confirmed yet; paused: nothing is asked until somebody resumes it."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"


class Manner(StrEnum):
    """apart: everybody answers alone; together: one person enters what the team agreed;
    rehearsal: one person and made-up colleagues, and nothing of it is kept."""

    APART = "apart"
    TOGETHER = "together"
    REHEARSAL = "rehearsal"


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
    def here(self) -> bool:
        """A real, active member of this organisation, guest or not."""
        gone = self.deleted or self.bot or self.stranger
        return not gone and self.user_id != SLACKBOT

    def askable(self, *, guests: bool = False) -> bool:
        """Whether somebody may be asked; guests only where the set-up says so."""
        return self.here and (guests or not self.guest)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is asked: the members of a channel, of a user group, chosen people, all together."""

    channel: str | None
    people: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a facilitator chooses for a team. `zone` counts its days: the creator's.

    `first_on` None: as soon as it is confirmed. `guests`: they are asked as well.
    """

    team_name: str
    questionnaire_id: str
    audience: Audience
    results_channel: str
    cadence: Cadence
    zone: str
    created_by: str
    days_open: int = DAYS_OPEN_DEFAULT
    hour: int = HOUR_DEFAULT
    weekend: Weekend = Weekend.SATURDAY_SUNDAY
    guests: bool = False
    first_on: date | None = None
    manner: Manner = Manner.APART

    def __post_init__(self) -> None:
        if not self.team_name.strip():
            raise TeamNameMissing
        if len(self.team_name) > TEAM_NAME_MOST:
            raise TeamNameTooLong(len(self.team_name), TEAM_NAME_MOST)
        if self.days_open not in DAYS_OPEN:
            raise DaysOpenOutOfRange(DAYS_OPEN[0], DAYS_OPEN[-1])
        if self.hour not in HOURS:
            raise HourOutOfRange(HOURS[0], HOURS[-1])

    def today(self, now: datetime) -> date:
        """The day on the team's calendar."""
        return calendar.local_day(now, self.zone)

    @property
    def together(self) -> bool:
        """One person fills in what the team agreed."""
        return self.manner is Manner.TOGETHER


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A team's standing set-up. `next_on` is the day its next round opens, if any is to come.

    `first_on` is the day from which occurrences are counted, None before it is confirmed.
    `trouble`: the name of the refusal that keeps a round that is due from opening.
    `revision` counts changes of the set-up and of its next day, the last of them by `changed_by`
    (None: by itself). `edits`: of a draft, the id of the scorecard that it changes.
    """

    id: int
    team_id: str
    state: ScorecardState
    set_up: SetUp
    first_on: date | None
    next_on: date | None
    trouble: str | None = None
    revision: int = 0
    changed_by: str | None = None
    edits: int | None = None

    @property
    def upcoming(self) -> tuple[date, ...]:
        """The days of the next three rounds."""
        if self.first_on is None:
            return ()
        weekend = self.set_up.weekend.days
        return calendar.upcoming(self.first_on, self.set_up.cadence, self.next_on, weekend)

    def after(self, held_on: date) -> date | None:
        """The day of the round after one that was held on that day."""
        assert self.first_on is not None
        weekend = self.set_up.weekend.days
        return calendar.next_round(self.first_on, self.set_up.cadence, held_on, weekend)

    def after_extra(self, today: date) -> date | None:
        """The day of the next round when one more was opened today: the planned one, if it can be.

        It is never sooner than 30 days after.
        """
        rested = today + timedelta(days=calendar.DAYS_APART)
        earliest = calendar.next_working_day(rested, self.set_up.weekend.days)
        return self.next_on and max(self.next_on, earliest)


@dataclass(frozen=True, slots=True)
class Round:
    """One run of a scorecard; what could change in the set-up is kept as it was at opening.

    `due_at`: when it should have opened by itself, None when it was opened by hand.
    `results_readers`: how many people were in the results channel then, None when not told.
    `erased_at`: since when it cannot be computed anew, for the difference would show answers that
    were erased; None while it can.
    `tailoring_id`: what the team had made of its questions, None when nothing.
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
    weekend: Weekend = Weekend.SATURDAY_SUNDAY
    manner: Manner = Manner.APART
    tailoring_id: int | None = None
    due_at: datetime | None = None
    results_readers: int | None = None
    closed_at: datetime | None = None
    publishes_at: datetime | None = None
    published_at: datetime | None = None
    erased_at: datetime | None = None

    @property
    def together(self) -> bool:
        """One person fills in what the team agreed."""
        return self.manner is Manner.TOGETHER

    @property
    def is_rehearsal(self) -> bool:
        return self.manner is Manner.REHEARSAL

    @property
    def opened_late(self) -> bool:
        """It should have opened more than an hour earlier."""
        return self.due_at is not None and self.opened_at - self.due_at > LATE

    @property
    def closes_on(self) -> date:
        """The day of its deadline on the team's calendar."""
        return calendar.local_day(self.closes_at, self.zone)

    @property
    def joins_until(self) -> datetime:
        return calendar.joins_until(self.opened_at, self.closes_at)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a round, with role and zone as they were when it opened.

    `ask_at` is when they are asked; once they were, when that was.
    `left_alone`: why nothing more is sent to them, if so.
    `revision` counts changed answers: a picture of one's own scores belongs to one of them.
    `card` is the channel and ts of the message that turns, once it is known.
    """

    id: int
    round_id: int
    user_id: str
    zone: str
    state: ParticipantState
    ask_at: datetime
    left_alone: str | None = None
    role: Role | None = None
    revision: int = 0
    card: tuple[str, str] | None = None
    fix_first: str | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """How many were asked and how far they are; never who.

    `unreachable`: of those who have not finished, how many nobody can write to, by the reason.
    """

    invited: int
    started: int
    finished: int
    skipped: int
    unreachable: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[tuple[ParticipantState, str | None]]) -> "Participation":
        """`people`: how far each is, and why they are left alone, if so."""
        seen = list(people)
        states = Counter(state for state, _ in seen)
        why = Counter(reason for state, reason in seen if reason and is_unreachable(state, reason))
        return cls(
            invited=len(seen),
            started=states[ParticipantState.STARTED],
            finished=states[ParticipantState.FINISHED],
            skipped=states[ParticipantState.SKIPPED],
            unreachable=dict(sorted(why.items())),
        )


def is_unreachable(state: ParticipantState, left_alone: str | None) -> bool:
    """Somebody who is still expected, and whom no message reaches."""
    expected = state in (ParticipantState.INVITED, ParticipantState.STARTED)
    return expected and left_alone not in (None, *STILL_THERE)
