"""History: each act of a facilitator, once, with who and when; and never what anybody said."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from questionnaires.acts import SHOWN_MOST
from tests.bot.test_facilitators import (
    NORTHWIND,
    SEARCH,
    name,
    name_for,
    two_teams,  # noqa: F401 - a fixture
)
from tests.bot.test_own_data import COMMENT, REASON, WISH, erase, files, say_much
from tests.bot.test_tailoring import GOVERNANCE
from tests.conftest import Start
from tests.driver import Driver
from tests.postgresql import PostgreSQL

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
THREE = (AMARA, BEN, CHIARA)
MARCH = datetime(2027, 3, 8, 12, tzinfo=UTC)
LIFE = [
    "set_up by Amara",
    "named U02BEN by Amara",
    "named U03CHIARA by Ben",
    "reminded by Ben",
    "extended 2027-02-02 by Ben",
    "closed by Chiara",
    "posted by Chiara",
    "tailored 1 by Amara",
    "skipped 2027-04-19 by Amara",
    "paused by Amara",
    "resumed by Ben",
    "edited by Ben",
    "opened by Amara",
    "taken_out U03CHIARA by Ben",
    "taken_out U02BEN by Amara",
]


def acts(bot: Driver) -> list[str]:
    """What was done, to whom or what, and by whom, in the order in which it was."""
    columns = [bot.column("acts", one) for one in ("what", "whom", "day", "version", "user_id")]
    names = {bot.who(one).id: one.split()[0] for one in (*THREE, DEEPA)}
    return [
        " ".join([*(str(part) for part in what if part is not None), "by", names[by]])
        for *what, by in zip(*columns, strict=True)
    ]


async def history(bot: Driver, person: str = AMARA) -> str:
    return await bot.ask_for(person, "History")


async def aim(bot: Driver, person: str = AMARA) -> None:
    """Choose a target, and come to where it is saved."""
    await bot.ask_for(person, "Questions")
    target = f"Target of {GOVERNANCE.short_title}"
    await bot.select(person, target, "Target: works for most (3)")
    await bot.submit(person)


async def rename(bot: Driver, person: str = AMARA) -> None:
    """Come to where an edit is saved."""
    await bot.ask_for(person, "Edit")
    bot.modal(person).fill("Team name", "Ranking")
    await bot.submit(person)


async def live(bot: Driver) -> None:
    """All that facilitators can do; people answer, and the bot does its part by itself."""
    await bot.open_round(people=THREE)
    await name(bot, BEN)
    await name_for(bot, NORTHWIND, CHIARA)
    await bot.pass_(days=1)
    await bot.manage(BEN, "Remind now")
    await bot.manage(BEN, "Extend this round")
    await bot.answer_together({AMARA: 2, BEN: 3})
    await say_much(bot, CHIARA)
    await bot.close_round(CHIARA)
    await bot.press(CHIARA, "Post now")
    await aim(bot)
    await bot.submit(AMARA)
    await bot.manage(AMARA, "Skip 19 Apr 2027")
    await bot.manage(AMARA, "Pause")
    await bot.manage(BEN, "Resume")
    await rename(bot, BEN)
    await bot.submit(BEN)
    await bot.until(MARCH)
    await bot.manage(AMARA, "Open a round now")
    await name_for(bot, NORTHWIND)
    await name(bot)
    for _ in range(20):
        await bot.pass_(days=1)


async def test_a_whole_life_leaves_exactly_its_acts_in_their_order(short_bot: Driver) -> None:
    bot = short_bot
    await live(bot)
    assert acts(bot) == LIFE
    assert bot.column("acts", "scorecard_id") == [1, None, *[1] * 12, None]
    assert bot.column("acts", "round_id") == [
        1, None, None, 1, 1, 1, 1, None, None, None, None, None, 2, None, None,
    ]  # fmt: skip
    done_at = bot.column("acts", "done_at")
    assert done_at == sorted(done_at)
    assert set(bot.column("rounds", "state")) == {"published"}, "the second one by itself"


async def test_it_is_the_same_on_postgresql(
    start: Start, postgresql: PostgreSQL, migrated_postgresql: str, definitions: Path
) -> None:
    database = postgresql.create(migrated_postgresql)
    async with start(database_url=postgresql.url(database), definitions=definitions) as bot:
        await live(bot)
        assert acts(bot) == LIFE
        read = await history(bot)
    postgresql.drop(database)
    assert "@Ben Carter extended January 2027 to Tue 2 Feb" in read


async def test_it_reads_day_by_day_who_did_what_the_newest_first(short_bot: Driver) -> None:
    await live(short_bot)
    read = await history(short_bot)
    assert short_bot.modal(AMARA).title == "History"
    assert [line.replace("  ", " ") for line in read.splitlines()][:5] == [
        "What facilitators did with Ranking, the newest first, in your time zone.",
        "8 Mar 2027",
        "13:00 @Amara Okafor took @Ben Carter out of the facilitators of all scorecards",
        "13:00 @Ben Carter took @Chiara Ricci out of the facilitators",
        "13:00 @Amara Okafor opened March 2027 by hand",
    ]
    assert "13:00  @Amara Okafor set it up and opened January 2027" in read
    for line in (
        "@Ben Carter reminded people of January 2027",
        "@Chiara Ricci closed January 2027 by hand",
        "@Chiara Ricci posted the result of January 2027 by hand",
        "@Amara Okafor saved the questions, version 1",
        "@Amara Okafor skipped the round of 19 Apr 2027",
        "@Amara Okafor paused it",
        "@Ben Carter resumed it",
        "@Ben Carter edited it",
    ):
        assert line in read


async def test_nothing_that_anybody_said_is_among_the_acts(short_bot: Driver) -> None:
    await live(short_bot)
    noted = repr(short_bot.stored("acts"))
    assert "U03CHIARA" in noted
    assert not any(text in noted for text in (COMMENT, REASON, WISH, "Northwind", "Ranking"))
    read = await history(short_bot)
    assert not any(text in read for text in (COMMENT, REASON, WISH))


async def test_a_restart_keeps_it(start: Start) -> None:
    async with start() as bot:
        await bot.start_round(people=THREE)
        await bot.manage(AMARA, "Pause")
        before = await history(bot)
    async with start() as bot:
        assert await history(bot) == before
    assert "@Amara Okafor paused it" in before


async def test_what_the_bot_does_in_its_time_is_nobodys_act(short_bot: Driver) -> None:
    await short_bot.start_round(people=THREE, First_round="2027-01-20")
    for _ in range(30):
        await short_bot.pass_(days=1)
    assert short_bot.column("rounds", "state") == ["published"]
    assert acts(short_bot) == ["set_up by Amara"]
    assert "@Amara Okafor set it up\n" in await history(short_bot)


async def test_a_rehearsal_leaves_none(short_bot: Driver) -> None:
    await short_bot.command(AMARA, "/scorecard rehearse")
    await short_bot.submit(AMARA)
    await short_bot.answer_all(AMARA, 2)
    assert "The rehearsal is over" in short_bot.reads(AMARA)
    assert acts(short_bot) == []


# Pressed twice


async def test_a_set_up_confirmed_twice_is_one_act(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA, people=THREE)
    payload = short_bot.submission(AMARA)
    await short_bot.submit(AMARA)
    await short_bot.submit_again(AMARA, payload)
    assert acts(short_bot) == ["set_up by Amara"]


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        ("Remind now", "reminded"),
        ("Extend this round", "extended 2027-02-02"),
        ("Skip 19 Apr 2027", "skipped 2027-04-19"),
        ("Pause", "paused"),
    ],
)
async def test_what_is_confirmed_twice_is_one_act(short_bot: Driver, wish: str, what: str) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.pass_(days=1)
    await bot.ask_for(AMARA, wish)
    payload = bot.submission(AMARA)
    await bot.submit(AMARA)
    await bot.submit_again(AMARA, payload)
    assert acts(bot) == ["set_up by Amara", f"{what} by Amara"]


async def test_resumed_saved_and_edited_twice_are_one_act_each(short_bot: Driver) -> None:
    bot = short_bot
    await bot.start_round(people=THREE, First_round="2027-02-01")
    await bot.manage(AMARA, "Pause")
    await bot.ask_for(AMARA, "Resume")
    await twice(bot)
    await aim(bot)
    await twice(bot)
    await rename(bot)
    await twice(bot)
    assert acts(bot)[2:] == ["resumed by Amara", "tailored 1 by Amara", "edited by Amara"]


async def twice(bot: Driver) -> None:
    payload = bot.submission(AMARA)
    await bot.submit(AMARA)
    await bot.submit_again(AMARA, payload)


async def press_twice(bot: Driver, label: str, channel: str | None = None) -> None:
    payload = bot.who(AMARA).payload_of_press(label, in_channel=channel)
    for _ in range(2):
        await bot.who(AMARA).press_raw(deepcopy(payload))
        await bot.runtime.settled()


async def test_closed_posted_and_named_twice_are_one_act_each(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.command(AMARA, "/scorecard close")
    await press_twice(bot, "Close this round", "ml-team")
    await press_twice(bot, "Post now")
    for _ in range(2):
        await name(bot, BEN, DEEPA)
    assert acts(bot)[1:] == [
        "closed by Amara", "posted by Amara", "named U02BEN by Amara", "named U04DEEPA by Amara",
    ]  # fmt: skip


async def test_saving_questions_as_they_are_is_no_act(short_bot: Driver) -> None:
    await short_bot.start_round(people=THREE)
    await aim(short_bot)
    saving = short_bot.submission(AMARA)
    await short_bot.ask_for(AMARA, "Questions")
    await short_bot.select(AMARA, f"Target of {GOVERNANCE.short_title}", "No target")
    await short_bot.submit_again(AMARA, saving)
    assert short_bot.column("tailorings", "id") == []
    assert acts(short_bot) == ["set_up by Amara"]


# Refused


@pytest.mark.parametrize("wish", ["Remind now", "Extend this round", "Skip 19 Apr 2027", "Pause"])
async def test_what_is_refused_is_no_act(short_bot: Driver, wish: str) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.pass_(days=1)
    await bot.ask_for(AMARA, wish)
    await bot.submit_again(BEN, bot.submission(AMARA))
    await bot.command(AMARA, "/scorecard close")
    await bot.forge(AMARA, "Close this round", channel="ml-team", user=BEN)
    assert acts(bot) == ["set_up by Amara"]


async def test_it_is_shown_to_who_may_act_for_that_scorecard_only(
    two_teams: Driver,  # noqa: F811 - the fixture
) -> None:
    bot = two_teams
    read = await history(bot, CHIARA)
    assert "Northwind ML" in read
    assert "@Ben Carter named @Chiara Ricci a facilitator\n" in read
    assert "@Amara Okafor named @Ben Carter a facilitator of all scorecards" in read
    await bot.command(CHIARA, "/scorecard status")
    status = bot.who(CHIARA).screen("ml-team")[-1]
    for scorecard_id in (SEARCH, 99):
        asked = f'[{scorecard_id},"history",null]'
        refused = await bot.forge(CHIARA, "History", on=status, value=asked)
        assert "Only facilitators can do this" in refused.text
    refused = await bot.forge(CHIARA, "History", on=status, user=DEEPA)
    assert "Only facilitators can do this" in refused.text


# All or nothing


@contextmanager
def broken(bot: Driver, table: str) -> Iterator[None]:
    """The database takes no more rows of this table."""
    with bot.runtime.database.engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE INSERT ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    yield
    with bot.runtime.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")


async def test_what_cannot_be_noted_is_not_done(short_bot: Driver) -> None:
    await short_bot.start_round(people=THREE)
    with broken(short_bot, "acts"):
        await short_bot.manage(AMARA, "Pause")
    assert short_bot.column("scorecards", "state") == ["active"]
    await short_bot.manage(AMARA, "Pause")
    assert acts(short_bot) == ["set_up by Amara", "paused by Amara"]


async def test_what_fails_after_it_was_noted_is_no_act(short_bot: Driver) -> None:
    await short_bot.open_round(people=THREE)
    with broken(short_bot, "results"):
        await short_bot.close_round()
    assert short_bot.column("rounds", "state") == ["open"]
    assert acts(short_bot) == ["set_up by Amara"]
    await short_bot.close_round()
    assert acts(short_bot) == ["set_up by Amara", "closed by Amara"]


# As long as may be


async def test_of_a_long_history_the_latest_are_shown_and_the_rest_is_counted(
    short_bot: Driver,
) -> None:
    bot = short_bot
    await bot.start_round(people=THREE)
    for _ in range(SHOWN_MOST // 2 + 1):
        await bot.manage(AMARA, "Pause")
        await bot.manage(AMARA, "Resume")
    read = await history(bot)
    assert read.count("@Amara Okafor") == SHOWN_MOST
    assert "And 3 earlier." in read
    assert "set it up" not in read


# In one's own file


async def test_ones_own_file_says_each_act_once_with_its_time_and_names_nobody_else(
    short_bot: Driver,
) -> None:
    bot = short_bot
    await live(bot)
    for person in (AMARA, BEN):
        await bot.command(person, "/scorecard data")
        await bot.press(person, "Get my answers", channel="ml-team")
    [kept] = files(bot, AMARA)
    timed = [one for one in kept["as a facilitator"] if one["when"]]
    assert [one["what"] for one in timed] == [
        "you set this scorecard up and opened January 2027",
        "you named somebody a facilitator of all scorecards",
        "you saved the questions, version 1",
        "you skipped the round of 19 Apr 2027",
        "you paused this scorecard",
        "you opened March 2027 by hand",
        "you took somebody out of the facilitators of all scorecards",
    ]
    assert timed[0]["when"].startswith("2027-01-18 12:0")
    assert [one["what"] for one in kept["as a facilitator"] if not one["when"]] == [
        "you are chosen by name to be asked",
        *["you are named as who asks in this round"] * 2,
    ]
    [of_ben] = files(bot, BEN)
    said = [one["what"] for one in of_ben["as a facilitator"]]
    assert said[0] == "somebody named you a facilitator of all scorecards"
    assert "somebody took you out of the facilitators of all scorecards" in said
    assert not any("AMARA" in one or "Amara" in one for one in said)


async def test_erasing_ones_answers_leaves_what_one_did_as_a_facilitator(
    short_bot: Driver,
) -> None:
    await short_bot.open_round(people=THREE)
    await short_bot.answer_all(AMARA, 2)
    before = short_bot.stored("acts")
    await erase(short_bot, AMARA)
    assert short_bot.answers(AMARA) == {}
    assert short_bot.stored("acts") == before
