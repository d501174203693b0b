"""Sockets that break: the client is helped to a fresh ticket, and kept from a trace a try."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import Rhythm, Runtime, running
from bot.settings import Settings
from sandbox import SettableClock, Workspace
from tests.kill.processes import eventually

RHYTHM = Rhythm(tick=0.2, watch=1.0)
HEALED_WITHIN = 4.0  # before the SDK itself uses force, five seconds after a goodbye


@pytest.fixture
async def runtime(settings: Settings, clock: SettableClock) -> AsyncIterator[Runtime]:
    async with running(settings, now=clock, sleep=clock.sleep, rhythm=RHYTHM) as built:
        yield built


async def works(workspace: Workspace) -> bool:
    outcome = await workspace.member("Ben Carter").command("/scorecard help")
    return outcome.ok and bool(outcome.text)


@pytest.mark.slow
@pytest.mark.parametrize("goodbye", [True, False])
async def test_one_503_when_connecting_again_heals_by_itself(
    workspace: Workspace,
    runtime: Runtime,
    goodbye: bool,  # noqa: FBT001
) -> None:
    assert await works(workspace)
    workspace.fail("websocket", status=503)
    await (workspace.disconnect_sockets() if goodbye else workspace.sockets.close())
    await workspace.until(lambda: workspace.calls("websocket"), timeout=HEALED_WITHIN)
    assert workspace.connections == 0
    await workspace.until(lambda: workspace.connections, timeout=HEALED_WITHIN)
    assert await works(workspace)


@pytest.mark.slow
async def test_one_503_at_the_very_first_connection_heals_by_itself(
    workspace: Workspace, settings: Settings, clock: SettableClock
) -> None:
    workspace.fail("websocket", status=503)
    async with (
        asyncio.timeout(HEALED_WITHIN),
        running(settings, now=clock, sleep=clock.sleep, rhythm=RHYTHM),
    ):
        assert workspace.calls("websocket")[0].status == 503
        assert await works(workspace)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        ({"method": "apps.connections.open", "error": "fatal_error"}, "unreachable"),
        ({"method": "apps.connections.open", "error": "token_revoked"}, "token_revoked"),
        ({"method": "apps.connections.open", "drop": True}, "unreachable"),
        ({"method": "websocket", "status": 503}, "unreachable"),
        ({"method": "websocket", "drop": True}, "unreachable"),
    ],
)
async def test_slack_away_and_back_is_two_lines_without_a_trace(
    workspace: Workspace,
    runtime: Runtime,
    caplog: pytest.LogCaptureFixture,
    trouble: dict[str, Any],
    problem: str,
) -> None:
    async def is_back() -> bool:
        return any(line["event"] == "Slack is back" for line in lines)

    with capture_logs() as lines:
        workspace.fail(**trouble, times=3)
        await workspace.sockets.close()
        await eventually(is_back)

    assert [(line["event"], line.get("problem")) for line in lines] == [
        ("Slack is away", problem),
        ("Slack is back", None),
    ]
    assert await works(workspace)
    # A tick that takes longer than its interval is no news, here as in the bot's own log.
    slacks = [one for one in caplog.records if not one.name.startswith("apscheduler")]
    assert [one.getMessage() for one in slacks if one.levelno >= logging.WARNING] == []
