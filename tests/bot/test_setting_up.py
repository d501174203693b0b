"""Setting up a scorecard: the form, who is messaged, and the sentence under the right field."""

import asyncio

import pytest

from bot.blocks import ids
from sandbox import Workspace
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN = "Amara Okafor", "Ben Carter"
AUDIENCE = "Who is asked: everybody in a channel"
RESULTS = "Where the result is posted"


@pytest.fixture
def odd_members(workspace: Workspace) -> None:
    """Five more in the team's channel who are not to be asked, the bot itself being a sixth."""
    workspace.add_member("U11BOT", "Deploy Bot", is_bot=True)
    workspace.add_member("U12GONE", "Gone Person", deleted=True)
    workspace.add_member("U13GUEST", "Guest Person", guest=True)
    workspace.add_member("U14SINGLE", "Single Guest", single_channel_guest=True)
    workspace.add_member("U15OTHER", "Other Company", stranger=True)
    members = workspace.directory.channel("ml-team").members
    members.update(dict.fromkeys(("U11BOT", "U12GONE", "U13GUEST", "U14SINGLE", "U15OTHER")))


async def started(bot: Driver, name: str = AMARA) -> None:
    await bot.command(name, "/scorecard start")
    bot.modal(name).fill("Team name", "Northwind ML")


async def test_the_form_starts_with_what_most_teams_want(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard start")

    form = bot.modal(AMARA)
    assert form.value(AUDIENCE) == "C01MLTEAM"
    assert form.value("Questions")["value"] == "mlops-scorecard"
    assert form.value("Open for")["value"] == "10"
    assert form.value("Repeat")["value"] == "quarterly"


async def test_the_confirmation_says_how_many_are_messaged_and_sends_nothing(bot: Driver) -> None:
    outcome = await bot.fill_in_form(AMARA)

    assert outcome.ok
    assert "This messages 8 people" in bot.modal(AMARA).reads
    assert bot.workspace.calls("chat.postMessage") == []
    assert bot.stored("rounds")["rounds"] == []


@pytest.mark.usefixtures("odd_members")
async def test_bots_guests_strangers_and_who_left_are_left_out_and_counted(bot: Driver) -> None:
    await bot.fill_in_form(AMARA)

    assert "This messages 8 people" in bot.modal(AMARA).reads
    assert "5 members are left out" in bot.modal(AMARA).reads
    await bot.submit(AMARA)
    asked = {row[2] for row in bot.stored("messages")["messages"]}
    assert len(bot.stored("participants")["participants"]) == 8
    assert not asked & {"U11BOT", "U12GONE", "U13GUEST", "U14SINGLE", "U15OTHER"}


async def test_chosen_people_and_a_channel_together_are_asked_once_each(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard start")
    form = bot.modal(AMARA).fill("Team name", "Northwind ML").choose(RESULTS, "mlops-results")
    form.choose("And these people", BEN, AMARA)
    await bot.submit(AMARA)

    assert "This messages 8 people" in bot.modal(AMARA).reads


async def test_somebody_who_left_since_is_not_in_the_number(bot: Driver) -> None:
    await bot.workspace.change_member(BEN, deleted=True)
    await bot.runtime.settled()
    await bot.fill_in_form(AMARA)

    assert "This messages 7 people" in bot.modal(AMARA).reads


# Refusals under the right field


async def test_nobody_to_ask_is_said_under_the_audience(bot: Driver) -> None:
    await started(bot)
    bot.modal(AMARA).choose(AUDIENCE).choose(RESULTS, "mlops-results")
    outcome = await bot.submit(AMARA)

    assert "nobody to ask" in outcome.errors[ids.AUDIENCE]


@pytest.mark.usefixtures("odd_members")
async def test_an_audience_of_guests_alone_is_nobody_to_ask(bot: Driver) -> None:
    await started(bot)
    bot.modal(AMARA).choose(AUDIENCE).choose(RESULTS, "mlops-results")
    bot.modal(AMARA).choose("And these people", "Guest Person", "Gone Person")
    outcome = await bot.submit(AMARA)

    assert "nobody to ask" in outcome.errors[ids.AUDIENCE]


async def test_a_private_audience_without_the_bot_is_said_under_the_audience(bot: Driver) -> None:
    bot.workspace.add_channel("G01", "secret-team", members=[AMARA], private=True, with_bot=False)
    await started(bot)
    bot.modal(AMARA).choose(AUDIENCE, "secret-team").choose(RESULTS, "mlops-results")
    outcome = await bot.submit(AMARA)

    assert "/invite" in outcome.errors[ids.AUDIENCE]
    await bot.workspace.change_channel("secret-team", with_bot=True)
    await bot.submit(AMARA)
    assert "This messages 1 person" in bot.modal(AMARA).reads


async def test_the_bot_joins_a_public_results_channel(bot: Driver) -> None:
    bot.workspace.add_channel("C09", "open-results", members=[AMARA], with_bot=False)
    await started(bot)
    bot.modal(AMARA).choose(RESULTS, "open-results")
    outcome = await bot.submit(AMARA)

    assert outcome.ok
    assert [call.params["channel"] for call in bot.workspace.calls("conversations.join")] == ["C09"]


async def test_a_private_results_channel_without_the_bot_asks_for_an_invite(bot: Driver) -> None:
    bot.workspace.add_channel("G02", "inner", members=[AMARA], private=True, with_bot=False)
    await started(bot)
    bot.modal(AMARA).choose(RESULTS, "inner")
    outcome = await bot.submit(AMARA)

    assert "/invite" in outcome.errors[ids.RESULTS_CHANNEL]
    await bot.workspace.change_channel("inner", with_bot=True)
    assert (await bot.submit(AMARA)).ok


async def test_a_results_channel_archived_meanwhile_is_refused_under_its_field(bot: Driver) -> None:
    await started(bot)
    bot.modal(AMARA).choose(RESULTS, "mlops-results")
    await bot.workspace.change_channel("mlops-results", archived=True)
    outcome = await bot.submit(AMARA)

    assert "archived" in outcome.errors[ids.RESULTS_CHANNEL]


async def test_a_results_channel_shared_with_others_is_refused_under_its_field(bot: Driver) -> None:
    await started(bot)
    bot.modal(AMARA).choose(RESULTS, "mlops-results")
    bot.workspace.directory.channel("mlops-results").shared = True
    outcome = await bot.submit(AMARA)

    assert "another organisation" in outcome.errors[ids.RESULTS_CHANNEL]


@pytest.mark.parametrize("again", ["Northwind ML", "northwind ml", "  NORTHWIND   ml "])
async def test_a_name_that_is_there_is_refused_whatever_its_case(bot: Driver, again: str) -> None:
    await bot.start_round()
    outcome = await bot.fill_in_form(AMARA, team_name=again)

    assert "already" in outcome.errors[ids.TEAM_NAME]


async def test_a_name_of_spaces_alone_is_no_name(bot: Driver) -> None:
    outcome = await bot.fill_in_form(AMARA, team_name="   ")

    assert list(outcome.errors) == [ids.TEAM_NAME]


# Who may


async def test_others_are_told_who_can(bot: Driver) -> None:
    outcome = await bot.command(BEN, "/scorecard start")

    assert "<@U01AMARA>" in outcome.text
    assert bot.who(BEN).modal is None


async def test_without_configuration_owners_and_admins_are_facilitators(
    start: Start, workspace: Workspace
) -> None:
    workspace.add_member("U20OWNER", "Olga Owner", owner=True)
    workspace.add_member("U21FORMER", "Former Admin", admin=True, deleted=True)
    async with start() as bot:
        outcome = await bot.command(BEN, "/scorecard close")
        assert "<@U01AMARA> and <@U20OWNER>" in outcome.text
        assert "U21FORMER" not in outcome.text
        await bot.command("Olga Owner", "/scorecard start")
        assert bot.who("Olga Owner").modal is not None


async def test_configured_facilitators_replace_owners_and_admins(start: Start) -> None:
    async with start(facilitators=("U02BEN",)) as bot:
        assert "<@U02BEN>" in (await bot.command(AMARA, "/scorecard start")).text
        await bot.command(BEN, "/scorecard start")
        assert bot.who(BEN).modal is not None


async def test_who_is_no_facilitator_any_more_cannot_confirm(bot: Driver) -> None:
    await bot.fill_in_form(AMARA)
    await bot.workspace.change_member(AMARA, admin=False)
    await bot.runtime.settled()
    await bot.submit(AMARA)

    assert "Only facilitators" in bot.modal(AMARA).reads
    assert bot.stored("rounds")["rounds"] == []


# Two at once


async def test_of_two_set_ups_with_one_name_the_first_confirmed_wins(start: Start) -> None:
    async with start(facilitators=("U01AMARA", "U02BEN")) as bot:
        await bot.fill_in_form(AMARA)
        await bot.fill_in_form(BEN, team_name="NORTHWIND ML")
        await asyncio.gather(bot.submit(AMARA), bot.submit(BEN))

        assert len(bot.stored("rounds")["rounds"]) == 1
        left = [modal.reads for name in (AMARA, BEN) if (modal := bot.who(name).modal)]
        assert len(left) == 1
        assert "already a scorecard" in left[0]


async def test_confirming_twice_opens_one_round(bot: Driver) -> None:
    await bot.fill_in_form(AMARA)
    modal = bot.modal(AMARA)
    first, second = await asyncio.gather(modal.submit(), modal.submit())
    await bot.runtime.settled()

    assert (first.error, second.error) == (None, None)
    assert len(bot.stored("rounds")["rounds"]) == 1
    invited = [row for row in bot.stored("messages")["messages"] if "invitation" in row]
    assert len(invited) == 8


async def test_of_two_teams_with_rounds_at_the_same_time_the_second_asks_a_working_day_later(
    bot: Driver,
) -> None:
    await bot.start_round()
    await bot.start_round(team_name="Search ranking")
    assert len(bot.stored("rounds")["rounds"]) == 2
    assert ["Northwind ML" in one.reads for one in bot.who("Chiara Ricci").screen()] == [True]

    await bot.pass_(hours=20, minutes=59)  # Tuesday, 9:59 in Rome
    assert len(bot.who("Chiara Ricci").screen()) == 1
    await bot.pass_(minutes=1)
    assert "Search ranking" in bot.who("Chiara Ricci").screen()[-1].reads


async def test_back_keeps_what_was_typed_and_next_goes_on(bot: Driver) -> None:
    await bot.fill_in_form(AMARA, people=(BEN,))
    await bot.modal(AMARA).close()

    form = bot.modal(AMARA)
    assert form.value("Team name") == "Northwind ML"
    assert form.value("And these people") == ["U02BEN"]
    form.choose("And these people", BEN, "Chiara Ricci")
    await bot.submit(AMARA)
    assert "This messages 2 people" in bot.modal(AMARA).reads
    await bot.submit(AMARA)
    assert len(bot.stored("rounds")["rounds"]) == 1
    assert len(bot.stored("participants")["participants"]) == 2


async def test_the_facilitator_reads_that_it_runs_where_they_started_it(bot: Driver) -> None:
    await bot.fill_in_form(AMARA)
    await bot.submit(AMARA)

    assert bot.who(AMARA).modal is None
    (said,) = [one for one in bot.who(AMARA).screen("ml-team") if one.ephemeral]
    assert "I ask 8 people" in said.reads
    assert "19 Apr 2027" in said.reads


async def test_few_people_are_warned_that_nothing_can_be_shown(bot: Driver) -> None:
    await bot.fill_in_form(AMARA, people=(AMARA, BEN))

    assert "fewer than 3" in bot.modal(AMARA).reads


# Invitations at everybody's own hour

AT_ONCE = {"Amara Okafor", "Chiara Ricci", "Elias Berg", "Fatima Haddad"}


def invited(bot: Driver) -> set[str]:
    """Who has been asked; facilitators may have read other things as well."""
    return {
        member.name
        for member in bot.workspace.members
        if any("Remind me tomorrow" in one.buttons for one in member.screen())
    }


async def test_who_is_at_work_is_asked_at_once_and_the_others_at_ten(bot: Driver) -> None:
    await bot.start_round()  # Monday, 12:00 UTC
    assert invited(bot) == AT_ONCE

    await bot.pass_(hours=2, minutes=59)
    assert invited(bot) == AT_ONCE
    await bot.pass_(minutes=1)  # 10:00 in New York
    assert invited(bot) == AT_ONCE | {"Ben Carter"}
    await bot.pass_(hours=3)  # 10:00 in Los Angeles
    assert invited(bot) == AT_ONCE | {"Ben Carter", "Grace Kim"}
    await bot.pass_(hours=7)  # Tuesday, 10:00 in Tokyo
    assert invited(bot) == AT_ONCE | {"Ben Carter", "Grace Kim", "Hiro Tanaka"}
    await bot.pass_(hours=3, minutes=30)  # Tuesday, 10:00 in Kolkata
    assert len(invited(bot)) == 8


async def test_nobody_is_asked_on_a_weekend(bot: Driver) -> None:
    await bot.pass_(days=4, hours=4)  # Friday, 16:00 UTC: evening from Lagos to Tokyo
    await bot.start_round()
    await bot.pass_(hours=2)  # Friday, 10:00 in Los Angeles
    assert invited(bot) == {"Ben Carter", "Grace Kim"}
    await bot.pass_(days=1)
    assert invited(bot) == {"Ben Carter", "Grace Kim"}

    await bot.pass_(days=1, hours=7)  # Monday, 01:00 UTC
    assert invited(bot) == {"Ben Carter", "Grace Kim", "Hiro Tanaka"}
    await bot.pass_(hours=9)
    assert len(invited(bot)) == 8


async def test_a_bot_that_was_down_at_the_hour_asks_at_once_only_in_working_hours(
    start: Start,
) -> None:
    async with start() as bot:
        await bot.fill_in_form(AMARA, people=(BEN, "Hiro Tanaka"))
        await bot.submit(AMARA)
    bot.clock.advance(days=5)  # Saturday, 12:00 UTC
    async with start() as bot:
        assert invited(bot) == set()
        await bot.pass_(days=1, hours=13)  # Monday, 10:00 in Tokyo
        assert invited(bot) == {"Hiro Tanaka"}
        await bot.pass_(hours=20)  # Monday, 16:00 in New York
        assert invited(bot) == {"Hiro Tanaka", "Ben Carter"}


async def test_nobody_is_asked_twice_however_often_it_ticks(bot: Driver) -> None:
    await bot.open_round()
    await asyncio.gather(*(bot.tick() for _ in range(5)))

    assert [len(member.screen()) for member in bot.workspace.members] == [1] * 8


async def test_somebody_deactivated_meanwhile_is_not_messaged(bot: Driver) -> None:
    await bot.start_round()
    await bot.workspace.change_member(BEN, deleted=True)
    await bot.pass_(hours=3)
    await bot.pass_(hours=3)

    assert bot.who(BEN).screen() == []
    assert len(bot.who("Grace Kim").screen()) == 1


async def test_who_moved_to_another_zone_is_asked_at_ten_there(bot: Driver) -> None:
    await bot.workspace.change_member(BEN, tz="Asia/Kolkata")
    await bot.runtime.settled()
    await bot.fill_in_form(AMARA, people=(BEN,))
    await bot.submit(AMARA)
    await bot.pass_(hours=16)  # Tuesday, 9:30 in Kolkata
    assert bot.who(BEN).screen() == []
    await bot.pass_(minutes=30)
    assert len(bot.who(BEN).screen()) == 1


async def test_the_invitation_says_who_asks_how_long_and_who_sees_what(bot: Driver) -> None:
    await bot.start_round()

    read = bot.reads("Chiara Ricci")
    for part in ("Northwind ML", "@Amara Okafor", "7 colleagues", "18 questions", "about 9 min"):
        assert part in read
    assert "3 people" in read
    assert "#mlops-results" in read
    assert len(read.split()) <= 75  # 60 and the buttons
    assert bot.screen("Chiara Ricci").buttons == [
        "Start",
        "Remind me tomorrow",
        "Skip this round",
        "Who sees what?",
    ]
