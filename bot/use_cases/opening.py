"""From a set-up to an open round: drafts, confirming, and the rounds that come due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from questionnaires import calendar
from questionnaires.calendar import zone_of
from questionnaires.errors import NobodyToAsk, ScorecardExists, SetUpGone
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire
from questionnaires.rounds import Person, Round, RoundState, Scorecard, SetUp
from questionnaires.standings import Draft, Started
from storage import outbox, rounds, scorecards, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

# While it is Monday in Auckland it is Sunday in Honolulu: a day begins 14 hours before UTC's.
EARLIEST_DAY = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the edge read from Slack for a round: who is in the audience, who reads the results."""

    members: tuple[str, ...]
    results_readers: int | None


class Opening:
    def __init__(
        self, database: Database, library: Library, facilitators: Facilitators, k: int, now: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._k = k
        self._now = now

    def choices(self, team_id: str, user_id: str) -> list[Questionnaire]:
        """The questionnaires somebody can start. Raises NotFacilitator."""
        with self._database.reading() as session:
            self._facilitators.require(session, team_id, user_id)
        return self._library.choices()

    def zone(self, team_id: str, user_id: str) -> str:
        """Somebody's own time zone, UTC when Slack does not tell."""
        with self._database.reading() as session:
            person = workspaces.person(session, team_id, user_id)
        return str(zone_of(person.zone if person else None))

    def draft(self, team_id: str, set_up: SetUp, reading: Reading) -> Draft:
        """Keep a set-up until it is confirmed.

        Raises NotFacilitator, NoSuchQuestionnaire, ScorecardExists, NobodyToAsk.
        """
        questionnaire = self._library.newest(set_up.questionnaire_id)
        now = self._now()
        with self._database.writing() as session:
            self._facilitators.require(session, team_id, set_up.created_by)
            if scorecards.is_name_taken(session, team_id, set_up.team_name):
                raise ScorecardExists(set_up.team_name)
            asked = _askable(session, team_id, reading.members)
            scorecard_id = scorecards.add_draft(session, team_id, set_up, now)
        return Draft(
            scorecard_id=scorecard_id,
            set_up=set_up,
            people=len(asked),
            left_out=len(reading.members) - len(asked),
            questions=len(questionnaire.core),
            scale=questionnaire.scale,
            closes_at=calendar.closes_at(now, set_up.zone, set_up.days_open),
            results_readers=reading.results_readers,
            k=self._k,
        )

    def drafted(self, team_id: str, user_id: str, scorecard_id: int) -> Scorecard:
        """The set-up about to be confirmed. Raises NotFacilitator, SetUpGone."""
        with self._database.reading() as session:
            self._facilitators.require(session, team_id, user_id)
            found = scorecards.scorecard(session, team_id, scorecard_id)
        if found is None or found.first_on is not None:
            raise SetUpGone
        return found

    def confirm(self, team_id: str, user_id: str, scorecard_id: int, reading: Reading) -> Started:
        """Make the set-up the team's scorecard and open its first round now.

        Raises NotFacilitator, SetUpGone, ScorecardExists, NobodyToAsk.
        """
        with self._database.writing() as session:
            self._facilitators.require(session, team_id, user_id)
            found = scorecards.scorecard(session, team_id, scorecard_id)
            if found is None or found.first_on is not None:
                raise SetUpGone
            if scorecards.is_name_taken(session, team_id, found.set_up.team_name):
                raise ScorecardExists(found.set_up.team_name)
            today = self._today(found)
            if not scorecards.activate(session, found, today):
                raise SetUpGone
            opened = self._open(session, found, reading, first_on=today, occurs_on=today)
            active = scorecards.scorecard(session, team_id, scorecard_id)
            people = rounds.participation(session, opened.id).invited
        return Started(opened, people, active.next_on if active else None)

    def due(self) -> list[Scorecard]:
        """Scorecards whose day has come on earth's earliest clock."""
        earliest = (self._now() + EARLIEST_DAY).date()
        with self._database.reading() as session:
            return scorecards.due(session, earliest)

    def first_hour(self, scorecard: Scorecard, reading: Reading) -> datetime:
        """When the next round opens: at the first participant's hour. Raises NobodyToAsk."""
        assert scorecard.next_on is not None
        with self._database.reading() as session:
            asked = _askable(session, scorecard.team_id, reading.members)
        zones = [str(zone_of(person.zone)) for person in asked]
        return calendar.opens_at(scorecard.next_on, zones, scorecard.set_up.hour)

    def open_due(self, scorecard: Scorecard, reading: Reading) -> Round | None:
        """Open a round whose hour has come; None when it was opened meanwhile or one is open.

        Of several missed occurrences only the latest is held. Raises NobodyToAsk.
        """
        with self._database.writing() as session:
            found = scorecards.scorecard(session, scorecard.team_id, scorecard.id, hold=True)
            if found is None or found.first_on is None or found.next_on != scorecard.next_on:
                return None
            if rounds.is_open(session, found.id):
                return None
            occurs_on = self._latest_missed(found)
            return self._open(session, found, reading, first_on=found.first_on, occurs_on=occurs_on)

    def _latest_missed(self, scorecard: Scorecard) -> date:
        occurs_on, first_on = scorecard.next_on, scorecard.first_on
        assert occurs_on is not None
        assert first_on is not None
        while True:
            following = calendar.next_occurrence(first_on, scorecard.set_up.cadence, occurs_on)
            if following is None or following > self._today(scorecard):
                return occurs_on
            occurs_on = following

    def _today(self, scorecard: Scorecard) -> date:
        return self._now().astimezone(zone_of(scorecard.set_up.zone)).date()

    def _open(
        self,
        session: Session,
        scorecard: Scorecard,
        reading: Reading,
        *,
        first_on: date,
        occurs_on: date,
    ) -> Round:
        now, set_up, team_id = self._now(), scorecard.set_up, scorecard.team_id
        questionnaire = self._library.newest(set_up.questionnaire_id)
        workspaces.lock_questionnaire(session, team_id, questionnaire, now)
        asked = _askable(session, team_id, reading.members)
        opened = rounds.add_round(
            session,
            Round(
                id=0,
                team_id=team_id,
                scorecard_id=scorecard.id,
                number=1 + rounds.count(session, scorecard.id),
                team_name=set_up.team_name,
                title=calendar.round_title(occurs_on),
                state=RoundState.OPEN,
                questionnaire_id=questionnaire.id,
                questionnaire_version=questionnaire.version,
                k=self._k,
                zone=set_up.zone,
                hour=set_up.hour,
                results_channel=set_up.results_channel,
                results_readers=reading.results_readers,
                opened_by=set_up.created_by,
                opened_at=now,
                closes_at=calendar.closes_at(now, set_up.zone, set_up.days_open),
            ),
            occurs_on,
        )
        self._invite(session, opened, asked)
        following = calendar.next_occurrence(first_on, set_up.cadence, occurs_on)
        scorecards.set_next(session, scorecard.id, following)
        return opened

    def _invite(self, session: Session, opened: Round, asked: Sequence[Person]) -> None:
        """Everybody becomes a participant with an invitation at their own hour."""
        zones = {person.user_id: str(zone_of(person.zone)) for person in asked}
        hours = [
            (user_id, zone, calendar.ask_at(opened.opened_at, zone, opened.hour))
            for user_id, zone in zones.items()
        ]
        for participant in rounds.add_participants(session, opened.team_id, opened.id, hours):
            outbox.enqueue(
                session,
                opened.team_id,
                round_id=opened.id,
                kind=Kind.INVITATION,
                recipient=participant.user_id,
                due_at=participant.ask_at,
                participant_id=participant.id,
            )


def _askable(session: Session, team_id: str, members: Sequence[str]) -> list[Person]:
    """Raises NobodyToAsk."""
    found = [person for person in workspaces.people(session, team_id, members) if person.askable]
    if not found:
        raise NobodyToAsk
    return found
