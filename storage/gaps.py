"""When the bot last ticked, and the whiles in which it was away."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from questionnaires.gaps import Gap, Late
from storage.tables import GapRow, WorkspaceRow


def ticked_at(session: Session, team_id: str) -> datetime | None:
    """When the bot last said that it is there."""
    row = session.get(WorkspaceRow, team_id)
    return row.ticked_at if row else None


def set_ticked(session: Session, team_id: str, now: datetime) -> None:
    """Nothing where the workspace was erased: the bot has not noticed yet that it is out."""
    row = session.get(WorkspaceRow, team_id)
    if row is not None:
        row.ticked_at = now
        session.add(row)


def add(session: Session, team_id: str, began_at: datetime, ended_at: datetime) -> None:
    """Keep a gap; what came late because of it is not known yet."""
    session.add(GapRow(team_id=team_id, began_at=began_at, ended_at=ended_at))


def open_gaps(session: Session, team_id: str) -> list[Gap]:
    """Gaps of which nobody has looked up yet what came late, oldest first."""
    wanted = select(GapRow).where(GapRow.team_id == team_id, col(GapRow.late).is_(None))
    return [_gap(row) for row in session.exec(wanted.order_by(col(GapRow.ended_at)))]


def settle(session: Session, gap_id: int, late: Late) -> None:
    row = session.get_one(GapRow, gap_id)
    row.late = json.dumps(asdict(late), ensure_ascii=False)
    session.add(row)


def gap(session: Session, team_id: str, gap_id: int) -> Gap | None:
    row = session.get(GapRow, gap_id)
    return _gap(row) if row and row.team_id == team_id else None


def _gap(row: GapRow) -> Gap:
    return Gap(
        id=row.id or 0,
        began_at=row.began_at,
        ended_at=row.ended_at,
        late=_late(json.loads(row.late or "{}")),
    )


def _late(told: dict[str, Any]) -> Late:
    return Late(
        invitations=told.get("invitations", 0),
        reminders=told.get("reminders", 0),
        opened=tuple(told.get("opened", ())),
        closed=tuple(told.get("closed", ())),
        posted=tuple(told.get("posted", ())),
    )
