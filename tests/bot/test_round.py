"""A whole round as people live it, from the set-up to the post."""

from tests.driver import Driver


async def test_a_team_is_asked_and_its_result_posted(bot: Driver) -> None:
    await bot.open_round()
    print(bot.reads("Ben Carter"))
    for name, level in (("Ben Carter", 2), ("Chiara Ricci", 3), ("Elias Berg", 1)):
        await bot.answer_all(name, level)
    print(bot.reads("Ben Carter"))
    await bot.command("Amara Okafor", "/scorecard close")
    await bot.press("Amara Okafor", "Close this round", channel="ml-team")
    print(bot.reads("Amara Okafor"))
    await bot.press("Amara Okafor", "Post now")
    for m in bot.workspace.channel("mlops-results"):
        print("---", m.thread_ts, m.reads)
    assert 0
