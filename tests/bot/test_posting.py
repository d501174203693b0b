"""Posting: by hand or by itself, once, in order, and to a channel that may be gone."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sandbox import Message
from tests.conftest import MONDAY, Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, ELIAS = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Elias Berg"
ANSWERED = {AMARA: 1, CHIARA: 2, ELIAS: 3}
THURSDAY_TEN = MONDAY + timedelta(days=2, hours=21)  # 10:00 in Lagos, closed on Tuesday


@pytest.fixture
async def closed(short_bot: Driver) -> Driver:
    """A round that three answered was closed on Tuesday at noon; nothing is posted yet."""
    await short_bot.open_round()
    await short_bot.answer_together(ANSWERED)
    await short_bot.close_round()
    return short_bot


def posts(bot: Driver) -> list[Message]:
    return bot.workspace.channel("mlops-results")


def told(bot: Driver, name: str = AMARA) -> str:
    """All that the bot wrote to somebody directly."""
    return "\n".join(one.reads for one in bot.who(name).screen())


async def remove_bot(bot: Driver) -> None:
    await bot.workspace.change_channel("mlops-results", with_bot=False)


async def invite_bot(bot: Driver) -> None:
    await bot.workspace.change_channel("mlops-results", with_bot=True)


# In order


async def test_summary_and_radar_are_in_the_channel_and_the_rest_in_the_thread(
    closed: Driver,
) -> None:
    await closed.press(AMARA, "Post now")

    summary, radar, dots, stellar, details = posts(closed)
    assert summary.reads.startswith("Northwind ML, January 2027: 50 of 100")
    assert [one.files[0].name for one in (radar, dots, stellar)] == [
        "radar.png",
        "dots.png",
        "stellar.png",
    ]
    assert (summary.thread_ts, radar.thread_ts) == (None, None)
    assert {one.thread_ts for one in (dots, stellar, details)} == {summary.ts}
    assert "question" in details.text


async def test_pictures_and_summary_say_the_same_in_words(closed: Driver) -> None:
    await closed.press(AMARA, "Post now")

    summary, radar, dots, stellar, _ = posts(closed)
    for text in (summary.text, *(one.files[0].alt_text for one in (radar, dots, stellar))):
        assert "Governance" in text
        assert "50" in text
    assert all(0 < len(one.files[0].alt_text) <= 1000 for one in (radar, dots, stellar))
    assert all("Northwind ML" in one.files[0].title for one in (radar, dots, stellar))


async def test_a_post_pings_nobody_whatever_the_team_is_called(short_bot: Driver) -> None:
    await short_bot.open_round(team_name="<!channel> *A* & <@U02BEN>")
    await short_bot.answer_together(ANSWERED)
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    calls = short_bot.workspace.calls("chat.postMessage")
    assert not any("<!channel>" in str(call.params) for call in calls)
    assert not any("<@U02BEN>" in str(call.params) for call in calls)


# Who and when


async def test_post_now_twice_posts_once_and_says_so(closed: Driver) -> None:
    preview = next(one for one in closed.who(AMARA).screen() if "Post now" in one.buttons).copy()
    first, second = await asyncio.gather(
        *(closed.press(AMARA, "Post now", on=preview) for _ in range(2))
    )

    assert len(posts(closed)) == 5
    assert "posted" in first.text + second.text


async def test_post_now_turns_the_preview(closed: Driver) -> None:
    await closed.press(AMARA, "Post now")

    assert not any("Post now" in one.buttons for one in closed.who(AMARA).screen())
    assert "Posted to" in told(closed)


async def test_only_facilitators_post(closed: Driver) -> None:
    outcome = await closed.forge(AMARA, "Post now", user=BEN)

    assert "Only facilitators" in outcome.text
    assert posts(closed) == []


async def test_an_open_round_cannot_be_posted(closed: Driver) -> None:
    await closed.start_round(team_name="Search ranking")
    outcome = await closed.forge(AMARA, "Post now", value="[2,null,null]")

    assert "/scorecard close" in outcome.text
    assert posts(closed) == []


async def test_it_posts_itself_at_ten_on_the_second_working_day(closed: Driver) -> None:
    await closed.until(THURSDAY_TEN - timedelta(seconds=1))
    assert posts(closed) == []
    await closed.until(THURSDAY_TEN)

    assert len(posts(closed)) == 5
    await closed.pass_(days=1)
    assert len(posts(closed)) == 5


async def test_closed_on_a_thursday_it_posts_itself_on_monday(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.answer_together(ANSWERED)
    await short_bot.pass_(days=2)
    await short_bot.close_round()
    for day in (22, 23, 24):
        await short_bot.until(datetime.fromisoformat(f"2027-01-{day}T23:00:00+00:00"))
        assert posts(short_bot) == []
    await short_bot.until(datetime.fromisoformat("2027-01-25T09:00:00+00:00"))

    assert len(posts(short_bot)) == 5


async def test_a_late_bot_posts_in_working_hours_only(closed: Driver) -> None:
    await closed.until(datetime.fromisoformat("2027-01-23T12:00:00+00:00"))  # a Saturday
    assert posts(closed) == []
    await closed.until(datetime.fromisoformat("2027-01-25T02:00:00+00:00"))
    assert posts(closed) == []
    await closed.until(datetime.fromisoformat("2027-01-25T14:00:00+00:00"))
    assert len(posts(closed)) == 5


async def test_two_bots_on_one_database_post_once(
    start: Start, definitions: Path, closed: Driver
) -> None:
    async with start(definitions=definitions) as again:
        again.clock.set(THURSDAY_TEN)
        await asyncio.gather(again.tick(), closed.tick(), again.tick(), closed.tick())
        assert len(posts(again)) == 5


# A channel that is not what it was


async def test_without_the_bot_in_the_channel_the_facilitator_is_told_and_can_post(
    closed: Driver,
) -> None:
    await remove_bot(closed)
    await closed.press(AMARA, "Post now")
    assert posts(closed) == []
    assert "/invite" in told(closed)

    await invite_bot(closed)
    await closed.press(AMARA, "Post now")
    assert len(posts(closed)) == 5


async def test_post_now_before_the_invite_tells_again(closed: Driver) -> None:
    await remove_bot(closed)
    await closed.press(AMARA, "Post now")
    await closed.press(AMARA, "Post now")
    await closed.press(AMARA, "Post now")
    assert posts(closed) == []
    await invite_bot(closed)
    await closed.press(AMARA, "Post now")

    assert len(posts(closed)) == 5


async def test_posting_by_itself_is_tried_once_and_not_for_ever(closed: Driver) -> None:
    await remove_bot(closed)
    await closed.until(THURSDAY_TEN)
    tried = len(closed.workspace.calls("chat.postMessage"))
    for _ in range(5):
        await closed.pass_(hours=3)

    assert posts(closed) == []
    assert told(closed).count("/invite") == 1
    assert len(closed.workspace.calls("chat.postMessage")) == tried
    assert "Post now" in (await closed.command(AMARA, "/scorecard status")).text


async def test_an_archived_channel_is_told_and_posted_once_it_is_back(closed: Driver) -> None:
    await closed.workspace.change_channel("mlops-results", archived=True)
    await closed.press(AMARA, "Post now")
    assert "couldn't post" in told(closed)

    await closed.workspace.change_channel("mlops-results", archived=False)
    await closed.press(AMARA, "Post now")
    assert len(posts(closed)) == 5


async def test_a_preview_that_cannot_reach_one_facilitator_reaches_the_other(
    start: Start, definitions: Path
) -> None:
    facilitators = ("U01AMARA", "U02BEN", "U99NOBODY")
    async with start(definitions=definitions, facilitators=facilitators) as bot:
        await bot.start_round(people=(CHIARA, ELIAS))
        await bot.workspace.change_member(AMARA, deleted=True)
        await bot.close_round(BEN)
        assert any("Post now" in one.buttons for one in bot.who(BEN).screen())
