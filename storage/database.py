"""The engine and its transactions; which database it is, nobody above needs to know."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from threading import local
from time import monotonic, sleep
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, Executable, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlmodel import Session, SQLModel, create_engine

Columns = dict[str, Any]

BUSY_MILLISECONDS = 10_000
NO_PATIENCE_MILLISECONDS = 100
SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class _Shared(local):
    """The transaction that works on this thread share, while they do."""

    connection: Connection | None = None


class Database:
    """Hands out sessions: `writing()` commits at its end, `reading()` never writes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._shared = _Shared()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it or, when an error leaves the block, nothing."""
        shared = self._shared.connection
        if shared is not None:
            savepoint = Session(shared, join_transaction_mode="create_savepoint")
            with savepoint as session, session.begin():
                yield session
            return
        with Session(self.engine) as session, session.begin():
            if self.is_sqlite:
                # A transaction that reads first and writes later can fail half-way with
                # "database is locked"; taking the write lock at once makes it wait instead.
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield session

    def together(self, works: Sequence[Callable[[], None]]) -> None:
        """Run works that write so that they share one commit, which is what takes the time.

        Each is all or nothing by itself and keeps its own errors. When the commit fails,
        nothing of any of them was stored, and the error is raised here. SQLite only.
        """
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._shared.connection = connection
            try:
                for work in works:
                    work()
            finally:
                self._shared.connection = None
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A snapshot for results, status and whatever only looks."""
        with Session(self.engine) as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("PRAGMA query_only = ON")
                session.connection().exec_driver_sql("BEGIN")
            else:
                session.connection(execution_options=SNAPSHOT)
            yield session
            session.rollback()

    def empty_the_log(self) -> bool:
        """SQLite's write-ahead log still holds what was overwritten in the file: empty it.

        False while somebody reads an older state; writers are not kept waiting for that. Not
        within a transaction.
        """
        if not self.is_sqlite:
            return True
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {NO_PATIENCE_MILLISECONDS}")
            try:
                busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return not busy

    def look(self) -> None:
        """Read anything at all. Raises what SQLAlchemy raises when the database is away."""
        with self.reading() as session:
            session.connection().exec_driver_sql("SELECT 1")

    def dispose(self) -> None:
        self.engine.dispose()


def address(url: str) -> URL:
    """`url` as SQLAlchemy writes it; postgres:// as hosting platforms write it is understood.

    Raises ArgumentError, ValueError for what is no address.
    """
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    return make_url(url)


def open_database(url: str) -> Database:
    """Connects when it is first used. `url` as `address` reads it."""
    parsed = address(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, pool_pre_ping=True, hide_parameters=True))
    engine = create_engine(parsed, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "checkin", _make_reusable)
    return Database(engine)


def execute(session: Session, statement: Executable, rows: Sequence[Columns] = ()) -> int:
    """Run a statement behind whatever still waits in the session; returns how many rows it met.

    Rows the session has read are read anew afterwards: the statement may have changed them.
    """
    session.flush()
    done = session.connection().execute(
        statement, rows or None, execution_options={"preserve_rowcount": True}
    )
    session.expire_all()
    return done.rowcount


def upsert(session: Session, *rows: SQLModel, keep: tuple[str, ...] = ()) -> None:
    """Insert rows of one table, or overwrite those with their primary key, except `keep`.

    One statement for each row, so that two writers at once end with one whole row.
    """
    if not rows:
        return
    statement = _upsert(_dialect(session), _table(rows[0]), keep)
    execute(session, statement, [row.model_dump() for row in rows])


@cache
def _upsert(dialect: ModuleType, table: Table, keep: tuple[str, ...]) -> Executable:
    """Built once for each table: building it takes longer than running it."""
    keys = [column.name for column in table.primary_key]
    statement = dialect.insert(table)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in (*keys, *keep)
    }
    built: Executable = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return built


def insert_unless_there(session: Session, row: SQLModel) -> bool:
    """Insert the row; False when a row with one of its unique keys is there already."""
    given = {name: value for name, value in row.model_dump().items() if value is not None}
    statement = _dialect(session).insert(_table(row)).values(given).on_conflict_do_nothing()
    return execute(session, statement) == 1


def _table(row: SQLModel) -> Table:
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


def _dialect(session: Session) -> ModuleType:
    """Where the INSERT that knows ON CONFLICT is."""
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite


def _prepare_sqlite(connection: DBAPIConnection, _record: Any) -> None:
    # Without this the driver opens transactions by itself, and BEGIN IMMEDIATE comes too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    _use_write_ahead_log(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is erased is overwritten in the file, whatever this SQLite was built with.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _make_reusable(connection: DBAPIConnection | None, _record: Any) -> None:
    """Back in the pool: the next one may want to write, and begins anew.

    A commit that failed leaves its transaction open, in which nobody could begin another.
    """
    if connection is not None:
        connection.rollback()
        connection.cursor().execute("PRAGMA query_only = OFF")


def _use_write_ahead_log(cursor: DBAPICursor) -> None:
    """Of two processes that open a new file at once, SQLite refuses one without any waiting."""
    give_up = monotonic() + BUSY_MILLISECONDS / 1_000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if monotonic() > give_up:
                raise
            sleep(0.01)
        else:
            return
