"""Erasing all that is kept of a workspace, whatever the tables are by now.

Since when Slack refuses the bot there stands in the row of the workspace, which goes last.
"""

from sqlalchemy import Column, Delete, Table, delete, tuple_, update
from sqlmodel import Session, SQLModel, col, select

from storage import tables
from storage.database import execute

# In the place of Slack's word: what was begun is finished, even if the app is installed again.
ERASING = "erasing"


def take_back(session: Session, team_id: str) -> None:
    """The bot works: that Slack refused it counts no more, unless erasing was begun."""
    row = session.get(tables.WorkspaceRow, team_id)
    if row is not None and row.stopped_at is not None and row.stopped_why != ERASING:
        row.stopped_at = row.stopped_why = None
        session.add(row)


def erased_tables() -> list[Table]:
    """Every table, each before those that it refers to."""
    return list(reversed(SQLModel.metadata.sorted_tables))


def erase_some(session: Session, team_id: str, most: int) -> bool:
    """Delete so many rows of a workspace; True when there may be more of them.

    It begins with the first table each time: somebody may have pressed a button meanwhile.
    """
    for table in erased_tables():
        for column in _within(table):
            theirs = (table.c.team_id == team_id, column.is_not(None))
            execute(session, update(table).where(*theirs).values({column.name: None}))
        most -= execute(session, _some(table, team_id, most))
        if most <= 0:
            return True
    return False


def _within(table: Table) -> list[Column[object]]:
    """Columns by which rows of a table refer to others of the same one."""
    return [key.parent for key in table.foreign_keys if key.column.table is table]


def _some(table: Table, team_id: str, most: int) -> Delete:
    keys = list(table.primary_key.columns)
    some = select(*keys).where(table.c.team_id == team_id).order_by(*keys).limit(most)
    return delete(table).where(tuple_(*keys).in_(some))


def workspaces(session: Session) -> list[str]:
    """The ids of all that anything is kept of."""
    wanted = select(tables.WorkspaceRow.team_id).order_by(col(tables.WorkspaceRow.team_id))
    return list(session.exec(wanted))
