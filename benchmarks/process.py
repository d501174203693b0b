"""An app to be measured, started as a process and connected to a Slack of its own."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.slack import Slack

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far, and which slow libraries it has loaded."""

    cpu_seconds: float
    megabytes: float
    loaded: list[str]


@dataclass(frozen=True, slots=True)
class App:
    slack: Slack
    process: Process
    seconds_to_start: float

    async def used(self) -> Used:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"used\n")
        return Used(**json.loads(await self.process.stdout.readline()))


@asynccontextmanager
async def starting(variant: str, database_url: str) -> AsyncIterator[App]:
    """The app is there when its WebSocket is; at the end it is asked to stop."""
    async with Slack().serving() as slack:
        started = perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.child", variant, slack.url, database_url),
            cwd=ROOT,
            stdin=PIPE,
            stdout=PIPE,
        )
        assert process.stdin is not None
        try:
            await _connected(slack, process)
            yield App(slack, process, perf_counter() - started)
        finally:
            process.stdin.close()
            await process.wait()


async def _connected(slack: Slack, process: Process) -> None:
    """Returns when the app has opened its WebSocket. Raises RuntimeError when it stopped."""
    waiting = [asyncio.ensure_future(slack.connected.wait()), asyncio.ensure_future(process.wait())]
    await asyncio.wait(waiting, timeout=60, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    if not slack.connected.is_set():
        raise RuntimeError("the app to be measured did not connect")
