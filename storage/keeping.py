"""Everything that is kept of one person, read for themselves. Rehearsals are left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from questionnaires.acts import Act, Deed
from questionnaires.kept import KeptAct, KeptMessage
from questionnaires.messages import Kind
from questionnaires.model import Rating
from questionnaires.roles import Role
from questionnaires.rounds import Participant, Round, ScorecardState
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

# What changes a scorecard and leaves its mark in changed_by.
CHANGES = (Act.EDITED, Act.SKIPPED, Act.RESUMED)
# By what was done, and whether they did it or it was done to them.
NAMING = {
    (Act.NAMED, True): "you named a facilitator",
    (Act.NAMED, False): "you were named a facilitator",
    (Act.TAKEN_OUT, True): "you took out a facilitator",
    (Act.TAKEN_OUT, False): "you were taken out of the facilitators",
}


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
            place=tuple(one for one in (row.channel, row.ts, row.file_id) if one is not None),
            problem=row.problem,
        )
        for row, round_, team_name in session.exec(wanted)
    ]


def acts(session: Session, team_id: str, user_id: str, deeds: Sequence[Deed]) -> list[KeptAct]:
    """What scorecards, rounds and namings say of somebody that is not among their deeds.

    `deeds`: all that is noted of them. Whatever is older than the table of acts is here only.
    """
    return [
        *_of_scorecards(session, team_id, user_id, deeds),
        *_of_rounds(session, team_id, user_id),
        *_of_namings(session, team_id, user_id, deeds),
    ]


def _of_scorecards(
    session: Session, team_id: str, user_id: str, deeds: Sequence[Deed]
) -> Iterator[KeptAct]:
    own = {(deed.what, deed.scorecard_id) for deed in deeds if deed.by == user_id}
    changed = {scorecard_id for what, scorecard_id in own if what in CHANGES}
    wanted = select(ScorecardRow).where(ScorecardRow.team_id == team_id, ~scorecards.IS_REHEARSAL)
    for row in session.exec(wanted.order_by(col(ScorecardRow.id))):
        if row.created_by == user_id and (Act.SET_UP, row.id) not in own:
            yield KeptAct(_entered(row), row.team_name)
        if row.changed_by == user_id and row.id not in changed:
            yield KeptAct(_changed(row), row.team_name)
        if user_id in row.audience_people:
            yield KeptAct("you are chosen by name to be asked", row.team_name)


def _entered(row: ScorecardRow) -> str:
    """A change that waits keeps the name of who set the scorecard up, whoever entered it."""
    if row.edits is not None:
        return "you are named as who entered this set-up, in a change that was not saved"
    if row.state == ScorecardState.DRAFT.value:
        return "you are named as who entered this set-up, which was not confirmed"
    return "you are named as who entered this set-up"


def _changed(row: ScorecardRow) -> str:
    if row.edits is not None:
        return "you entered a change of this scorecard and did not save it"
    return "you changed this scorecard last"


def _of_rounds(session: Session, team_id: str, user_id: str) -> Iterator[KeptAct]:
    wanted = select(RoundRow).where(
        RoundRow.team_id == team_id, RoundRow.opened_by == user_id, ~IS_REHEARSAL
    )
    for row in session.exec(wanted.order_by(col(RoundRow.id))):
        yield KeptAct("you are named as who asks in this round", f"{row.team_name}, {row.title}")


def _of_namings(
    session: Session, team_id: str, user_id: str, deeds: Sequence[Deed]
) -> Iterator[KeptAct]:
    """Of those that are alike, the deeds are the newest."""
    told = Counter((deed.what, deed.by, deed.whom, deed.scorecard_id) for deed in deeds)
    wanted = (
        select(FacilitatorRow, ScorecardRow.team_name)
        .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(FacilitatorRow.scorecard_id))
        .where(FacilitatorRow.team_id == team_id)
        .order_by(col(FacilitatorRow.id).desc())
    )
    for row, team_name in session.exec(wanted):
        for what, by in ((Act.TAKEN_OUT, row.removed_by), (Act.NAMED, row.named_by)):
            act = what, by or "", row.user_id, row.scorecard_id
            if told[act]:
                told[act] -= 1
            elif by is not None and user_id in (by, row.user_id):
                yield KeptAct(NAMING[what, by == user_id], team_name)
