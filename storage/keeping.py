"""Everything that is kept of one person, read for themselves. Rehearsals are left out."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from questionnaires.kept import KeptAct, KeptMessage
from questionnaires.messages import Kind
from questionnaires.model import Rating
from questionnaires.roles import Role
from questionnaires.rounds import Participant, Round
from storage import scorecards
from storage.answers import rating_of
from storage.participants import participant_of
from storage.rounds import IS_REHEARSAL, round_of
from storage.tables import (
    AnswerRow,
    CommentRow,
    FacilitatorRow,
    MessageRow,
    ParticipantRow,
    PersonRow,
    RoundRow,
    ScorecardRow,
    WorkspaceRow,
)
from storage.tailoring_tables import TailoringRow


def workspace_name(session: Session, team_id: str) -> str:
    row = session.get(WorkspaceRow, team_id)
    return row.name if row else ""


def role(session: Session, team_id: str, user_id: str) -> Role | None:
    """What somebody said they do, for rounds to come."""
    row = session.get(PersonRow, (team_id, user_id))
    return Role(row.role) if row and row.role else None


def parts(
    session: Session, team_id: str, user_id: str
) -> list[tuple[Round, Participant, datetime | None]]:
    """Each round somebody was asked in, and when their part in it changed; oldest first."""
    wanted = (
        select(RoundRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
        .where(ParticipantRow.team_id == team_id, ParticipantRow.user_id == user_id, ~IS_REHEARSAL)
        .order_by(col(RoundRow.id))
    )
    return [
        (round_of(row), participant_of(member), member.changed_at)
        for row, member in session.exec(wanted)
    ]


def ratings(session: Session, participant_id: int) -> dict[str, tuple[Rating, datetime]]:
    """By question id, with when it was said."""
    wanted = select(AnswerRow).where(AnswerRow.participant_id == participant_id)
    return {row.question_id: (rating_of(row), row.answered_at) for row in session.exec(wanted)}


def comments(session: Session, participant_id: int) -> dict[str, str]:
    """By question id."""
    wanted = select(CommentRow).where(CommentRow.participant_id == participant_id)
    return {row.question_id: row.body for row in session.exec(wanted)}


def messages(session: Session, team_id: str, user_id: str) -> list[KeptMessage]:
    """In the order they were due."""
    wanted = (
        select(MessageRow, RoundRow, ScorecardRow.team_name)
        .outerjoin(RoundRow, col(RoundRow.id) == col(MessageRow.round_id))
        .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(MessageRow.scorecard_id))
        .where(
            MessageRow.team_id == team_id,
            MessageRow.recipient == user_id,
            or_(col(MessageRow.round_id).is_(None), ~IS_REHEARSAL),
        )
        .order_by(col(MessageRow.due_at), col(MessageRow.id))
    )
    return [
        KeptMessage(
            kind=Kind(row.kind),
            about=f"{round_.team_name}, {round_.title}" if round_ else team_name,
            state=row.state,
            due_at=row.due_at,
            sent_at=row.claimed_at if row.state == "sent" else None,
        )
        for row, round_, team_name in session.exec(wanted)
    ]


def acts(session: Session, team_id: str, user_id: str) -> list[KeptAct]:
    """Scorecards and rounds in which somebody is named as who set up, opened or looks after."""
    return [
        *_of_scorecards(session, team_id, user_id),
        *_of_rounds(session, team_id, user_id),
        *_of_namings(session, team_id, user_id),
        *_of_tailorings(session, team_id, user_id),
    ]


def _of_scorecards(session: Session, team_id: str, user_id: str) -> Iterator[KeptAct]:
    wanted = select(ScorecardRow).where(ScorecardRow.team_id == team_id, ~scorecards.IS_REHEARSAL)
    for row in session.exec(wanted.order_by(col(ScorecardRow.id))):
        if row.created_by == user_id:
            yield KeptAct("you set up this scorecard", row.team_name)
        if row.changed_by == user_id:
            yield KeptAct("you changed this scorecard last", row.team_name)
        if user_id in row.audience_people:
            yield KeptAct("you are chosen by name to be asked", row.team_name)


def _of_rounds(session: Session, team_id: str, user_id: str) -> Iterator[KeptAct]:
    wanted = select(RoundRow).where(
        RoundRow.team_id == team_id, RoundRow.opened_by == user_id, ~IS_REHEARSAL
    )
    for row in session.exec(wanted.order_by(col(RoundRow.id))):
        yield KeptAct("you are named as who asks in this round", f"{row.team_name}, {row.title}")


def _of_namings(session: Session, team_id: str, user_id: str) -> Iterator[KeptAct]:
    wanted = (
        select(FacilitatorRow, ScorecardRow.team_name)
        .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(FacilitatorRow.scorecard_id))
        .where(FacilitatorRow.team_id == team_id)
        .order_by(col(FacilitatorRow.id))
    )
    for row, team_name in session.exec(wanted):
        if row.user_id == user_id:
            ended = " until you were taken out" if row.removed_by else ""
            yield KeptAct(f"you were named a facilitator{ended}", team_name)
        if row.named_by == user_id:
            yield KeptAct("you named a facilitator", team_name)
        if row.removed_by == user_id:
            yield KeptAct("you took out a facilitator", team_name)


def _of_tailorings(session: Session, team_id: str, user_id: str) -> Iterator[KeptAct]:
    wanted = (
        select(TailoringRow, ScorecardRow.team_name)
        .join(ScorecardRow, col(ScorecardRow.id) == col(TailoringRow.scorecard_id))
        .where(TailoringRow.team_id == team_id, TailoringRow.saved_by == user_id)
        .order_by(col(TailoringRow.id))
    )
    for row, team_name in session.exec(wanted):
        yield KeptAct(f"you saved the questions, version {row.number}", team_name)
