"""Erasing what people said: answers, reasons, comments, wishes and roles. Rows of results stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from questionnaires.rounds import Participant, ParticipantState, Round
from storage.database import execute
from storage.participants import participant_of
from storage.rounds import IS_REHEARSAL, round_of
from storage.tables import AnswerRow, CommentRow, ParticipantRow, PersonRow, RoundRow


@dataclass(frozen=True, slots=True)
class Said:
    """How much somebody has said in a round."""

    answers: int
    comments: int
    wish: bool
    role: bool

    @property
    def spoke(self) -> bool:
        return bool(self.answers or self.comments or self.wish)


def own_rounds(
    session: Session, team_id: str, user_id: str, *, hold: bool = False
) -> list[tuple[Round, Participant, Said]]:
    """What somebody has said in each round they were asked in, rehearsals left out.

    With `hold` none of the rounds is closed or answered in before the transaction ends.
    """
    of_person = (
        col(ParticipantRow.team_id) == team_id,
        col(ParticipantRow.user_id) == user_id,
    )
    if hold:
        its = select(ParticipantRow.round_id).where(*of_person)
        held = select(RoundRow.id).where(col(RoundRow.id).in_(its)).order_by(col(RoundRow.id))
        session.exec(held.with_for_update()).all()
    wanted = (
        select(RoundRow, ParticipantRow, _count(AnswerRow), _count(CommentRow))
        .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
        .where(*of_person, ~IS_REHEARSAL)
        .order_by(col(RoundRow.id))
    )
    return [
        (
            round_of(row),
            participant_of(member),
            Said(answers, comments, member.fix_first is not None, member.role is not None),
        )
        for row, member, answers, comments in session.exec(wanted)
    ]


def _count(table: type[AnswerRow] | type[CommentRow]) -> ColumnElement[int]:
    of_participant = col(table.participant_id) == col(ParticipantRow.id)
    wanted = select(func.count()).select_from(table).where(of_participant)
    return wanted.correlate(ParticipantRow).scalar_subquery()


def erase(session: Session, participant_ids: Sequence[int]) -> None:
    """All that these people have said in their round, and their role in it."""
    execute(session, delete(AnswerRow).where(col(AnswerRow.participant_id).in_(participant_ids)))
    execute(session, delete(CommentRow).where(col(CommentRow.participant_id).in_(participant_ids)))
    execute(
        session,
        update(ParticipantRow)
        .where(col(ParticipantRow.id).in_(participant_ids))
        .values(fix_first=None, role=None),
    )


def erase_role(session: Session, participant_id: int) -> None:
    """Only their role in a round: the answers there are not theirs alone."""
    row = session.get_one(ParticipantRow, participant_id)
    row.role = None
    session.add(row)


def erase_role_for_later(session: Session, team_id: str, user_id: str) -> None:
    """What somebody does, as it is taken over into rounds to come."""
    row = session.get(PersonRow, (team_id, user_id))
    if row is not None and row.role is not None:
        row.role = None
        session.add(row)


def take_out(session: Session, participant_id: int, now: datetime) -> None:
    """Somebody counts as if they had not answered; pictures of their scores are old."""
    row = session.get_one(ParticipantRow, participant_id)
    row.state, row.changed_at = ParticipantState.SKIPPED.value, now
    row.revision += 1
    session.add(row)


def mark(session: Session, round_id: int, now: datetime) -> None:
    """From now on the round cannot be computed anew; when it was marked before, since then."""
    row = session.get_one(RoundRow, round_id)
    row.erased_at = row.erased_at or now
    session.add(row)


# When their time is over


def expired(session: Session, closed_by: datetime) -> list[int]:
    """Rounds that closed by then and may hold answers still, oldest first."""
    wanted = select(RoundRow.id).where(
        col(RoundRow.closed_at) <= closed_by, col(RoundRow.emptied_at).is_(None), ~IS_REHEARSAL
    )
    return [round_id or 0 for round_id in session.exec(wanted.order_by(col(RoundRow.id)))]


def who_spoke(session: Session, round_id: int, most: int) -> list[int]:
    """Participants of a round of whom something can be erased: so many of them."""
    wanted = select(ParticipantRow.id).where(
        ParticipantRow.round_id == round_id,
        or_(
            exists().where(col(AnswerRow.participant_id) == col(ParticipantRow.id)),
            exists().where(col(CommentRow.participant_id) == col(ParticipantRow.id)),
            col(ParticipantRow.fix_first).is_not(None),
            col(ParticipantRow.role).is_not(None),
        ),
    )
    return [one or 0 for one in session.exec(wanted.order_by(col(ParticipantRow.id)).limit(most))]


def empty(session: Session, round_id: int, now: datetime) -> None:
    """Nothing that anybody said in it is left. A role goes with its person's last round."""
    row = session.get_one(RoundRow, round_id)
    row.emptied_at = now
    session.add(row)
    session.flush()
    here, other = aliased(ParticipantRow), aliased(ParticipantRow)
    was_here = exists().where(
        col(here.round_id) == round_id,
        col(here.team_id) == col(PersonRow.team_id),
        col(here.user_id) == col(PersonRow.user_id),
    )
    speaks_elsewhere = exists().where(
        col(other.team_id) == col(PersonRow.team_id),
        col(other.user_id) == col(PersonRow.user_id),
        col(RoundRow.id) == col(other.round_id),
        col(RoundRow.emptied_at).is_(None),
        ~IS_REHEARSAL,
    )
    execute(
        session,
        update(PersonRow)
        .where(col(PersonRow.role).is_not(None), was_here, ~speaks_elsewhere)
        .values(role=None),
    )
