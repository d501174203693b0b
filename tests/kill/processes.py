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
from datetime import UTC, datetime
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
    """The bot in its own process. `deaths` counts its ends; `up` while it is there."""

    def __init__(self, slack: Slack, folder: Path) -> None:
        self.database = folder / "scorecard.sqlite3"
        self.deaths = 0
        self.up = asyncio.Event()
        self._slack = slack
        self._log = folder / "bot.log"
        self._since = time.time()
        self._process: asyncio.subprocess.Process | None = None
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "SLACK_BOT_TOKEN": f"xoxb-sandbox-{TEAM_ID}",
            "SLACK_APP_TOKEN": "xapp-1-A0SANDBOX-sandbox",
            "SLACK_API_URL": f"http://127.0.0.1:{slack.port}/api/",
            "DATABASE_URL": f"sqlite:///{self.database}",
        }

    async def launch(self) -> None:
        """Start the process, without waiting for it to be of use."""
        given = ["--start", OPENING.isoformat()]
        given += ["--since", str(self._since), "--times", str(TIMES)]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.kill.fast_bot", *given),
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def start(self) -> None:
        """Start it and wait until it listens to Slack."""
        await self.launch()
        await self.connected()

    async def connected(self) -> None:
        async def look() -> bool:
            assert self._process is not None
            assert self._process.returncode is None, self.log
            return bool((await self._slack.get("team"))["connections"])

        await eventually(look, what="the connection")
        self.up.set()

    async def kill(self) -> None:
        """As a power cut does: no time for last words."""
        assert self._process is not None
        self.up.clear()
        self._process.send_signal(signal.SIGKILL)
        assert await self._process.wait() == -signal.SIGKILL
        self.deaths += 1

    async def terminate(self, within: float) -> int:
        """Ask it to stop; returns its exit code."""
        assert self._process is not None
        self.up.clear()
        self._process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(self._process.wait(), within)
        self.deaths += 1
        return code

    async def close(self) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()

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


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()
