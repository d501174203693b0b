"""From a form to a scorecard: kept as a draft, then confirmed. Its rounds are opening's work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.use_cases import audiences
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from bot.use_cases.opening import Opening, Reading
from questionnaires import calendar
from questionnaires.acts import Act
from questionnaires.errors import (
    DaysOpenTooLong,
    FirstDayPassed,
    ScorecardExists,
    SetUpGone,
)
from questionnaires.model import Questionnaire
from questionnaires.rounds import Manner, Scorecard, ScorecardState, SetUp
from questionnaires.standings import Draft, Started
from storage import acts, scorecards, workspaces
from storage.database import Database

Clock = Callable[[], datetime]


class SettingUp:
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

    def choices(self, team_id: str, user_id: str) -> list[Questionnaire]:
        """The questionnaires somebody can start. Raises NotFacilitator."""
        with self._database.reading() as session:
            self._facilitators.require(session, team_id, user_id)
        return self._library.choices()

    def zone(self, team_id: str, user_id: str) -> str:
        """Somebody's own time zone, UTC when Slack does not tell."""
        with self._database.reading() as session:
            return workspaces.zone(session, team_id, user_id)

    def today(self, zone: str) -> date:
        return calendar.local_day(self._now(), zone)

    def draft(self, team_id: str, set_up: SetUp, reading: Reading) -> Draft:
        """Keep a set-up until it is confirmed.

        Raises NotFacilitator, NoSuchQuestionnaire, ScorecardExists, FirstDayPassed,
        DaysOpenTooLong, NobodyToAsk.
        """
        self._library.newest(set_up.questionnaire_id)
        first_on = self._first_day(set_up)
        with self._database.writing() as session:
            self._facilitators.require(session, team_id, set_up.created_by)
            if scorecards.is_name_taken(session, team_id, set_up.team_name):
                raise ScorecardExists(set_up.team_name)
            asked = audiences.askable(session, team_id, reading.members, guests=set_up.guests)
            scorecard_id = scorecards.add_draft(session, team_id, set_up, self._now())
        return self._plan(scorecard_id, set_up, first_on, reading, len(asked))

    def fill_in_together(
        self, team_id: str, user_id: str, scorecard_id: int, reading: Reading
    ) -> Draft:
        """Let one person enter what the team agreed instead; a second time changes nothing.

        Raises NotFacilitator, SetUpGone, NoSuchQuestionnaire, NobodyToAsk.
        """
        with self._database.writing() as session:
            self._facilitators.require(session, team_id, user_id)
            found = _draft(scorecards.scorecard(session, team_id, scorecard_id, hold=True), user_id)
            set_up = replace(found.set_up, manner=Manner.TOGETHER)
            scorecards.set_manner(session, scorecard_id, set_up.manner)
            asked = audiences.askable(session, team_id, reading.members, guests=set_up.guests)
        today = set_up.today(self._now())
        first_on = max(set_up.first_on or today, today)
        return self._plan(scorecard_id, set_up, first_on, reading, len(asked))

    def _plan(
        self,
        scorecard_id: int,
        set_up: SetUp,
        first_on: date,
        reading: Reading,
        people: int,
    ) -> Draft:
        """What confirming it would do. Raises NoSuchQuestionnaire."""
        questionnaire = self._library.newest(set_up.questionnaire_id)
        weekend = set_up.weekend.days
        opens_on = calendar.next_working_day(first_on, weekend) if self._is_later(set_up) else None
        upcoming = calendar.upcoming(first_on, set_up.cadence, opens_on or first_on, weekend)
        return self._opening.plan(
            scorecard_id, set_up, questionnaire, reading, people, opens_on, upcoming[1:]
        )

    def _first_day(self, set_up: SetUp) -> date:
        """The day from which occurrences are counted. Raises FirstDayPassed, DaysOpenTooLong."""
        today = set_up.today(self._now())
        first_on = set_up.first_on or today
        if first_on < today:
            raise FirstDayPassed(today)
        most = calendar.most_days_open(first_on, set_up.cadence, set_up.weekend.days)
        if most is not None and set_up.days_open > most:
            raise DaysOpenTooLong(most)
        return first_on

    def _is_later(self, set_up: SetUp) -> bool:
        """Whether the first round is to open on a day to come, not when it is confirmed."""
        return set_up.first_on is not None and set_up.first_on > set_up.today(self._now())

    def drafted(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """The set-up about to be confirmed. Raises NotFacilitator, SetUpGone."""
        with self._database.reading() as session:
            self._facilitators.require(session, team_id, user_id)
            return _draft(scorecards.scorecard(session, team_id, scorecard_id), user_id)

    def confirm(self, team_id: str, user_id: str, scorecard_id: int, reading: Reading) -> Started:
        """Make the set-up the team's scorecard; its first round opens now or on its day.

        Raises NotFacilitator, SetUpGone, ScorecardExists, NobodyToAsk.
        """
        with self._database.writing() as session:
            self._facilitators.require(session, team_id, user_id)
            found = _draft(scorecards.scorecard(session, team_id, scorecard_id, hold=True), user_id)
            set_up, today = found.set_up, found.set_up.today(self._now())
            if scorecards.is_name_taken(session, team_id, set_up.team_name):
                raise ScorecardExists(set_up.team_name)
            later = self._is_later(set_up)
            first_on = set_up.first_on if later and set_up.first_on else today
            weekend = set_up.weekend.days
            next_on = calendar.next_working_day(first_on, weekend) if later else first_on
            if not scorecards.activate(session, found, first_on, next_on):
                raise SetUpGone
            active = scorecards.scorecard(session, team_id, scorecard_id)
            assert active is not None
            opened = None
            if not later:
                opened = self._opening.open(
                    session, active, reading, today, active.after(today), user_id
                )
            acts.note(session, Act.SET_UP, opened or active, user_id, self._now())
            if opened is not None:
                return self._opening.started(session, opened)
            people = audiences.askable(session, team_id, reading.members, guests=set_up.guests)
            return Started(set_up.team_name, None, len(people), active.upcoming, set_up.manner)


def _draft(found: Scorecard | None, user_id: str) -> Scorecard:
    """One's own. Raises SetUpGone for what was confirmed before, or is no longer there."""
    if found is None or found.state is not ScorecardState.DRAFT or found.edits is not None:
        raise SetUpGone
    if found.set_up.created_by != user_id:  # somebody else's, who may not be done with it
        raise SetUpGone
    return found
