"""Slack is away: nobody listens at its address. The bot waits, and goes on where it was."""

import asyncio

import pytest

from tests.kill.conftest import PEOPLE, open_round
from tests.kill.processes import Bot, Slack, eventually, rows

ASKED_AT_ONCE = PEOPLE[0::3] + PEOPLE[1::3]
ASKED_LATER = PEOPLE[2::3]


async def waiting(bot: Bot) -> bool:
    return "waiting for Slack" in bot.log


@pytest.mark.slow
async def test_a_bot_that_starts_without_slack_waits_and_then_works(slack: Slack, bot: Bot) -> None:
    await bot.launch()
    await eventually(lambda: waiting(bot), what="waiting")
    await slack.start()
    await bot.connected()
    answer = await slack.post("command", member=PEOPLE[0], text="/scorecard help")
    assert answer["error"] is None
    assert answer["text"]
    assert await bot.terminate(within=5) == 0


ASKED = "SELECT recipient FROM messages WHERE kind = 'invitation' AND state = 'sent'"


@pytest.mark.slow
async def test_a_bot_that_waits_for_slack_can_be_stopped(bot: Bot) -> None:
    await bot.launch()
    await eventually(lambda: waiting(bot), what="waiting")
    assert await bot.terminate(within=5) == 0


@pytest.mark.slow
async def test_who_is_to_be_asked_while_slack_is_away_is_asked_once_it_is_back(
    slack: Slack, bot: Bot
) -> None:
    async def invited(number: int) -> bool:
        return len(rows(bot.database, "SELECT id FROM messages WHERE state = 'sent'")) == number

    async def in_vain() -> bool:
        return bool(rows(bot.database, "SELECT id FROM messages WHERE problem = 'unreachable'"))

    await slack.start()
    await bot.start()
    await open_round(slack)
    await eventually(lambda: invited(len(ASKED_AT_ONCE)), what="inviting the first")
    await slack.stop()
    # On a busy machine somebody else's hour may have come by now.
    asked = {one for (one,) in rows(bot.database, ASKED)}
    await eventually(in_vain, what="trying in vain")
    await slack.start()  # with empty screens
    await asyncio.gather(
        eventually(lambda: invited(len(PEOPLE)), what="inviting the others"), bot.connected()
    )
    hanging = {user_id: len(await slack.screen(user_id)) for user_id in PEOPLE}
    assert asked >= set(ASKED_AT_ONCE)
    assert hanging == {user_id: int(user_id not in asked) for user_id in PEOPLE}
    later = next(user_id for user_id in ASKED_LATER if user_id not in asked)
    assert (await slack.post("press", member=later, label="Start"))["error"] is None
    assert await bot.terminate(within=5) == 0
