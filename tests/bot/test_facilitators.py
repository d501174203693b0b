"""Facilitators: who they are, naming more in Slack, taking them out, and what they may do."""

import asyncio
from pathlib import Path

import pytest

from sandbox import Message, Outcome
from tests.conftest import Start
from tests.driver import Driver
from tests.postgresql import PostgreSQL

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
ELIAS, FATIMA, GRACE, HIRO = "Elias Berg", "Fatima Haddad", "Grace Kim", "Hiro Tanaka"
LIST, FIELD, SEE = "/scorecard facilitators", "And these people", "See facilitators"
NORTHWIND, SEARCH = 1, 2


async def name(bot: Driver, *people: str, by: str = AMARA) -> Outcome:
    """Make these people, and no others, the facilitators of all scorecards."""
    await bot.command(by, LIST)
    bot.modal(by).choose(FIELD, *people)
    return await bot.submit(by)


def told(bot: Driver, person: str) -> list[Message]:
    """The messages by which somebody learnt that they were named."""
    return [one for one in bot.who(person).screen() if SEE in one.buttons]


async def open_list(bot: Driver, scorecard_id: int, by: str = BEN) -> Outcome:
    """The list of one scorecard, from the button of somebody who was named."""
    return await bot.forge(by, SEE, on=told(bot, by)[0], value=f"[{scorecard_id}]")


async def name_for(bot: Driver, scorecard_id: int, *people: str, by: str = BEN) -> Outcome:
    """Make these people, and no others, the facilitators who are named for one scorecard."""
    await open_list(bot, scorecard_id, by)
    bot.modal(by).choose(FIELD, *people)
    return await bot.submit(by)


@pytest.fixture
async def two_teams(short_bot: Driver) -> Driver:
    """Northwind ML and Search are open. Ben was named for everything, Chiara for Northwind ML."""
    await short_bot.open_round()
    await short_bot.start_round(team_name="Search", people=(ELIAS, FATIMA, GRACE))
    await name(short_bot, BEN)
    await name_for(short_bot, NORTHWIND, CHIARA)
    return short_bot


# What is seen


async def test_the_list_says_who_the_first_are_and_where_they_come_from(bot: Driver) -> None:
    await bot.command(AMARA, LIST)
    modal = bot.modal(AMARA)
    assert modal.title == "Facilitators"
    assert "Always: the owners and admins of this workspace (@Amara Okafor)." in modal.reads
    assert not modal.value(FIELD)


async def test_configured_facilitators_are_said_to_be_configured(start: Start) -> None:
    async with start(facilitators=("U02BEN", "U03CHIARA")) as bot:
        await bot.command(BEN, LIST)
        read = bot.modal(BEN).reads
        assert "@Ben Carter and @Chiara Ricci, from my settings (SCORECARD_FACILITATORS)" in read
        assert "Amara" not in read


async def test_who_was_named_stands_in_the_list_next_time(bot: Driver) -> None:
    await name(bot, BEN, DEEPA)
    await bot.command(AMARA, LIST)
    assert bot.modal(AMARA).value(FIELD) == ["U02BEN", "U04DEEPA"]


async def test_the_list_of_a_scorecard_says_who_set_it_up(two_teams: Driver) -> None:
    await two_teams.press(CHIARA, SEE)
    read = two_teams.modal(CHIARA).reads
    assert "Northwind ML" in read
    assert "@Amara Okafor, who set it up" in read
    assert "Added in Slack: @Ben Carter" in read
    assert two_teams.modal(CHIARA).value(FIELD) == ["U03CHIARA"]


async def test_help_lists_the_word(bot: Driver) -> None:
    assert LIST in (await bot.command(BEN, "/scorecard help")).text


# What they may do


async def test_who_was_named_may_do_everything(bot: Driver) -> None:
    assert "Only facilitators" in (await bot.command(BEN, "/scorecard start")).text
    await name(bot, BEN)
    await bot.start_round(BEN)
    await bot.close_round(BEN)
    await name(bot, BEN, CHIARA, by=BEN)
    assert "No scorecard" not in (await bot.command(CHIARA, "/scorecard status")).text
    assert len(told(bot, CHIARA)) == 1


@pytest.mark.both_ways
async def test_who_was_named_for_one_scorecard_closes_and_posts_that_one(
    two_teams: Driver,
) -> None:
    await two_teams.answer_together({AMARA: 2, CHIARA: 2, DEEPA: 2})
    await two_teams.close_round(CHIARA)
    await two_teams.press(CHIARA, "Post now")
    posted = two_teams.workspace.channel("mlops-results")
    assert posted
    assert all("Search" not in one.reads for one in posted)


async def test_who_was_named_for_one_scorecard_sees_only_that_one(two_teams: Driver) -> None:
    for word in ("status", "close"):
        said = (await two_teams.command(CHIARA, f"/scorecard {word}")).text
        assert "Northwind ML" in said
        assert "Search" not in said
    assert "Search" in (await two_teams.command(BEN, "/scorecard status")).text


async def test_who_was_named_for_one_scorecard_is_shown_the_way_to_it(
    two_teams: Driver,
) -> None:
    said = await two_teams.command(CHIARA, "/scorecard")
    assert "/scorecard status show how your scorecards stand" in said.text.replace("`", "")
    seen = [one for one in two_teams.who(CHIARA).screen("ml-team") if one.ephemeral][-1]
    assert "New scorecard" not in seen.buttons


@pytest.mark.parametrize("word", ["start", "facilitators"])
async def test_what_is_about_all_scorecards_is_refused_to_who_was_named_for_one(
    two_teams: Driver, word: str
) -> None:
    outcome = await two_teams.command(CHIARA, f"/scorecard {word}")
    assert "Only facilitators of all scorecards can do this: <@U01AMARA> and <@U02BEN>." in (
        outcome.text
    )
    assert "Yours are on my Home tab" in outcome.text
    assert two_teams.who(CHIARA).modal is None


async def test_another_scorecard_is_refused_with_those_who_may(two_teams: Driver) -> None:
    await name_for(two_teams, SEARCH, DEEPA)
    await two_teams.command(AMARA, "/scorecard close")
    list_ = [one for one in two_teams.who(AMARA).screen("ml-team") if one.ephemeral][-1]
    outcome = await two_teams.forge(
        AMARA, "Close this round", on=list_, user=CHIARA, value="[2,null,null]"
    )
    assert "<@U01AMARA>, <@U04DEEPA> and <@U02BEN>. Ask one of them." in outcome.text
    assert two_teams.column("rounds", "state") == ["open", "open"]


@pytest.mark.parametrize(
    "verb",
    ["run", "remind", "extend", "edit", "facilitators", "pause", "resume", "skip"],
)
async def test_nothing_in_the_menu_of_another_scorecard_can_be_had(
    two_teams: Driver, verb: str
) -> None:
    before = two_teams.stored("scorecards", "rounds")
    day = '"2027-04-19"' if verb in ("skip", "extend") else "null"
    outcome = await two_teams.forge(
        CHIARA,
        SEE,
        on=told(two_teams, CHIARA)[0],
        action_id="manage.choose",
        value=f'[{SEARCH},"{verb}",{day}]',
    )
    modal = two_teams.who(CHIARA).modal
    said = outcome.text + (modal.reads if modal else "")
    assert "Only facilitators can do this: " in said
    assert two_teams.stored("scorecards", "rounds") == before


async def test_who_was_named_for_one_scorecard_pauses_it(two_teams: Driver) -> None:
    await two_teams.manage(CHIARA, "Pause")
    assert two_teams.column("scorecards", "state") == ["paused", "active"]


async def test_who_was_named_for_one_scorecard_names_more_for_it(two_teams: Driver) -> None:
    await two_teams.press(CHIARA, SEE)
    two_teams.modal(CHIARA).choose(FIELD, CHIARA, HIRO)
    await two_teams.submit(CHIARA)
    (message,) = told(two_teams, HIRO)
    assert "@Chiara Ricci made you a facilitator of Northwind ML" in message.reads
    assert "Northwind ML" in (await two_teams.command(HIRO, "/scorecard status")).text


async def test_the_result_goes_first_to_the_scorecards_own(two_teams: Driver) -> None:
    await two_teams.answer_together({AMARA: 2, CHIARA: 2, DEEPA: 2})
    await two_teams.close_round(AMARA)
    shown = [
        person
        for person in (AMARA, BEN, CHIARA, DEEPA)
        if any("Post now" in one.buttons for one in two_teams.who(person).screen())
    ]
    assert shown == [AMARA, CHIARA]


async def test_who_sees_what_names_the_facilitators_of_that_round(two_teams: Driver) -> None:
    await two_teams.press(GRACE, "Who sees what?", on=_invitation(two_teams, GRACE, "Northwind"))
    northwind = two_teams.modal(GRACE).reads
    await two_teams.pass_(days=1)
    await two_teams.press(FATIMA, "Who sees what?", on=_invitation(two_teams, FATIMA, "Search"))
    search = two_teams.modal(FATIMA).reads
    assert "The facilitators (@Amara Okafor, @Chiara Ricci and @Ben Carter)" in northwind
    assert "The facilitators (@Amara Okafor and @Ben Carter)" in search


def _invitation(bot: Driver, person: str, team: str) -> Message:
    found = [one for one in bot.who(person).screen() if "Who sees what?" in one.buttons]
    return next(one for one in found if team in one.reads)


# Losing it


async def test_who_was_taken_out_is_refused_at_the_next_press(two_teams: Driver) -> None:
    await two_teams.answer_together({AMARA: 2, CHIARA: 2, DEEPA: 2})
    await two_teams.command(CHIARA, "/scorecard close")
    button = [one for one in two_teams.who(CHIARA).screen("ml-team") if one.ephemeral][-1].copy()
    before = len(two_teams.who(CHIARA).screen())
    await name_for(two_teams, NORTHWIND)

    outcome = await two_teams.press(CHIARA, "Close this round", on=button)
    assert "Only facilitators can do this: <@U01AMARA> and <@U02BEN>." in outcome.text
    assert two_teams.column("rounds", "state") == ["open", "open"]
    assert len(two_teams.who(CHIARA).screen()) == before
    assert (
        "Only the facilitators see" in (await two_teams.command(CHIARA, "/scorecard status")).text
    )


async def test_a_preview_from_better_days_posts_nothing(two_teams: Driver) -> None:
    await two_teams.answer_together({AMARA: 2, CHIARA: 2, DEEPA: 2})
    await two_teams.close_round(AMARA)
    await name_for(two_teams, NORTHWIND)
    outcome = await two_teams.press(CHIARA, "Post now")
    assert "Only facilitators" in outcome.text
    assert two_teams.workspace.channel("mlops-results") == []


async def test_who_was_taken_out_is_not_shown_the_result_that_is_on_its_way(
    two_teams: Driver,
) -> None:
    await two_teams.answer_together({AMARA: 2, CHIARA: 2, DEEPA: 2})
    before = len(two_teams.who(CHIARA).screen())
    two_teams.workspace.fail("chat.postMessage", status=503, times=None)
    await two_teams.close_round(AMARA)
    await name_for(two_teams, NORTHWIND)
    two_teams.workspace.heal()
    for _ in range(3):
        await two_teams.pass_(minutes=5)
    assert any("Post now" in one.buttons for one in two_teams.who(AMARA).screen())
    assert len(two_teams.who(CHIARA).screen()) == before


async def test_who_lost_it_with_the_list_open_saves_nothing(two_teams: Driver) -> None:
    await two_teams.press(CHIARA, SEE)
    two_teams.modal(CHIARA).choose(FIELD, CHIARA, HIRO)
    await name_for(two_teams, NORTHWIND)
    await two_teams.submit(CHIARA)
    assert "Only facilitators can do this: @Amara Okafor and @Ben Carter." in (
        two_teams.modal(CHIARA).reads
    )
    assert told(two_teams, HIRO) == []


async def test_who_lost_it_cannot_open_the_list_from_an_old_message(two_teams: Driver) -> None:
    await name_for(two_teams, NORTHWIND)
    outcome = await two_teams.press(CHIARA, SEE)
    assert "Only facilitators" in outcome.text
    assert two_teams.who(CHIARA).modal is None


@pytest.mark.parametrize("change", [{"guest": True}, {"deleted": True}], ids=str)
async def test_who_left_or_became_a_guest_does_not_count(
    two_teams: Driver, change: dict[str, bool]
) -> None:
    for person in (BEN, CHIARA):
        await two_teams.workspace.change_member(person, **change)
    await two_teams.runtime.settled()
    await two_teams.command(AMARA, LIST)
    assert not two_teams.modal(AMARA).value(FIELD)
    refused = (await two_teams.command(GRACE, "/scorecard start")).text
    assert "facilitators can do this: <@U01AMARA>. Ask" in refused


async def test_who_became_a_guest_is_refused(two_teams: Driver) -> None:
    for person in (BEN, CHIARA):
        await two_teams.workspace.change_member(person, guest=True)
    await two_teams.runtime.settled()
    for person in (BEN, CHIARA):
        assert "Only" in (await two_teams.command(person, "/scorecard close")).text


async def test_who_set_a_scorecard_up_keeps_it_when_the_settings_change(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, facilitators=("U02BEN",)) as bot:
        await bot.start_round(BEN)
    async with start(definitions=definitions, facilitators=("U04DEEPA",)) as bot:
        assert "Northwind ML" in (await bot.command(BEN, "/scorecard status")).text
        assert "Only facilitators" in (await bot.command(BEN, "/scorecard start")).text
        await bot.workspace.change_member(BEN, guest=True)
        await bot.runtime.settled()
        assert "Only facilitators" in (await bot.command(BEN, "/scorecard close")).text
        assert bot.column("rounds", "state") == ["open"]


async def test_when_all_who_are_configured_have_left_owners_and_admins_may(
    start: Start,
) -> None:
    async with start(facilitators=("U02BEN",)) as bot:
        assert "<@U02BEN>. Ask" in (await bot.command(AMARA, "/scorecard start")).text
        await bot.workspace.change_member(BEN, deleted=True)
        await bot.runtime.settled()
        await bot.command(AMARA, LIST)
        assert "the owners and admins" in bot.modal(AMARA).reads


# Being told


async def test_who_is_named_gets_one_message_and_who_is_taken_out_none(bot: Driver) -> None:
    await name(bot, BEN, CHIARA)
    await name(bot, CHIARA)
    for _ in range(3):
        await bot.pass_(minutes=2)
    (message,) = bot.who(BEN).screen()
    assert "@Amara Okafor made you a facilitator of all scorecards here" in message.reads
    assert "/scorecard status" in message.reads
    assert len(bot.who(CHIARA).screen()) == 1


async def test_who_is_named_again_is_told_again(bot: Driver) -> None:
    for people in ((BEN,), (), (BEN,)):
        await name(bot, *people)
    assert len(told(bot, BEN)) == 2


async def test_who_names_themselves_is_not_told(two_teams: Driver) -> None:
    await name_for(two_teams, NORTHWIND, CHIARA, BEN)
    assert len(told(two_teams, BEN)) == 1


async def test_who_was_taken_out_before_the_message_went_gets_none(bot: Driver) -> None:
    bot.workspace.fail("chat.postMessage", status=503, times=None)
    await name(bot, BEN)
    await name(bot)
    bot.workspace.heal()
    for _ in range(3):
        await bot.pass_(minutes=15)
    assert bot.who(BEN).screen() == []
    assert bot.column("messages", "state") == ["failed"]


@pytest.mark.parametrize("effect", [True, False], ids=["arrived", "lost"])
async def test_a_bot_that_stops_with_the_message_in_doubt_leaves_exactly_one(
    start: Start, *, effect: bool
) -> None:
    async with start() as bot:
        bot.workspace.fail("chat.postMessage", drop=True, effect=effect)
        await name(bot, BEN)
        assert bot.column("messages", "state") == ["unknown"]
    async with start() as bot:
        for _ in range(3):
            await bot.pass_(minutes=1)
        assert len(bot.who(BEN).screen()) == 1
        await bot.press(BEN, SEE)
        assert bot.modal(BEN).value(FIELD) == ["U02BEN"]


# Saving


async def test_saving_twice_names_once(bot: Driver) -> None:
    await bot.command(AMARA, LIST)
    modal = bot.modal(AMARA).choose(FIELD, BEN)
    await asyncio.gather(modal.submit(), modal.submit())
    await bot.runtime.settled()
    assert bot.who(AMARA).modal is None
    assert len(bot.stored("facilitators")["facilitators"]) == 1
    assert len(bot.who(BEN).screen()) == 1


@pytest.mark.both_ways
async def test_the_second_of_two_who_edit_at_once_is_told_what_changed(
    two_teams: Driver,
) -> None:
    await name(two_teams, BEN, DEEPA)
    for person in (AMARA, BEN):
        await two_teams.command(person, LIST)
    two_teams.modal(BEN).choose(FIELD, BEN, ELIAS)
    await two_teams.submit(BEN)
    two_teams.modal(AMARA).choose(FIELD, BEN, HIRO)
    await two_teams.submit(AMARA)

    again = two_teams.modal(AMARA)
    assert again.title == "Facilitators"
    assert "@Ben Carter changed this list while you had it open" in again.reads
    assert "added @Elias Berg, took out @Deepa Nair" in again.reads
    assert again.value(FIELD) == ["U02BEN", "U08HIRO"]
    assert (len(told(two_teams, ELIAS)), told(two_teams, HIRO)) == (1, [])

    await two_teams.submit(AMARA)
    assert two_teams.who(AMARA).modal is None
    assert len(told(two_teams, HIRO)) == 1
    assert "Only" in (await two_teams.command(ELIAS, "/scorecard start")).text


async def test_two_who_make_the_same_change_are_both_content(two_teams: Driver) -> None:
    for person in (AMARA, BEN):
        await two_teams.command(person, LIST)
        two_teams.modal(person).choose(FIELD, BEN, HIRO)
    await two_teams.submit(BEN)
    await two_teams.submit(AMARA)
    assert two_teams.who(AMARA).modal is None
    assert len(told(two_teams, HIRO)) == 1


async def test_of_two_who_save_at_the_same_moment_one_is_told_on_postgresql_too(
    start: Start, postgresql: PostgreSQL, migrated_postgresql: str
) -> None:
    database = postgresql.create(migrated_postgresql)
    async with start(database_url=postgresql.url(database)) as bot:
        await name(bot, BEN)
        for person, wish in ((AMARA, ELIAS), (BEN, HIRO)):
            await bot.command(person, LIST)
            bot.modal(person).choose(FIELD, BEN, wish)
        await asyncio.gather(bot.submit(AMARA), bot.submit(BEN))

        (late,) = (one for one in (AMARA, BEN) if bot.who(one).modal)
        assert "changed this list while you had it open" in bot.modal(late).reads
        assert [len(told(bot, one)) for one in (ELIAS, HIRO)] == [late == BEN, late == AMARA]
        await bot.submit(late)
        assert [len(told(bot, one)) for one in (ELIAS, HIRO)] == [1, 1]
        assert len(told(bot, BEN)) == 1
    postgresql.drop(database)


@pytest.fixture
async def mixed(bot: Driver) -> Driver:
    """A workspace in which not everybody is a member, as the bot has heard of it."""
    bot.workspace.add_member("U30GIL", "Gil Guest")
    bot.workspace.add_member("U31OPS", "R&D Bot")
    bot.workspace.add_member("U32LEA", "Lea Left")
    bot.workspace.add_member("U33SAM", "Sam Stranger")
    await bot.workspace.change_member("Gil Guest", guest=True)
    await bot.workspace.change_member("R&D Bot", is_bot=True)
    await bot.workspace.change_member("Lea Left", deleted=True)
    await bot.workspace.change_member("Sam Stranger", stranger=True)
    await bot.runtime.settled()
    return bot


@pytest.mark.parametrize("person", ["Gil Guest", "R&D Bot", "Lea Left", "Sam Stranger"])
async def test_who_is_no_active_member_is_refused_under_the_field(
    mixed: Driver, person: str
) -> None:
    outcome = await name(mixed, BEN, person)
    assert outcome.errors == {
        "facilitators": f"Choose somebody else instead of {person}: facilitators are active "
        "members of this workspace, not guests or bots."
    }
    assert mixed.modal(AMARA).value(FIELD)[0] == "U02BEN"
    assert mixed.stored("facilitators")["facilitators"] == []
    assert mixed.who(BEN).screen() == []


async def test_who_joined_while_the_bot_did_not_hear_of_it_is_refused_with_a_sentence(
    bot: Driver,
) -> None:
    bot.workspace.add_member("U50NEW", "Nora New")
    outcome = await name(bot, "Nora New")
    assert "instead of a person I don't know yet: " in outcome.errors["facilitators"]


async def test_others_are_refused_the_list_with_who_may_open_it(bot: Driver) -> None:
    outcome = await bot.command(BEN, LIST)
    assert "Only facilitators can do this: <@U01AMARA>." in outcome.text
    assert bot.who(BEN).modal is None


@pytest.mark.parametrize("value", ["[99]", "99", "[0]", "null", "nonsense", '{"a":1}', "true"])
async def test_a_list_of_nothing_is_refused(bot: Driver, value: str) -> None:
    await name(bot, BEN)
    outcome = await bot.forge(BEN, SEE, value=value)
    assert outcome.text
    assert "went wrong" not in outcome.text
    assert bot.who(BEN).modal is None
