"""python -m bot export: what the operator gets, beside a bot that runs, and what else is said."""

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from questionnaires.rounds import ScorecardState
from storage import scorecards
from storage.database import open_database
from storage.tables import WorkspaceRow
from tests.bot.test_export import AMARA, CSV, FIVE, JSON, export, sent, table
from tests.conftest import Start
from tests.driver import UNTIL_TEN, Driver
from tests.postgresql import PostgreSQL
from tests.questionnaires.test_exports import SCHEMA

NORTHWIND = "1 (Northwind ML)"


@pytest.fixture
async def running(short_bot: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """A bot with one posted round of Northwind ML and one closed one; Search has none yet."""
    bot = short_bot
    await play(bot)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/scorecard.sqlite3")
    monkeypatch.chdir(tmp_path)
    return bot


async def play(bot: Driver) -> None:
    await bot.open_round(people=FIVE)
    await bot.answer_together({person: 1 + place % 3 for place, person in enumerate(FIVE)})
    await bot.close_round()
    await bot.press(AMARA, "Post now")
    for _ in range(31):
        await bot.pass_(days=1)
    await bot.manage(AMARA, "Open a round now")
    for hours in UNTIL_TEN:
        await bot.pass_(hours=hours)
    await bot.answer_together(dict.fromkeys(FIVE[:2], 3))
    await bot.close_round()


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["export", *words])


def said(*words: str) -> str:
    """What is said on the way to nothing."""
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    return found.stderr.strip()


async def test_it_is_the_same_file_that_slack_brings_and_nothing_is_written(
    running: Driver,
) -> None:
    for file, format_ in ((CSV, "csv"), (JSON, "json")):
        await export(running, file=file)
        stored = running.stored("messages", "acts", "rounds", "results")
        found = run("--format", format_)
        assert found.exit_code == 0, found.stderr
        assert found.stdout_bytes == sent(running)[-1][1]
        assert running.stored("messages", "acts", "rounds", "results") == stored
    document = json.loads(run("--format", "json").stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert [one["posted"] for one in document["rounds"]] == [True, False]


async def test_a_round_goes_by_its_number_and_into_a_file(running: Driver, tmp_path: Path) -> None:
    wanted = ("--team-name", " northwind  ml ", "--round", "2", "--output", "two.csv")
    found = run(*wanted)
    assert (found.exit_code, found.output) == (0, "")
    rows = table((tmp_path / "two.csv").read_bytes())
    assert {row["round"] for row in rows} == {"2"}
    assert (
        run("--scorecard", "1", "--round", "2").stdout_bytes == (tmp_path / "two.csv").read_bytes()
    )


async def test_a_round_that_is_not_there_is_answered_with_those_that_are(
    running: Driver,
) -> None:
    assert said("--round", "9") == (
        "There is no round 9 of Northwind ML. There are: 1 (January 2027), 2 (February 2027)."
    )
    for odd in ("0", "-1", "x", "1.0", ""):
        assert "There are: 1 (January 2027), 2 (February 2027)." in said("--round", odd)


async def test_a_team_that_is_not_there_is_answered_with_those_that_are(running: Driver) -> None:
    await running.start_round(team_name="Search", people=FIVE, First_round="2027-05-03")
    both = f"There are: {NORTHWIND}, 2 (Search)."
    assert said("--team-name", "Fraud") == f"There is no team 'Fraud'. {both}"
    assert said("--scorecard", "7") == f"There is no scorecard 7. {both}"
    assert said() == f"Say which one, with --team-name or --scorecard. {both}"
    assert said("--team-name", "Search", "--scorecard", "1").startswith("There is no scorecard 1.")
    assert said("--team-name", "search") == (
        "No round of Search is closed yet: there is nothing to export."
    )


async def test_several_workspaces_are_told_apart(running: Driver) -> None:
    with running.runtime.database.writing() as session:
        session.add(WorkspaceRow(team_id="T9", name="Other", bot_user_id="UBOT"))
        found = scorecards.scorecard(session, running.workspace.team_id, 1)
        assert found is not None
        there = scorecards.add_draft(session, "T9", found.set_up, running.clock())
        scorecards.move(session, there, old=ScorecardState.DRAFT, new=ScorecardState.ACTIVE)
    assert said("--team-name", "Northwind ML") == (
        "There are several workspaces in this database. Say which one, with --workspace: "
        "T0NORTHWIND, T9."
    )
    assert "There are: T0NORTHWIND, T9." in said("--workspace", "T1")
    assert run("--workspace", "T0NORTHWIND").exit_code == 0
    assert "nothing to export" in said("--workspace", "T9")


async def test_what_cannot_be_read_or_written_is_said(
    running: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nowhere/x.csv cannot be written" in said("--output", "nowhere/x.csv")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/gone.sqlite3")
    assert f"There is no database at {tmp_path}/gone.sqlite3" in said()
    assert not (tmp_path / "gone.sqlite3").exists()
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    assert "DATABASE_URL" in said()


def test_an_older_database_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/old.sqlite3"
    database = open_database(url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0003')")
    database.dispose()
    before = (tmp_path / "old.sqlite3").read_bytes()
    monkeypatch.setenv("DATABASE_URL", url)
    found = run()
    assert found.exit_code == 1
    assert "Traceback" not in found.output
    assert (tmp_path / "old.sqlite3").read_bytes() == before


async def test_it_is_the_same_on_postgresql(
    start: Start,
    postgresql: PostgreSQL,
    migrated_postgresql: str,
    definitions: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = postgresql.create(migrated_postgresql)
    url = postgresql.url(database)
    async with start(database_url=url, definitions=definitions) as bot:
        await play(bot)
        await export(bot)
        monkeypatch.setenv("DATABASE_URL", url)
        assert run().stdout_bytes == sent(bot)[-1][1]
    postgresql.drop(database)
