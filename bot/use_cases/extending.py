"""A later deadline for a round that is open."""

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators, known
from questionnaires import calendar
from questionnaires.acts import Act
from questionnaires.errors import DeadlineMoved, NoOpenRound, NoRoomToExtend
from questionnaires.rounds import DAYS_OPEN, Round, RoundState
from questionnaires.standings import Extension
from storage import acts, rounds, scorecards
from storage.database import Database

Clock = Callable[[], datetime]


class Extending:
    def __init__(self, database: Database, facilitators: Facilitators, now: Clock) -> None:
        self._database = database
        self._facilitators = facilitators
        self._now = now

    def about_to_extend(
        self, team_id: str, user_id: str, scorecard_id: int, closes_on: date
    ) -> Extension:
        """The days to choose from. Raises as extend."""
        with self._database.reading() as session:
            return self._extension(session, team_id, user_id, scorecard_id, closes_on)

    def extend(
        self, team_id: str, user_id: str, scorecard_id: int, closes_on: date, day: date
    ) -> Round:
        """Move the deadline to 18:00 of that day, in the team's zone.

        `closes_on` is what the facilitator saw: of two who extend at once, the second is told.
        Raises NotFacilitator, NoSuchScorecard, NoOpenRound, DeadlineMoved, NoRoomToExtend.
        """
        with self._database.writing() as session:
            found = self._extension(session, team_id, user_id, scorecard_id, closes_on, hold=True)
            if day not in found.days:
                raise NoRoomToExtend(self._next_on(session, team_id, scorecard_id))
            round_ = found.round
            at = calendar.at_local_hour(day, calendar.CLOSING_HOUR, round_.zone)
            moved = rounds.move(
                session, round_.id, old=RoundState.OPEN, new=RoundState.OPEN, closes_at=at
            )
            extended = rounds.round_(session, round_.id)
            if not moved or extended is None:
                raise NoOpenRound
            acts.note(session, Act.EXTENDED, extended, user_id, self._now(), day=day)
            return extended

    def _extension(
        self,
        session: Session,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        closes_on: date,
        *,
        hold: bool = False,
    ) -> Extension:
        found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id, hold=hold)
        round_ = rounds.latest(session, found.id)
        now = self._now()
        if round_ is None or round_.state is not RoundState.OPEN or now >= round_.closes_at:
            raise NoOpenRound
        if round_.closes_on != closes_on:
            raise DeadlineMoved(round_.closes_at, round_.zone)
        days = calendar.later_deadlines(
            calendar.local_day(round_.opened_at, round_.zone),
            closes_on,
            found.next_on,
            DAYS_OPEN[-1],
            round_.weekend.days,
        )
        if not days:
            raise NoRoomToExtend(found.next_on)
        return Extension(round_, days)

    def _next_on(self, session: Session, team_id: str, scorecard_id: int) -> date | None:
        return known(scorecards.scorecard(session, team_id, scorecard_id)).next_on
