"""A whole round as people live it, from the set-up to the post."""

import pytest

from tests.driver import Driver

pytestmark = [pytest.mark.both_ways, pytest.mark.usefixtures("no_errors")]


async def test_a_team_is_asked_and_its_result_posted(bot: Driver) -> None:
    await bot.open_round()
    assert "18 questions" in bot.reads("Ben Carter")
    levels = {"Ben Carter": 2, "Chiara Ricci": 3, "Elias Berg": 1, "Grace Kim": 2, "Hiro Tanaka": 2}
    await bot.answer_together(levels)
    assert "Done" in bot.reads("Ben Carter")
    assert "5 of 8 finished" in (await bot.command("Amara Okafor", "/scorecard status")).text

    await bot.close_round()
    assert "5 of 8 answered" in bot.reads("Amara Okafor")
    assert bot.workspace.channel("mlops-results") == []
    await bot.press("Amara Okafor", "Post now")

    summary, radar, *thread = bot.workspace.channel("mlops-results")
    assert "Northwind ML, January 2027: 50 of 100" in summary.reads
    assert radar.files[0].name == "radar.png"
    assert all(one.thread_ts == summary.ts for one in thread)
    assert "level 2" in thread[-1].reads
    assert [len(member.screen()) for member in bot.workspace.members] == [3, 2, 2, 1, 2, 1, 2, 2]
