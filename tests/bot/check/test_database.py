"""What is wrong with where answers are kept, each by itself; nothing is made or migrated."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from bot.check.not_started import sentence
from bot.obstacles import DatabaseUnusable
from bot.settings import Settings
from tests.bot.check.conftest import Run, contents
from tests.conftest import Start
from tests.postgresql import PostgreSQL

FILE = "scorecard.sqlite3"


def change(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(sql)
        connection.commit()


async def test_a_file_that_is_not_there_yet_is_announced_and_not_made(
    check: Run, tmp_path: Path
) -> None:
    said = await check(DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")

    assert said.status == 0
    assert said.notes == [
        f"There is no database yet: the first start makes {tmp_path}/new.sqlite3."
    ]
    assert set(contents(tmp_path)) == {FILE, ".env"}


async def test_a_file_of_an_older_version_is_left_to_the_next_start(
    check: Run, tmp_path: Path
) -> None:
    change(tmp_path / FILE, "UPDATE alembic_version SET version_num = '0000'")

    said = await check()

    assert said.status == 0
    [note] = said.notes
    assert note.endswith("is of an older version: the next start copies and upgrades it.")


async def test_an_empty_file_is_called_empty(check: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"")

    said = await check()

    assert said.status == 0
    assert said.notes == [f"The database {tmp_path}/{FILE} is empty: the next start fills it."]


async def test_a_workspace_that_slack_shut_us_out_of_is_mentioned(
    check: Run, tmp_path: Path
) -> None:
    change(
        tmp_path / FILE,
        "INSERT INTO workspaces (team_id, name, bot_user_id, stopped_at, stopped_why) VALUES"
        " ('T1', 'Northwind ML', 'UBOT', '2027-03-01 12:00:00', 'token_revoked')",
    )

    [note] = (await check()).notes

    assert note == (
        "Slack has refused the bot's token since 1 March 2027. All that is kept stays until "
        "31 March 2027; if the bot has not been started with a token that works by then, it "
        "erases everything."
    )


async def test_a_file_of_another_program_is_refused(check: Run, tmp_path: Path) -> None:
    change(tmp_path / "songs.sqlite3", "CREATE TABLE songs (title TEXT)")

    said = await check(DATABASE_URL="sqlite:///songs.sqlite3")

    assert said.problems == [
        f"The database {tmp_path}/songs.sqlite3 holds tables of another program. "
        "Give DATABASE_URL another file."
    ]


async def test_a_file_of_a_newer_version_is_refused(check: Run, tmp_path: Path) -> None:
    change(tmp_path / FILE, "UPDATE alembic_version SET version_num = '9999'")

    said = await check()

    [problem] = said.problems
    assert "was written by a newer version of the bot (its tables are 9999" in problem


async def test_a_file_that_is_no_database_is_said(check: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, but long enough to look like one\n" * 30)

    said = await check()

    [problem] = said.problems
    assert "cannot be read (file is not a database)." in problem


async def test_a_folder_that_is_not_there_is_named(check: Run, tmp_path: Path) -> None:
    said = await check(DATABASE_URL=f"sqlite:///{tmp_path}/data/x.sqlite3")

    assert said.problems == [f"The folder {tmp_path}/data for the database is not there. Make it."]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder nobody may write to")
async def test_a_folder_where_nothing_can_be_written_is_named(check: Run) -> None:
    said = await check(DATABASE_URL="sqlite:////proc/scorecard.sqlite3")

    [problem] = said.problems
    assert problem.startswith("Nothing can be written to /proc (")


async def test_a_file_that_cannot_be_written_is_named(check: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.sqlite3").mkdir()

    said = await check(DATABASE_URL=f"sqlite:///{tmp_path}/folder.sqlite3")

    [problem] = said.problems
    assert problem.startswith(f"{tmp_path}/folder.sqlite3 cannot be written to (")


async def test_a_file_on_a_host_that_forgets_its_files_is_a_problem(check: Run) -> None:
    said = await check(DYNO="worker.1")

    [problem] = said.problems
    assert "forgets its files at every restart. Add a PostgreSQL database" in problem


async def test_a_database_in_memory_is_a_problem(check: Run) -> None:
    said = await check(DATABASE_URL="sqlite://")

    [problem] = said.problems
    assert "keeps answers in memory" in problem


async def test_a_postgresql_that_is_away_is_said_with_the_driver_s_reason(check: Run) -> None:
    said = await check(DATABASE_URL="postgresql://me@127.0.0.1:1/scorecard", DYNO="worker.1")

    [problem] = said.problems
    assert problem.startswith("The database scorecard at 127.0.0.1 does not answer (")
    assert "Connection refused" in problem


async def test_a_postgresql_without_tables_wants_migrate(
    check: Run, postgresql: PostgreSQL
) -> None:
    name = postgresql.create()

    said = await check(DATABASE_URL=postgresql.url(name))
    postgresql.drop(name)

    [problem] = said.problems
    assert problem.endswith(
        "has not the tables of this version. Run .venv/bin/python -m bot migrate."
    )


async def test_a_postgresql_that_is_up_to_date_is_fine(
    check: Run, postgresql: PostgreSQL, migrated_postgresql: str
) -> None:
    name = postgresql.create(migrated_postgresql)

    said = await check(DATABASE_URL=postgresql.url(name), DYNO="worker.1")
    postgresql.drop(name)

    assert said.status == 0
    assert any(line.startswith(f"The database {name} at") for line in said.fine)


async def test_a_postgresql_that_takes_no_answers_is_a_problem(
    check: Run, postgresql: PostgreSQL, migrated_postgresql: str
) -> None:
    name = postgresql.create(migrated_postgresql)
    postgresql._say(f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    said = await check(DATABASE_URL=postgresql.url(name))
    postgresql.drop(name)

    [problem] = said.problems
    assert "can be read and not written" in problem


# migrate


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:hunter2@127.0.0.1:1/scorecard",
        "sqlite:///no/such/folder.sqlite3",
        "sqlite:////proc/scorecard.sqlite3",
        "sqlite:///folder.sqlite3",
        "sqlite:///text.sqlite3",
        "sqlite:///newer.sqlite3",
        "sqlite:///another.sqlite3",
    ],
)
async def test_migrate_stops_with_the_sentence_that_check_has(
    check: Run, command: Run, tmp_path: Path, url: str
) -> None:
    (tmp_path / "folder.sqlite3").mkdir()
    (tmp_path / "text.sqlite3").write_text(
        "not a database, but long enough to look like one\n" * 30
    )
    copy(tmp_path / FILE, tmp_path / "newer.sqlite3")
    change(tmp_path / "newer.sqlite3", "UPDATE alembic_version SET version_num = '9999'")
    change(tmp_path / "another.sqlite3", "CREATE TABLE songs (title TEXT)")

    said = await check(DATABASE_URL=url)
    stopped = await command("migrate", DATABASE_URL=url)

    assert (stopped.status, stopped.lines) == (1, [])
    assert stopped.complaints == said.problems
    assert "hunter2" not in str(stopped)


async def test_migrate_needs_nothing_of_slack(command: Run, tmp_path: Path) -> None:
    without = {"SLACK_BOT_TOKEN": None, "SLACK_APP_TOKEN": "xoxb-wrong", "PORT": "many"}

    done = await command("migrate", DATABASE_URL="sqlite:///new.sqlite3", **without)
    unreadable = await command("migrate", DATABASE_URL="scorecard.sqlite3", **without)

    assert (done.status, done.lines) == (0, ["The database is up to date."])
    assert (tmp_path / "new.sqlite3").exists()
    assert unreadable.status == 2
    [complaint] = unreadable.complaints
    assert complaint.startswith("DATABASE_URL cannot be read.")


# The first row that is written


async def test_a_start_that_may_not_write_says_why(
    start: Start, settings: Settings, tmp_path: Path
) -> None:
    change(
        tmp_path / FILE,
        "CREATE TRIGGER full BEFORE INSERT ON workspaces"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
    )

    with pytest.raises(DatabaseUnusable) as refused:
        async with start():
            pass

    assert sentence(refused.value, settings).startswith(
        f"The database {tmp_path}/{FILE} cannot be used (database or disk is full)."
    )
