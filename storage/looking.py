"""A database opened so that looking changes nothing: no file made, nothing written or migrated."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, NullPool
from sqlmodel import Session, create_engine, select

from questionnaires.rounds import Scorecard
from questionnaires.standings import Stopped
from storage import scorecards, workspaces
from storage.database import Database, address
from storage.tables import WorkspaceRow

PATIENCE_SECONDS = 10


def sqlite_file(url: str) -> Path | None:
    """Where answers are kept; None for PostgreSQL, and for SQLite in memory."""
    parsed = address(url)
    name = parsed.database
    if parsed.get_backend_name() != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name).absolute()


def open_to_look(url: str) -> Database:
    """Raises ModuleNotFoundError when the driver of PostgreSQL is not installed."""
    file = sqlite_file(url)
    if file is not None:
        return Database(_read_only(file))
    waiting = {"connect_timeout": PATIENCE_SECONDS}
    return Database(create_engine(address(url), poolclass=NullPool, connect_args=waiting))


def _read_only(file: Path) -> Engine:
    """Without a write-ahead log nobody has the file open, and opening it would make one."""
    in_use = file.with_name(f"{file.name}-wal").exists()
    uri = f"file:{quote(str(file))}?mode=ro{'' if in_use else '&immutable=1'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=PATIENCE_SECONDS, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def is_writable(database: Database) -> bool:
    """Whether PostgreSQL would take an answer: no standby, not read-only, not another's table."""
    with database.engine.connect() as connection:
        refusing = connection.exec_driver_sql(
            "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'"
            " OR NOT has_table_privilege('answers', 'INSERT')"
        )
        return not refusing.scalar()


def stopped(session: Session) -> list[Stopped]:
    """The workspaces in which Slack refuses the bot, in the order of their ids."""
    teams = session.exec(select(WorkspaceRow.team_id).order_by(WorkspaceRow.team_id))
    found = (workspaces.stopped(session, team_id) for team_id in teams)
    return [Stopped(*one) for one in found if one is not None]


def scorecards_in_use(session: Session) -> list[Scorecard]:
    """All that were confirmed, in whatever workspace."""
    teams = session.exec(select(WorkspaceRow.team_id).order_by(WorkspaceRow.team_id))
    return [found for team_id in teams for found in scorecards.in_use(session, team_id)]
