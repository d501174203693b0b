"""The outbox: due -> claimed -> sent | failed | unknown. Who claims a row, sends it.

A claim is a lease. When it runs out the sender died between asking Slack and noting the
answer, so the message may be there: the row is unknown, and settled before it is sent again.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, update
from sqlmodel import Session, col, select

from questionnaires.messages import (
    ASKING,
    AWAITED,
    LEASE,
    SETTLE_AFTER,
    TURNING,
    Kind,
    Message,
    key_of,
)
from questionnaires.rounds import ScorecardState
from storage.database import execute, insert_unless_there
from storage.tables import MessageRow, RoundRow, ScorecardRow

PAUSED = (
    select(RoundRow.id)
    .join(ScorecardRow, col(ScorecardRow.id) == col(RoundRow.scorecard_id))
    .where(ScorecardRow.state == ScorecardState.PAUSED.value)
)


def enqueue(
    session: Session,
    team_id: str,
    *,
    kind: Kind,
    recipient: str,
    due_at: datetime,
    round_id: int | None = None,
    scorecard_id: int | None = None,
    number: int = 1,
    participant_id: int | None = None,
) -> bool:
    """Write a message down to be sent; False when this very message is there already."""
    row = MessageRow(
        team_id=team_id,
        key=key_of(kind, round_id or scorecard_id, recipient, number),
        round_id=round_id,
        scorecard_id=scorecard_id,
        participant_id=participant_id,
        recipient=recipient,
        kind=kind.value,
        number=number,
        state="due",
        due_at=due_at,
    )
    return insert_unless_there(session, row)


def last_number(session: Session, round_id: int, recipient: str, kind: Kind) -> int:
    """The highest number of this kind written down for this recipient; 0 for none."""
    wanted = select(MessageRow.number).where(
        MessageRow.round_id == round_id,
        MessageRow.recipient == recipient,
        MessageRow.kind == kind.value,
    )
    return max(session.exec(wanted), default=0)


def number_of_next(
    session: Session,
    recipient: str,
    kind: Kind,
    round_id: int | None = None,
    scorecard_id: int | None = None,
) -> int | None:
    """The number after the last one's, of a kind that somebody asks for again and again.

    None while one about the same round or scorecard is still due.
    """
    wanted = select(MessageRow).where(
        MessageRow.recipient == recipient, MessageRow.kind == kind.value
    )
    found = session.exec(wanted).all()
    same = (one for one in found if (one.round_id, one.scorecard_id) == (round_id, scorecard_id))
    if any(one.state == "due" for one in same):
        return None
    return max((one.number for one in found), default=0) + 1


def claim_due(
    session: Session, now: datetime, limit: int, kinds: Collection[Kind] = tuple(Kind)
) -> list[Message]:
    """Take the rows of these kinds that are due, for as long as the lease lasts.

    What somebody waits for in front of the screen comes first, then the oldest. Nothing that
    asks somebody goes out while its scorecard is paused.
    """
    awaited = case((col(MessageRow.kind).in_(sorted(AWAITED)), 0), else_=1)
    wanted = (
        select(MessageRow)
        .where(
            MessageRow.state == "due",
            MessageRow.due_at <= now,
            col(MessageRow.kind).in_(sorted(kinds)),
            ~(col(MessageRow.kind).in_(sorted(ASKING)) & col(MessageRow.round_id).in_(PAUSED)),
        )
        .order_by(awaited, col(MessageRow.due_at), col(MessageRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.exec(wanted))
    for row in rows:
        row.state, row.attempts = "claimed", row.attempts + 1
        row.claimed_at, row.claimed_until = now, now + LEASE
        session.add(row)
    return [_message(row) for row in rows]


def doubt_expired(session: Session, now: datetime) -> int:
    """Claims whose lease ran out become unknown; returns how many."""
    return execute(
        session,
        update(MessageRow)
        .where(col(MessageRow.state) == "claimed", col(MessageRow.claimed_until) < now)
        .values(
            state="unknown",
            claimed_until=None,
            due_at=now + SETTLE_AFTER,
            doubts=MessageRow.doubts + 1,
        ),
    )


def take_unknown(session: Session, now: datetime, limit: int) -> list[Message]:
    """Rows to be settled now; nobody else gets them for a minute."""
    wanted = (
        select(MessageRow)
        .where(MessageRow.state == "unknown", MessageRow.due_at <= now)
        .order_by(col(MessageRow.due_at), col(MessageRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.exec(wanted))
    for row in rows:
        row.due_at = now + SETTLE_AFTER
        session.add(row)
    return [_message(row) for row in rows]


def mark_sent(session: Session, message_id: int, channel: str | None, ts: str | None) -> bool:
    """False when it was marked sent or failed before, or is gone."""
    row = session.get(MessageRow, message_id, with_for_update=True)
    if row is None or row.state in ("sent", "failed"):
        return False
    row.state, row.claimed_until, row.problem = "sent", None, None
    row.channel, row.ts = channel or row.channel, ts or row.ts
    session.add(row)
    return True


def mark_failed(session: Session, message_id: int, problem: str) -> bool:
    """It will never arrive, for this reason of Slack's; False when it is settled already."""
    return _settle(session, message_id, state="failed", problem=problem)


def mark_unknown(session: Session, message_id: int, now: datetime, problem: str) -> bool:
    """It may have arrived: look for it in a minute; False when it is settled already."""
    return _settle(
        session,
        message_id,
        state="unknown",
        problem=problem,
        due_at=now + SETTLE_AFTER,
        doubts=MessageRow.doubts + 1,
    )


def mark_due(session: Session, message_id: int, due_at: datetime, problem: str | None) -> bool:
    """It has surely not arrived: send it at `due_at`; False when it is settled already."""
    return _settle(session, message_id, state="due", problem=problem, due_at=due_at)


def is_gone(session: Session, message_id: int) -> bool:
    """Whether it was deleted meanwhile, with the rehearsal that it belonged to."""
    wanted = select(MessageRow.id).where(MessageRow.id == message_id)
    return session.exec(wanted).first() is None


def keep_file(session: Session, message_id: int, file_id: str) -> None:
    """An upload that is only to be completed: completing works once, so the id is kept first."""
    row = session.get_one(MessageRow, message_id)
    row.file_id = file_id
    session.add(row)


def arrived(session: Session, round_id: int, recipient: str, channel: str, ts: str) -> bool:
    """Somebody has pressed the message that turns: there is no doubt any more that it is there.

    False when there was none.
    """
    done = execute(
        session,
        update(MessageRow)
        .where(
            col(MessageRow.round_id) == round_id,
            col(MessageRow.recipient) == recipient,
            col(MessageRow.state) == "unknown",
            col(MessageRow.kind).in_(sorted(TURNING)),
        )
        .values(state="sent", problem=None, channel=channel, ts=ts),
    )
    return done > 0


def withdraw(
    session: Session,
    round_id: int,
    recipient: str | None = None,
    *,
    kinds: Collection[Kind] = TURNING,
    until: datetime | None = None,
) -> None:
    """What is still due in a round (to one recipient, until then) is no longer wanted."""
    statement = update(MessageRow).where(
        col(MessageRow.round_id) == round_id,
        col(MessageRow.state) == "due",
        col(MessageRow.kind).in_(sorted(kinds)),
    )
    if recipient is not None:
        statement = statement.where(col(MessageRow.recipient) == recipient)
    if until is not None:
        statement = statement.where(col(MessageRow.due_at) <= until)
    execute(session, statement.values(state="failed", problem="no longer wanted"))


def conversation(session: Session, team_id: str, user_id: str) -> str | None:
    """Where somebody was written to last; None when they never were."""
    wanted = (
        select(MessageRow.channel)
        .where(
            MessageRow.team_id == team_id,
            MessageRow.recipient == user_id,
            col(MessageRow.channel).is_not(None),
        )
        .order_by(col(MessageRow.id).desc())
    )
    return session.exec(wanted).first()


def sent(
    session: Session, round_id: int, kind: Kind, recipient: str, number: int | None = None
) -> Message | None:
    """The message of this kind and number that arrived there; without one, the latest."""
    wanted = (
        select(MessageRow)
        .where(
            MessageRow.round_id == round_id,
            MessageRow.kind == kind.value,
            MessageRow.recipient == recipient,
            MessageRow.state == "sent",
        )
        .order_by(col(MessageRow.number).desc())
    )
    if number is not None:
        wanted = wanted.where(MessageRow.number == number)
    row = session.exec(wanted).first()
    return _message(row) if row else None


def _settle(
    session: Session, message_id: int, *, state: str, problem: str | None, **columns: Any
) -> bool:
    done = execute(
        session,
        update(MessageRow)
        .where(col(MessageRow.id) == message_id, col(MessageRow.state).in_(["claimed", "unknown"]))
        .values(state=state, claimed_until=None, problem=problem, **columns),
    )
    return done == 1


def _message(row: MessageRow) -> Message:
    return Message(
        id=row.id or 0,
        team_id=row.team_id,
        key=row.key,
        round_id=row.round_id,
        participant_id=row.participant_id,
        recipient=row.recipient,
        kind=Kind(row.kind),
        number=row.number,
        due_at=row.due_at,
        scorecard_id=row.scorecard_id,
        attempts=row.attempts,
        doubts=row.doubts,
        channel=row.channel,
        ts=row.ts,
        file_id=row.file_id,
    )
