"""Who was named a facilitator in Slack and by whom; who was taken out again stays as a row."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from questionnaires.facilitating import Naming
from storage.database import execute
from storage.tables import FacilitatorRow, WorkspaceRow


def hold(session: Session, team_id: str) -> None:
    """Until the transaction ends nobody else changes who is named in this workspace.

    Where there is no such workspace, nobody is named there either.
    """
    # Rows that point at the workspace can be written all the while: answers do not wait.
    session.get(WorkspaceRow, team_id, with_for_update={"key_share": True})


def current(session: Session, team_id: str, scorecard_id: int | None = None) -> list[Naming]:
    """Those named for a scorecard, or without one for the workspace; in the order of naming."""
    wanted = select(FacilitatorRow).where(
        *_of(team_id, scorecard_id), col(FacilitatorRow.removed_by).is_(None)
    )
    return [_naming(row) for row in session.exec(wanted.order_by(col(FacilitatorRow.id)))]


def scorecards_of(session: Session, team_id: str, user_id: str) -> set[int]:
    """The ids of the scorecards that somebody was named for, one by one."""
    wanted = select(FacilitatorRow.scorecard_id).where(
        FacilitatorRow.team_id == team_id,
        FacilitatorRow.user_id == user_id,
        col(FacilitatorRow.scorecard_id).is_not(None),
        col(FacilitatorRow.removed_by).is_(None),
    )
    return {scorecard_id or 0 for scorecard_id in session.exec(wanted)}


def add(session: Session, team_id: str, scorecard_id: int | None, user_id: str, by: str) -> int:
    """Name somebody who is not named; returns the naming's id."""
    row = FacilitatorRow(team_id=team_id, scorecard_id=scorecard_id, user_id=user_id, named_by=by)
    session.add(row)
    session.flush()
    return row.id or 0


def take_out(
    session: Session,
    team_id: str,
    scorecard_id: int | None,
    user_ids: Collection[str],
    by: str,
) -> None:
    execute(
        session,
        update(FacilitatorRow)
        .where(
            *_of(team_id, scorecard_id),
            col(FacilitatorRow.user_id).in_(sorted(user_ids)),
            col(FacilitatorRow.removed_by).is_(None),
        )
        .values(removed_by=by),
    )


def taken_out_by(
    session: Session, team_id: str, scorecard_id: int | None, user_ids: Collection[str]
) -> dict[str, str]:
    """Who took each of these out last, by their user id."""
    wanted = select(FacilitatorRow).where(
        *_of(team_id, scorecard_id),
        col(FacilitatorRow.user_id).in_(sorted(user_ids)),
        col(FacilitatorRow.removed_by).is_not(None),
    )
    rows = session.exec(wanted.order_by(col(FacilitatorRow.id)))
    return {row.user_id: row.removed_by or "" for row in rows}


def naming(session: Session, team_id: str, naming_id: int) -> Naming | None:
    """One naming; None when it is of another workspace, or the person was taken out since."""
    row = session.get(FacilitatorRow, naming_id)
    if row is None or row.team_id != team_id or row.removed_by is not None:
        return None
    return _naming(row)


def _of(team_id: str, scorecard_id: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    column = col(FacilitatorRow.scorecard_id)
    whose = column.is_(None) if scorecard_id is None else column == scorecard_id
    return col(FacilitatorRow.team_id) == team_id, whose


def _naming(row: FacilitatorRow) -> Naming:
    return Naming(row.id or 0, row.user_id, row.scorecard_id, row.named_by)
