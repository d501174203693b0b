"""What people are asked, as rows of the outbox: invitations, reminders, and when they come."""

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from questionnaires.messages import ASKING, Kind, Message
from storage.database import execute
from storage.tables import MessageRow


def seen(session: Session, round_id: int, recipient: str) -> None:
    """Somebody has pressed: a reminder that is in doubt was seen, or is not needed any more.

    It has turned by now: whoever looked for it by its key would not find it, and send it again.
    """
    execute(
        session,
        update(MessageRow)
        .where(
            col(MessageRow.round_id) == round_id,
            col(MessageRow.recipient) == recipient,
            col(MessageRow.state).in_(["claimed", "unknown"]),
            col(MessageRow.kind).in_(sorted(ASKING - {Kind.INVITATION})),
        )
        .values(state="sent", claimed_until=None, problem=None),
    )


def due_by(session: Session, round_id: int, recipient: str, kind: Kind, now: datetime) -> int:
    """The highest number of this kind that was to be sent to somebody by now; 0 for none."""
    wanted = select(func.max(MessageRow.number)).where(
        MessageRow.round_id == round_id,
        MessageRow.recipient == recipient,
        MessageRow.kind == kind.value,
        MessageRow.due_at <= now,
    )
    return session.exec(wanted).one() or 0


def bring_forward(session: Session, round_id: int, recipient: str, now: datetime) -> bool:
    """The next reminder that somebody is to get comes now; False when there is none left."""
    wanted = select(MessageRow).where(
        MessageRow.round_id == round_id,
        MessageRow.recipient == recipient,
        MessageRow.kind == Kind.REMINDER.value,
        MessageRow.state == "due",
    )
    row = session.exec(wanted.order_by(col(MessageRow.number)).with_for_update()).first()
    if row is None:
        return False
    row.due_at = min(row.due_at, now)
    session.add(row)
    return True


def next_due(session: Session, round_id: int, kind: Kind) -> datetime | None:
    """When the next message of this kind goes out in a round."""
    wanted = select(func.min(MessageRow.due_at)).where(
        MessageRow.round_id == round_id,
        MessageRow.kind == kind.value,
        MessageRow.state == "due",
    )
    return session.exec(wanted).one()


def is_invited_elsewhere(session: Session, message: Message, since: datetime) -> bool:
    """Whether another round has invited the same person since then."""
    wanted = select(MessageRow.id).where(
        MessageRow.team_id == message.team_id,
        MessageRow.recipient == message.recipient,
        MessageRow.kind == Kind.INVITATION.value,
        MessageRow.round_id != message.round_id,
        col(MessageRow.state).in_(["claimed", "unknown", "sent"]),
        col(MessageRow.claimed_at) >= since,
    )
    return session.exec(wanted).first() is not None


def asking_due(
    session: Session, team_id: str, since: datetime, until: datetime
) -> dict[tuple[Kind, int], int]:
    """How many messages that ask somebody should have gone out between two instants, and have not.

    By kind and round; for what came late because the bot was away.
    """
    wanted = (
        select(MessageRow.kind, MessageRow.round_id, func.count())
        .where(
            MessageRow.team_id == team_id,
            MessageRow.state == "due",
            col(MessageRow.kind).in_(sorted(ASKING)),
            col(MessageRow.due_at) > since,
            col(MessageRow.due_at) < until,
        )
        .group_by(MessageRow.kind, col(MessageRow.round_id))
    )
    return {(Kind(kind), round_id or 0): number for kind, round_id, number in session.exec(wanted)}


def next_due_of_each(session: Session, round_id: int, kind: Kind) -> dict[str, datetime]:
    """When the next message of this kind goes out to each who is to get one in a round."""
    wanted = (
        select(MessageRow.recipient, func.min(MessageRow.due_at))
        .where(
            MessageRow.round_id == round_id,
            MessageRow.kind == kind.value,
            MessageRow.state == "due",
        )
        .group_by(MessageRow.recipient)
    )
    return dict(session.exec(wanted).all())


def last_asked(session: Session, round_id: int) -> dict[str, datetime]:
    """When each person was last sent something that asks, in this round."""
    wanted = (
        select(MessageRow.recipient, func.max(MessageRow.claimed_at))
        .where(
            MessageRow.round_id == round_id,
            col(MessageRow.kind).in_(sorted(ASKING)),
            col(MessageRow.state).in_(["claimed", "unknown", "sent"]),
        )
        .group_by(MessageRow.recipient)
    )
    return {recipient: at for recipient, at in session.exec(wanted) if at is not None}
