"""`python -m bot run` over HTTP as a process: thousands of clicks, and an orderly end."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.manifest import over_http
from sandbox import Member, Message, Workspace
from sandbox.http_mode import body_of
from tests.conftest import Measured
from tests.kill.conftest import PEOPLE
from tests.kill.processes import OPENING, ROOT, eventually, free_port, rows

CLICKS, WARM_UP = 5_004, 600  # shared among twelve people
GROWTH_MOST = 20.0  # megabytes; a leak of one payload a click would be more than that


def clock() -> datetime:
    """Starts at OPENING when this module is loaded, and goes as ours does."""
    return OPENING + timedelta(seconds=time.time() - SINCE)


SINCE = time.time()


@dataclass
class Served:
    """The bot's process, the workspace that sends to it, and where it keeps what it stored."""

    process: asyncio.subprocess.Process
    workspace: Workspace
    url: str
    database: Path
    cards: dict[str, Message] = field(default_factory=dict)

    @property
    def megabytes(self) -> float:
        """Resident memory, as Linux counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(found.split()[1]) / 1024


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    manifest = over_http(json.loads((ROOT / "manifest.json").read_text("utf-8")), url)
    workspace = Workspace(team_id="T0NORTHWIND", name="Northwind ML", manifest=manifest, now=clock)
    for user_id in PEOPLE:
        workspace.add_member(user_id, user_id, tz="Europe/Lisbon", admin=user_id == PEOPLE[0])
    workspace.add_channel("C01MLTEAM", "ml-team", members=PEOPLE)
    workspace.add_channel("C02RESULTS", "mlops-results", members=PEOPLE)
    async with workspace.serving():
        process = await _start(workspace, port, tmp_path)
        yield Served(process, workspace, url, tmp_path / "scorecard.sqlite3")
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _start(workspace: Workspace, port: int, folder: Path) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/scorecard.sqlite3",
        "SCORECARD_OPERATOR": "Ola Admin",
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    given = ["--start", OPENING.isoformat(), "--since", str(SINCE), "--times", "1"]
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.kill.fast_bot", *given,
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip

    async def ready() -> bool:
        assert process.returncode is None, (folder / "bot.log").read_text("utf-8")
        async with aiohttp.ClientSession() as session:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    return answer.status == 200
            except aiohttp.ClientError:
                return False

    await eventually(ready, what="readiness")
    return process


async def ask_everybody(served: Served) -> None:
    """A round is open and everybody's card shows the first question."""
    workspace = served.workspace
    lead = workspace.member(PEOPLE[0])
    assert (await lead.command("/scorecard start", channel="ml-team")).ok
    form = await workspace.until(lambda: lead.modal)
    assert form is not None
    form.fill("Team name", "Northwind ML")
    form.choose("Who is asked: everybody in a channel", "ml-team")
    form.choose("Where the result is posted", "mlops-results")
    assert (await form.submit()).ok
    assert lead.modal is not None
    assert (await lead.modal.submit()).ok
    for user_id in PEOPLE:
        member = workspace.member(user_id)
        await workspace.until(partial(shows, member, "Start"), timeout=20)
        assert (await member.press("Start")).ok
        await workspace.until(partial(shows, member, "Skip this"), timeout=20)
        assert (await member.press("Skip this")).ok
        await workspace.until(partial(shows, member, "0"), timeout=20)
        served.cards[user_id] = member.screen()[-1].copy()


def shows(member: Member, label: str) -> bool:
    return any(label in message.buttons for message in member.screen()[-1:])


async def click(served: Served, session: aiohttp.ClientSession, user_id: str, times: int) -> int:
    """One person presses levels of the first question in a row; returns how many were taken."""
    workspace, taken = served.workspace, 0
    member, card = workspace.member(user_id), served.cards[user_id]
    for number in range(times):
        payload = member.payload_of_press(str(number % 5), on=card)
        content_type, body = body_of("interactive", payload)
        headers = workspace.requests.headers(content_type, body)
        async with session.post(served.url, data=body, headers=headers) as answer:
            taken += answer.status == 200
    return taken


async def click_together(served: Served, clicks: int) -> int:
    async with aiohttp.ClientSession() as session:
        each = clicks // len(PEOPLE)
        return sum(
            await asyncio.gather(*(click(served, session, user_id, each) for user_id in PEOPLE))
        )


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
async def test_five_thousand_clicks_in_a_row_leave_the_memory_as_it_was(
    served: Served, measured: Measured
) -> None:
    await ask_everybody(served)
    await click_together(served, WARM_UP)
    before, started = served.megabytes, time.monotonic()
    taken = await click_together(served, CLICKS)
    seconds, after = time.monotonic() - started, served.megabytes
    measured(
        f"{taken} clicks over HTTP in {seconds:.0f} s: memory {before:.0f} MB before, "
        f"{after:.0f} MB after"
    )
    assert taken == CLICKS // len(PEOPLE) * len(PEOPLE)
    assert after - before < GROWTH_MOST
    answers = rows(served.database, "SELECT level FROM answers")
    last = (CLICKS // len(PEOPLE) - 1) % 5
    assert answers == [(last,)] * len(PEOPLE)


@pytest.mark.slow
async def test_a_stop_answers_what_is_under_way_and_lets_go_of_the_port(served: Served) -> None:
    await ask_everybody(served)
    clicking = asyncio.ensure_future(click_together(served, CLICKS))
    await served.workspace.until(lambda: len(served.workspace.calls("response_url")) > 40)
    served.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(served.process.wait(), 15) == 0
    with pytest.raises(aiohttp.ClientConnectionError):
        await clicking
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", int(served.url.split(":")[2].split("/")[0]))
