"""The real bot against the sandbox, on a clock that moves only when somebody waits.

Simulated seconds are exact here. Real ones hold the sandbox's work, too: it plays Slack in the
same process, and checks every message as Slack would.
"""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog

from benchmarks import team
from benchmarks.process import ROOT
from benchmarks.slack import BOT, BOT_USER, TEAM
from bot.app import Runtime, running
from bot.settings import Settings
from sandbox import SettableClock, Workspace

MONDAY = datetime(2027, 1, 18, 12, 0, tzinfo=UTC)  # working hours in UTC


@asynccontextmanager
async def workspace_of(people: int, clock: SettableClock) -> AsyncIterator[Workspace]:
    """Everybody in one zone and in one channel."""
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    workspace = Workspace(
        team_id=TEAM,
        name="Northwind ML",
        manifest=manifest,
        now=clock,
        bot_user_id=BOT_USER,
        bot_id=BOT,
    )
    everybody = team.everybody(people)
    for user_id in everybody:
        workspace.add_member(user_id, user_id)
    workspace.add_channel(team.CHANNEL, "ml-team", members=everybody)
    workspace.add_channel(team.RESULTS_CHANNEL, "mlops-results", members=everybody)
    async with workspace.serving():
        yield workspace


@asynccontextmanager
async def bot_in(
    workspace: Workspace, database_url: str, clock: SettableClock
) -> AsyncIterator[Runtime]:
    """Nothing ticks by itself. Of the log only errors are shown."""
    errors_only = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=errors_only)
    settings = Settings(
        _env_file=None,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url,
        database_url=database_url,
        SCORECARD_FACILITATORS=team.FACILITATOR,
        SCORECARD_OPERATOR="the benchmark",
    )
    async with running(settings, now=clock, sleep=clock.sleep) as runtime:
        yield runtime
