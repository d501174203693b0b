"""Results of rounds that are over: who reads which, by command and on the Home tab."""

from datetime import UTC, datetime

import pytest

from sandbox import Message, Workspace
from tests.bot.edited.elsewhere import OTHERS, add_workspace
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
HIRO, OTTO = "Hiro Tanaka", "Otto Outside"
ASKED = (AMARA, BEN, CHIARA)


@pytest.fixture
def outsider(workspace: Workspace) -> str:
    """Somebody whom nobody asks, and who is in the results channel only."""
    return workspace.add_member("U40OTTO", OTTO).name


async def one_round(bot: Driver, level: int, *, post: bool = True) -> None:
    await bot.answer_together(dict.fromkeys(ASKED, level))
    await bot.close_round()
    if post:
        await bot.press(AMARA, "Post now")


async def quarters(bot: Driver, *, post: bool = True, **form: str) -> None:
    """January at 25 is posted; April at 75 is closed, and posted if so."""
    await bot.open_round(people=ASKED, **form)
    await one_round(bot, 1)
    for day in (19, 20):  # Ben's ten o'clock comes after Chiara's
        await bot.until(datetime(2027, 4, day, 14, tzinfo=UTC))
    await one_round(bot, 3, post=post)


async def ask(bot: Driver, name: str, words: str = "", channel: str = "ml-team") -> str:
    """/scorecard results; what comes of it."""
    outcome = await bot.command(name, f"/scorecard results {words}".strip(), channel=channel)
    assert outcome.error is None
    return shown(bot, name, channel).reads


def shown(bot: Driver, name: str, channel: str = "ml-team") -> Message:
    return [one for one in bot.who(name).screen(channel) if one.ephemeral][-1]


# By command


async def test_the_list_has_every_team_of_mine_with_its_latest_score(short_bot: Driver) -> None:
    await quarters(short_bot)
    await short_bot.start_round(team_name="Search", people=(CHIARA,), First_round="2027-06-03")
    said = await ask(short_bot, AMARA)
    assert "Northwind ML, April 2027: 75 of 100 · 3 of 3 answered" in said
    assert "Search has no result for you to read yet. Its next round opens on 3 Jun 2027." in said
    assert "Search" not in await ask(short_bot, BEN)


async def test_a_team_by_name_shows_the_latest_result_with_all_its_rounds(
    short_bot: Driver,
) -> None:
    await quarters(short_bot)
    said = await ask(short_bot, BEN, "northwind ml")
    assert "Northwind ML, April 2027: 75 of 100" in said
    assert "2 · April 2027: 75 of 100 · 3 of 3 answered · shown above" in said
    assert "1 · January 2027: 25 of 100" in said


async def test_a_number_behind_the_name_shows_that_round(short_bot: Driver) -> None:
    await quarters(short_bot)
    said = await ask(short_bot, BEN, "North 1")
    assert said.startswith("Northwind ML, January 2027: 25 of 100")
    await short_bot.press(BEN, "Show", on=shown(short_bot, BEN))
    assert shown(short_bot, BEN).reads.startswith("Northwind ML, April 2027: 75 of 100")


async def test_a_round_that_does_not_exist_says_which_do(short_bot: Driver) -> None:
    await quarters(short_bot)
    assert (
        "There is no round 9 of Northwind ML. There are: 1 (January 2027) and 2 (April 2027)."
        in await ask(short_bot, BEN, "Northwind ML 9")
    )
    assert "no round 0" in await ask(short_bot, BEN, "Northwind ML 0")


async def test_a_team_that_does_not_exist_says_which_do(short_bot: Driver) -> None:
    await quarters(short_bot)
    said = await ask(short_bot, BEN, "Nrothwind <!channel>")
    assert "I know no team called Nrothwind <!channel> whose results you can read" in said
    assert "There are: Northwind ML." in said


async def test_before_the_first_result_it_says_when_it_comes(short_bot: Driver) -> None:
    await short_bot.open_round(people=ASKED)
    said = await ask(short_bot, CHIARA, "Northwind ML")
    assert (
        "Northwind ML has no result for you to read yet. A round is open until Mon 1 Feb, 18:00"
        in said
    )
    assert "Northwind ML has no result for you to read yet." in await ask(
        short_bot, CHIARA, "Northwind ML 1"
    )


async def test_a_team_whose_name_ends_in_a_number_is_found(short_bot: Driver) -> None:
    await short_bot.open_round(people=ASKED, team_name="Team 7")
    await one_round(short_bot, 1)
    assert "Team 7, January 2027: 25 of 100" in await ask(short_bot, BEN, "Team 7")
    assert "Team 7, January 2027: 25 of 100" in await ask(short_bot, BEN, "team 7 1")
    assert "no round 7 of Team 7" in await ask(short_bot, BEN, "team 7 7")


async def test_the_results_button_of_the_list_shows_the_team(short_bot: Driver) -> None:
    await quarters(short_bot)
    await ask(short_bot, BEN)
    await short_bot.press(BEN, "Results", channel="ml-team")
    assert "All results of Northwind ML" in shown(short_bot, BEN).reads


# Who may read what


async def test_who_was_asked_in_any_round_reads_all_that_were_posted(short_bot: Driver) -> None:
    await quarters(short_bot, post=False)
    said = await ask(short_bot, BEN, "Northwind ML")
    assert "January 2027: 25 of 100" in said
    assert "April" not in said
    said = await ask(short_bot, BEN, "Northwind ML 2")
    assert "The result of round 2 of Northwind ML is not posted yet" in said
    assert "There is: 1 (January 2027)." in said


async def test_facilitators_read_what_is_closed_and_not_posted(short_bot: Driver) -> None:
    await quarters(short_bot, post=False)
    said = await ask(short_bot, AMARA, "Northwind ML")
    assert said.startswith("Northwind ML, April 2027: 75 of 100")
    assert "not posted yet" in said


async def test_who_was_never_asked_is_told_who_can_show_them(short_bot: Driver) -> None:
    await quarters(short_bot)
    assert "no results for you to read" in await ask(short_bot, HIRO)
    said = await ask(short_bot, HIRO, "Northwind ML 1")
    assert "of 100" not in said
    assert "for the people it asks and its facilitators: @Amara Okafor" in said


async def test_a_part_of_a_name_tells_an_outsider_nothing(short_bot: Driver) -> None:
    await quarters(short_bot)
    said = await ask(short_bot, HIRO, "North")
    assert "Northwind" not in said
    assert "I know no team called North" in said


async def test_in_the_channel_where_it_was_posted_everybody_reads_it(
    start: Start, outsider: str, workspace: Workspace, definitions: object
) -> None:
    async with start(definitions=definitions) as bot:
        await workspace.change_channel("mlops-results", add=[outsider])
        await quarters(bot, post=False)
        said = await ask(bot, OTTO, "Northwind ML", channel="mlops-results")
        assert said.startswith("Northwind ML, January 2027: 25 of 100")
        assert "April" not in said
        assert "25 of 100" in await ask(bot, OTTO, channel="mlops-results")
        assert "25 of 100" not in await ask(bot, OTTO, "Northwind ML", channel="ml-team")


async def test_what_is_shown_in_the_channel_cannot_be_pressed_elsewhere(
    start: Start, outsider: str, workspace: Workspace, definitions: object
) -> None:
    async with start(definitions=definitions) as bot:
        await workspace.change_channel("mlops-results", add=[outsider])
        await quarters(bot)
        await ask(bot, OTTO, "Northwind ML", channel="mlops-results")
        await bot.press(OTTO, "Show", channel="mlops-results")
        assert "January 2027: 25 of 100" in shown(bot, OTTO, "mlops-results").reads
        await ask(bot, BEN, "Northwind ML")
        outcome = await bot.forge(BEN, "Show", on=shown(bot, BEN), user=HIRO)
        assert "This result is not there for you to read" in outcome.text


async def test_what_was_posted_elsewhere_is_not_called_waiting_or_missing(
    start: Start, outsider: str, workspace: Workspace, definitions: object
) -> None:
    """Said in the channel where an earlier result stands, and where none does."""
    async with start(definitions=definitions) as bot:
        await workspace.change_channel("mlops-results", add=[outsider])
        workspace.add_channel("C03HEADS", "heads", members=["U01AMARA"])
        await quarters(bot, post=False)
        waits = "The result of round 2 of Northwind ML is not posted yet."
        assert waits in await ask(bot, OTTO, "Northwind ML 2", channel="mlops-results")
        await ask(bot, AMARA, "north")
        await bot.press(AMARA, "Post again", channel="ml-team")
        bot.modal(AMARA).choose("Where the result is posted", "heads")
        await bot.submit(AMARA)
        await bot.submit(AMARA)
        assert (
            "The result of round 2 of Northwind ML was not posted here. There is: 1 (January 2027)."
        ) in await ask(bot, OTTO, "Northwind ML 2", channel="mlops-results")
        with bot.runtime.database.writing() as session:
            session.connection().exec_driver_sql(
                "DELETE FROM messages WHERE recipient = 'C02RESULTS'"
            )
        said = await ask(bot, OTTO, "Northwind ML", channel="mlops-results")
        assert "has no result for you to read yet" in said


async def test_who_is_asked_in_another_team_reads_nothing_of_this_one(short_bot: Driver) -> None:
    await quarters(short_bot)
    await short_bot.start_round(team_name="Search", people=(HIRO,))
    assert "Northwind" not in await ask(short_bot, HIRO)
    await short_bot.open_home(HIRO)
    await ask(short_bot, BEN)
    button = shown(short_bot, BEN)
    outcome = await short_bot.forge(BEN, "Results", on=button, user=HIRO)
    assert "not there for you to read" in outcome.text


@pytest.mark.parametrize("value", ["[1]", "[2]", "[3]", "[4]", "[99]", "", "x"])
async def test_nothing_crosses_workspaces(short_bot: Driver, value: str) -> None:
    await quarters(short_bot)
    add_workspace(short_bot)
    await ask(short_bot, BEN)
    list_ = shown(short_bot, BEN)
    there = await short_bot.forge(BEN, "Results", on=list_, team=OTHERS, value=value)
    assert "of 100" not in there.text
    assert "Others" not in (await short_bot.forge(BEN, "Results", on=list_, value="[2]")).text


async def test_a_rehearsal_is_in_no_list_and_behind_no_button(short_bot: Driver) -> None:
    await quarters(short_bot)
    await short_bot.command(AMARA, "/scorecard rehearse")
    await short_bot.submit(AMARA)
    assert "Rehearsal" not in await ask(short_bot, AMARA)
    rehearsed = max(short_bot.column("rounds", "id"))
    await ask(short_bot, AMARA, "Northwind ML")
    outcome = await short_bot.forge(
        AMARA, "Show", on=shown(short_bot, AMARA), value=f"[{rehearsed},null,null]"
    )
    assert "not there for you to read" in outcome.text


# On the Home tab


async def test_the_home_tab_opens_the_rounds_and_each_of_them(short_bot: Driver) -> None:
    await quarters(short_bot)
    await short_bot.open_home(BEN)
    await short_bot.at_home(BEN, "Results")
    modal = short_bot.modal(BEN)
    assert "2 · April 2027: 75 of 100 · 3 of 3 answered" in modal.reads
    assert "1 · January 2027: 25 of 100" in modal.reads
    await short_bot.press(BEN, "Show", on=modal)
    assert "Northwind ML, April 2027: 75 of 100" in short_bot.modal(BEN).reads


async def test_a_facilitator_who_was_not_asked_finds_them_beside_the_scorecard(
    short_bot: Driver,
) -> None:
    await short_bot.open_round(people=(BEN, CHIARA, DEEPA))
    home = await short_bot.open_home(AMARA)
    assert "Results" not in home.buttons
    await short_bot.answer_together({BEN: 1, CHIARA: 1, DEEPA: 1})
    await short_bot.close_round()
    await short_bot.open_home(AMARA)
    await short_bot.at_home(AMARA, "Results")
    assert "1 · January 2027: 25 of 100 · 3 of 3 answered · not posted yet" in (
        short_bot.modal(AMARA).reads
    )


async def test_a_home_tab_that_is_old_shows_no_more_than_the_person_may_see_now(
    short_bot: Driver,
) -> None:
    await quarters(short_bot, post=False)
    await short_bot.command(AMARA, "/scorecard facilitators")
    short_bot.modal(AMARA).choose("And these people", HIRO)
    await short_bot.submit(AMARA)
    await short_bot.open_home(HIRO)
    press = short_bot.who(HIRO).payload_of_press("Results", on=short_bot.home(HIRO))
    await short_bot.command(AMARA, "/scorecard facilitators")
    short_bot.modal(AMARA).choose("And these people")
    await short_bot.submit(AMARA)
    await short_bot.who(HIRO).press_raw(press)
    await short_bot.runtime.settled()
    assert "not there for you to read" in short_bot.modal(HIRO).reads


# Much of it


async def test_of_forty_rounds_the_latest_twelve_are_listed_and_all_can_be_named(
    short_bot: Driver,
) -> None:
    await short_bot.open_round(people=ASKED)
    await one_round(short_bot, 1)
    copy_rounds(short_bot, 39)
    said = await ask(short_bot, BEN, "Northwind ML")
    assert "40 · January 2027" in said
    assert "and 28 older" in said
    assert (await ask(short_bot, BEN, "Northwind ML 1")).startswith("Northwind ML, January 2027")
    assert "There are: 28 older, 29 (January 2027)" in await ask(short_bot, BEN, "Northwind 41")


def copy_rounds(bot: Driver, many: int) -> None:
    """The one round again and again, with its frozen result."""
    with bot.runtime.database.writing() as session:
        connection = session.connection()
        for table, keys in (("rounds", ("id",)), ("results", ("round_id",))):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings().all()  # noqa: S608
            for number in range(2, many + 2):
                row = {**rows[0], **dict.fromkeys(keys, number)}
                if table == "rounds":
                    row["number"] = number
                    row["occurs_on"] = f"20{30 + number // 12}-{1 + number % 12:02}-01"
                names = ", ".join(row)
                marks = ", ".join("?" for _ in row)
                connection.exec_driver_sql(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                    tuple(row.values()),
                )
