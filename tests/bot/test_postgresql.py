"""The same round on the other database: whatever is said of SQLite holds for PostgreSQL."""

import asyncio
from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from questionnaires.errors import ScorecardError
from tests.bot.test_rehearsal import KEPT
from tests.conftest import Start
from tests.postgresql import PostgreSQL


async def test_a_whole_round_runs_on_postgresql(
    start: Start, postgresql: PostgreSQL, migrated_postgresql: str
) -> None:
    name = postgresql.create(migrated_postgresql)
    async with start(database_url=postgresql.url(name)) as bot:
        await bot.open_round()
        people = ("Ben Carter", "Chiara Ricci", "Elias Berg")
        await asyncio.gather(*(bot.answer_all(person, 2) for person in people))
        await bot.command("Amara Okafor", "/scorecard close")
        await bot.press("Amara Okafor", "Close this round", channel="ml-team")
        await bot.press("Amara Okafor", "Post now")
        posted = bot.workspace.channel("mlops-results")
    postgresql.drop(name)

    assert "3 of 8 answered" in posted[0].reads
    assert [len(message.files) for message in posted] == [0, 1, 1, 1, 0]


async def test_a_rehearsal_leaves_nothing_in_postgresql(
    start: Start, postgresql: PostgreSQL, migrated_postgresql: str, definitions: Path
) -> None:
    name = postgresql.create(migrated_postgresql)
    async with start(database_url=postgresql.url(name), definitions=definitions) as bot:
        await bot.start_round(people=("Chiara Ricci",))
        before = bot.stored(*KEPT)
        for _ in range(2):
            await bot.command("Amara Okafor", "/scorecard rehearse")
            await bot.submit("Amara Okafor")
        await bot.answer_all("Amara Okafor", 2)
        assert "The rehearsal is over" in bot.reads("Amara Okafor")
        assert bot.stored(*KEPT) == before
    postgresql.drop(name)


async def test_a_database_without_tables_is_refused_with_the_command_to_run(
    settings: Settings, postgresql: PostgreSQL
) -> None:
    name = postgresql.create()
    unmigrated = settings.model_copy(update={"database_url": postgresql.url(name)})

    with pytest.raises(ScorecardError) as refused:
        async with running(unmigrated):
            pass
    postgresql.drop(name)

    assert "python -m bot migrate" in str(refused.value)
