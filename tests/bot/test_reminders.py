"""Reminders: two at most, each at the person's own hour, and none for who is done or wants none."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, HIRO = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Hiro Tanaka"

# Chiara is asked in Rome on Monday 18 January; after 3 and 5 working days, 10:00 there.
THURSDAY = datetime(2027, 1, 21, 9, 0, tzinfo=UTC)
MONDAY = datetime(2027, 1, 25, 9, 0, tzinfo=UTC)
POST = "chat.postMessage"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def asked(short_bot: Driver) -> Driver:
    """Chiara and Ben have just been asked; Amara, who set it up, is not."""
    await short_bot.start_round(people=(CHIARA, BEN))
    await short_bot.pass_(hours=3)
    return short_bot


def reminders(bot: Driver, name: str = CHIARA) -> list[str]:
    """The keys of the reminders that were sent to somebody, in their order."""
    posted = (one.params["blocks"][0]["block_id"] for one in bot.workspace.calls(POST) if one.ok)
    return [key for key in posted if key.startswith("reminder.") and bot.who(name).id in key]


async def test_who_is_silent_is_reminded_after_three_and_five_working_days(asked: Driver) -> None:
    await asked.until(THURSDAY - MINUTE)
    assert reminders(asked) == []
    await asked.until(THURSDAY)
    assert asked.screen(CHIARA).buttons == ["Start", "Remind me tomorrow", "No more reminders"]
    assert len(asked.who(CHIARA).screen()) == 1  # it has taken the invitation's place
    assert "6 questions for you (about 3 min), until Mon 1 Feb, 18:00" in asked.reads(CHIARA)

    await asked.until(MONDAY - MINUTE)
    assert len(reminders(asked)) == 1
    await asked.until(MONDAY)
    assert len(reminders(asked)) == 2
    assert "last reminder" in asked.reads(CHIARA)


async def test_there_are_two_reminders_and_no_more(asked: Driver) -> None:
    for day in range(14):
        await asked.until(THURSDAY + timedelta(days=day))
        await asked.until(THURSDAY + timedelta(days=day, hours=6))
    assert len(reminders(asked)) == 2
    assert len(reminders(asked, BEN)) == 2


async def test_each_is_reminded_at_their_own_hour(asked: Driver) -> None:
    await asked.until(THURSDAY)
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [1, 0]
    await asked.until(THURSDAY + timedelta(hours=6))  # 10:00 in New York
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [1, 1]


async def test_a_reminder_brings_somebody_who_has_begun_back_to_the_right_card(
    asked: Driver,
) -> None:
    await asked.press(CHIARA, "Start")
    await asked.press(CHIARA, "2")
    await asked.until(THURSDAY)
    assert "5 questions left" in asked.reads(CHIARA)

    await asked.press(CHIARA, "Continue")
    assert "2/6" in asked.reads(CHIARA)
    assert len(asked.who(CHIARA).screen()) == 1


async def test_who_has_finished_or_skipped_is_not_reminded(asked: Driver) -> None:
    await asked.answer_all(CHIARA, 3)
    await asked.press(BEN, "Skip this round")
    await asked.until(THURSDAY + timedelta(hours=8))
    await asked.until(MONDAY + timedelta(hours=8))

    assert [reminders(asked, name) for name in (CHIARA, BEN)] == [[], []]


async def test_tomorrow_does_not_count_as_one_of_the_two(asked: Driver) -> None:
    await asked.until(THURSDAY)
    await asked.press(CHIARA, "Remind me tomorrow")
    assert "ask you again on Fri 22 Jan, 10:00" in asked.reads(CHIARA)
    await asked.until(THURSDAY + timedelta(days=1))
    assert "As promised:" in asked.reads(CHIARA)
    await asked.until(MONDAY)

    assert "last reminder" in asked.reads(CHIARA)


async def test_tomorrow_works_for_who_has_begun_as_well(asked: Driver) -> None:
    await asked.press(CHIARA, "Start")
    await asked.press(CHIARA, "4")
    await asked.until(THURSDAY)
    await asked.press(CHIARA, "Remind me tomorrow")
    await asked.until(THURSDAY + timedelta(days=1))

    assert "As promised, Northwind ML: 5 questions left" in asked.reads(CHIARA)
    assert "Continue" in asked.screen(CHIARA).buttons


async def test_a_wish_for_the_day_of_a_reminder_takes_its_place(asked: Driver) -> None:
    await asked.until(THURSDAY - timedelta(days=1))
    await asked.press(CHIARA, "Remind me tomorrow")
    await asked.until(THURSDAY)

    assert "As promised:" in asked.reads(CHIARA)
    assert reminders(asked) == []


async def test_no_more_means_no_more_and_answering_still_works(asked: Driver) -> None:
    await asked.until(THURSDAY)
    await asked.press(CHIARA, "No more reminders")
    assert "No more reminders for Northwind ML" in asked.reads(CHIARA)
    await asked.until(MONDAY)
    assert len(reminders(asked)) == 1

    await asked.press(CHIARA, "Answer now")
    assert "1/6" in asked.reads(CHIARA)
    await asked.until(MONDAY + timedelta(days=4))
    assert len(asked.who(CHIARA).screen()) == 1


async def test_an_old_copy_pressed_after_the_end_says_so(asked: Driver) -> None:
    await asked.until(THURSDAY)
    old = asked.screen(CHIARA)
    await asked.until(datetime(2027, 2, 1, 17, 0, tzinfo=UTC))
    for label in ("Remind me tomorrow", "No more reminders", "Start"):
        assert "closed" in (await asked.press(CHIARA, label, on=old)).text


async def test_nobody_is_reminded_twice_however_often_it_ticks(asked: Driver) -> None:
    await asked.until(THURSDAY)
    for _ in range(3):
        await asked.tick()
    assert len(reminders(asked)) == 1


async def test_of_two_reminders_that_were_missed_only_the_last_is_sent(
    start: Start, definitions: Path, asked: Driver
) -> None:
    async with start(definitions=definitions) as other:
        await other.until(MONDAY + timedelta(hours=1))
        assert len(reminders(other)) == 1
        assert "last reminder" in other.reads(CHIARA)
        await other.until(MONDAY + timedelta(days=3))
        assert len(reminders(other)) == 1


@pytest.mark.parametrize("label", ["Start", "Remind me tomorrow", "No more reminders"])
async def test_a_reminder_in_doubt_that_was_pressed_is_not_sent_again(
    asked: Driver, label: str
) -> None:
    asked.workspace.fail(POST, effect=True)  # it hangs there, and nobody told the bot
    await asked.until(THURSDAY)
    await asked.press(CHIARA, label)
    for _ in range(4):
        await asked.pass_(minutes=2)
    done = [one for one in asked.workspace.calls(POST) if one.done]
    keys = [one.params["blocks"][0]["block_id"] for one in done]
    assert keys.count("reminder.1.U03CHIARA.1") == 1


async def test_two_bots_remind_close_and_post_once(
    start: Start, definitions: Path, asked: Driver
) -> None:
    async with start(definitions=definitions) as other:
        for moment in (
            THURSDAY,
            MONDAY,
            datetime(2027, 2, 1, 17, 0, tzinfo=UTC),
            datetime(2027, 2, 3, 9, 0, tzinfo=UTC),
        ):
            other.clock.set(moment)
            await asyncio.gather(*(bot.tick() for bot in (asked, other, asked, other)))
        keys = [one.params["blocks"][0]["block_id"] for one in other.workspace.calls(POST)]
        assert sorted(keys) == sorted(set(keys))
        assert {key.partition(".")[0] for key in keys} == {
            "invitation", "reminder", "preview", "summary",
        }  # fmt: skip
        assert other.column("rounds", "state") == ["published"]


async def test_a_late_reminder_waits_for_working_hours(asked: Driver) -> None:
    await asked.until(THURSDAY + timedelta(hours=8))  # 18:00 in Rome
    assert reminders(asked) == []
    await asked.until(THURSDAY + timedelta(days=1) - MINUTE)
    assert reminders(asked) == []
    await asked.until(THURSDAY + timedelta(days=1))
    assert len(reminders(asked)) == 1


async def test_a_short_round_has_no_reminder_behind_its_deadline(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), Open_for="3 working days")
    await short_bot.until(THURSDAY)
    assert len(reminders(short_bot)) == 1
    for day in range(1, 8):
        await short_bot.until(THURSDAY + timedelta(days=day))
    assert len(reminders(short_bot)) == 1


async def test_who_was_invited_late_is_reminded_late(
    start: Start, definitions: Path, short_bot: Driver
) -> None:
    await short_bot.start_round(people=(HIRO, CHIARA))
    async with start(definitions=definitions) as other:
        await other.until(datetime(2027, 1, 20, 3, 0, tzinfo=UTC))  # Wednesday noon in Tokyo
        assert len(other.who(HIRO).screen()) == 1
        await other.until(datetime(2027, 1, 22, 1, 0, tzinfo=UTC))
        assert reminders(other, HIRO) == []
        await other.until(datetime(2027, 1, 25, 1, 0, tzinfo=UTC))
        assert len(reminders(other, HIRO)) == 1


# By hand


async def test_a_facilitator_reminds_by_hand_and_it_is_one_of_the_two(asked: Driver) -> None:
    await asked.until(datetime(2027, 1, 19, 15, 0, tzinfo=UTC))  # working hours for both
    question = await asked.ask_for(AMARA, "Remind now")
    assert "This reminds 2 people of Northwind ML" in question
    assert reminders(asked) == []

    await asked.submit(AMARA)
    assert "I'll remind 2 people" in asked.who(AMARA).screen("ml-team")[-1].reads
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [1, 1]
    for day in range(14):
        await asked.until(THURSDAY + timedelta(days=day, hours=6))
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [2, 2]


async def test_when_nobody_is_left_to_remind_it_is_said(asked: Driver) -> None:
    await asked.answer_all(CHIARA, 2)
    await asked.press(BEN, "Skip this round")
    assert "nobody to remind" in await asked.ask_for(AMARA, "Remind now")


async def test_a_second_press_and_a_second_facilitator_remind_nobody_twice_a_day(
    asked: Driver,
) -> None:
    await asked.until(datetime(2027, 1, 20, 15, 0, tzinfo=UTC))
    await asked.ask_for(AMARA, "Remind now")
    wish = asked.submission(AMARA)
    await asked.submit(AMARA)
    assert "nobody to remind" in await asked.submit_again(AMARA, wish)
    assert "heard from me today" in await asked.ask_for(AMARA, "Remind now")
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [1, 1]


async def test_who_waits_for_their_hour_waits_for_it_once(asked: Driver) -> None:
    await asked.until(datetime(2027, 1, 20, 11, 0, tzinfo=UTC))  # before dawn in New York
    await asked.ask_for(AMARA, "Remind now")
    wish = asked.submission(AMARA)
    await asked.submit(AMARA)
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [1, 0]
    assert "when their working day begins" in await asked.submit_again(AMARA, wish)
    await asked.until(datetime(2027, 1, 20, 15, 0, tzinfo=UTC))
    assert [len(reminders(asked, name)) for name in (CHIARA, BEN)] == [1, 1]


async def test_who_was_invited_today_is_not_reminded_today(asked: Driver) -> None:
    assert "nobody to remind" in await asked.ask_for(AMARA, "Remind now")
    assert reminders(asked) == []
