"""Erasing all of a workspace, in pieces of whatever size, and nothing of another one."""

import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel

from questionnaires.hiding import digest_of
from questionnaires.rounds import Participant, Scorecard, SetUp
from storage import hiding, leaving, scorecards, workspaces
from storage.database import Database
from storage.tables import ScorecardRow
from tests.storage.conftest import NOW
from tests.storage.test_erasing_rows import say


def rows(database: Database, team_id: str) -> dict[str, int]:
    """How many there are in each table that has any."""
    with database.reading() as session:
        found = {
            table.name: len(
                session.connection().execute(table.select().where(table.c.team_id == team_id)).all()
            )
            for table in SQLModel.metadata.sorted_tables
        }
    return {name: number for name, number in found.items() if number}


def test_no_table_is_forgotten(database: Database) -> None:
    """A new one is erased without being named anywhere, for each row carries its workspace."""
    there = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    assert {table.name for table in leaving.erased_tables()} == there
    assert [table.name for table in leaving.erased_tables() if "team_id" not in table.c] == []
    assert leaving.erased_tables()[-1].name == "workspaces"


@pytest.mark.parametrize("most", [1, 2, 500])
def test_all_of_one_workspace_goes_and_nothing_of_another(
    database: Database,
    scorecard: Scorecard,
    set_up: SetUp,
    asked: list[Participant],
    most: int,
) -> None:
    for person in asked:
        say(database, person)
    with database.writing() as session:
        hiding.hide(session, "T1", asked[0].round_id, digest_of("Q2", "mine"))
        # They refer to each other: in whatever order they go, one is in the way.
        newer = scorecards.add_draft(session, "T1", set_up, NOW)
        for one, other in ((scorecard.id, newer), (newer, scorecard.id)):
            session.get_one(ScorecardRow, one).edits = other
    others = rows(database, "T2")
    assert {"people", "answers", "rounds", "hidden_comments"} <= set(rows(database, "T1"))
    before, goes = rows(database, "T1"), 0
    more = True
    while more:
        with database.writing() as session:
            more = leaving.erase_some(session, "T1", most)
        now = rows(database, "T1")
        assert sum(before.values()) - sum(now.values()) <= most
        before, goes = now, goes + 1
    assert rows(database, "T1") == {}
    assert rows(database, "T2") == others
    assert goes >= 1


def test_the_workspace_itself_goes_last(database: Database, asked: list[Participant]) -> None:
    with database.writing() as session:
        workspaces.set_stopped(session, "T1", NOW, leaving.ERASING)
    while len(rows(database, "T1")) > 1:
        with database.writing() as session:
            assert leaving.erase_some(session, "T1", 1)
            assert workspaces.stopped(session, "T1") == (NOW, leaving.ERASING)
    assert rows(database, "T1") == {"workspaces": 1}


def test_a_bot_that_works_takes_back_that_it_was_refused_but_not_what_was_begun(
    database: Database, scorecard: Scorecard
) -> None:
    for why, left in (("token_revoked", None), (leaving.ERASING, (NOW, leaving.ERASING))):
        with database.writing() as session:
            workspaces.set_stopped(session, "T1", NOW, why)
            leaving.take_back(session, "T1")
            leaving.take_back(session, "T3")
        with database.reading() as session:
            assert workspaces.stopped(session, "T1") == left
