"""What keeps the bot from starting: said as `check` says it, where waiting would not help."""

from typing import Any

import pytest

from bot.check.not_started import sentence
from bot.obstacles import LASTING, AppTokenRefused, BotTokenRefused, Obstacle
from bot.settings import Settings
from sandbox import Workspace
from tests.bot.check.conftest import Run
from tests.conftest import Start

OF_THE_APP_TOKEN = LASTING - {"token_expired"}
OF_THE_BOT_TOKEN = LASTING - {"missing_scope", "socket_mode_not_enabled"}


async def refused(start: Start, settings: Settings, kind: type[Obstacle]) -> str:
    """Start in vain; returns what is said about it."""
    with pytest.raises(kind) as obstacle:
        async with start():
            pass
    return sentence(obstacle.value, settings)


@pytest.mark.parametrize("word", sorted(OF_THE_BOT_TOKEN))
@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_bot_token_that_slack_refuses_ends_the_start(
    start: Start, settings: Settings, workspace: Workspace, command: Run, word: str
) -> None:
    workspace.fail("auth.test", word, times=2)

    said = await refused(start, settings, BotTokenRefused)

    assert f"({word})" in said
    assert said in (await command("check")).problems


@pytest.mark.parametrize("word", sorted(OF_THE_APP_TOKEN))
async def test_an_app_level_token_that_slack_refuses_ends_the_start(
    start: Start, settings: Settings, workspace: Workspace, command: Run, word: str
) -> None:
    workspace.fail("apps.connections.open", word, times=2)

    said = await refused(start, settings, AppTokenRefused)

    assert f"({word})" in said
    assert said in (await command("check")).problems
    assert workspace.connections == 0


async def test_nothing_is_stored_or_sent_before_both_tokens_were_taken(
    start: Start, settings: Settings, workspace: Workspace
) -> None:
    workspace.fail("apps.connections.open", "invalid_auth")

    await refused(start, settings, AppTokenRefused)

    assert [call.method for call in workspace.calls()] == ["auth.test", "apps.connections.open"]


async def test_a_token_that_is_refused_after_slack_was_away_ends_the_start(
    start: Start, settings: Settings, workspace: Workspace
) -> None:
    workspace.fail("auth.test", "service_unavailable")
    workspace.fail("auth.test", "invalid_auth")

    await refused(start, settings, BotTokenRefused)


@pytest.mark.parametrize("trouble", [{"error": "fatal_error"}, {"status": 503}, {"drop": True}])
async def test_trouble_with_the_first_connection_is_waited_out(
    start: Start, workspace: Workspace, trouble: dict[str, Any]
) -> None:
    workspace.fail("apps.connections.open", **trouble)

    async with start() as bot:
        outcome = await bot.who("Ben Carter").command("/scorecard help")

    assert outcome.text
