"""Erasing what people said: when they wish so, and when its time is over. Results stay."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.use_cases.participants import Here, Participants
from questionnaires import calendar
from questionnaires.errors import Superseded
from questionnaires.kept import COPIES_KEPT_DAYS, Held, TakenOut
from questionnaires.messages import Kind
from questionnaires.roles import Role
from questionnaires.rounds import Participant, ParticipantState, Round, RoundState
from storage import answers, erasing, hiding, keeping, leaving, outbox, rounds, upgrade
from storage.database import Database
from storage.erasing import Said

Clock = Callable[[], datetime]

# Each has up to some fifty answers, and a click waits for all that is erased in one go.
PEOPLE_IN_ONE_GO = 20


class Erasing:
    def __init__(
        self, database: Database, participants: Participants, months_kept: int, now: Clock
    ) -> None:
        """`months_kept`: how long after its closing the answers of a round are erased."""
        self._database = database
        self._participants = participants
        self._months_kept = months_kept
        self._now = now
        # A bot that was killed may have erased something that the log still holds.
        self._erasures, self._swept = 1, 0

    def held(self, team_id: str, user_id: str) -> Held:
        """How much of somebody's own could be erased."""
        with self._database.reading() as session:
            role = keeping.role(session, team_id, user_id)
            return _held(erasing.own_rounds(session, team_id, user_id), role)

    def erase(self, team_id: str, user_id: str) -> Held:
        """Erase all that somebody has said, at once; returns how much that was.

        What they entered for a team is the team's and stays. Closed rounds keep their results,
        and are not computed anew. In an open round they count as if they had not answered, and
        get nothing more unless they begin again.
        """
        with self._database.writing() as session:
            found = erasing.own_rounds(session, team_id, user_id, hold=True)
            for round_, one, said in found:
                self._erase_from(session, round_, one, said)
            role = keeping.role(session, team_id, user_id)
            erasing.erase_role_for_later(session, team_id, user_id)
            self._erasures += 1
        return _held(found, role)

    def taken_out(self, here: Here) -> TakenOut:
        """An open round from which somebody has erased their answers.

        Raises NotInRound, RoundClosed, and Superseded once they have begun again.
        """
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
        if taking.participant.state is not ParticipantState.SKIPPED:
            raise Superseded
        round_, zone = taking.round, taking.participant.zone
        return TakenOut(round_.id, round_.team_name, round_.closes_at, zone)

    def due(self) -> list[int]:
        """Rounds whose answers have been kept for as long as they may be."""
        with self._database.reading() as session:
            return erasing.expired(session, self._closed_by())

    def expire(self, round_id: int) -> bool:
        """Erase what some people have said in a round; True when there may be more of it."""
        with self._database.writing() as session:
            round_ = rounds.round_(session, round_id)
            if round_ is None or round_.closed_at is None or round_.closed_at > self._closed_by():
                return False
            people = erasing.who_spoke(session, round_id, PEOPLE_IN_ONE_GO)
            if people:
                erasing.erase(session, people)
                self._close_for_good(session, round_id)
            more = len(people) == PEOPLE_IN_ONE_GO
            if not more:
                erasing.empty(session, round_id, self._now())
            self._erasures += 1
        return more

    def has_erased(self) -> None:
        """Something else was erased: it has to be swept away, too."""
        self._erasures += 1

    @property
    def is_swept(self) -> bool:
        """Whether nothing was erased since the last sweep."""
        return self._erasures == self._swept

    def sweep(self) -> None:
        """Let nothing that was erased live on in the database's log.

        Not within a transaction. What cannot be done yet, since somebody reads an older state,
        is done the next time.
        """
        erasures = self._erasures  # before: what is erased meanwhile is for the next time
        if self._database.empty_the_log():
            self._swept = erasures

    def remove_old_copies(self) -> None:
        """Copies from before a migration hold what was erased since.

        Once nothing is kept any more they hold nothing else: then they go at once.
        """
        with self._database.reading() as session:
            kept = timedelta(days=COPIES_KEPT_DAYS if leaving.workspaces(session) else 0)
        upgrade.remove_old_copies(self._database, self._now() - kept)

    def _closed_by(self) -> datetime:
        return calendar.months_before(self._now(), self._months_kept)

    def _erase_from(self, session: Session, round_: Round, one: Participant, said: Said) -> None:
        if round_.together:
            if said.role:
                erasing.erase_role(session, one.id)
            return
        if not (said.spoke or said.role):
            return
        erasing.erase(session, [one.id])
        if round_.state is not RoundState.OPEN:
            self._close_for_good(session, round_.id)
        elif said.spoke:
            self._take_out(session, round_, one)

    def _close_for_good(self, session: Session, round_id: int) -> None:
        """The result stays as it is: computed anew it would differ by what was erased."""
        erasing.mark(session, round_id, self._now())
        answers.save_without_figures(session, round_id)
        hiding.forget_erased(session, round_id)

    def _take_out(self, session: Session, round_: Round, one: Participant) -> None:
        """The card, which may show answers, gives way to a message that says so."""
        erasing.take_out(session, one.id, self._now())
        outbox.withdraw(session, round_.id, one.user_id)
        number = outbox.last_number(session, round_.id, one.user_id, Kind.ERASED)
        outbox.enqueue(
            session,
            round_.team_id,
            round_id=round_.id,
            kind=Kind.ERASED,
            recipient=one.user_id,
            due_at=self._now(),
            number=number + 1,
            participant_id=one.id,
        )


def _held(found: Sequence[tuple[Round, Participant, Said]], role: Role | None) -> Held:
    """`role`: what they do, as it is kept for rounds to come."""
    spoken = [(round_, said) for round_, _, said in found if said.spoke and not round_.together]
    return Held(
        answers=sum(said.answers for _, said in spoken),
        comments=sum(said.comments for _, said in spoken),
        wishes=sum(said.wish for _, said in spoken),
        role=role is not None or any(said.role for *_, said in found),
        rounds=len(spoken),
        open_teams=tuple(
            round_.team_name for round_, _ in spoken if round_.state is RoundState.OPEN
        ),
        together=any(round_.together and said.spoke for round_, _, said in found),
    )
