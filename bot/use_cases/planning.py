"""What facilitators change about the rounds to come: pause, resume, skip the next one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from questionnaires import calendar
from questionnaires.acts import Act
from questionnaires.errors import NothingToSkip, NotPaused, Paused
from questionnaires.rounds import Scorecard, ScorecardState
from storage import acts, scorecards
from storage.database import Database

Clock = Callable[[], datetime]


class Planning:
    def __init__(self, database: Database, facilitators: Facilitators, now: Clock) -> None:
        self._database = database
        self._facilitators = facilitators
        self._now = now

    def pause(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """Ask nothing until somebody resumes: no round opens, no reminder goes out.

        An open round can still be answered, and ends as planned.
        Raises NotFacilitator, NoSuchScorecard, Paused.
        """
        with self._database.writing() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
            active, paused = ScorecardState.ACTIVE, ScorecardState.PAUSED
            if not scorecards.move(session, found.id, old=active, new=paused):
                raise Paused(found.set_up.team_name)
            acts.note(session, Act.PAUSED, found, user_id, self._now())
            return self._facilitators.scorecard(session, team_id, user_id, scorecard_id)

    def resume(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """Go on with the first day that is still to come; what was missed is not held.

        Raises NotFacilitator, NoSuchScorecard, NotPaused.
        """
        with self._database.writing() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
            active, paused = ScorecardState.ACTIVE, ScorecardState.PAUSED
            if not scorecards.move(session, found.id, old=paused, new=active):
                raise NotPaused(found.set_up.team_name)
            acts.note(session, Act.RESUMED, found, user_id, self._now())
            scorecards.set_next(session, found.id, self._still_to_come(found), user_id)
            return self._facilitators.scorecard(session, team_id, user_id, scorecard_id)

    def about_to_pause(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """The scorecard that would be paused. Raises as pause."""
        with self._database.reading() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
        if found.state is not ScorecardState.ACTIVE:
            raise Paused(found.set_up.team_name)
        return found

    def about_to_resume(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """The scorecard as it would go on. Raises as resume."""
        with self._database.reading() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
        if found.state is not ScorecardState.PAUSED:
            raise NotPaused(found.set_up.team_name)
        return replace(found, next_on=self._still_to_come(found))

    def skip(self, team_id: str, user_id: str, scorecard_id: int, next_on: date) -> Scorecard:
        """Leave out the round of that day. Raises NotFacilitator, NoSuchScorecard, NothingToSkip.

        `next_on` is what the facilitator saw: a second press does not skip another one.
        """
        with self._database.writing() as session:
            found = self._skippable(session, team_id, user_id, scorecard_id, next_on, hold=True)
            scorecards.set_next(session, found.id, self._after(found, next_on), user_id)
            acts.note(session, Act.SKIPPED, found, user_id, self._now(), day=next_on)
            return self._facilitators.scorecard(session, team_id, user_id, scorecard_id)

    def about_to_skip(
        self, team_id: str, user_id: str, scorecard_id: int, next_on: date
    ) -> tuple[str, date | None]:
        """The team, and the day of the round after the one that is left out. Raises as skip."""
        with self._database.reading() as session:
            found = self._skippable(session, team_id, user_id, scorecard_id, next_on)
            return found.set_up.team_name, self._after(found, next_on)

    def _skippable(
        self,
        session: Session,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        next_on: date,
        *,
        hold: bool = False,
    ) -> Scorecard:
        found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id, hold=hold)
        if found.next_on != next_on:
            raise NothingToSkip(found.next_on)
        return found

    def _after(self, scorecard: Scorecard, next_on: date) -> date | None:
        """The day of the round after that one: to come, also where that one is overdue."""
        today = scorecard.set_up.today(self._now())
        day = scorecard.after(next_on)
        while day is not None and day < today:
            day = scorecard.after(day)
        return day

    def _still_to_come(self, scorecard: Scorecard) -> date | None:
        today = scorecard.set_up.today(self._now())
        if scorecard.next_on is None or scorecard.next_on >= today:
            return scorecard.next_on
        assert scorecard.first_on is not None
        set_up = scorecard.set_up
        yesterday = today - timedelta(days=1)
        return calendar.next_occurrence(
            scorecard.first_on, set_up.cadence, yesterday, set_up.weekend.days
        )
