"""How long it takes to ask 2,000 people at once, against a sender that knows only Slack's limits.

Run: python -m benchmarks.fan_out [people]

The sandbox lets 240 posts through within any minute. The barest sender posts until it is refused
and then waits as long as it is told, so it needs the least that these limits allow: 240 at once,
240 a minute later, and so on. Seconds are simulated, from the first invitation to the last, and
as whole as Slack's own; each sender has a process of its own, so that their memory compares.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import col, select

from benchmarks import team
from benchmarks.child import megabytes
from benchmarks.sandboxed import MONDAY, bot_in, workspace_of
from bot.app import Runtime
from bot.pace import POST
from sandbox import SettableClock, Workspace
from storage.tables import MessageRow

PEOPLE = 2_000
A_MINUTE = 240
TROUBLE = 0.05
QUARTERS = (0.25, 0.5, 0.75, 1.0)
AIM, TOO_FAR = 1.1, 1.25
LONGEST_SECONDS = 3 * 3600
TOO_MANY_REQUESTS = 429

Send = Callable[[Workspace, SettableClock, str], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class FanOut:
    """What became of one round's invitations; `megabytes` at each quarter of the way."""

    seconds: int
    lost: int
    doubled: int
    refused: int
    posts: int
    real_seconds: float
    megabytes: Sequence[float]


async def bare(workspace: Workspace, clock: SettableClock, _database_url: str) -> None:
    """The same words with slack_sdk alone, as fast as they are taken."""
    client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url)
    words = team.invited(len(workspace.members))
    for member in workspace.members:
        while True:
            try:
                await client.chat_postMessage(channel=member.id, **words)
            except SlackApiError as error:
                if error.response.status_code != TOO_MANY_REQUESTS:
                    raise
                await clock.sleep(float(error.response.headers["Retry-After"]))
            else:
                break


async def ours(workspace: Workspace, clock: SettableClock, database_url: str) -> None:
    """The bot ticks until every invitation is settled, as the scheduler would let it."""
    team.open_round(database_url, len(workspace.members), clock)
    async with bot_in(workspace, database_url, clock) as runtime:
        while (clock() - MONDAY).total_seconds() < LONGEST_SECONDS:
            await runtime.tick.pulse()
            if not is_something_left(runtime):
                return
            clock.advance(seconds=1)


async def ours_in_trouble(workspace: Workspace, clock: SettableClock, database_url: str) -> None:
    workspace.disturb(TROUBLE, dice=Random(1))  # noqa: S311
    await ours(workspace, clock, database_url)


def is_something_left(runtime: Runtime) -> bool:
    """Whether an invitation is neither sent nor given up."""
    wanted = select(MessageRow.id).where(
        MessageRow.kind == "invitation", col(MessageRow.state).not_in(["sent", "failed"])
    )
    with runtime.database.reading() as session:
        return session.exec(wanted).first() is not None


async def measured(send: Send, people: int, folder: str) -> FanOut:
    clock = SettableClock(MONDAY)
    async with workspace_of(people, clock) as workspace:
        workspace.enforce_limits(posts_a_minute=A_MINUTE)
        memory: list[float] = []
        watching = asyncio.ensure_future(watch_memory(workspace, people, memory))
        started = perf_counter()
        await send(workspace, clock, f"sqlite:///{Path(folder, 'scorecard.sqlite3')}")
        real_seconds = perf_counter() - started
        watching.cancel()
        posts = [call.status for call in workspace.calls(POST)]
        got = [invitations(workspace, user_id) for user_id in team.everybody(people)]
        first, *_, last = sorted(min(times) for times in got if times)
        return FanOut(
            seconds=last - first,
            lost=sum(not times for times in got),
            doubled=sum(len(times) > 1 for times in got),
            refused=posts.count(TOO_MANY_REQUESTS),
            posts=len(posts),
            real_seconds=real_seconds,
            megabytes=memory,
        )


async def watch_memory(workspace: Workspace, people: int, found: list[float]) -> None:
    for quarter in QUARTERS:
        await workspace.until(partial(has_posts, workspace, quarter * people), LONGEST_SECONDS)
        found.append(megabytes())


def has_posts(workspace: Workspace, wanted: float) -> bool:
    return len(workspace.calls(POST)) >= wanted


def invitations(workspace: Workspace, user_id: str) -> list[int]:
    """When invitations arrived in somebody's conversation with the bot."""
    seen = workspace.member(user_id).screen()
    return [int(float(message.ts)) for message in seen if "Start" in message.buttons]


def in_own_process(send: Send, people: int) -> FanOut:
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process,
    ):
        return process.submit(run, send, people, folder).result()


def run(send: Send, people: int, folder: str) -> FanOut:
    logging.disable(logging.WARNING)  # slack_sdk tells of each failed call, and fails on purpose
    return asyncio.run(measured(send, people, folder))


def print_one(name: str, found: FanOut, least: FanOut) -> None:
    memory = " ".join(f"{one:.0f}" for one in found.megabytes)
    print(
        f"{name:22}{found.seconds:6} s{found.seconds / least.seconds:7.2f}{found.lost:6}"
        f"{found.doubled:9}{found.refused:6}{found.posts:7}{found.real_seconds:7.0f} s   {memory}"
    )


SENDERS: tuple[Send, ...] = (bare, ours, ours_in_trouble)


def main(people: int) -> int:
    barest, calm, troubled = (in_own_process(send, people) for send in SENDERS)
    print(f"fan-out: {people} invitations, at most {A_MINUTE} posts within any minute")
    print(
        f"{'':22}{'simulated':>8}{'ratio':>6}{'lost':>6}{'doubled':>9}{'429':>6}{'posts':>7}"
        f"{'real':>9}   MB at {', '.join(f'{quarter:.0%}' for quarter in QUARTERS)}"
    )
    print_one("barest sender", barest, barest)
    print_one("ours", calm, barest)
    print_one(f"ours, {TROUBLE:.0%} trouble", troubled, barest)
    ratio = calm.seconds / barest.seconds
    whole = not any((calm.lost, calm.doubled, troubled.lost, troubled.doubled))
    print(
        f"these limits' own minimum {(people - 1) // A_MINUTE * 60} s, a full window each minute; "
        f"evenly spaced, as the bot posts, {(people - 1) * 60 / A_MINUTE:.0f} s"
    )
    print(f"aim, a ratio of at most {AIM}: {'met' if ratio <= AIM else 'NOT met'}")
    print(f"aim, none lost and none twice: {'met' if whole else 'NOT met'}")
    return int(ratio > TOO_FAR or not whole)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
