"""Results in channels: where they were posted, how often, and why not. Rows of the outbox."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from questionnaires.messages import Kind
from storage.tables import MessageRow

IS_POST = col(MessageRow.kind) == Kind.SUMMARY.value


@dataclass(frozen=True, slots=True)
class Post:
    """One post as it stands in the outbox; `problem`: why it failed, if it did."""

    round_id: int
    channel: str
    problem: str | None


def posted_in(session: Session, team_id: str, channel: str) -> set[int]:
    """The ids of the rounds whose result was posted in this channel."""
    wanted = select(MessageRow.round_id).where(
        MessageRow.team_id == team_id,
        MessageRow.recipient == channel,
        IS_POST,
        MessageRow.state == "sent",
    )
    return {round_id or 0 for round_id in session.exec(wanted)}


def times(session: Session, round_id: int) -> int:
    """How often the result of a round was to be posted, anywhere."""
    wanted = select(func.count()).select_from(MessageRow)
    return session.exec(wanted.where(MessageRow.round_id == round_id, IS_POST)).one()


def is_posted(session: Session, round_id: int) -> bool:
    """Whether the result of a round stands in any channel."""
    wanted = select(MessageRow.id).where(
        MessageRow.round_id == round_id, IS_POST, MessageRow.state == "sent"
    )
    return session.exec(wanted).first() is not None


def post(session: Session, message_id: int) -> Post:
    """A post by its number in the outbox."""
    row = session.get_one(MessageRow, message_id)
    return Post(row.round_id or 0, row.recipient, row.problem)
