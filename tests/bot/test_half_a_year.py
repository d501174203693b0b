"""Half a year of a team, inside Slack only: from an empty workspace to the second quarter's result.

Amara sets up and looks after it. Chiara answers in one go, Ben is interrupted again and again, and
Deepa changes her mind.
"""

from datetime import UTC, datetime

import pytest

from tests.driver import Driver

pytestmark = [pytest.mark.both_ways, pytest.mark.usefixtures("no_errors")]

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
TEAM = (AMARA, BEN, CHIARA, DEEPA)


async def set_up(bot: Driver) -> None:
    """From the Home tab, with defaults."""
    await bot.open_home(AMARA)
    await bot.at_home(AMARA, "New scorecard")
    form = bot.modal(AMARA).fill("Team name", "Northwind ML")
    form.choose("And these people", *TEAM)
    form.choose("Where the result is posted", "mlops-results")
    await bot.submit(AMARA)
    assert "This messages 4 people" in bot.modal(AMARA).reads
    await bot.submit(AMARA)


async def answer_in_one_go(bot: Driver, name: str, level: str) -> None:
    await bot.press(name, "Start")
    for _ in range(6):
        await bot.press(name, level)
    assert "Done, thank you!" in bot.reads(name)


async def be_interrupted(bot: Driver) -> None:
    """A press at a time; each time another way back, and the old message is gone by then."""
    await bot.press(BEN, "Start")
    await bot.press(BEN, "2")
    await bot.press(BEN, "Comment")
    await bot.write(BEN, bot.modal(BEN).labels[0], "Our owner left in May.")

    await bot.command(BEN, "/scorecard my")
    await bot.press(BEN, "Continue", channel="ml-team")
    assert "2/6" in bot.reads(BEN)
    await bot.press(BEN, "2")

    await bot.open_home(BEN)
    await bot.at_home(BEN, "Continue")
    assert "3/6" in bot.reads(BEN)
    await bot.press(BEN, "Don't know")

    await bot.shortcut(BEN, "Answer my scorecard")
    assert "4/6" in bot.reads(BEN)
    cards = [one for one in bot.who(BEN).screen() if "4/6" in one.reads or "2/6" in one.reads]
    assert len(cards) == 1
    for _ in range(3):
        await bot.press(BEN, "2")
    assert "Done, thank you!" in bot.reads(BEN)


async def change_ones_mind(bot: Driver) -> None:
    """Back on the card, and once more from the end."""
    await bot.press(DEEPA, "Start")
    await bot.press(DEEPA, "4")
    await bot.press(DEEPA, "Back")
    assert "← your answer" in bot.reads(DEEPA)
    await bot.press(DEEPA, "1")
    for _ in range(5):
        await bot.press(DEEPA, "3")
    answered = [label for label in bot.screen(DEEPA).buttons if label.startswith("1 · ")]
    await bot.press(DEEPA, answered[0])
    await bot.press(DEEPA, "3")
    assert bot.reads(DEEPA).startswith("Saved ")
    assert "Done, thank you!" in bot.reads(DEEPA)
    assert set(bot.answers(DEEPA).values()) == {3}


async def close_and_post(bot: Driver) -> str:
    """From the Home tab; returns what the channel reads first."""
    await bot.open_home(AMARA)
    assert "4 of 4 finished" in bot.home(AMARA).reads
    before = len(bot.workspace.channel("mlops-results"))
    await bot.at_home(AMARA, "Close this round")
    await bot.at_home(AMARA, "Preview result")
    await bot.submit(AMARA)
    return bot.workspace.channel("mlops-results")[before].reads


async def test_a_team_goes_from_set_up_to_its_second_quarter(short_bot: Driver) -> None:
    await set_up(short_bot)
    for hours in (3, 14, 8):
        await short_bot.pass_(hours=hours)
    await answer_in_one_go(short_bot, CHIARA, "1")
    await answer_in_one_go(short_bot, AMARA, "2")
    await be_interrupted(short_bot)
    await change_ones_mind(short_bot)
    posted = await close_and_post(short_bot)
    assert "Northwind ML, January 2027: 50 of 100" in posted
    for name in TEAM:
        assert "January 2027: 50 of 100" in (await short_bot.open_home(name)).reads
        assert "Next round: 19 Apr 2027" in short_bot.home(name).reads

    for day, hour in ((19, 9), (19, 14), (20, 9)):
        await short_bot.until(datetime(2027, 4, day, hour, tzinfo=UTC))
    for name in TEAM:
        assert "and 3 colleagues how your ML work really runs" in short_bot.reads(name)
        await answer_in_one_go(short_bot, name, "3")
    posted = await close_and_post(short_bot)
    assert "Northwind ML, April 2027: 75 of 100" in posted
    home = await short_bot.open_home(CHIARA)
    assert "April 2027: 75 of 100 (January 2027: 50)" in home.reads
    assert "Next round: 19 Jul 2027" in home.reads
