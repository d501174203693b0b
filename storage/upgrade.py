"""Brings a database to the tables this code expects. The steps themselves stand in migrations/.

SQLite is migrated when the bot starts, after the file was copied aside; PostgreSQL by
`python -m bot migrate`, and a bot that starts on an older one refuses.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from shutil import copymode

from sqlalchemy import Connection, inspect

from questionnaires.errors import ScorecardError
from storage.database import Database

HEAD = "0008"
PATIENCE_MILLISECONDS = 600_000
ADVISORY_LOCK = 7_206_529_718


class DatabaseNotMigrated(ScorecardError):
    """The database is older than this code; `found` is its revision, None for an empty one."""

    def __init__(self, found: str | None, needed: str) -> None:
        super().__init__("The database is older than this version: run python -m bot migrate")
        self.found = found
        self.needed = needed


class DatabaseTooNew(ScorecardError):
    """A newer version of the bot wrote this database; `found` is its revision."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"The database was written by a newer version ({found}): install that one")
        self.found = found
        self.known = known


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of steps; revisions are numbers of four digits, `head` the last of them."""

    folder: Path
    head: str


SHIPPED = Migrations(Path(__file__).parent / "migrations", HEAD)


def prepare(database: Database, migrations: Migrations = SHIPPED) -> Path | None:
    """What a starting bot does: SQLite is migrated, PostgreSQL has to be current.

    Returns the copy made of an older SQLite file. Raises DatabaseNotMigrated, DatabaseTooNew.
    """
    if database.is_sqlite:
        return upgrade(database, migrations)
    require_current(database, migrations)
    return None


def upgrade(database: Database, migrations: Migrations = SHIPPED) -> Path | None:
    """Migrate to the newest tables; of two processes at once, the second finds it done.

    Returns where the SQLite file was copied to, None when nothing had to be copied.
    Raises DatabaseTooNew; after any error the database is as it was.
    """
    if is_current(database, migrations):
        return None
    migrating = _migrating_sqlite if database.is_sqlite else _migrating_postgresql
    with migrating(database) as connection:
        if _checked_revision(connection, migrations) == migrations.head:
            return None
        with _copied_aside(database, connection, migrations) as copy:
            _run_steps(connection, migrations)
            if database.is_sqlite:
                _check_foreign_keys(connection)
    return copy


def remove_old_copies(database: Database, before: datetime) -> int:
    """Copies made by earlier upgrades hold what was erased since; returns how many are gone."""
    file = database.engine.url.database
    if not database.is_sqlite or not file or file == ":memory:":
        return 0
    original = Path(file).absolute()
    name = re.compile(rf"{re.escape(original.stem)}\.before-\d{{4}}(\.\d+)?{original.suffix}")
    old = [
        path
        for path in original.parent.iterdir()
        if name.fullmatch(path.name) and path.stat().st_mtime < before.timestamp()
    ]
    for path in old:
        path.unlink()
    return len(old)


def revision(database: Database) -> str | None:
    """The last step that was run; None when there was none."""
    with database.engine.connect() as connection:
        return _revision(connection)


def is_current(database: Database, migrations: Migrations = SHIPPED) -> bool:
    """Whether every step was run. Raises DatabaseTooNew."""
    with database.engine.connect() as connection:
        return _checked_revision(connection, migrations) == migrations.head


def require_current(database: Database, migrations: Migrations = SHIPPED) -> None:
    """Raises DatabaseNotMigrated or DatabaseTooNew unless code and database fit together."""
    with database.engine.connect() as connection:
        found = _checked_revision(connection, migrations)
    if found != migrations.head:
        raise DatabaseNotMigrated(found, migrations.head)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _checked_revision(connection: Connection, migrations: Migrations) -> str | None:
    found = _revision(connection)
    if found is not None and found > migrations.head:
        raise DatabaseTooNew(found, migrations.head)
    return found


@contextmanager
def _migrating_sqlite(database: Database) -> Iterator[Connection]:
    """The write lock, taken before anything is looked at; foreign keys rest meanwhile.

    A step that rebuilds a table drops the old one, which enforced foreign keys would refuse.
    """
    with database.engine.connect() as connection:
        connection.detach()  # its settings differ: the pool does not get it back
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        # An SQLite that was built otherwise may have left deleted text in the file.
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


@contextmanager
def _migrating_postgresql(database: Database) -> Iterator[Connection]:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        yield connection


def _run_steps(connection: Connection, migrations: Migrations) -> None:
    # Slow to import, and needed once in the life of a version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
    command.upgrade(config, migrations.head)


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise sqlite3.IntegrityError(f"a migration broke a foreign key of {broken[0]}")


@contextmanager
def _copied_aside(
    database: Database, connection: Connection, migrations: Migrations
) -> Iterator[Path | None]:
    """Copies an SQLite file that holds tables; the copy goes again when migrating fails."""
    if not database.is_sqlite or not inspect(connection).get_table_names():
        yield None
        return
    original = Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])
    copy = _free_name(original, migrations.head)
    try:
        _copy(original, copy)
        yield copy
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _free_name(original: Path, head: str) -> Path:
    """Beside the original; the copy of an earlier upgrade is never overwritten."""
    endings = chain([""], (f".{number}" for number in count(2)))
    names = (f"{original.stem}.before-{head}{ending}{original.suffix}" for ending in endings)
    return next(path for path in map(original.with_name, names) if not path.exists())


def _copy(original: Path, copy: Path) -> None:
    """SQLite's own backup: it reads what is still in the write-ahead log as well."""
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    with suppress(OSError):
        copymode(original, copy)
