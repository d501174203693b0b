"""Changing a scorecard that is in use: kept as a draft, then put in place, never over another's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.use_cases import audiences
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from bot.use_cases.opening import Opening, Reading
from questionnaires import calendar
from questionnaires.acts import Act
from questionnaires.calendar import Cadence
from questionnaires.errors import (
    DaysOpenTooLong,
    FirstDayPassed,
    NextDayMissing,
    ScorecardChanged,
    ScorecardExists,
    SetUpGone,
)
from questionnaires.model import Questionnaire
from questionnaires.rounds import Scorecard, SetUp
from questionnaires.standings import Conflict, Draft, Edit
from storage import acts, rounds, scorecards
from storage.database import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Days:
    """From when occurrences are counted, and the day of the next round."""

    first_on: date | None
    next_on: date | None


class Editing:
    def __init__(
        self,
        database: Database,
        library: Library,
        facilitators: Facilitators,
        opening: Opening,
        now: Clock,
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._opening = opening
        self._now = now

    def edited(
        self, team_id: str, user_id: str, scorecard_id: int
    ) -> tuple[Scorecard, list[Questionnaire]]:
        """The scorecard as it is, and what it can ask. Raises NotFacilitator, NoSuchScorecard."""
        with self._database.reading() as session:
            return self._facilitators.scorecard(
                session, team_id, user_id, scorecard_id
            ), self._library.choices()

    def draft(
        self,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        revision: int,
        set_up: SetUp,
        reading: Reading,
    ) -> Edit | Conflict:
        """Keep what was entered until it is saved; `set_up.first_on` is the next round's day.

        Raises NotFacilitator, NoSuchScorecard, NoSuchQuestionnaire, ScorecardExists,
        FirstDayPassed, NextDayMissing, DaysOpenTooLong, NobodyToAsk.
        """
        with self._database.writing() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
            questionnaire = self._library.next(session, found, set_up.questionnaire_id)
            if found.revision != revision:
                return Conflict(found)
            if scorecards.is_name_taken(session, team_id, set_up.team_name, but_by=found.id):
                raise ScorecardExists(set_up.team_name)
            days = self._days(found, set_up)
            asked = audiences.askable(session, team_id, reading.members, guests=set_up.guests)
            draft_id = scorecards.add_draft(
                session, team_id, set_up, self._now(), edits=found, by=user_id
            )
            is_open = rounds.is_open(session, found.id)
        draft = self._plan(draft_id, set_up, questionnaire, reading, len(asked), days)
        return Edit(found, draft, is_open)

    def save(self, team_id: str, user_id: str, draft_id: int) -> Scorecard:
        """Put one's own edit in place. Raises SetUpGone, ScorecardChanged, and as draft."""
        with self._database.writing() as session:
            draft = scorecards.scorecard(session, team_id, draft_id, hold=True)
            if draft is None or draft.edits is None:
                raise SetUpGone
            found = self._facilitators.scorecard(session, team_id, user_id, draft.edits, hold=True)
            if draft.changed_by != user_id:  # somebody else's, who may not be done with it
                raise SetUpGone
            if found.revision != draft.revision:
                raise ScorecardChanged(found.set_up.team_name, found.changed_by)
            days = self._days(found, draft.set_up)
            if not scorecards.edit(session, draft, days.first_on, days.next_on, user_id):
                raise ScorecardChanged(found.set_up.team_name, found.changed_by)
            acts.note(session, Act.EDITED, found, user_id, self._now())
            return self._facilitators.scorecard(session, team_id, user_id, found.id)

    def _days(self, found: Scorecard, entered: SetUp) -> Days:
        """Occurrences are counted anew when the day, the cadence or the weekend has changed.

        Raises FirstDayPassed, NextDayMissing, DaysOpenTooLong.
        """
        wished, before = entered.first_on, found.set_up
        repeats = entered.cadence is not Cadence.ONCE
        if wished is None:
            if repeats:
                raise NextDayMissing
            return Days(found.first_on, None)
        weekend = entered.weekend.days
        most = calendar.most_days_open(wished, entered.cadence, weekend)
        if most is not None and entered.days_open > most:
            raise DaysOpenTooLong(most)
        same = (before.cadence, before.weekend) == (entered.cadence, entered.weekend)
        if wished == found.next_on and same:
            return Days(found.first_on, found.next_on)
        today = entered.today(self._now())
        if wished < today:
            raise FirstDayPassed(today)
        return Days(wished, calendar.next_working_day(wished, weekend))

    def _plan(
        self,
        draft_id: int,
        set_up: SetUp,
        questionnaire: Questionnaire,
        reading: Reading,
        people: int,
        days: Days,
    ) -> Draft:
        upcoming: tuple[date, ...] = ()
        if days.first_on is not None:
            weekend = set_up.weekend.days
            upcoming = calendar.upcoming(days.first_on, set_up.cadence, days.next_on, weekend)
        return self._opening.plan(
            draft_id, set_up, questionnaire, reading, people, days.next_on, upcoming
        )
