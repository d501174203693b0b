"""Signs of life, and what came late when there were none for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from questionnaires.errors import Superseded
from questionnaires.gaps import Gap, Late, is_gap
from questionnaires.messages import Kind
from questionnaires.rounds import Round
from storage import gaps, leaving, outbox, prompts, rounds, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

# Often enough to know to the minute; each is a row on the disk.
BEAT = timedelta(minutes=1)


class Watching:
    def __init__(self, database: Database, facilitators: Facilitators, now: Clock) -> None:
        self._database = database
        self._facilitators = facilitators
        self._now = now

    def beat(self, team_id: str) -> bool:
        """Note that the bot is there and works; True when it was away before.

        Another process with an old token, started again and again, may say that it does not.
        """
        now = self._now()
        with self._database.reading() as session:
            before = gaps.ticked_at(session, team_id)
        if before is not None and timedelta() <= now - before < BEAT:
            return False
        with self._database.writing() as session:
            before = gaps.ticked_at(session, team_id)
            gaps.set_ticked(session, team_id, now)
            leaving.take_back(session, team_id)
            if before is None or not is_gap(before, now):
                return False
            gaps.add(session, team_id, before, now)
        return True

    def note(self, team_id: str) -> None:
        """Note that the bot is there, without asking for how long it was not."""
        with self._database.writing() as session:
            gaps.set_ticked(session, team_id, self._now())

    def look_back(self, team_id: str) -> int:
        """See what came late because of gaps, and tell the facilitators of it, once for each gap.

        After what was due has been opened, closed and posted, before messages go out. Returns
        how many gaps mattered.
        """
        with self._database.reading() as session:
            if not gaps.open_gaps(session, team_id):
                return 0
        with self._database.writing() as session:
            found = gaps.open_gaps(session, team_id)
            return sum(self._settle(session, team_id, gap) for gap in found)

    def away(self, team_id: str, gap_id: int, user_id: str) -> tuple[Gap, str]:
        """A gap, and the zone in which somebody reads of it."""
        with self._database.reading() as session:
            gap = gaps.gap(session, team_id, gap_id)
            zone = workspaces.zone(session, team_id, user_id)
        if gap is None:
            raise Superseded
        return gap, zone

    def _settle(self, session: Session, team_id: str, gap: Gap) -> bool:
        late_messages = prompts.asking_due(session, team_id, gap.began_at, gap.ended_at)
        late_rounds = rounds.came_late(session, team_id, gap.began_at, gap.ended_at)
        invitations = sum(
            number for (kind, _), number in late_messages.items() if kind is Kind.INVITATION
        )
        late = Late(
            invitations=invitations,
            reminders=sum(late_messages.values()) - invitations,
            **{step: tuple(one.team_name for one in found) for step, found in late_rounds.items()},
        )
        gaps.settle(session, gap.id, late)
        if late.matters:
            concerned = [one for found in late_rounds.values() for one in found]
            concerned += filter(
                None, (rounds.round_(session, round_id) for _, round_id in late_messages)
            )
            self._tell(session, team_id, gap, concerned)
        return late.matters

    def _tell(self, session: Session, team_id: str, gap: Gap, concerned: list[Round]) -> None:
        """Everybody who looks after one of these rounds, each once."""
        told = (
            user_id
            for round_ in concerned
            for user_id in self._facilitators.to_tell(session, team_id, round_.scorecard_id)
        )
        for user_id in dict.fromkeys(told):
            outbox.enqueue(
                session,
                team_id,
                kind=Kind.AWAY,
                recipient=user_id,
                due_at=self._now(),
                number=gap.id,
            )
