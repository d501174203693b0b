"""From a scorecard to an open round: by hand, and those that come due. Forms are setting_up's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.use_cases import audiences, filling_in
from bot.use_cases.facilitators import Facilitators, known
from bot.use_cases.library import Library
from questionnaires import calendar
from questionnaires.acts import Act
from questionnaires.calendar import zone_of
from questionnaires.disclosure.floors import k_of
from questionnaires.errors import (
    EverybodyAskedLately,
    Paused,
    PlanChanged,
    RoundIsOpen,
)
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire
from questionnaires.rounds import Person, Round, RoundState, Scorecard, ScorecardState, SetUp
from questionnaires.standings import Draft, Started
from storage import acts, participants, rounds, scorecards, tailorings, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

# While it is Monday in Auckland it is Sunday in Honolulu: a day begins 14 hours before UTC's.
EARLIEST_DAY = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the edge read from Slack for a round: who is in the audience, who reads the results.

    `can_post`: whether the bot may post in the results channel.
    """

    members: tuple[str, ...]
    results_readers: int | None
    can_post: bool = True


class Opening:
    def __init__(
        self, database: Database, library: Library, facilitators: Facilitators, k: int, now: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._k = k
        self._now = now

    def plan(
        self,
        scorecard_id: int,
        set_up: SetUp,
        questionnaire: Questionnaire,
        reading: Reading,
        people: int,
        opens_on: date | None,
        upcoming: tuple[date, ...],
    ) -> Draft:
        """What is said before anybody is written to; `opens_on` None: at once."""
        opens_at = self._now()
        if opens_on is not None:
            opens_at = calendar.at_local_hour(opens_on, set_up.hour, set_up.zone)
        weekend = set_up.weekend.days
        return Draft(
            scorecard_id=scorecard_id,
            set_up=set_up,
            people=people,
            left_out=len(reading.members) - people,
            questions=len(questionnaire.asked),
            scale=questionnaire.scale,
            closes_at=calendar.closes_at(opens_at, set_up.zone, set_up.days_open, weekend),
            results_readers=reading.results_readers,
            k=k_of(questionnaire, self._k),
            opens_on=opens_on,
            upcoming=upcoming,
        )

    # By hand

    def about_to_run(
        self, team_id: str, user_id: str, scorecard_id: int, reading: Reading
    ) -> Draft:
        """What opening a round now would do.

        Raises NotFacilitator, NoSuchScorecard, Paused, RoundIsOpen, NobodyToAsk,
        EverybodyAskedLately.
        """
        with self._database.reading() as session:
            found = self._runnable(session, team_id, user_id, scorecard_id)
            asked = self._people(session, found, reading, user_id)
            people = len(self._team(session, found, reading) if found.set_up.together else asked)
            questionnaire = self._library.next(session, found)
        following = found.after_extra(found.set_up.today(self._now()))
        upcoming = () if following is None else (following,)
        return self.plan(scorecard_id, found.set_up, questionnaire, reading, people, None, upcoming)

    def run_now(
        self,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        reading: Reading,
        revision: int | None,
    ) -> Started:
        """Open a round by hand, between those that open by themselves.

        `revision` is of the scorecard as it was seen. Raises PlanChanged, and as about_to_run.
        """
        with self._database.writing() as session:
            found = self._runnable(session, team_id, user_id, scorecard_id, hold=True)
            if found.revision != revision:
                raise PlanChanged(found.set_up.team_name, found.changed_by)
            today = found.set_up.today(self._now())
            if rounds.occurred_on(session, found.id, today):
                raise EverybodyAskedLately(today + timedelta(days=calendar.DAYS_APART))
            following = found.after_extra(today)
            opened = self.open(session, found, reading, today, following, user_id)
            acts.note(session, Act.OPENED, opened, user_id, self._now())
            return self.started(session, opened)

    def scorecard(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """A scorecard in use. Raises NotFacilitator, NoSuchScorecard."""
        with self._database.reading() as session:
            return self._facilitators.scorecard(session, team_id, user_id, scorecard_id)

    def _runnable(
        self,
        session: Session,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        *,
        hold: bool = False,
    ) -> Scorecard:
        found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id, hold=hold)
        if found.state is ScorecardState.PAUSED:
            raise Paused(found.set_up.team_name)
        if rounds.is_open(session, found.id):
            raise RoundIsOpen(found.set_up.team_name)
        return found

    def started(self, session: Session, opened: Round) -> Started:
        people = participants.participation(session, opened.id).invited
        active = known(scorecards.scorecard(session, opened.team_id, opened.scorecard_id))
        return Started(opened.team_name, opened, people, active.upcoming, opened.manner)

    # By itself

    def due(self) -> list[Scorecard]:
        """Scorecards whose day has come on earth's earliest clock."""
        earliest = (self._now() + EARLIEST_DAY).date()
        with self._database.reading() as session:
            return scorecards.due(session, earliest)

    def first_hour(self, scorecard: Scorecard, reading: Reading) -> datetime:
        """When the next round opens: at the first participant's hour. Raises NobodyToAsk."""
        assert scorecard.next_on is not None
        set_up = scorecard.set_up
        with self._database.reading() as session:
            asked = self._team(session, scorecard, reading)
            if set_up.together:
                creator = set_up.created_by
                asked = [filling_in.filler(session, self._facilitators, scorecard, creator)]
        zones = [str(zone_of(person.zone)) for person in asked]
        return calendar.opens_at(scorecard.next_on, zones, set_up.hour)

    def open_due(self, scorecard: Scorecard, reading: Reading, due_at: datetime) -> Round | None:
        """Open a round whose hour has come; None when it was opened meanwhile or one is open.

        Of several missed occurrences only the latest is held. Where everybody was asked less
        than 30 days ago, the day moves. Raises NobodyToAsk.
        """
        with self._database.writing() as session:
            found = scorecards.scorecard(session, scorecard.team_id, scorecard.id, hold=True)
            if found is None or found.state is not ScorecardState.ACTIVE:
                return None
            if found.revision != scorecard.revision or rounds.is_open(session, found.id):
                return None  # what was read of the team may be of another one by now
            occurs_on = self._latest_missed(found)
            # Counted from the day on which people are really asked, which may be later.
            following = found.after(max(occurs_on, found.set_up.today(self._now())))
            creator = found.set_up.created_by
            try:
                return self.open(session, found, reading, occurs_on, following, creator, due_at)
            except EverybodyAskedLately as asked:
                weekend = found.set_up.weekend.days
                day = calendar.next_working_day(asked.from_, weekend)
                scorecards.set_next(session, found.id, day)
                return None

    def hold_up(self, scorecard: Scorecard, why: str) -> None:
        """A round that is due cannot open: kept for /scorecard status, and said to facilitators."""
        assert scorecard.next_on is not None
        with self._database.writing() as session:
            scorecards.set_trouble(session, scorecard.id, why)
            self._facilitators.tell(
                session,
                scorecard.team_id,
                scorecard.id,
                Kind.NOT_OPENED,
                self._now(),
                number=scorecard.next_on.toordinal(),
            )

    def _latest_missed(self, scorecard: Scorecard) -> date:
        occurs_on = scorecard.next_on
        assert occurs_on is not None
        while True:
            following = scorecard.after(occurs_on)
            if following is None or following > scorecard.set_up.today(self._now()):
                return occurs_on
            occurs_on = following

    def _team(self, session: Session, scorecard: Scorecard, reading: Reading) -> list[Person]:
        """Raises NobodyToAsk."""
        guests = scorecard.set_up.guests
        return audiences.askable(session, scorecard.team_id, reading.members, guests=guests)

    def _people(
        self, session: Session, scorecard: Scorecard, reading: Reading, opened_by: str
    ) -> list[Person]:
        """Who is written to: the team, or who fills in for it.

        Raises NobodyToAsk, EverybodyAskedLately.
        """
        team, now = self._team(session, scorecard, reading), self._now()
        if not scorecard.set_up.together:
            return audiences.rested(session, scorecard, team, now)
        one = filling_in.filler(session, self._facilitators, scorecard, opened_by)
        filling_in.refuse_too_soon(session, scorecard, one, now)
        return [one]

    def open(
        self,
        session: Session,
        scorecard: Scorecard,
        reading: Reading,
        occurs_on: date,
        following: date | None,
        opened_by: str,
        due_at: datetime | None = None,
    ) -> Round:
        """Raises NobodyToAsk, EverybodyAskedLately."""
        now, set_up, team_id = self._now(), scorecard.set_up, scorecard.team_id
        asked = self._people(session, scorecard, reading, opened_by)
        questionnaire = self._library.newest(set_up.questionnaire_id)
        workspaces.lock_questionnaire(session, team_id, questionnaire, now)
        version = tailorings.current(session, scorecard.id)
        before = rounds.latest(session, scorecard.id)
        opened = rounds.add_round(
            session,
            Round(
                id=0,
                team_id=team_id,
                scorecard_id=scorecard.id,
                number=1 + rounds.count(session, scorecard.id),
                team_name=set_up.team_name,
                title=calendar.round_title(occurs_on, before.title if before else None),
                state=RoundState.OPEN,
                questionnaire_id=questionnaire.id,
                questionnaire_version=questionnaire.version,
                tailoring_id=version.id,
                k=k_of(questionnaire, self._k),
                zone=set_up.zone,
                hour=set_up.hour,
                weekend=set_up.weekend,
                manner=set_up.manner,
                results_channel=set_up.results_channel,
                results_readers=reading.results_readers,
                opened_by=opened_by,
                due_at=due_at,
                opened_at=now,
                closes_at=calendar.closes_at(
                    now, set_up.zone, set_up.days_open, set_up.weekend.days
                ),
            ),
            occurs_on,
        )
        audiences.invite(session, opened, asked, now)
        if not reading.can_post:  # nobody could read the result: said while it can be mended
            self._facilitators.tell(
                session, team_id, scorecard.id, Kind.CHANNEL_CLOSED, now, round_id=opened.id
            )
        scorecards.set_next(session, scorecard.id, following)
        if version.tailoring.deep_dive is not None:  # it is for one round
            dived = replace(version.tailoring, deep_dive=None)
            tailorings.add(session, team_id, scorecard.id, dived, None, now)
        return opened
