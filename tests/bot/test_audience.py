"""Who is asked: read when the round opens, with all pages; who joins, leaves, or is no member."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, ELIAS, HIRO = (
    "Amara Okafor",
    "Ben Carter",
    "Chiara Ricci",
    "Elias Berg",
    "Hiro Tanaka",
)
POST = "chat.postMessage"
TOKYO = ZoneInfo("Asia/Tokyo")
ASKED = "Remind me tomorrow"
FIRST_HOUR = datetime(2027, 4, 19, 1, 0, tzinfo=UTC)
GUILD = "And everybody in a user group"


def asked(bot: Driver) -> set[str]:
    """Whose newest message from the bot is about a round."""
    people = bot.workspace.members
    return {one.name for one in people if any(ASKED in m.buttons for m in one.screen())}


def told(bot: Driver, word: str) -> list[str]:
    """What Amara, who set it up, has read with this word in it."""
    return [one.reads for one in bot.who(AMARA).screen() if word in one.reads]


@pytest.fixture
async def guild(short_bot: Driver) -> Driver:
    """A user group with Chiara, Elias, a guest and somebody who left."""
    workspace = short_bot.workspace
    workspace.add_member("U20GUEST", "Gil Guest", tz="Europe/Rome", guest=True)
    workspace.add_member("U21GONE", "Gone Girl", tz="Europe/Rome", deleted=True)
    members = [CHIARA, ELIAS, "Gil Guest", "Gone Girl"]
    workspace.add_user_group("S01ML", "ml-guild", name="ML guild", members=members)
    short_bot.clock.advance(days=1)  # the list of people is read once a day
    await short_bot.tick()
    return short_bot


async def test_every_page_of_a_channel_is_read(bot: Driver) -> None:
    bot.workspace.largest_page = 3
    await bot.start_round()
    assert len(bot.stored("participants")["participants"]) == 8


async def test_a_user_group_is_asked_without_guests_and_who_left(guild: Driver) -> None:
    await guild.start_round(people=(BEN,), **{GUILD: "ML guild"})
    await guild.pass_(hours=3)
    assert asked(guild) == {BEN, CHIARA, ELIAS}


async def test_guests_are_asked_where_the_set_up_says_so(guild: Driver) -> None:
    await guild.start_round(people=(BEN,), Guests="Ask guests, too", **{GUILD: "ML guild"})
    await guild.pass_(hours=3)
    assert asked(guild) == {BEN, CHIARA, ELIAS, "Gil Guest"}


async def test_an_empty_user_group_is_refused_under_its_field(guild: Driver) -> None:
    guild.workspace.change_user_group("ml-guild", members=[])
    refused = await guild.fill_in_form(AMARA, people=(BEN,), **{GUILD: "ML guild"})
    assert "nobody in this user group" in refused.errors["audience_group"]


async def test_without_the_scope_or_a_paid_plan_no_user_group_is_offered(guild: Driver) -> None:
    guild.workspace.paid = False
    await guild.command(AMARA, "/scorecard start")
    assert GUILD not in guild.modal(AMARA).labels


@pytest.mark.parametrize(
    ("what", "word"),
    [("empty", "user group is empty"), ("disabled", "switched off"), ("plan", "paid plans")],
)
async def test_a_user_group_that_is_spoilt_later_is_told_to_the_facilitator_once(
    guild: Driver, what: str, word: str
) -> None:
    await guild.start_round(people=(BEN,), First_round="2027-02-01", **{GUILD: "ML guild"})
    match what:
        case "empty":
            guild.workspace.change_user_group("ml-guild", members=[])
        case "disabled":
            guild.workspace.change_user_group("ml-guild", disabled=True)
        case _:
            guild.workspace.paid = False
    for hours in range(4):
        await guild.until(datetime(2027, 2, 1, 9 + hours, tzinfo=UTC))
    assert guild.column("rounds", "title") == []
    assert [word in one for one in told(guild, "has not opened")] == [True]
    assert word in (await guild.command(AMARA, "/scorecard status")).text

    guild.workspace.change_user_group("ml-guild", members=[CHIARA], disabled=False)
    guild.workspace.paid = True
    await guild.pass_(minutes=10)
    assert guild.column("rounds", "title") == ["February 2027"]
    assert guild.column("scorecards", "trouble") == [None]


async def test_a_team_channel_that_was_archived_is_told_and_one_that_was_renamed_is_not(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(First_round="2027-02-01")
    await short_bot.workspace.change_channel("ml-team", archived=True)
    await short_bot.until(datetime(2027, 2, 1, 9, tzinfo=UTC))
    assert len(told(short_bot, "is archived")) == 1

    await short_bot.workspace.change_channel("ml-team", archived=False)
    short_bot.workspace.directory.channel("ml-team").name = "ml-and-friends"
    await short_bot.pass_(minutes=10)
    assert short_bot.column("rounds", "title") == ["February 2027"]


async def test_a_results_channel_that_was_closed_is_told_when_the_round_opens(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(First_round="2027-02-01")
    await short_bot.workspace.change_channel("mlops-results", archived=True)
    await short_bot.until(datetime(2027, 2, 1, 9, tzinfo=UTC))
    assert short_bot.column("rounds", "title") == ["February 2027"]
    assert len(told(short_bot, "can't post its result in")) == 1


# Joining and leaving


async def test_who_joins_in_the_first_half_is_asked_and_later_not(short_bot: Driver) -> None:
    workspace = short_bot.workspace
    await short_bot.start_round()
    workspace.add_member("U50INES", "Ines Novak", tz="Europe/Rome")
    workspace.add_member("U51JAN", "Jan Late", tz="Europe/Rome")
    await short_bot.until(datetime(2027, 1, 20, 9, tzinfo=UTC))
    await workspace.change_channel("ml-team", add=["Ines Novak"])
    await short_bot.until(datetime(2027, 1, 20, 10, 30, tzinfo=UTC))
    assert "Ines Novak" in asked(short_bot)

    await short_bot.until(datetime(2027, 1, 25, 16, tzinfo=UTC))  # half is over at 14:30
    await workspace.change_channel("ml-team", add=["Jan Late"])
    for day in range(26, 30):
        await short_bot.until(datetime(2027, 1, day, 10, tzinfo=UTC))
    assert "Jan Late" not in asked(short_bot)
    assert len(short_bot.stored("participants")["participants"]) == 9


async def test_who_leaves_the_team_is_not_reminded_and_may_still_answer(
    short_bot: Driver,
) -> None:
    await short_bot.start_round()
    await short_bot.workspace.change_channel("ml-team", remove=[CHIARA])
    await short_bot.pass_(hours=2)
    await short_bot.until(datetime(2027, 1, 21, 9, 30, tzinfo=UTC))
    assert "No more reminders" in short_bot.screen(ELIAS).buttons
    assert "No more reminders" not in short_bot.screen(CHIARA).buttons

    await short_bot.answer_all(CHIARA, 3)
    assert set(short_bot.answers(CHIARA).values()) == {3}


async def test_who_came_back_is_reminded_again(short_bot: Driver) -> None:
    await short_bot.start_round()
    await short_bot.workspace.change_channel("ml-team", remove=[CHIARA])
    await short_bot.pass_(hours=2)
    await short_bot.workspace.change_channel("ml-team", add=[CHIARA])
    await short_bot.pass_(hours=2)
    await short_bot.until(datetime(2027, 1, 21, 9, 30, tzinfo=UTC))
    assert "No more reminders" in short_bot.screen(CHIARA).buttons


async def test_who_left_the_workspace_is_out_of_reach_and_nobody_waits_for_them(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(people=(CHIARA, ELIAS, BEN))
    await short_bot.pass_(hours=3)
    await short_bot.workspace.change_member(BEN, deleted=True)
    await short_bot.runtime.settled()
    status = (await short_bot.command(AMARA, "/scorecard status")).text
    assert "0 of 3 finished, 0 started, 0 skipped, 1 out of reach (left the workspace)" in status
    assert BEN not in status

    await short_bot.answer_together({CHIARA: 2, ELIAS: 3})
    await short_bot.pass_(minutes=15)
    assert short_bot.column("rounds", "state") == ["closed"]


async def test_somebody_whom_slack_cannot_find_is_out_of_reach_with_the_reason(
    short_bot: Driver,
) -> None:
    short_bot.workspace.refuse("U04DEEPA", "messages_tab_disabled")
    await short_bot.open_round()
    status = (await short_bot.command(AMARA, "/scorecard status")).text
    assert "1 out of reach (takes no messages from apps)" in status
    tried = len(short_bot.workspace.calls("chat.postMessage"))
    await short_bot.until(datetime(2027, 1, 21, 4, 30, tzinfo=UTC))
    posts = short_bot.workspace.calls("chat.postMessage")[tried:]
    assert [one for one in posts if one.params["channel"] == "U04DEEPA"] == []


async def test_who_leaves_the_team_before_their_hour_is_asked_only_when_they_are_back(
    short_bot: Driver,
) -> None:
    await short_bot.start_round()  # Hiro's hour in Tokyo is still to come
    await short_bot.workspace.change_channel("ml-team", remove=[HIRO])
    await short_bot.pass_(hours=2)
    await short_bot.until(datetime(2027, 1, 19, 1, 0, tzinfo=UTC))
    assert HIRO not in asked(short_bot)

    await short_bot.workspace.change_channel("ml-team", add=[HIRO])
    await short_bot.pass_(hours=2)
    await short_bot.until(datetime(2027, 1, 20, 1, 0, tzinfo=UTC))
    assert HIRO in asked(short_bot)


async def test_who_left_the_workspace_and_came_back_is_waited_for_again(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(people=(CHIARA, ELIAS))
    for deleted in (True, False):
        await short_bot.workspace.change_member(CHIARA, deleted=deleted)
        await short_bot.runtime.settled()
    await short_bot.answer_all(ELIAS, 2)
    await short_bot.press(CHIARA, "Start")
    await short_bot.pass_(minutes=20)
    assert short_bot.column("rounds", "state") == ["open"]
    assert "out of reach" not in (await short_bot.command(AMARA, "/scorecard status")).text


async def test_whoever_presses_can_be_reached_after_all(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA, ELIAS))
    with short_bot.runtime.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE participants SET left_alone = 'is_inactive'")
    await short_bot.press(CHIARA, "Start")
    assert short_bot.column("participants", "left_alone") == [None, "is_inactive"]


# Two scorecards


async def test_nobody_is_invited_by_two_scorecards_on_one_day_even_after_a_downtime(
    short_bot: Driver,
) -> None:
    for team in ("Northwind ML", "Search ranking", "Ads"):
        await short_bot.start_round(team_name=team, people=(HIRO,))  # asked on Tuesday
    for hours in range(0, 24 * 6, 6):
        await short_bot.until(datetime(2027, 1, 20, 1, 30, tzinfo=UTC) + timedelta(hours=hours))
    claimed = [row.astimezone(TOKYO).date() for row in short_bot.column("participants", "ask_at")]
    assert claimed == [date(2027, 1, 20), date(2027, 1, 21), date(2027, 1, 22)]
    sent = [one.params["blocks"][0]["block_id"] for one in short_bot.workspace.calls(POST)]
    assert sorted(key for key in sent if key.startswith("invitation")) == [
        "invitation.1.U08HIRO.1",
        "invitation.2.U08HIRO.1",
        "invitation.3.U08HIRO.1",
    ]
