"""Migrating an empty database gives the tables of the models, exactly, on both databases."""

import inspect as python
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Table, inspect
from sqlalchemy.engine.reflection import Inspector
from sqlmodel import SQLModel

from storage import tables
from storage.database import Database, open_database
from storage.upgrade import HEAD, SHIPPED, upgrade

METADATA = SQLModel.metadata
ROWS = [
    row
    for _, row in python.getmembers(tables, python.isclass)
    if issubclass(row, SQLModel) and row is not SQLModel
]


def described(database: Database) -> dict[str, Any]:
    """Everything the database itself says about its tables, as text, in a fixed order."""
    found = inspect(database.engine)
    names = set(found.get_table_names()) - {"alembic_version"}
    return {name: _table(found, name) for name in sorted(names)}


def _table(found: Inspector, name: str) -> dict[str, list[str]]:
    parts: dict[str, Any] = {
        "columns": found.get_columns(name),
        "primary key": [found.get_pk_constraint(name)],
        "foreign keys": found.get_foreign_keys(name),
        "unique": found.get_unique_constraints(name),
        "check": found.get_check_constraints(name),
        "indexes": found.get_indexes(name),
    }
    return {
        part: sorted(_words(description) for description in descriptions)
        for part, descriptions in parts.items()
    }


def numbered(table: Table) -> bool:
    """Whether a row's number is given to no other row, also after it was deleted."""
    return bool(table.dialect_options["sqlite"]["autoincrement"])


def _words(description: dict[str, Any]) -> str:
    said = {
        key: _words(value) if isinstance(value, dict) else str(value)
        for key, value in description.items()
    }
    return str(sorted(said.items()))


def test_migrations_and_models_agree_to_the_last_constraint(empty_database: Database) -> None:
    upgrade(empty_database)
    migrated = described(empty_database)
    METADATA.drop_all(empty_database.engine)
    METADATA.create_all(empty_database.engine)
    assert migrated == described(empty_database)
    assert migrated["scorecards"]["check"]


def test_alembic_finds_nothing_left_to_migrate(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_every_constraint_has_a_name_on_both_databases(database: Database) -> None:
    found = inspect(database.engine)
    for table in METADATA.sorted_tables:
        # AUTOINCREMENT stands beside the column, where SQLAlchemy writes no name.
        unnamed = {table.primary_key.name} if database.is_sqlite and numbered(table) else set()
        kept = {
            *(unnamed or {found.get_pk_constraint(table.name)["name"]}),
            *(key["name"] for key in found.get_foreign_keys(table.name)),
            *(unique["name"] for unique in found.get_unique_constraints(table.name)),
            *(check["name"] for check in found.get_check_constraints(table.name)),
        }
        assert kept == {constraint.name for constraint in table.constraints}
        assert None not in kept


def test_no_number_of_what_was_deleted_is_given_again(empty_database: Database) -> None:
    """A button in an old message must not answer in another round; PostgreSQL never does it."""
    upgrade(empty_database)
    named = {table.name for table in METADATA.sorted_tables if numbered(table)}
    assert named == {"scorecards", "rounds", "participants", "messages"}
    if empty_database.is_sqlite:
        with empty_database.engine.connect() as connection:
            made = "SELECT name FROM sqlite_master WHERE sql LIKE '%PRIMARY KEY AUTOINCREMENT%'"
            assert set(connection.exec_driver_sql(made).scalars()) == named


def test_the_head_that_is_written_down_is_the_last_step() -> None:
    steps = ScriptDirectory(str(SHIPPED.folder))
    assert steps.get_heads() == [HEAD]


def test_steps_are_numbered_in_order_and_named_after_their_number() -> None:
    steps = ScriptDirectory(str(SHIPPED.folder))
    ordered = list(reversed(list(steps.walk_revisions())))
    assert [step.revision for step in ordered] == [f"{n:04}" for n in range(1, 1 + len(ordered))]
    for step in ordered:
        assert Path(step.path).name.startswith(f"{step.revision}_")


def test_every_row_carries_its_workspace() -> None:
    assert {table.name for table in METADATA.sorted_tables} == {row.__tablename__ for row in ROWS}
    for table in METADATA.sorted_tables:
        assert not table.columns["team_id"].nullable


def test_every_workspace_column_points_at_a_workspace() -> None:
    for table in METADATA.sorted_tables:
        if table.name != "workspaces":
            targets = {key.target_fullname for key in table.columns["team_id"].foreign_keys}
            assert "workspaces.team_id" in targets


def test_every_instant_keeps_its_zone() -> None:
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if column.type.python_type.__name__ == "datetime":
                assert type(column.type).__name__ == "UTCDateTime"


def test_every_check_is_named_by_us() -> None:
    for table in METADATA.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                assert constraint.name


def test_opening_a_database_creates_no_tables(empty_url: str) -> None:
    database = open_database(empty_url)
    assert inspect(database.engine).get_table_names() == []
    database.dispose()
