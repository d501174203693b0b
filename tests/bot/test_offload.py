"""Works that wait for the writing thread share a commit; each stays all or nothing."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import event

from bot.offload import Offload
from storage import upgrade, workspaces
from storage.database import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path}/scorecard.sqlite3")
    upgrade.prepare(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def offload(database: Database) -> Iterator[Offload]:
    made = Offload(database.together)
    yield made
    made.close()


@pytest.fixture
def commits(database: Database) -> list[object]:
    seen: list[object] = []
    event.listen(database.engine, "commit", seen.append)
    return seen


def save(database: Database, team_id: str, *, fail: bool = False) -> str:
    with database.writing() as session:
        workspaces.save_workspace(session, team_id, "x", "UBOT")
        if fail:
            raise ValueError(team_id)
    return team_id


def known(database: Database, *team_ids: str) -> list[str]:
    with database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT team_id FROM workspaces")
        return sorted(row[0] for row in rows if row[0] in team_ids)


async def held_up(offload: Offload, release: Event) -> None:
    """Keep the writing thread busy, so that what comes next waits together."""
    await offload.write(release.wait)


async def test_what_waits_together_is_committed_once(
    database: Database, offload: Offload, commits: list[object]
) -> None:
    release = Event()
    busy = asyncio.ensure_future(held_up(offload, release))
    works = [asyncio.ensure_future(offload.write(save, database, f"T{n}")) for n in range(5)]
    await asyncio.sleep(0)
    release.set()

    assert await asyncio.gather(*works) == ["T0", "T1", "T2", "T3", "T4"]
    assert known(database, "T0", "T1", "T2", "T3", "T4") == ["T0", "T1", "T2", "T3", "T4"]
    assert len(commits) == 1
    await busy


async def test_one_that_fails_takes_nothing_of_the_others_back(
    database: Database, offload: Offload
) -> None:
    release = Event()
    busy = asyncio.ensure_future(held_up(offload, release))
    works = [
        asyncio.ensure_future(offload.write(save, database, f"T{n}", fail=n == 1)) for n in range(3)
    ]
    await asyncio.sleep(0)
    release.set()
    done = await asyncio.gather(*works, return_exceptions=True)

    assert [type(one) for one in done] == [str, ValueError, str]
    assert known(database, "T0", "T1", "T2") == ["T0", "T2"]
    await busy


async def test_when_the_commit_fails_everybody_is_told_and_nothing_is_stored(
    database: Database, offload: Offload
) -> None:
    def refuse(_connection: object) -> None:
        raise OSError("disk full")

    release = Event()
    busy = asyncio.ensure_future(held_up(offload, release))
    works = [asyncio.ensure_future(offload.write(save, database, f"T{n}")) for n in range(3)]
    await asyncio.sleep(0)
    event.listen(database.engine, "commit", refuse)
    release.set()
    done = await asyncio.gather(*works, return_exceptions=True)
    event.remove(database.engine, "commit", refuse)

    assert [type(one) for one in done] == [OSError, OSError, OSError]
    assert known(database, "T0", "T1", "T2") == []
    await busy


async def test_a_work_whose_caller_went_away_is_stored_all_the_same(
    database: Database, offload: Offload
) -> None:
    release = Event()
    busy = asyncio.ensure_future(held_up(offload, release))
    gone = asyncio.ensure_future(offload.write(save, database, "T0"))
    await asyncio.sleep(0)
    gone.cancel()
    release.set()
    await offload.write(save, database, "T1")

    assert known(database, "T0", "T1") == ["T0", "T1"]
    await busy
