"""What a tick costs while nothing is due, against the number of scorecards.

Run: python -m benchmarks.tick_cost [ticks]

Each scorecard has an open round with 40 people in a SQLite file of its own size. The baseline is
the tick of a bot that has no scorecard at all. The bots take turns, tick by tick, in one run. A
pulse is what the scheduler calls: a tick and a sign of life, which once a minute is stored.
Ratio and growth (to the line above) are of processor time, which other programs disturb less.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks import many_teams
from benchmarks.sandboxed import MONDAY, bot_in, workspace_of
from bot.app import Runtime
from sandbox import SettableClock

NONE = 0
SIZES = (NONE, 1, 10, 100, 1_000)
WARM_UP = 5
AIM, TOO_SLOW = 10, 25  # milliseconds


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each tick, of each pulse that stores nothing, and of each that does.

    `cpu`: of the processors, for each tick, on all threads.
    """

    tick: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    pulse: list[float] = field(default_factory=list)
    sign_of_life: list[float] = field(default_factory=list)


async def note(bot: Runtime, times: Times) -> None:
    """One of each, the clock having moved by a minute."""
    times.sign_of_life.append(await milliseconds(bot.tick.pulse))
    before = process_time()
    times.tick.append(await milliseconds(bot.tick))
    times.cpu.append(1000 * (process_time() - before))
    times.pulse.append(await milliseconds(bot.tick.pulse))


async def milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    started = perf_counter()
    await work()
    return 1000 * (perf_counter() - started)


async def measured(folder: str, ticks: int) -> Mapping[int, Times]:
    clock = SettableClock(MONDAY)
    times = {size: Times() for size in SIZES}
    async with AsyncExitStack() as stack:
        workspace = await stack.enter_async_context(workspace_of(many_teams.PEOPLE, clock))
        bots: dict[int, Runtime] = {}
        for size in SIZES:
            url = f"sqlite:///{Path(folder, f'{size}.sqlite3')}"
            many_teams.fill(url, size)
            bots[size] = await stack.enter_async_context(bot_in(workspace, url, clock))
        calls = len(workspace.calls())
        warming_up = Times()
        for number in range(ticks + WARM_UP):
            clock.advance(minutes=1)
            for size, bot in bots.items():
                await note(bot, times[size] if number >= WARM_UP else warming_up)
        assert len(workspace.calls()) == calls, "something was due"
    return times


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[18]


def print_curve(times: Mapping[int, Times]) -> None:
    print(
        f"{'scorecards':>10}{'tick p50':>12}{'p95':>7}{'CPU':>10}{'ratio':>8}{'growth':>8}"
        f"{'pulse p50':>14}{'p95':>7}{'noted p50':>14}{'p95':>7}"
    )
    base = before = median(times[NONE].cpu)
    for size, found in times.items():
        cpu = median(found.cpu)
        print(
            f"{size:10,}{median(found.tick):9.1f} ms{p95(found.tick):7.1f}{cpu:7.1f} ms"
            f"{cpu / base:8.2f}{cpu / before:8.2f}"
            f"{median(found.pulse):11.1f} ms{p95(found.pulse):7.1f}"
            f"{median(found.sign_of_life):11.1f} ms{p95(found.sign_of_life):7.1f}"
        )
        before = cpu


def main(ticks: int) -> int:
    logging.disable(logging.WARNING)
    with TemporaryDirectory() as folder:
        times = asyncio.run(measured(folder, ticks))
    print(f"idle tick, {many_teams.PEOPLE} people a scorecard, {ticks} ticks of each bot in turn")
    print_curve(times)
    most = SIZES[-1]
    slowest = median(times[most].tick)
    print(f"aim, under {AIM} ms with {most:,} scorecards: {'met' if slowest < AIM else 'NOT met'}")
    return int(slowest > TOO_SLOW)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
