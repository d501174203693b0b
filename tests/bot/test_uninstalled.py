"""Removed from Slack: nothing is done any more, nothing is lost for 30 days, then all is gone."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from bot.check.not_started import sentence
from bot.obstacles import BotTokenRefused
from bot.settings import Settings
from sandbox import Workspace
from tests.conftest import Start
from tests.database_file import bytes_of, killed_at
from tests.driver import Driver
from tests.postgresql import PostgreSQL

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, HIRO = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Hiro Tanaka"
TEAM = "T0NORTHWIND"
COMMENT = "Zanzibar rota wanted"
KEPT = timedelta(days=30)
FULL = ("people", "scorecards", "rounds", "participants", "answers", "comments", "messages")
REFUSED, ERASED = "Slack refuses the bot's token", "all data of the workspace erased"

Rows = Mapping[str, list[tuple[Any, ...]]]


@pytest.fixture
async def round_(short_bot: Driver) -> Driver:
    """A round is open in which Chiara has answered and commented, and Ben has begun."""
    await a_round(short_bot)
    return short_bot


async def a_round(bot: Driver) -> None:
    await bot.start_round(people=(AMARA, BEN, CHIARA, HIRO), Repeat="Every month")
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "Comment")
    [field] = [one for one in bot.modal(CHIARA).blocks if one["type"] == "input"]
    await bot.write(CHIARA, field["label"]["text"], COMMENT)
    while "3" in bot.screen(CHIARA).buttons:
        await bot.press(CHIARA, "3")
    await bot.pass_(hours=3)
    await bot.press(BEN, "Start")
    await bot.runtime.tick.pulse()


async def uninstall(bot: Driver, *told: str, times: int = 1) -> datetime:
    await bot.workspace.uninstall(*told, times=times)
    await bot.runtime.settled()
    return bot.clock()


def everything(bot: Driver, team_id: str = TEAM) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a workspace, table by table; tables without any are left out."""
    found = {}
    with bot.runtime.database.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            wanted = table.select().where(table.c.team_id == team_id)
            found[table.name] = [tuple(row) for row in session.connection().execute(wanted)]
    return {name: rows for name, rows in found.items() if rows}


def without_workspace(rows: Rows) -> Rows:
    """That row says since when Slack refuses us."""
    return {name: rows for name, rows in rows.items() if name != "workspaces"}


def stopped(bot: Driver) -> tuple[Any, Any]:
    [since] = bot.column("workspaces", "stopped_at")
    [why] = bot.column("workspaces", "stopped_why")
    return since, why


def events(logs: list[Any], *wanted: str) -> list[str]:
    return [one["event"] for one in logs if one["event"] in wanted]


def called(bot: Driver, since: int) -> list[str]:
    return [call.method for call in bot.workspace.calls()[since:]]


# The jobs rest


@pytest.mark.both_ways
async def test_an_uninstalled_app_does_nothing_any_more_and_says_until_when_data_is_kept(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        before = everything(bot)
        calls = len(bot.workspace.calls())
        with capture_logs() as logs:
            since = await uninstall(bot)
            assert called(bot, calls) == ["auth.test"]
            assert stopped(bot) == (since, "account_inactive")
            for _ in range(20):
                await bot.pass_(minutes=1)
            assert set(called(bot, calls)) == {"auth.test"}
            assert len(called(bot, calls)) == 5
        [warning] = [one for one in logs if one["event"] == REFUSED]
        assert warning["log_level"] == "warning"
        assert warning["data_erased_on"] == "2027-02-17"
        assert without_workspace(everything(bot)) == without_workspace(before)


@pytest.mark.parametrize(
    "told",
    [
        ("app_uninstalled",),
        ("tokens_revoked",),
        ("tokens_revoked", "app_uninstalled"),
        ("app_uninstalled", "tokens_revoked"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
async def test_either_event_tells_in_whatever_order_and_how_often_it_comes(
    round_: Driver, told: tuple[str, ...], times: int
) -> None:
    calls = len(round_.workspace.calls())
    with capture_logs() as logs:
        since = await uninstall(round_, *told, times=times)
    assert called(round_, calls) == ["auth.test"]
    assert events(logs, REFUSED) == [REFUSED]
    assert stopped(round_) == (since, "account_inactive")


async def test_no_round_opens_or_closes_and_nobody_is_reminded_meanwhile(round_: Driver) -> None:
    bot = round_
    await bot.pass_(days=2)
    await uninstall(bot)
    before, calls = everything(bot), len(bot.workspace.calls())
    screens = [len(bot.who(name).screen()) for name in (AMARA, BEN, CHIARA, HIRO)]
    for _ in range(29):
        await bot.pass_(days=1)
    assert set(called(bot, calls)) == {"auth.test"}
    assert without_workspace(everything(bot)) == without_workspace(before)
    assert [len(bot.who(name).screen()) for name in (AMARA, BEN, CHIARA, HIRO)] == screens
    assert bot.column("rounds", "state") == ["open"]


async def test_a_button_pressed_after_that_is_stored_and_nobody_is_written_to(
    round_: Driver,
) -> None:
    bot = round_
    await uninstall(bot)
    calls = len(bot.workspace.calls())
    await bot.press(BEN, "2")
    assert len(bot.answers(BEN)) == 1
    assert set(called(bot, calls)) <= {"response_url"}
    status = (await bot.command(AMARA, "/scorecard status")).text
    assert "Slack has refused my token (account_inactive)" in status
    assert "nothing is lost until Wed 17 Feb, when everything is erased" in status


# Doubts that come to nothing


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
async def test_an_old_event_after_the_app_was_installed_again_changes_nothing(
    round_: Driver, event: str
) -> None:
    bot = round_
    await bot.workspace.uninstall("none of them")
    bot.workspace.reinstall()
    before, calls = everything(bot), len(bot.workspace.calls())
    with capture_logs() as logs:
        await bot.workspace.tell_gone(event)
        await bot.runtime.settled()
    assert called(bot, calls)[0] == "auth.test"
    assert events(logs, REFUSED) == []
    assert everything(bot) == before
    await bot.pass_(hours=10)
    assert bot.who(HIRO).screen(), "asked at his hour"


async def test_somebodys_own_token_is_nothing_of_ours(round_: Driver) -> None:
    calls = len(round_.workspace.calls())
    await round_.workspace.tell_gone("tokens_revoked", users=["U02BEN"])
    await round_.runtime.settled()
    assert called(round_, calls) == []


@pytest.mark.parametrize("tokens", [None, {}, {"bot": None}, {"bot": ["U0ANOTHERBOT"]}])
async def test_events_about_others_or_nobody_are_no_doubt(round_: Driver, tokens: Any) -> None:
    workspace, calls = round_.workspace, len(round_.workspace.calls())
    await workspace.send_event({"type": "tokens_revoked", "tokens": tokens})
    elsewhere = workspace.payloads.event({"type": "app_uninstalled"})
    await workspace.send("events_api", {**elsewhere, "team_id": "T0ELSEWHERE"})
    await round_.runtime.settled()
    assert called(round_, calls) == []


async def test_while_slack_is_away_an_event_is_neither_believed_nor_forgotten(
    round_: Driver,
) -> None:
    bot = round_
    bot.workspace.fail("*", "service_unavailable", times=None)
    await bot.workspace.tell_gone("app_uninstalled")
    await bot.runtime.settled()
    calls = len(bot.workspace.calls())
    for days in (1, 30, 9):
        await bot.pass_(days=days)
    assert set(called(bot, calls)) == {"auth.test"}
    assert stopped(bot) == (None, None)
    assert bot.answers(CHIARA)
    bot.workspace.heal()
    await bot.tick()
    assert bot.column("rounds", "state")[0] != "open", "it goes on where it was"


# Time to come back


async def test_installed_again_on_day_20_it_goes_on_and_says_what_came_late(
    round_: Driver,
) -> None:
    bot = round_
    await uninstall(bot)
    before = everything(bot)
    for _ in range(20):
        await bot.pass_(days=1)
        await bot.runtime.tick.pulse()
    bot.workspace.reinstall()
    with capture_logs() as logs:
        await bot.pass_(minutes=6)
    assert events(logs, "Slack takes the bot's token again")
    assert stopped(bot) == (None, None)
    for table in ("answers", "comments", "people", "scorecards", "tailorings", "questionnaires"):
        assert everything(bot).get(table) == before.get(table)
    [told] = [one.reads for one in bot.who(AMARA).screen() if "I was away" in one.reads]
    assert "from Mon 18 Jan" in told
    assert "closing Northwind ML" in told


async def test_a_new_token_and_a_restart_on_day_20_lose_nothing_either(
    start: Start, definitions: Path, workspace: Workspace
) -> None:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        await uninstall(bot)
        before = bot.answers(CHIARA)
    bot.clock.advance(days=20)
    with pytest.raises(BotTokenRefused):
        async with start(definitions=definitions):
            pass
    workspace.reinstall("xoxb-new")
    async with start(definitions=definitions, slack_bot_token=SecretStr("xoxb-new")) as bot:
        assert bot.answers(CHIARA) == before
        assert stopped(bot) == (None, None)
        assert [one for one in bot.who(AMARA).screen() if "I was away" in one.reads]


async def test_a_bot_that_slept_wakes_up_to_a_working_token_and_erases_nothing(
    round_: Driver,
) -> None:
    """Or its clock has jumped: whether the time is over is asked of Slack, not of the clock."""
    bot = round_
    await uninstall(bot)
    before = bot.answers(CHIARA)
    bot.workspace.reinstall()
    await bot.pass_(days=400)
    assert bot.answers(CHIARA) == before
    assert stopped(bot) == (None, None)


async def test_a_bot_that_was_off_for_a_year_starts_with_a_working_token_and_erases_nothing(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        await uninstall(bot)
        before = bot.answers(CHIARA)
    bot.clock.advance(days=365)
    bot.workspace.reinstall()
    async with start(definitions=definitions) as bot:
        assert bot.answers(CHIARA) == before
        assert stopped(bot) == (None, None)


async def test_slack_being_away_on_the_day_erases_nothing(round_: Driver) -> None:
    bot = round_
    since = await uninstall(bot)
    bot.workspace.fail("auth.test", "service_unavailable", times=None)
    for days in (30, 31, 90):
        await bot.until(since + timedelta(days=days))
        assert bot.answers(CHIARA)
    bot.workspace.heal()
    await bot.pass_(minutes=6)
    assert everything(bot) == {}


async def test_another_word_for_the_same_does_not_begin_the_time_anew(round_: Driver) -> None:
    bot = round_
    since = await uninstall(bot, "tokens_revoked")
    await bot.until(since + timedelta(days=15))
    bot.workspace.revoke_token("invalid_auth")
    await bot.pass_(hours=1)
    assert stopped(bot)[0] == since
    await bot.until(since + KEPT)
    assert everything(bot) == {}


async def test_a_bot_that_works_takes_back_what_another_with_an_old_token_noted(
    start: Start, definitions: Path
) -> None:
    old = SecretStr("xoxb-old")
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        with pytest.raises(BotTokenRefused):
            async with start(definitions=definitions, slack_bot_token=old, slack_app_token=None):
                pass
        assert stopped(bot)[1] == "invalid_auth"
        await bot.pass_(minutes=2)
        await bot.runtime.tick.pulse()
        assert stopped(bot) == (None, None)
        await bot.pass_(days=31)
        assert bot.answers(CHIARA)


# When it is over


async def test_on_day_29_all_is_there_and_on_day_30_not_a_byte(
    round_: Driver, tmp_path: Path
) -> None:
    bot = round_
    since = await uninstall(bot)
    copy = tmp_path / "scorecard.before-0001.sqlite3"
    copy.write_bytes(b"as it was: " + COMMENT.encode())
    await bot.until(since + KEPT - timedelta(minutes=1))
    assert set(FULL) <= set(everything(bot))
    for text in (COMMENT, CHIARA):
        assert text.encode() in bytes_of(tmp_path)

    with capture_logs() as logs:
        await bot.until(since + KEPT + timedelta(minutes=5))
        for _ in range(3):
            await bot.pass_(minutes=10)
    assert events(logs, ERASED) == [ERASED]
    assert not any(one in repr(logs) for one in (TEAM, CHIARA, "Northwind"))
    assert everything(bot) == {}
    for text in (COMMENT, CHIARA, "U03CHIARA", "Northwind"):
        assert text.encode() not in bytes_of(tmp_path)
    assert not copy.exists()


async def test_somebody_who_reads_the_file_only_delays_that(round_: Driver, tmp_path: Path) -> None:
    bot = round_
    since = await uninstall(bot)
    with bot.runtime.database.engine.connect() as backup:
        backup.exec_driver_sql("BEGIN")
        backup.exec_driver_sql("SELECT * FROM answers").all()
        await bot.until(since + KEPT)
        assert everything(bot) == {}
        assert COMMENT.encode() in bytes_of(tmp_path)
    await bot.pass_(minutes=1)
    assert COMMENT.encode() not in bytes_of(tmp_path)


async def test_what_is_pressed_or_told_after_that_brings_nothing_back(round_: Driver) -> None:
    bot = round_
    since = await uninstall(bot)
    await bot.until(since + KEPT)
    before = len(bot.workspace.calls())
    assert "you were not asked in this round" in (await bot.press(BEN, "2")).text
    await bot.workspace.change_member(BEN, real_name="Benjamin Carter")
    await bot.open_home(AMARA) if bot.who(AMARA).home else None
    for _ in range(3):
        await bot.pass_(days=1)
        await bot.runtime.tick.pulse()
    assert everything(bot) == {}
    assert set(called(bot, before)) <= {"auth.test", "response_url"}


async def test_another_workspace_stays_as_it_is(round_: Driver) -> None:
    bot = round_
    copy_workspace(bot, "T0OTHER")
    others = everything(bot, "T0OTHER")
    assert set(FULL) <= set(others)
    since = await uninstall(bot)
    await bot.until(since + KEPT)
    assert everything(bot) == {}
    assert everything(bot, "T0OTHER") == others


def copy_workspace(bot: Driver, team_id: str) -> None:
    """All rows once more, as those of somebody else."""
    with bot.runtime.database.writing() as session:
        connection = session.connection()
        for table in SQLModel.metadata.sorted_tables:
            mine = connection.execute(table.select().where(table.c.team_id == TEAM)).mappings()
            for row in mine.all():
                theirs = {
                    column.name: _others(column, row[column.name]) for column in table.columns
                }
                connection.execute(table.insert().values({**theirs, "team_id": team_id}))


def _others(column: Any, value: Any) -> Any:
    refers = any(key.column.name == "id" for key in column.foreign_keys)
    if (refers or column.name == "id") and value is not None:
        return value + 1_000
    return f"{value}-other" if column.unique else value


async def test_installed_again_after_that_it_works_as_on_the_first_day(round_: Driver) -> None:
    bot = round_
    since = await uninstall(bot)
    await bot.until(since + KEPT)
    bot.workspace.reinstall()
    await bot.workspace.change_channel("ml-team", with_bot=True)
    await bot.pass_(days=5)
    assert set(everything(bot)) == {"workspaces", "people"}
    await a_round(bot)
    assert bot.answers(CHIARA)
    assert bot.column("rounds", "number") == [1]


async def test_on_postgresql_as_well(
    start: Start, postgresql: PostgreSQL, migrated_postgresql: str, definitions: Path
) -> None:
    name = postgresql.create(migrated_postgresql)
    async with start(database_url=postgresql.url(name), definitions=definitions) as bot:
        await a_round(bot)
        copy_workspace(bot, "T0OTHER")
        others = everything(bot, "T0OTHER")
        since = await uninstall(bot)
        await bot.until(since + KEPT - timedelta(minutes=1))
        assert set(FULL) <= set(everything(bot))
        await bot.until(since + KEPT + timedelta(minutes=5))
        assert everything(bot) == {}
        assert everything(bot, "T0OTHER") == others
    postgresql.drop(name)


# Started in vain


async def refused(start: Start, definitions: Path, settings: Settings) -> str:
    """Start with a dead token; returns the line that is said about it."""
    with pytest.raises(BotTokenRefused) as obstacle:
        async with start(definitions=definitions):
            pass
    return sentence(obstacle.value, settings)


async def test_a_start_in_vain_notes_it_says_until_when_and_erases_on_the_day(
    start: Start, definitions: Path, settings: Settings, tmp_path: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
    clock, workspace = bot.clock, bot.workspace
    workspace.revoke_token()
    clock.set(datetime(2027, 3, 1, 12, tzinfo=UTC))

    said = await refused(start, definitions, settings)
    assert "(token_revoked)" in said
    assert "All that is kept stays until 31 March 2027" in said

    clock.set(datetime(2027, 3, 31, 11, 59, tzinfo=UTC))
    assert await refused(start, definitions, settings) == said
    assert COMMENT.encode() in bytes_of(tmp_path)

    clock.set(datetime(2027, 3, 31, 12, 0, tzinfo=UTC))
    with capture_logs() as logs:
        said = await refused(start, definitions, settings)
    assert events(logs, ERASED) == [ERASED]
    assert "is kept" not in said
    for text in (COMMENT, CHIARA):
        assert text.encode() not in bytes_of(tmp_path)

    workspace.restore_token()
    async with start(definitions=definitions) as bot:
        assert set(everything(bot)) == {"workspaces", "people"}
        await a_round(bot)


@pytest.mark.parametrize("word", ["not_allowed_token_type", "missing_scope"])
async def test_a_token_that_is_merely_the_wrong_one_does_not_count(
    start: Start, definitions: Path, settings: Settings, word: str
) -> None:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        before = bot.stored("workspaces")
        bot.workspace.fail("auth.test", word)
        assert "is kept" not in await refused(start, definitions, settings)
        assert bot.stored("workspaces") == before


async def test_of_several_workspaces_nobody_knows_whose_token_it_was(
    start: Start, definitions: Path, settings: Settings
) -> None:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        copy_workspace(bot, "T0OTHER")
        bot.workspace.revoke_token()
        assert "is kept" not in await refused(start, definitions, settings)
        assert bot.column("workspaces", "stopped_at") == [None, None]


# Killed half-way

ERASES = """
import os, signal, sys
from datetime import UTC, datetime
from bot.use_cases import leaving
from storage.database import open_database

leaving.ROWS_IN_ONE_GO = 3
now = lambda: datetime(2027, 3, 1, tzinfo=UTC)
erasing = leaving.Leaving(open_database(sys.argv[1]), lambda: None, now)
assert all([erasing.erase("T0NORTHWIND") for _ in range(6)])
os.kill(os.getpid(), signal.SIGKILL)
"""

Killed = Callable[[], None]


@pytest.fixture
def killed(tmp_path: Path) -> Killed:
    """The workspace is being erased by a process that does not live to tell."""

    return partial(killed_at, ERASES, tmp_path)


async def half_erased(start: Start, definitions: Path, killed: Killed) -> Driver:
    async with start(definitions=definitions) as bot:
        await a_round(bot)
        await uninstall(bot)
        whole = everything(bot)
        killed()
        half = everything(bot)
        assert 0 < sum(map(len, half.values())) < sum(map(len, whole.values()))
        assert "workspaces" in half
    return bot


async def test_killed_half_way_the_next_start_in_vain_finishes_it(
    start: Start, definitions: Path, settings: Settings, killed: Killed, tmp_path: Path
) -> None:
    bot = await half_erased(start, definitions, killed)
    assert CHIARA.encode() in bytes_of(tmp_path)
    assert "is kept" not in await refused(start, definitions, settings)
    assert everything(bot) == {}
    bot.runtime.database.dispose()
    for text in (COMMENT, CHIARA):
        assert text.encode() not in bytes_of(tmp_path)


async def test_killed_half_way_a_bot_that_works_again_begins_as_on_the_first_day(
    start: Start, definitions: Path, killed: Killed, tmp_path: Path
) -> None:
    bot = await half_erased(start, definitions, killed)
    bot.workspace.reinstall()
    async with start(definitions=definitions) as bot:
        assert set(everything(bot)) == {"workspaces", "people"}
        assert stopped(bot) == (None, None)
        assert COMMENT.encode() not in bytes_of(tmp_path)
        await a_round(bot)
