"""The clock that stands still: moved by hand, or by those who sleep on it."""

import asyncio
from datetime import datetime, timedelta

import pytest

from sandbox import SandboxError, SettableClock


async def test_sleeping_moves_the_clock_and_takes_no_time(clock: SettableClock) -> None:
    before, real = clock(), asyncio.get_running_loop().time()
    await clock.sleep(3 * 3600)
    await clock.sleep(0.5)
    assert clock() - before == timedelta(hours=3, seconds=0.5)
    assert asyncio.get_running_loop().time() - real < 60


@pytest.mark.parametrize("seconds", [0, -5])
async def test_sleeping_not_at_all_lets_others_have_their_turn(
    clock: SettableClock, seconds: float
) -> None:
    before, turns = clock(), list[str]()

    async def other() -> None:
        turns.append("other")

    task = asyncio.create_task(other())
    await clock.sleep(seconds)
    turns.append("sleeper")
    await task
    assert clock() == before
    assert turns == ["other", "sleeper"]


async def test_time_has_passed_when_the_others_have_their_turn(clock: SettableClock) -> None:
    before, seen = clock(), list[datetime]()

    async def other() -> None:
        seen.append(clock())

    task = asyncio.create_task(other())
    await clock.sleep(60)
    await task
    assert seen == [before + timedelta(seconds=60)]


def test_a_clock_needs_to_know_its_zone() -> None:
    with pytest.raises(SandboxError, match="aware"):
        SettableClock(datetime(2026, 1, 5))  # noqa: DTZ001 - the mistake
