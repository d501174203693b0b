"""The rounds to come: their first day, hour and weekend, pausing, skipping, one more by hand."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, HIRO = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Hiro Tanaka"
FIRST_HOUR = datetime(2027, 4, 19, 1, 0, tzinfo=UTC)  # 10:00 in Tokyo
ASKED = "Remind me tomorrow"


def at(day: int, hour: int = 9, month: int = 1) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


def asked(bot: Driver, name: str) -> int:
    return sum(ASKED in one.buttons for one in bot.who(name).screen())


def rounds(bot: Driver) -> list[str]:
    return bot.column("rounds", "title")


def next_on(bot: Driver) -> date | None:
    found: list[date | None] = bot.column("scorecards", "next_on")
    return found[0]


async def status(bot: Driver) -> str:
    return (await bot.command(AMARA, "/scorecard status")).text


def answer(bot: Driver) -> str:
    """What hangs last in front of Amara, where she asked for it."""
    return bot.who(AMARA).screen("ml-team")[-1].reads


# The first day, the hour, the weekend


async def test_a_first_day_to_come_asks_nobody_before_it(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA, people=(CHIARA, BEN), First_round="2027-02-03")
    shown = short_bot.modal(AMARA).reads
    assert "at 10:00 where they are, from 3 Feb 2027 on" in shown
    assert "next on 3 May 2027 and 3 Aug 2027" in shown
    said = (await short_bot.submit(AMARA)).text
    assert "set up: I ask 2 people from 3 Feb 2027 on" in said
    assert "Next rounds: 3 Feb 2027, 3 May 2027 and 3 Aug 2027" in await status(short_bot)

    await short_bot.until(at(2, month=2))
    assert rounds(short_bot) == []
    await short_bot.until(at(3, month=2))
    assert rounds(short_bot) == ["February 2027"]
    assert asked(short_bot, CHIARA) == 1
    assert next_on(short_bot) == date(2027, 5, 3)


async def test_a_first_day_on_a_weekend_moves_to_monday(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-02-06")
    assert "8 Feb 2027, 6 May 2027 and 6 Aug 2027" in await status(short_bot)


async def test_a_first_day_that_is_over_is_refused_under_its_field(short_bot: Driver) -> None:
    refused = await short_bot.fill_in_form(AMARA, people=(CHIARA,), First_round="2027-01-17")
    assert refused.errors == {
        "first_on": "This day is over. Choose 18 Jan 2027 (today) or a later day."
    }
    modal = short_bot.modal(AMARA)
    assert modal.value("Team name") == "Northwind ML"


async def test_a_round_longer_than_its_repeat_is_refused_under_its_field(
    short_bot: Driver,
) -> None:
    refused = await short_bot.fill_in_form(
        AMARA, people=(CHIARA,), Repeat="Every month", Open_for="30 working days",
        First_round="2027-02-01",
    )  # fmt: skip
    assert list(refused.errors) == ["days_open"]
    assert "At most 20 working days fit" in refused.errors["days_open"]


async def test_everybody_is_asked_at_the_hour_that_was_chosen(short_bot: Driver) -> None:
    await short_bot.start_round(
        people=(CHIARA,), First_round="2027-01-20", Asked_at="8:00 where each person is"
    )
    await short_bot.until(at(20, 6) + timedelta(minutes=59))
    assert asked(short_bot, CHIARA) == 0
    await short_bot.until(at(20, 7))
    assert asked(short_bot, CHIARA) == 1


async def test_a_team_with_friday_and_saturday_off_is_asked_on_sunday(short_bot: Driver) -> None:
    await short_bot.start_round(
        people=(CHIARA,), First_round="2027-01-22", No_questions_on="Friday and Saturday"
    )
    await short_bot.until(at(23, 12))
    assert asked(short_bot, CHIARA) == 0
    await short_bot.until(at(24, 9))  # Sunday
    assert asked(short_bot, CHIARA) == 1
    await short_bot.until(at(27, 9))  # three working days later: Mon, Tue, Wed
    assert "No more reminders" in short_bot.screen(CHIARA).buttons


@pytest.mark.parametrize(
    ("field", "value"),
    [("hour", "25"), ("hour", "ten"), ("weekend", "monday"), ("cadence", "weekly")],
)
async def test_an_hour_that_is_none_or_a_weekend_that_is_none_changes_nothing(
    short_bot: Driver, field: str, value: str
) -> None:
    await short_bot.command(AMARA, "/scorecard start")
    view = short_bot.modal(AMARA).view
    key = next(key for key in view.state if key[0] == field)
    view.state[key] = {"type": "static_select", "selected_option": {"value": value}}
    await (
        short_bot.modal(AMARA)
        .fill("Team name", "X")
        .choose("Where the result is posted", "mlops-results")
        .submit()
    )
    await short_bot.runtime.settled()
    assert short_bot.stored("scorecards")["scorecards"] == []


# Pause and resume


async def test_a_paused_scorecard_opens_no_round_and_what_was_missed_is_not_held(
    short_bot: Driver,
) -> None:
    await short_bot.start_round()
    await short_bot.close_round()
    said = await short_bot.manage(AMARA, "Pause")
    assert "is paused" in said.text
    assert "Paused" in await status(short_bot)
    await short_bot.until(FIRST_HOUR + timedelta(days=30))
    assert rounds(short_bot) == ["January 2027"]

    said = await short_bot.manage(AMARA, "Resume")
    assert "Next rounds of *Northwind ML*: 19 Jul 2027" in said.text
    await short_bot.pass_(minutes=10)
    assert rounds(short_bot) == ["January 2027"]
    await short_bot.until(datetime(2027, 7, 19, 9, tzinfo=UTC))
    assert rounds(short_bot) == ["January 2027", "July 2027"]


async def test_while_paused_nobody_is_written_to_and_afterwards_in_working_hours(
    short_bot: Driver,
) -> None:
    await short_bot.start_round()  # Hiro in Tokyo would be asked on Tuesday
    await short_bot.manage(AMARA, "Pause")
    await short_bot.until(at(19, 5))
    assert asked(short_bot, HIRO) == 0
    await short_bot.manage(AMARA, "Resume")
    await short_bot.tick()
    assert asked(short_bot, HIRO) == 1  # 14:00 in Tokyo


async def test_an_open_round_of_a_paused_scorecard_is_answered_and_closes(
    short_bot: Driver,
) -> None:
    await short_bot.open_round()
    await short_bot.manage(AMARA, "Pause")
    await short_bot.answer_together({CHIARA: 2, BEN: 2, HIRO: 2})
    await short_bot.until(at(1, 17, month=2))

    assert short_bot.column("rounds", "state") == ["closed"]


async def test_a_paused_scorecard_that_is_asked_to_remind_refuses(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.ask_for(AMARA, "Remind now")
    wish = short_bot.submission(AMARA)
    await short_bot.manage(AMARA, "Pause")
    assert "Northwind ML is paused" in await short_bot.submit_again(AMARA, wish)


async def test_pausing_twice_says_so(short_bot: Driver) -> None:
    await short_bot.start_round()
    await short_bot.command(AMARA, "/scorecard status")
    old = short_bot.who(AMARA).screen("ml-team")[-1]
    await short_bot.manage(AMARA, "Pause")
    again = await short_bot.who(AMARA).select("Pause", in_channel="ml-team", on=old)
    await short_bot.runtime.settled()
    assert "is paused" in again.text
    assert short_bot.column("scorecards", "state") == ["paused"]


# Skip


async def test_skipping_leaves_one_round_out_and_is_asked_first(short_bot: Driver) -> None:
    await short_bot.start_round()
    await short_bot.close_round()
    question = await short_bot.ask_for(AMARA, "Skip 19 Apr 2027")
    assert "skip the round of 19 Apr 2027? The next one opens on 19 Jul 2027" in question
    assert next_on(short_bot) == date(2027, 4, 19)

    await short_bot.submit(AMARA)
    assert "Northwind ML: 19 Jul 2027, 18 Oct 2027 and 18 Jan 2028" in answer(short_bot)
    await short_bot.until(FIRST_HOUR + timedelta(days=10))
    assert rounds(short_bot) == ["January 2027"]


async def test_a_second_press_does_not_skip_another_round(short_bot: Driver) -> None:
    await short_bot.start_round()
    await short_bot.ask_for(AMARA, "Skip 19 Apr 2027")
    wish = short_bot.submission(AMARA)
    await short_bot.submit(AMARA)
    refused = await short_bot.submit_again(AMARA, wish)

    assert "is already skipped or open. The next one: 19 Jul 2027" in refused
    assert next_on(short_bot) == date(2027, 7, 19)


async def test_skipping_the_only_round_leaves_none(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-02-03", Repeat="Only once")
    await short_bot.manage(AMARA, "Skip 3 Feb 2027")
    assert "No more rounds of Northwind ML are planned" in answer(short_bot)
    assert "No more rounds are planned" in await status(short_bot)


async def test_a_stale_skip_of_the_only_round_says_so(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-02-03", Repeat="Only once")
    await short_bot.command(AMARA, "/scorecard status")
    old = short_bot.who(AMARA).screen("ml-team")[-1]
    await short_bot.until(at(3, month=2))
    refused = await short_bot.who(AMARA).select("Skip 3 Feb 2027", in_channel="ml-team", on=old)
    await short_bot.runtime.settled()
    assert "no more are planned" in refused.text


async def test_skipping_a_round_that_is_overdue_leaves_no_day_in_the_past(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(First_round="2027-02-03", Repeat="Every month")
    await short_bot.workspace.change_channel("ml-team", archived=True)
    await short_bot.until(at(20, month=3))
    question = await short_bot.ask_for(AMARA, "Skip 3 Feb 2027")
    assert "The next one opens on 5 Apr 2027" in question
    await short_bot.submit(AMARA)
    await short_bot.workspace.change_channel("ml-team", archived=False)
    await short_bot.pass_(minutes=10)
    assert rounds(short_bot) == []
    assert next_on(short_bot) == date(2027, 4, 5)


# One more, by hand


async def test_a_round_is_opened_by_hand_between_the_planned_ones(short_bot: Driver) -> None:
    await short_bot.start_round()
    await short_bot.close_round()
    await short_bot.until(at(8, 9, month=3))
    question = await short_bot.ask_for(AMARA, "Open a round now")
    assert "This messages 8 people for Northwind ML." in question
    assert rounds(short_bot) == ["January 2027"]

    await short_bot.submit(AMARA)
    assert "Northwind ML is open: I ask 8 people" in answer(short_bot)
    assert rounds(short_bot) == ["January 2027", "March 2027"]
    assert asked(short_bot, CHIARA) == 2  # January's was never pressed
    assert next_on(short_bot) == date(2027, 4, 19)


async def test_nobody_is_asked_the_same_twice_within_thirty_days(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA, BEN))
    await short_bot.pass_(hours=3)
    await short_bot.close_round()
    await short_bot.until(at(16, 9, month=2))  # 29 days later
    refused = await short_bot.ask_for(AMARA, "Open a round now")
    assert "less than 30 days ago. Please try again on 17 Feb 2027 or later" in refused

    await short_bot.until(at(17, 12, month=2))
    await short_bot.manage(AMARA, "Open a round now")
    assert rounds(short_bot) == ["January 2027", "February 2027"]


async def test_a_planned_round_is_put_off_to_thirty_days_after_one_by_hand(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-02-03")
    await short_bot.manage(AMARA, "Open a round now")
    assert next_on(short_bot) == date(2027, 2, 17)


async def test_pressing_open_it_now_twice_opens_one_round(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-03-03")
    await short_bot.ask_for(AMARA, "Open a round now")
    wish = short_bot.submission(AMARA)
    await short_bot.submit(AMARA)
    await short_bot.submit_again(AMARA, wish)
    assert "A round of Northwind ML is open" in answer(short_bot)
    assert rounds(short_bot) == ["January 2027"]


# Who may


@pytest.mark.parametrize("verb", ["run", "remind", "extend", "skip", "pause", "resume"])
async def test_only_facilitators_change_what_is_planned(short_bot: Driver, verb: str) -> None:
    await short_bot.start_round()
    await short_bot.command(AMARA, "/scorecard status")
    before = short_bot.stored("scorecards", "rounds", "messages")
    wish = f'[1,"{verb}","2027-04-19"]'
    await short_bot.forge(AMARA, "Remind now", channel="ml-team", user=CHIARA, value=wish)
    assert "Only facilitators can do this" in last_said(short_bot)

    await short_bot.ask_for(AMARA, "Extend this round")
    confirmed = short_bot.submission(AMARA)
    confirmed["view"]["private_metadata"] = json.dumps([wish, "", None])
    said = await short_bot.submit_again(CHIARA, confirmed)
    assert "Only facilitators can do this" in said + last_said(short_bot)
    assert short_bot.stored("scorecards", "rounds", "messages") == before


def last_said(bot: Driver) -> str:
    """A refusal beside a message, or in the modal that was to be filled."""
    modal = bot.who(AMARA).modal
    return modal.reads if modal else bot.workspace.channel("ml-team")[-1].text


@pytest.mark.parametrize(
    "value",
    ["", "[]", "[7]", '[0,"run",null]', '[1,"fly",null]', '[1,"skip","soon"]',
     '[true,"run",null]', '[99,"pause",null]', '[1,"skip",null]', '[1,"edit",null]'],
)  # fmt: skip
@pytest.mark.usefixtures("no_errors")
async def test_a_wish_that_this_bot_never_wrote_changes_nothing(
    short_bot: Driver, value: str
) -> None:
    await short_bot.start_round()
    await short_bot.command(AMARA, "/scorecard status")
    before = short_bot.stored("scorecards", "rounds")
    for action_id in ("manage.choose", "manage.choose.run", "manage.skip", "manage.remind"):
        await short_bot.forge(
            AMARA, "Remind now", channel="ml-team", value=value, action_id=action_id
        )
    await short_bot.ask_for(AMARA, "Pause")
    for metadata in ("", "[]", "7", json.dumps([value, "", None]), json.dumps([value, 7])):
        confirmed = short_bot.submission(AMARA)
        confirmed["view"]["private_metadata"] = metadata
        await short_bot.submit_again(AMARA, confirmed)
    assert short_bot.stored("scorecards", "rounds") == before
