"""People who join or leave a team while its round is open."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.use_cases import audiences
from questionnaires.errors import EverybodyAskedLately, NobodyToAsk
from questionnaires.rounds import (
    LEFT_AUDIENCE,
    Audience,
    Participant,
    Person,
    Round,
    RoundState,
    Scorecard,
    ScorecardState,
)
from storage import participants, rounds, scorecards
from storage.database import Database

Clock = Callable[[], datetime]

LOOK_EVERY = timedelta(hours=1)


class Following:
    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now

    def due(self) -> list[tuple[int, Audience]]:
        """Open rounds whose audience is to be read again."""
        with self._database.reading() as session:
            found = [
                (one.id, scorecards.scorecard(session, one.team_id, one.scorecard_id))
                for one in rounds.audience_due(session, self._now())
            ]
        return [(round_id, one.set_up.audience) for round_id, one in found if one is not None]

    def later(self, round_id: int) -> None:
        """The audience could not be read."""
        with self._database.writing() as session:
            rounds.look_again(session, round_id, self._now() + LOOK_EVERY)

    def follow(self, round_id: int, members: Sequence[str]) -> int:
        """Invite who joined before half of the time is over; leave alone who has left.

        Returns how many were invited. Nothing happens while the scorecard is paused, nor where
        the team answers together.
        """
        now = self._now()
        with self._database.writing() as session:
            round_ = rounds.round_(session, round_id)
            if round_ is None or round_.state is not RoundState.OPEN:
                return 0
            rounds.look_again(session, round_id, now + LOOK_EVERY)
            scorecard = scorecards.scorecard(session, round_.team_id, round_.scorecard_id)
            assert scorecard is not None
            if scorecard.state is ScorecardState.PAUSED or round_.together:
                return 0  # one person fills in for the team, in it or not, whoever comes and goes
            there = participants.of_round(session, round_id)
            _note_leaving(session, there, members)
            if now >= round_.joins_until:
                return 0
            coming = self._coming(session, round_, scorecard, there, members)
            audiences.invite(session, round_, coming, now)
            return len(coming)

    def _coming(
        self,
        session: Session,
        round_: Round,
        scorecard: Scorecard,
        there: Sequence[Participant],
        members: Sequence[str],
    ) -> list[Person]:
        known = {one.user_id for one in there}
        new = [user_id for user_id in members if user_id not in known]
        guests = scorecard.set_up.guests
        try:
            found = audiences.askable(session, round_.team_id, new, guests=guests)
            return audiences.rested(session, scorecard, found, self._now())
        except (NobodyToAsk, EverybodyAskedLately):
            return []


def _note_leaving(session: Session, there: Sequence[Participant], members: Sequence[str]) -> None:
    """Who has left the team is not written to any more; who came back is."""
    present = set(members)
    for one in there:
        if one.user_id in present and one.left_alone == LEFT_AUDIENCE:
            participants.leave_alone(session, one.id, None)
        elif one.user_id not in present and one.left_alone is None:
            participants.leave_alone(session, one.id, LEFT_AUDIENCE)
