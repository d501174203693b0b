"""Somebody in a round, as every press of theirs finds them: asked, and while the round is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.library import Library
from questionnaires.errors import NotInRound, RoundClosed
from questionnaires.model import Questionnaire
from questionnaires.rounds import Participant, ParticipantState, Round, RoundState
from storage import participants

Clock = Callable[[], datetime]

BEGUN = (ParticipantState.STARTED, ParticipantState.FINISHED)


@dataclass(frozen=True, slots=True)
class Here:
    """Who clicked, in which round."""

    team_id: str
    user_id: str
    round_id: int


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody taking part, as found in the database."""

    round: Round
    participant: Participant
    questionnaire: Questionnaire


class Participants:
    def __init__(self, library: Library, now: Clock) -> None:
        self._library = library
        self._now = now

    def find(self, session: Session, here: Here, *, hold: bool = False) -> Taking:
        found = participants.find(session, here.team_id, here.round_id, here.user_id, hold=hold)
        if found is None:
            raise NotInRound
        round_, participant = found
        questionnaire = self._library.of(session, round_)
        return Taking(round_, participant, questionnaire)

    def find_open(self, session: Session, here: Here, *, hold: bool = False) -> Taking:
        """Raises NotInRound, or RoundClosed when the deadline has passed or it was closed.

        A rehearsal that has ended is as good as gone: NotInRound.

        With `hold` the round cannot be closed before what is being stored is stored.
        """
        taking = self.find(session, here, hold=hold)
        ended = taking.round.closed_at or taking.round.closes_at
        if taking.round.state is not RoundState.OPEN or self._now() >= ended:
            if taking.round.is_rehearsal:
                raise NotInRound
            raise RoundClosed(taking.round.team_name, ended, taking.participant.zone)
        return taking

    def find_to_show(self, session: Session, here: Here) -> Taking:
        """As find_open; who has finished a rehearsal still sees their end of it."""
        found = self.find(session, here)
        done = found.participant.state is ParticipantState.FINISHED
        return found if found.round.is_rehearsal and done else self.find_open(session, here)
