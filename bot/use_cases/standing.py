"""How things stand: for a facilitator how many have answered, for a respondent their own part."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from questionnaires import disclosure
from questionnaires.errors import Superseded
from questionnaires.facilitating import Reach
from questionnaires.messages import Kind
from questionnaires.rounds import Participant, ParticipantState, Round, RoundState, Scorecard
from questionnaires.standings import (
    OpenRound,
    OwnPart,
    OwnStatus,
    ScorecardStanding,
    Status,
    Stopped,
    Welcome,
)
from storage import answers, participants, prompts, rounds, scorecards, workspaces
from storage.database import Database

Clock = Callable[[], datetime]


class Standing:
    def __init__(
        self, database: Database, library: Library, facilitators: Facilitators, now: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._now = now

    def welcome(self, team_id: str, user_id: str) -> Welcome:
        with self._database.reading() as session:
            allowed = self._facilitators.of(session, team_id)
            reach = self._facilitators.reach(session, team_id, user_id)
            own = self._own_parts(session, team_id, user_id)
        waiting = tuple(part for part in own if _waits(part))
        return Welcome(reach.everything, allowed, waiting, looks_after_some=bool(reach))

    def status(self, team_id: str, user_id: str) -> Status | OwnStatus:
        """The scorecards that somebody may act for, for others their own part."""
        with self._database.reading() as session:
            allowed = self._facilitators.of(session, team_id)
            reach = self._facilitators.reach(session, team_id, user_id)
            if reach:
                return self._status(session, team_id, user_id, reach)
        return OwnStatus(allowed, tuple(self.own(team_id, user_id)))

    def trouble(self, team_id: str, scorecard_id: int) -> Scorecard:
        """A scorecard whose round does not open, as it stands now. Raises Superseded: it did."""
        with self._database.reading() as session:
            found = scorecards.scorecard(session, team_id, scorecard_id)
        if found is None or found.trouble is None:
            raise Superseded
        return found

    def own(self, team_id: str, user_id: str) -> list[OwnPart]:
        """Somebody's open rounds, else the latest closed one they took part in."""
        with self._database.reading() as session:
            parts = self._own_parts(session, team_id, user_id)
        still_open = [part for part in parts if part.round.state is RoundState.OPEN]
        return still_open or [part for part in parts if part.answered][:1]

    def _status(self, session: Session, team_id: str, user_id: str, reach: Reach) -> Status:
        stopped = workspaces.stopped(session, team_id)
        seen = [one for one in scorecards.in_use(session, team_id) if reach.covers(one.id)]
        return Status(
            tuple(self._standing(session, one) for one in seen),
            zone=workspaces.zone(session, team_id, user_id),
            stopped=Stopped(*stopped) if stopped else None,
        )

    def _standing(self, session: Session, scorecard: Scorecard) -> ScorecardStanding:
        latest = rounds.latest(session, scorecard.id)
        today = scorecard.set_up.today(self._now())
        reminds_at = None
        if latest is not None and latest.state is RoundState.OPEN:
            reminds_at = prompts.next_due(session, latest.id, Kind.REMINDER)
        return ScorecardStanding(
            scorecard=scorecard,
            latest=OpenRound(latest, participants.participation(session, latest.id))
            if latest
            else None,
            overdue=scorecard.next_on is not None
            and (scorecard.next_on < today or scorecard.trouble is not None),
            reminds_at=reminds_at,
        )

    def _own_parts(self, session: Session, team_id: str, user_id: str) -> list[OwnPart]:
        """A rehearsal only while it is under way."""
        found = participants.of_person(session, team_id, user_id)
        return [
            self._own_part(session, round_, participant)
            for round_, participant in found
            if round_.state is RoundState.OPEN or not round_.is_rehearsal
        ]

    def _own_part(self, session: Session, round_: Round, participant: Participant) -> OwnPart:
        questionnaire = self._library.of(session, round_)
        ratings = answers.ratings(session, participant.id)
        return OwnPart(
            round=round_,
            state=participant.state,
            zone=participant.zone,
            answered=sum(question.id in ratings for question in questionnaire.asked),
            of=len(questionnaire.asked),
            scale=questionnaire.scale,
            scores=disclosure.own(questionnaire, ratings),
        )


def _waits(part: OwnPart) -> bool:
    unfinished = (ParticipantState.INVITED, ParticipantState.STARTED)
    return part.round.state is RoundState.OPEN and part.state in unfinished
