"""A team over several quarters: what the post says of change, and what stands in its thread."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Message
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN = "Amara Okafor", "Ben Carter"
QUARTER = timedelta(days=91)
APRIL = datetime(2027, 4, 19, 1, 0, tzinfo=UTC)


async def hold(bot: Driver, levels: Mapping[str, int]) -> Message:
    """The open round is answered, closed and posted; returns the post."""
    await bot.answer_together(levels)
    await bot.close_round()
    await bot.press(AMARA, "Post now")
    return posts(bot)[-1]


async def ask_again(bot: Driver, opens: datetime = APRIL) -> None:
    """The next round opens by itself, and everybody is asked at their hour."""
    await bot.until(opens)
    for hours in (3.5, 3.5, 6, 3):  # 10:00 in Kolkata, Rome, New York, Los Angeles
        await bot.pass_(hours=hours)


def posts(bot: Driver) -> list[Message]:
    return [one for one in bot.workspace.channel("mlops-results") if "of 100" in one.reads]


def everybody(bot: Driver, level: int) -> dict[str, int]:
    return {member.name: level for member in bot.workspace.members}


def thread(bot: Driver, post: Message) -> list[Message]:
    channel = bot.workspace.channel("mlops-results")
    return [one for one in channel if one.thread_ts == post.ts]


async def test_the_first_result_is_where_a_team_starts_from(short_bot: Driver) -> None:
    await short_bot.open_round()
    post = await hold(short_bot, everybody(short_bot, 2))
    assert "Your starting point. Next round: April 2027." in post.reads


async def test_no_next_round_is_promised_while_a_team_pauses(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.manage(AMARA, "Pause")
    post = await hold(short_bot, everybody(short_bot, 2))
    assert "Your starting point: another round would be measured against it." in post.reads


async def test_a_first_result_that_is_posted_again_later_promises_no_round_that_was(
    short_bot: Driver,
) -> None:
    await short_bot.open_round()
    await hold(short_bot, everybody(short_bot, 1))
    await ask_again(short_bot)
    await hold(short_bot, everybody(short_bot, 2))
    await short_bot.command(AMARA, "/scorecard results north 1")
    await short_bot.press(AMARA, "Post again", channel="ml-team")
    await short_bot.submit(AMARA)
    await short_bot.submit(AMARA)
    again = posts(short_bot)[-1]
    assert "January 2027: 25 of 100" in again.reads
    assert "Your starting point: another round would be measured against it." in again.reads


async def test_what_everybody_sees_better_is_changed_and_is_said_once(short_bot: Driver) -> None:
    await short_bot.open_round()
    await hold(short_bot, everybody(short_bot, 1))
    await ask_again(short_bot)
    post = await hold(short_bot, everybody(short_bot, 2))
    assert "Changed since January 2027" in post.reads
    assert post.reads.count("January 2027") == 1
    radar = next(
        one
        for one in short_bot.workspace.channel("mlops-results")
        if one.files and one.files[0].name == "radar.png" and one.ts > post.ts
    )
    assert "January 2027" in (radar.files[0].alt_text or "")


async def test_three_people_cannot_prove_a_change(short_bot: Driver) -> None:
    await short_bot.open_round()
    three = dict.fromkeys([AMARA, BEN, "Chiara Ricci"], 1)
    await hold(short_bot, three)
    await ask_again(short_bot)
    post = await hold(short_bot, dict.fromkeys(three, 3))
    assert "with 3 people one round cannot prove a change" in post.reads
    assert "+50" in post.reads


async def test_trend_and_map_stand_in_the_thread_from_the_third_result_on(
    short_bot: Driver,
) -> None:
    await short_bot.open_round()
    seen = []
    for quarter, level in enumerate((1, 2, 3)):
        if quarter:
            await ask_again(short_bot, APRIL + (quarter - 1) * QUARTER)
        post = await hold(short_bot, everybody(short_bot, level))
        files = [one.files[0] for one in thread(short_bot, post) if one.files]
        seen.append([file.name for file in files])
    assert seen == [
        ["dots.png", "stellar.png"],
        ["dots.png", "stellar.png"],
        ["dots.png", "stellar.png", "trend.png", "map.png"],
    ]
    alt = files[2].alt_text or ""
    assert "25, 50, 75" in alt


async def test_erased_answers_leave_the_number_and_nothing_is_proven(short_bot: Driver) -> None:
    await short_bot.open_round()
    await hold(short_bot, everybody(short_bot, 1))
    await short_bot.open_home(BEN)
    await short_bot.at_home(BEN, "Erase my answers")
    await short_bot.submit(BEN)
    await ask_again(short_bot)
    post = await hold(short_bot, everybody(short_bot, 2))
    assert "Answers were erased" in post.reads
    assert "+25" in post.reads


async def test_a_reader_is_told_what_the_numbers_mean(short_bot: Driver) -> None:
    await short_bot.open_round()
    await hold(short_bot, everybody(short_bot, 2))
    await short_bot.press(BEN, "How to read this", channel="mlops-results")
    assert "more than noise" in short_bot.modal(BEN).reads


async def test_a_frozen_result_comes_out_the_same_again_with_the_round_before(
    short_bot: Driver,
) -> None:
    measuring = short_bot.runtime.uses.measuring
    await short_bot.open_round()
    await hold(short_bot, everybody(short_bot, 1))
    await ask_again(short_bot)
    await hold(short_bot, everybody(short_bot, 2))
    assert [measuring.recompute(one.id).is_same for one in measuring.closed()] == [True, True]
    assert '"verdict": "changed"' in measuring.recompute(2).frozen
