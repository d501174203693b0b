"""Upgrading: nothing is lost, nothing is done twice, and a stranger's database is left alone."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from questionnaires.calendar import Weekend
from questionnaires.messages import Kind
from questionnaires.rounds import Manner
from storage import outbox, rounds, scorecards, workspaces
from storage.database import Database, open_database
from storage.upgrade import (
    HEAD,
    SHIPPED,
    DatabaseNotMigrated,
    DatabaseTooNew,
    Migrations,
    is_current,
    prepare,
    require_current,
    revision,
    upgrade,
)

AtOnce = Callable[..., list[Any]]

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
{body}
"""

ADD_A_COLUMN = """
    op.add_column("workspaces", sa.Column("colour", sa.String()))
"""

FAIL_HALF_WAY = """
    op.create_table("colours", sa.Column("name", sa.String()))
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""

REBUILD_A_PARENT = """
    with op.batch_alter_table("workspaces", recreate="always") as table:
        table.alter_column("bot_user_id", new_column_name="bot_id")
"""

LOSE_A_PARENT = """
    op.execute("DELETE FROM workspaces")
"""


@pytest.fixture
def database(empty_database: Database) -> Database:
    """A migrated database that nobody else uses: its tables are about to change."""
    upgrade(empty_database)
    return empty_database


@pytest.fixture
def with_step(tmp_path: Path) -> Callable[[str], Migrations]:
    """The shipped migrations and one more."""

    def add(body: str) -> Migrations:
        folder = tmp_path / "100% newer" / "migrations"
        shutil.copytree(SHIPPED.folder, folder)
        head = f"{int(HEAD) + 1:04}"
        text = NEXT_STEP.format(revision=head, before=HEAD, body=body)
        (folder / "versions" / f"{head}_next.py").write_text(text)
        return Migrations(folder, head)

    return add


@pytest.fixture
def filled(database: Database) -> Database:
    """A current database that holds something to lose."""
    with database.writing() as session:
        workspaces.save_workspace(session, "T1", "Acme", "UBOT")
    return database


def columns(database: Database) -> set[str]:
    return {column["name"] for column in inspect(database.engine).get_columns("workspaces")}


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.before-*"))


def test_an_empty_database_is_migrated_without_a_copy(
    empty_database: Database, tmp_path: Path
) -> None:
    assert revision(empty_database) is None
    assert not is_current(empty_database)
    assert upgrade(empty_database) is None
    assert revision(empty_database) == HEAD
    assert is_current(empty_database)
    assert copies(tmp_path) == []


def test_upgrading_again_does_nothing(filled: Database, tmp_path: Path) -> None:
    assert upgrade(filled) is None
    assert copies(tmp_path) == []


def test_a_pending_step_is_run_and_rows_stay(
    filled: Database, with_step: Callable[[str], Migrations]
) -> None:
    newer = with_step(ADD_A_COLUMN)
    assert not is_current(filled, newer)
    upgrade(filled, newer)
    assert is_current(filled, newer)
    assert "colour" in columns(filled)
    with filled.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM workspaces").scalars().all() == ["Acme"]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_sqlite_is_copied_aside_before_it_is_migrated(
    filled: Database, with_step: Callable[[str], Migrations], tmp_path: Path
) -> None:
    (tmp_path / "scorecard.sqlite3").chmod(0o640)
    copy = upgrade(filled, with_step(ADD_A_COLUMN))
    assert copy == tmp_path / f"scorecard.before-{int(HEAD) + 1:04}.sqlite3"
    before = open_database(f"sqlite:///{copy}")
    assert revision(before) == HEAD
    assert "colour" not in columns(before)
    before.dispose()
    with closing(sqlite3.connect(copy)) as read:
        assert read.execute("SELECT name FROM workspaces").fetchall() == [("Acme",)]
    assert copy.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_the_copy_holds_what_is_only_in_the_write_ahead_log(
    filled: Database, with_step: Callable[[str], Migrations], tmp_path: Path
) -> None:
    with filled.engine.connect() as reader:  # an open reader keeps the log from being emptied
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT * FROM workspaces").all()
        with filled.writing() as session:
            workspaces.save_workspace(session, "T2", "Late", "UBOT")
        assert (tmp_path / "scorecard.sqlite3-wal").stat().st_size > 0
        copy = upgrade(filled, with_step(ADD_A_COLUMN))
    assert copy is not None
    with closing(sqlite3.connect(copy)) as read:
        assert read.execute("SELECT count(*) FROM workspaces").fetchone() == (2,)


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_what_was_deleted_by_an_sqlite_that_leaves_it_there_is_not_carried_on(
    filled: Database, with_step: Callable[[str], Migrations], tmp_path: Path
) -> None:
    file = tmp_path / "scorecard.sqlite3"
    filled.dispose()
    with closing(sqlite3.connect(file)) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute(
            "INSERT INTO workspaces (team_id, name, bot_user_id) VALUES (1, 'Wombat', 2)"
        )
        careless.commit()
        careless.execute("DELETE FROM workspaces WHERE name = 'Wombat'")
        careless.commit()
    assert b"Wombat" in file.read_bytes()
    copy = upgrade(filled, with_step(ADD_A_COLUMN))
    filled.dispose()
    assert copy is not None
    assert b"Wombat" not in file.read_bytes() + copy.read_bytes()


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_an_earlier_copy_is_never_overwritten(
    filled: Database, with_step: Callable[[str], Migrations], tmp_path: Path
) -> None:
    earlier = tmp_path / f"scorecard.before-{int(HEAD) + 1:04}.sqlite3"
    earlier.write_text("last year's answers")
    copy = upgrade(filled, with_step(ADD_A_COLUMN))
    assert copy == tmp_path / f"scorecard.before-{int(HEAD) + 1:04}.2.sqlite3"
    assert earlier.read_text() == "last year's answers"


def test_a_step_that_fails_leaves_everything_as_it_was(
    filled: Database, with_step: Callable[[str], Migrations], tmp_path: Path
) -> None:
    with pytest.raises((OperationalError, ProgrammingError), match="no_such_table"):
        upgrade(filled, with_step(FAIL_HALF_WAY))
    assert revision(filled) == HEAD
    assert "colours" not in tables(filled)
    assert copies(tmp_path) == []
    with filled.writing() as session:  # and nothing is locked
        workspaces.save_workspace(session, "T2", "Next", "UBOT")


def test_a_first_step_that_fails_leaves_an_empty_database(
    empty_database: Database, with_step: Callable[[str], Migrations]
) -> None:
    with pytest.raises((OperationalError, ProgrammingError), match="no_such_table"):
        upgrade(empty_database, with_step(FAIL_HALF_WAY))
    assert tables(empty_database) == set()


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_a_table_that_others_point_at_can_be_rebuilt(
    filled: Database, with_step: Callable[[str], Migrations]
) -> None:
    _add_a_child(filled)
    upgrade(filled, with_step(REBUILD_A_PARENT))
    assert "bot_id" in columns(filled)
    with filled.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("SELECT team_id FROM people").scalars().all() == ["T1"]
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql("UPDATE people SET team_id = 'nowhere'")


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_a_step_that_orphans_a_row_is_taken_back(
    filled: Database, with_step: Callable[[str], Migrations]
) -> None:
    _add_a_child(filled)
    with pytest.raises(sqlite3.IntegrityError, match="people"):
        upgrade(filled, with_step(LOSE_A_PARENT))
    assert revision(filled) == HEAD
    with filled.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM workspaces").scalar() == 1


def test_two_processes_that_start_at_once_migrate_once(empty_url: str, at_once: AtOnce) -> None:
    def start() -> str | None:
        database = open_database(empty_url)
        try:
            upgrade(database)
            return revision(database)
        finally:
            database.dispose()

    assert at_once(start, start, start) == [HEAD, HEAD, HEAD]


def test_of_two_that_upgrade_at_once_one_makes_the_copy(
    filled: Database,
    url: str,
    with_step: Callable[[str], Migrations],
    at_once: AtOnce,
    tmp_path: Path,
) -> None:
    newer = with_step(ADD_A_COLUMN)

    def start() -> Path | None:
        database = open_database(url)
        try:
            return upgrade(database, newer)
        finally:
            database.dispose()

    made = [copy for copy in at_once(start, start) if copy]
    assert [copy.name for copy in made] == copies(tmp_path)
    assert len(made) == (1 if filled.is_sqlite else 0)
    assert is_current(filled, newer)


def test_a_database_of_a_newer_version_is_refused(filled: Database) -> None:
    with filled.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    for look in (upgrade, is_current, require_current, prepare):
        with pytest.raises(DatabaseTooNew) as refused:
            look(filled)
        assert (refused.value.found, refused.value.known) == ("0999", HEAD)
    assert revision(filled) == "0999"


def test_a_bot_refuses_to_run_on_an_older_database(
    filled: Database, with_step: Callable[[str], Migrations]
) -> None:
    newer = with_step(ADD_A_COLUMN)
    require_current(filled)
    with pytest.raises(DatabaseNotMigrated) as refused:
        require_current(filled, newer)
    assert (refused.value.found, refused.value.needed) == (HEAD, newer.head)


def test_a_starting_bot_migrates_sqlite_and_refuses_an_empty_postgresql(
    empty_database: Database,
) -> None:
    if empty_database.is_sqlite:
        assert prepare(empty_database) is None
        assert is_current(empty_database)
        return
    with pytest.raises(DatabaseNotMigrated) as refused:
        prepare(empty_database)
    assert refused.value.found is None
    assert tables(empty_database) == set()


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_alembic_is_not_loaded_while_the_database_is_current(url: str) -> None:
    look = (
        "import sys; from storage.database import open_database; from storage import upgrade;"
        f"upgrade.prepare(open_database({url!r})); print('alembic' in sys.modules)"
    )
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"


def _add_a_child(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO people VALUES ('T1', 'U1', 'Ann', NULL, 0, 0, 0, 0, 0, NULL)"
        )


# From the first version

FIRST = Migrations(SHIPPED.folder, "0001")
OF_THE_FIRST_VERSION = (
    "INSERT INTO workspaces (team_id, name, bot_user_id) VALUES ('T1', 'Acme', 'UBOT')",
    "INSERT INTO questionnaires VALUES ('T1', 'q', 1, 'abc', '', '2026-01-05 09:00:00')",
    "INSERT INTO scorecards (id, team_id, state, team_name, name_key, questionnaire_id,"
    " audience_people, results_channel, cadence, zone, hour, days_open, created_by, created_at)"
    " VALUES (1, 'T1', 'active', 'Fraud', 'fraud', 'q', '[]', 'C1', 'quarterly', 'UTC', 10, 10,"
    " 'U1', '2026-01-05 09:00:00')",
    "INSERT INTO rounds (id, team_id, scorecard_id, number, occurs_on, team_name, title, state,"
    " questionnaire_id, questionnaire_version, k, zone, hour, results_channel, opened_by,"
    " opened_at, closes_at) VALUES (1, 'T1', 1, 1, '2026-01-05', 'Fraud', 'January 2026', 'open',"
    " 'q', 1, 5, 'UTC', 10, 'C1', 'U1', '2026-01-05 09:00:00', '2026-01-19 17:00:00')",
    "INSERT INTO messages (id, team_id, key, round_id, recipient, kind, number, state, due_at,"
    " attempts, doubts) VALUES (1, 'T1', 'invitation.1.U1.1', 1, 'U1', 'invitation', 1, 'due',"
    " '2026-01-06 09:00:00', 0, 0), (2, 'T1', 'invitation.1.U1.2', 1, 'U1', 'invitation', 2,"
    " 'due', '2026-01-06 09:00:00', 0, 0)",
)


def test_what_the_first_version_kept_is_there_and_runs_on(empty_database: Database) -> None:
    upgrade(empty_database, FIRST)
    with empty_database.engine.begin() as connection:
        for statement in OF_THE_FIRST_VERSION:
            connection.exec_driver_sql(statement)

    upgrade(empty_database)

    assert revision(empty_database) == HEAD
    with empty_database.reading() as session:
        [scorecard] = scorecards.in_use(session, "T1")
        round_ = rounds.round_(session, 1)
    with empty_database.writing() as session:
        claimed = outbox.claim_due(session, datetime(2026, 1, 7, tzinfo=UTC), 10)
    assert (scorecard.set_up.weekend, scorecard.set_up.guests) == (Weekend.SATURDAY_SUNDAY, False)
    assert (scorecard.set_up.manner, scorecard.revision) == (Manner.APART, 0)
    assert round_ is not None
    assert (round_.weekend, round_.due_at) == (Weekend.SATURDAY_SUNDAY, None)
    assert [(one.key, one.kind) for one in claimed] == [
        ("invitation.1.U1.1", Kind.INVITATION),
        ("invitation.1.U1.2", Kind.WISHED),
    ]
