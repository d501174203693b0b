"""Killed while erasing: all of it is gone or nothing, and what is gone leaves no byte behind."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.conftest import Start
from tests.database_file import bytes_of, killed_at
from tests.driver import Driver

AMARA, BEN, CHIARA = "Amara Okafor", "Ben Carter", "Chiara Ricci"
WISH = "Xylophone alerts first"
TABLES = ("answers", "comments", "participants", "people", "rounds", "results", "messages")
# Whatever comes after the first answer is erased: what is written next kills the process.
DIES = (
    "CREATE TRIGGER dies BEFORE UPDATE OF fix_first ON participants BEGIN SELECT die(); END",
    "DROP TRIGGER dies",
)
ERASES = """
import os, signal, sys
from datetime import UTC, datetime
from sqlalchemy import event
from bot.use_cases.erasing import Erasing
from storage.database import open_database

database = open_database(sys.argv[1])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

@event.listens_for(database.engine, "connect")
def teach(connection, record):
    connection.create_function("die", 0, die)

now = lambda: datetime(2027, 1, 18, 18, tzinfo=UTC)
held = Erasing(database, None, 24, now).erase("T0NORTHWIND", "U03CHIARA")
assert held.answers == 6, held
die()
"""

Killed = Callable[[], None]


@pytest.fixture
def killed(tmp_path: Path) -> Killed:
    """Chiara's answers are being erased by a process that does not live to tell."""

    return partial(killed_at, ERASES, tmp_path)


async def finished_round(bot: Driver) -> None:
    await bot.open_round(people=(AMARA, BEN, CHIARA))
    await bot.answer_all(CHIARA, 3)
    await bot.press(CHIARA, "What would you fix first?")
    await bot.write(CHIARA, "What would you fix first?", WISH)


async def test_killed_half_way_nothing_is_erased(
    start: Start, definitions: Path, killed: Killed
) -> None:
    async with start(definitions=definitions) as bot:
        await finished_round(bot)
        before = bot.stored(*TABLES)
        engine = bot.runtime.database.engine
        event.listen(engine, "connect", _teach)
        engine.dispose()
        _run(bot, DIES[0])
        killed()
        _run(bot, DIES[1])
        assert bot.stored(*TABLES) == before


async def test_killed_right_after_it_all_is_erased_and_the_next_start_sweeps(
    start: Start, definitions: Path, killed: Killed, tmp_path: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await finished_round(bot)
        killed()
        assert WISH.encode() in bytes_of(tmp_path), "still in the log"
        assert bot.column("participants", "fix_first") == [None] * 3
    async with start(definitions=definitions) as bot:
        assert bot.answers(CHIARA) == {}
        assert WISH.encode() not in bytes_of(tmp_path)
        assert "Your answers for Northwind ML are erased" in bot.reads(CHIARA)


def _teach(connection: object, _record: object) -> None:
    """SQLite wants to know the function before it touches the table, also here."""
    connection.create_function("die", 0, lambda: None)  # type: ignore[attr-defined]


def _run(bot: Driver, statement: str) -> None:
    with bot.runtime.database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
