"""It comes back: the next round opens on its day, once, whatever happened in between."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from questionnaires import catalog
from questionnaires.errors import QuestionnaireChanged
from sandbox import Message
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, ELIAS, HIRO = (
    "Amara Okafor",
    "Ben Carter",
    "Chiara Ricci",
    "Elias Berg",
    "Hiro Tanaka",
)
SHIPPED = catalog.load_all()["mlops-scorecard"]
FIRST = SHIPPED.core[0]
ANSWERED = {AMARA: 2, CHIARA: 2, ELIAS: 2}
# 18 April is a Sunday; on Monday it is 10:00 in Tokyo first.
FIRST_HOUR = datetime(2027, 4, 19, 1, 0, tzinfo=UTC)


@pytest.fixture
async def winter(short_bot: Driver) -> Driver:
    """The January round was answered, closed and posted."""
    await one_round(short_bot)
    return short_bot


async def one_round(bot: Driver, **form: str) -> None:
    await bot.open_round(**form)
    await bot.answer_together(ANSWERED)
    await bot.close_round()
    await bot.press(AMARA, "Post now")


def titles(bot: Driver) -> list[str]:
    """The rounds there have been, by name."""
    return bot.column("rounds", "title")


def next_days(bot: Driver) -> list[date | None]:
    return bot.column("scorecards", "next_on")


def invitations(bot: Driver, name: str) -> list[Message]:
    """Those since the first round: who did not answer still sees January's."""
    since = (FIRST_HOUR - timedelta(days=1)).timestamp()
    shown = [one for one in bot.who(name).screen() if float(one.ts) >= since]
    return [one for one in shown if "Remind me tomorrow" in one.buttons]


async def test_the_next_day_is_three_months_on_and_a_working_day(winter: Driver) -> None:
    assert next_days(winter) == [date(2027, 4, 19)]
    assert "19 Apr 2027" in (await winter.command(AMARA, "/scorecard status")).text


async def test_it_opens_once_at_the_first_participants_hour(winter: Driver) -> None:
    await winter.until(FIRST_HOUR - timedelta(minutes=6))
    await winter.until(FIRST_HOUR - timedelta(seconds=1))
    assert titles(winter) == ["January 2027"]
    await winter.until(FIRST_HOUR)
    assert titles(winter) == ["January 2027", "April 2027"]
    await asyncio.gather(*(winter.tick() for _ in range(3)))

    assert titles(winter) == ["January 2027", "April 2027"]
    assert next_days(winter) == [date(2027, 7, 19)]
    assert len(invitations(winter, HIRO)) == 1
    assert invitations(winter, CHIARA) == []


async def test_everybody_is_asked_again_at_their_hour_and_the_second_result_posted(
    winter: Driver,
) -> None:
    await winter.until(FIRST_HOUR)
    for hours in (3.5, 3.5, 6, 3):  # 10:00 in Kolkata, Rome, New York, Los Angeles
        await winter.pass_(hours=hours)
    assert all(len(invitations(winter, member.name)) == 1 for member in winter.workspace.members)

    await winter.answer_together(dict.fromkeys(ANSWERED, 3))
    await winter.close_round()
    await winter.press(AMARA, "Post now")
    summaries = [m for m in winter.workspace.channel("mlops-results") if "of 100" in m.reads]
    assert ["January 2027: 50" in summaries[0].reads, "April 2027: 75" in summaries[1].reads] == [
        True,
        True,
    ]
    assert len(winter.workspace.channel("mlops-results")) == 10


async def test_an_old_card_of_january_does_not_answer_april(winter: Driver) -> None:
    await winter.until(FIRST_HOUR + timedelta(hours=8))
    before = winter.stored("answers")
    old = next(one for one in winter.who(CHIARA).screen() if "Done" in one.reads)
    outcome = await winter.press(CHIARA, "What would you fix first?", on=old)

    assert "closed" in outcome.text
    assert winter.stored("answers") == before


async def test_once_means_once(short_bot: Driver) -> None:
    await one_round(short_bot, Repeat="Only once")
    assert next_days(short_bot) == [None]
    await short_bot.until(FIRST_HOUR + timedelta(days=400))

    assert titles(short_bot) == ["January 2027"]


async def test_who_joined_the_team_is_asked_and_who_left_is_not(winter: Driver) -> None:
    winter.workspace.add_member("U50INES", "Ines Novak", tz="Europe/Rome")
    await winter.workspace.change_channel("ml-team", add=["Ines Novak"], remove=[BEN])
    await winter.until(FIRST_HOUR)
    for hours in (7, 6):
        await winter.pass_(hours=hours)

    assert len(invitations(winter, "Ines Novak")) == 1
    assert invitations(winter, BEN) == []


async def test_a_facilitator_who_lost_the_channel_reads_what_to_do_in_status(
    winter: Driver,
) -> None:
    members = list(winter.workspace.directory.channel("ml-team").members)
    await winter.workspace.change_channel("ml-team", remove=members)
    for _ in range(4):
        await winter.until(FIRST_HOUR + timedelta(days=2))
        await winter.pass_(minutes=10)
    assert titles(winter) == ["January 2027"]
    status = (await winter.command(AMARA, "/scorecard status", channel="mlops-results")).text
    assert "19 Apr 2027" in status

    await winter.workspace.change_channel("ml-team", add=members)
    await winter.pass_(minutes=10)
    assert titles(winter) == ["January 2027", "April 2027"]


async def test_an_archived_results_channel_does_not_stop_the_asking(winter: Driver) -> None:
    await winter.workspace.change_channel("mlops-results", archived=True)
    await winter.until(FIRST_HOUR)

    assert titles(winter) == ["January 2027", "April 2027"]


async def test_slack_away_on_the_day_only_delays_it(winter: Driver) -> None:
    winter.workspace.fail("conversations.members", "fatal_error", times=None)
    await winter.until(FIRST_HOUR)
    assert titles(winter) == ["January 2027"]
    winter.workspace.heal()
    await winter.pass_(minutes=5)

    assert titles(winter) == ["January 2027", "April 2027"]


async def test_a_round_still_open_on_the_next_day_gives_way(short_bot: Driver) -> None:
    await short_bot.open_round(Repeat="Every month", Open_for="20 working days")
    await short_bot.answer_together(ANSWERED)
    await short_bot.until(datetime(2027, 2, 15, 16, 0, tzinfo=UTC))  # its last day
    await short_bot.until(datetime(2027, 2, 18, 9, 0, tzinfo=UTC))

    assert titles(short_bot) == ["January 2027", "February 2027"]


async def test_a_round_opened_late_puts_the_next_one_off_to_thirty_days_after(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await one_round(bot, Repeat="Every month", Open_for="20 working days")
    bot.clock.set(datetime(2027, 3, 15, 10, 0, tzinfo=UTC))
    async with start(definitions=definitions) as bot:
        assert titles(bot) == ["January 2027", "February 2027"]
        assert next_days(bot) == [date(2027, 4, 14)]
        await bot.until(datetime(2027, 3, 18, 10, 0, tzinfo=UTC))
        await bot.close_round()
        await bot.until(datetime(2027, 4, 13, 23, 0, tzinfo=UTC))
        assert titles(bot) == ["January 2027", "February 2027"]
        await bot.until(datetime(2027, 4, 14, 10, 0, tzinfo=UTC))
        assert titles(bot) == ["January 2027", "February 2027", "April 2027"]


# Down in between


async def test_a_bot_that_was_down_opens_when_it_is_back_and_once(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await one_round(bot)
    bot.clock.set(FIRST_HOUR + timedelta(days=2, hours=8))  # Wednesday, 9:00 UTC
    async with start(definitions=definitions) as bot:
        await bot.tick()
        assert titles(bot) == ["January 2027", "April 2027"]
        assert len(invitations(bot, CHIARA)) == 1
        assert next_days(bot) == [date(2027, 7, 19)]
    async with start(definitions=definitions) as bot:
        await bot.pass_(minutes=10)
        assert titles(bot) == ["January 2027", "April 2027"]
        assert len(invitations(bot, CHIARA)) == 1


async def test_of_several_missed_quarters_only_the_latest_is_held(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await one_round(bot)
    bot.clock.set(datetime(2027, 11, 3, 10, 0, tzinfo=UTC))
    async with start(definitions=definitions) as bot:
        await bot.pass_(minutes=10)
        await bot.pass_(minutes=10)
        assert titles(bot) == ["January 2027", "October 2027"]
        assert next_days(bot) == [date(2028, 1, 18)]
        assert len(invitations(bot, CHIARA)) == 1


async def test_down_from_the_middle_of_a_round_to_the_next_one(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.open_round()
        await bot.answer_together(ANSWERED)
    bot.clock.set(FIRST_HOUR + timedelta(hours=9))
    async with start(definitions=definitions) as bot:
        assert titles(bot) == ["January 2027", "April 2027"]
        assert len(bot.stored("results")["results"]) == 1
        assert any("January 2027" in one.reads for one in bot.who(AMARA).screen())
        assert len(invitations(bot, CHIARA)) == 1


async def test_two_bots_open_one_round(start: Start, definitions: Path, winter: Driver) -> None:
    async with start(definitions=definitions) as other:
        other.clock.set(FIRST_HOUR + timedelta(hours=8))
        await asyncio.gather(winter.tick(), other.tick(), winter.tick(), other.tick())
        assert titles(other) == ["January 2027", "April 2027"]
        assert len(invitations(other, CHIARA)) == 1


# Versions of the questions


def _edit(definitions: Path, *changes: tuple[str, str]) -> None:
    file = definitions / "mlops-scorecard.toml"
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


async def test_a_new_version_is_asked_in_the_next_round_only(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.open_round()
        await bot.press(CHIARA, "Start")
    now, then = (f"version = {SHIPPED.version + more}" for more in (0, 1))
    _edit(definitions, (now, then), (FIRST.statement, "We know why we do ML."))
    async with start(definitions=definitions) as bot:
        await bot.press(CHIARA, "2")
        await bot.press(CHIARA, "Back")
        assert FIRST.statement in bot.reads(CHIARA)
        await bot.answer_together({AMARA: 2, ELIAS: 2})
        await bot.close_round()
        await bot.until(FIRST_HOUR + timedelta(hours=8))
        await bot.press(CHIARA, "Start")
        assert "We know why we do ML." in bot.reads(CHIARA)
        await bot.command(AMARA, "/scorecard my")  # the old round is still to be read


async def test_an_asked_version_that_was_edited_is_refused_at_start(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.start_round()
    _edit(definitions, (FIRST.levels[0], "No goals at all."))
    with pytest.raises(QuestionnaireChanged, match=f"mlops-scorecard version {SHIPPED.version}"):
        async with start(definitions=definitions):
            pass


async def test_an_edited_version_that_nobody_was_asked_is_fine(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions):
        pass
    _edit(definitions, (FIRST.levels[0], "No goals at all."))
    async with start(definitions=definitions) as bot:
        await bot.start_round()
        await bot.press(CHIARA, "Start")
        assert "No goals at all." in bot.reads(CHIARA)


async def test_a_questionnaire_whose_file_is_gone_is_still_answered_and_posted(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.open_round()
        await bot.answer_together({AMARA: 2, ELIAS: 2})
    _edit(definitions, ('id = "mlops-scorecard"', 'id = "another"'))
    async with start(definitions=definitions) as bot:
        await bot.answer_all(CHIARA, 2)
        await bot.close_round()
        await bot.press(AMARA, "Post now")
        assert "50 of 100" in bot.workspace.channel("mlops-results")[0].reads
        await bot.until(FIRST_HOUR + timedelta(hours=8))
        assert titles(bot) == ["January 2027"]
        assert "19 Apr 2027" in (await bot.command(AMARA, "/scorecard status")).text
