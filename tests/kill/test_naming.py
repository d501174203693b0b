"""Somebody is named a facilitator and the bot is killed: they are told exactly once."""

import pytest

from tests.kill.conftest import FACILITATOR, modal_of
from tests.kill.processes import Bot, Slack, eventually, rows

NAMED = "U02"
HELD = 0.6  # seconds for which Slack holds an answer back that no bot will see


async def name(slack: Slack) -> None:
    await slack.post("command", member=FACILITATOR, text="/scorecard facilitators")
    await eventually(lambda: modal_of(slack), what="the list")
    saved = await slack.post(
        "submit", member=FACILITATOR, choose={"And these people": ["Person U02"]}
    )
    assert (saved["error"], saved["modal"]) == (None, None)


@pytest.mark.slow
@pytest.mark.parametrize("arrived", [True, False])
async def test_who_was_named_is_told_once_although_the_bot_was_killed(
    slack: Slack, bot: Bot, *, arrived: bool
) -> None:
    async def claimed() -> bool:
        return rows(bot.database, "SELECT state FROM messages") == [("claimed",)]

    async def sent() -> bool:
        return rows(bot.database, "SELECT state FROM messages") == [("sent",)]

    await slack.start()
    await slack.post("fail", method="chat.postMessage", effect=arrived, delay=HELD, status=500)
    await bot.start()
    await name(slack)
    await eventually(claimed, what="the message on its way")
    await bot.kill()
    await bot.start()
    await eventually(sent, what="the message")
    assert len(await slack.screen(NAMED)) == 1
    assert rows(bot.database, "SELECT user_id FROM facilitators") == [(NAMED,)]
