"""Sandbox and bot as processes: started, killed, started again, and asked how they are."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

Json = dict[str, Any]
T = TypeVar("T")

ROOT = Path(__file__).parents[2]
TEAM_ID = "T0NORTHWIND"
OPENING = datetime(2027, 1, 18, 10, 50, tzinfo=UTC)  # a Monday
TIMES = 120.0  # two minutes in a second: a lease is one second, settling half of one
POLL = 0.02


async def eventually(
    look: Callable[[], Awaitable[T]], *, within: float = 20.0, every: float = POLL, what: str = "it"
) -> T:
    """Look again and again until there is something; for what another process does."""
    deadline = time.monotonic() + within
    while not (found := await look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen within {within} s; last seen: {found!r}")
        await asyncio.sleep(every)
    return found


def free_port() -> int:
    """A port where nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Slack:
    """The sandbox in its own process, and its control API."""

    def __init__(self, team: Path, port: int) -> None:
        self.port = port
        self._team = team
        self._process: asyncio.subprocess.Process | None = None
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{port}/control/")

    async def start(self) -> None:
        given = ["--port", str(self.port), "--team", str(self._team)]
        given += ["--manifest", str(ROOT / "manifest.json")]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sandbox", *given, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert await self._process.stdout.readline()

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await self._process.wait()

    async def close(self) -> None:
        await self.stop()
        await self._session.close()

    async def post(self, verb: str, **given: Any) -> Json:
        async with self._session.post(verb, json=given) as answer:
            return await _good(answer)

    async def get(self, what: str, **given: str) -> Json:
        async with self._session.get(what, params=given) as answer:
            return await _good(answer)

    async def calls(self, method: str) -> list[Json]:
        found: list[Json] = (await self.get("calls", method=method))["calls"]
        return found

    async def screen(self, member: str) -> list[Json]:
        found: list[Json] = (await self.get("screen", member=member))["messages"]
        return found


async def _good(answer: aiohttp.ClientResponse) -> Json:
    said: Json = await answer.json()
    assert said["ok"], said["error"]
    return said


class Bot:
    """The bot in its own process. `deaths` counts its ends; `up` while it is there.

    `times`: how much faster than ours its clock is. `settings`: more of its environment.
    """

    def __init__(self, slack: Slack, folder: Path, times: float = TIMES, **settings: str) -> None:
        self.database = folder / "scorecard.sqlite3"
        self.deaths = 0
        self.up = asyncio.Event()
        self._slack = slack
        self._log = folder / "bot.log"
        self._since, self._times = time.time(), times
        self._ahead = folder / "ahead"
        self._jumped = timedelta()
        self._keep_jumped()
        self._nursery: asyncio.subprocess.Process | None = None
        self._pid = 0
        self._exit_code: asyncio.Future[int] | None = None
        self._log_before = 0
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "SLACK_BOT_TOKEN": f"xoxb-sandbox-{TEAM_ID}",
            "SLACK_APP_TOKEN": "xapp-1-A0SANDBOX-sandbox",
            "SLACK_API_URL": f"http://127.0.0.1:{slack.port}/api/",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SCORECARD_OPERATOR": "Ola Admin",
            **settings,
        }

    def now(self) -> datetime:
        """What the bot's clock shows."""
        return OPENING + timedelta(seconds=self._times * (time.time() - self._since)) + self._jumped

    def jump(self, moment: datetime) -> None:
        """Let the bot's clock, running or not, show that moment; never an earlier one."""
        self._jumped += max(moment - self.now(), timedelta())
        self._keep_jumped()

    def _keep_jumped(self) -> None:
        """In one step: the bot reads it all the time."""
        new = self._ahead.with_suffix(".new")
        new.write_text(str(self._jumped.total_seconds()), encoding="ascii")
        new.replace(self._ahead)

    async def launch(self) -> None:
        """Start the process, without waiting for it to be of use."""
        if self._nursery is None:
            self._nursery = await self._open_nursery()
        assert self._nursery.stdin is not None
        self._log_before = self._log.stat().st_size
        self._nursery.stdin.write(b"start\n")
        self._pid = await self._told(self._nursery)
        self._exit_code = asyncio.ensure_future(self._told(self._nursery))

    async def _open_nursery(self) -> asyncio.subprocess.Process:
        given = ["--start", OPENING.isoformat(), "--since", str(self._since)]
        given += ["--times", str(self._times), "--ahead", str(self._ahead), "--nursery"]
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.kill.fast_bot", *given),
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )

    async def _told(self, nursery: asyncio.subprocess.Process) -> int:
        assert nursery.stdout is not None
        return int(await nursery.stdout.readline())

    async def start(self) -> None:
        """Start it and wait until it listens to Slack."""
        await self.launch()
        await self.connected()

    async def connected(self) -> None:
        async def look() -> bool:
            assert self._exit_code is not None
            assert not self._exit_code.done(), self.log
            if b"ready" not in self._log.read_bytes()[self._log_before :]:
                return False  # what Slack sees may be the connection of the one before
            return bool((await self._slack.get("team"))["connections"])

        await eventually(look, what="the connection")
        self.up.set()

    async def kill(self) -> None:
        """As a power cut does: no time for last words."""
        assert await self._end(signal.SIGKILL) == -signal.SIGKILL
        self.deaths += 1

    async def terminate(self, within: float) -> int:
        """Ask it to stop; returns its exit code."""
        return await asyncio.wait_for(self._end(signal.SIGTERM), within)

    async def _end(self, how: signal.Signals) -> int:
        assert self._exit_code is not None
        self.up.clear()
        os.kill(self._pid, how)
        return await self._exit_code

    async def close(self) -> None:
        if self._exit_code is not None and not self._exit_code.done():
            await self.kill()
        if self._nursery is not None:
            assert self._nursery.stdin is not None
            self._nursery.stdin.close()
            await self._nursery.wait()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def copy_database(self, folder: Path) -> Path:
        """Copy what a killed bot has left: repairing the files stays the bot's own work."""
        folder.mkdir()
        for ending in ("", "-wal", "-shm"):
            if (left := Path(f"{self.database}{ending}")).exists():
                shutil.copyfile(left, folder / left.name)
        return folder / self.database.name


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()
