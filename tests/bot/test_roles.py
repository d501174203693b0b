"""Roles: one press more in a round of ten or more, once, changeable, and nobody's business."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.blocks import roles
from questionnaires.roles import ASKED_FROM, Role
from sandbox import Message, Workspace
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA = "Amara Okafor"
CROWD = tuple(f"Person {number:02}" for number in range(1, 13))
ONE, TWO = CROWD[:2]
ASKS, SKIP = roles.ASKS, "Skip this"
SCIENCE, PLATFORM, PRODUCT = "Data science", "Platform and operations", "Product and leadership"
CHOICES = ["Data science", "ML engineering", "Data engineering", PLATFORM, PRODUCT]
TABLES = ("answers", "participants", "people", "rounds", "results")
NEXT_QUARTER = 91  # days


@pytest.fixture
async def workspace(workspace: Workspace) -> Workspace:
    """Twelve more people, all at work."""
    for number, name in enumerate(CROWD):
        workspace.add_member(f"U3{number:02}", name, tz="Europe/Rome")
    return workspace


@pytest.fixture
async def large(short_bot: Driver) -> Driver:
    """A round of twelve is open; nobody has begun."""
    await short_bot.start_round(people=CROWD)
    return short_bot


@pytest.fixture
async def done(large: Driver) -> Driver:
    """One of twelve is a data scientist and has answered 2 everywhere."""
    await answer_all(large, ONE, SCIENCE)
    return large


async def answer_all(bot: Driver, name: str, role: str | None, level: int = 2) -> None:
    """From the invitation to the end; with a role where it is asked for, else without."""
    await bot.press(name, "Start")
    if role is not None:
        await bot.press(name, role)
    await go_on(bot, name, level)


async def go_on(bot: Driver, name: str, level: int = 2) -> None:
    while str(level) in bot.screen(name).buttons:
        await bot.press(name, str(level))


def stored(bot: Driver, table: str, name: str) -> list[str | None]:
    """The role of somebody in each row of theirs."""
    mine = bot.who(name).id
    return [
        role
        for user, role in zip(bot.column(table, "user_id"), bot.column(table, "role"), strict=True)
        if user == mine
    ]


def in_rounds(bot: Driver, name: str) -> list[str | None]:
    return stored(bot, "participants", name)


def remembered(bot: Driver, name: str) -> str | None:
    (role,) = stored(bot, "people", name)
    return role


def is_asked(bot: Driver, name: str) -> bool:
    return ASKS in bot.reads(name)


def cards(bot: Driver, name: str) -> list[Message]:
    return [one for one in bot.who(name).screen() if not one.files and not one.ephemeral]


async def press_through(bot: Driver, name: str) -> int:
    """From the invitation to the end, counting the presses."""
    presses = 0
    while "Done" not in bot.reads(name):
        wanted = ("Start", SCIENCE, "2")
        label = next(one for one in wanted if one in bot.screen(name).buttons)
        assert (await bot.press(name, label)).ok
        presses += 1
    assert len(bot.answers(name)) == 18
    return presses


# Being asked


async def test_18_questions_take_18_presses_and_one_to_start(bot: Driver) -> None:
    await bot.start_round(people=CROWD[:8])
    assert await press_through(bot, ONE) == 18 + 1


async def test_in_a_round_of_twelve_they_take_one_press_more(bot: Driver) -> None:
    await bot.start_round(people=CROWD)
    assert await press_through(bot, ONE) == 18 + 1 + 1
    assert remembered(bot, ONE) == Role.DATA_SCIENCE


async def test_the_role_is_asked_between_start_and_the_first_card(large: Driver) -> None:
    await large.press(ONE, "Start")
    assert is_asked(large, ONE)
    assert large.screen(ONE).buttons == [*CHOICES, SKIP]
    assert all(choice in large.screen(ONE).text for choice in CHOICES)
    await large.press(ONE, PLATFORM)

    assert large.reads(ONE).splitlines()[0] == "Saved: platform and operations"
    assert "1/6" in large.reads(ONE)
    assert in_rounds(large, ONE) == [Role.PLATFORM] == [remembered(large, ONE)]
    assert len(cards(large, ONE)) == 1


@pytest.mark.parametrize("people", [ASKED_FROM - 1, ASKED_FROM])
async def test_it_is_asked_from_ten_people_on(short_bot: Driver, people: int) -> None:
    await short_bot.start_round(people=CROWD[:people])
    await short_bot.press(ONE, "Start")

    assert is_asked(short_bot, ONE) == (people >= ASKED_FROM)


async def test_who_rather_does_not_say_gets_the_first_card_and_nothing_is_stored(
    large: Driver,
) -> None:
    await large.press(ONE, "Start")
    before = large.stored(*TABLES)
    await large.press(ONE, SKIP)
    assert "1/6" in large.reads(ONE)
    assert large.stored(*TABLES) == before

    await large.command(ONE, "/scorecard my")
    await large.press(ONE, "Start", channel="ml-team")
    assert is_asked(large, ONE)
    await large.press(ONE, SKIP)
    await large.press(ONE, "2")
    await large.command(ONE, "/scorecard my")
    await large.press(ONE, "Continue", channel="ml-team")
    assert "2/6" in large.reads(ONE)
    assert len(cards(large, ONE)) == 1
    assert (in_rounds(large, ONE), remembered(large, ONE)) == ([None], None)


async def test_the_question_is_found_again_after_a_restart_and_by_a_second_start(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.start_round(people=CROWD)
        old = bot.screen(ONE).copy()
        await bot.press(ONE, "Start")
    async with start(definitions=definitions) as bot:
        await bot.press(ONE, "Start", on=old)
        assert is_asked(bot, ONE)
        await bot.press(ONE, PRODUCT)
        await bot.press(ONE, "Start", on=old)
        assert "1/6" in bot.reads(ONE)
        assert len(cards(bot, ONE)) == 1


async def test_a_double_press_stores_one_role_and_of_two_the_last_wins(large: Driver) -> None:
    await large.press(ONE, "Start")
    old = large.screen(ONE).copy()
    await asyncio.gather(*(large.press(ONE, SCIENCE, on=old) for _ in range(3)))
    assert in_rounds(large, ONE) == [Role.DATA_SCIENCE]
    await large.press(ONE, "3")
    await large.press(ONE, PRODUCT, on=old)

    assert in_rounds(large, ONE) == [Role.PRODUCT] == [remembered(large, ONE)]
    assert "2/6" in large.reads(ONE)
    assert len(large.answers(ONE)) == 1


async def test_a_role_is_kept_although_the_card_cannot_turn(large: Driver) -> None:
    await large.press(ONE, "Start")
    large.workspace.fail("response_url", status=500, times=None)
    large.workspace.fail("chat.update", "internal_error", times=None)
    await large.press(ONE, PLATFORM)
    assert remembered(large, ONE) == Role.PLATFORM
    assert is_asked(large, ONE)

    large.workspace.heal()
    await large.press(ONE, PLATFORM)
    assert "1/6" in large.reads(ONE)


async def test_who_says_it_has_begun(large: Driver) -> None:
    old = large.screen(ONE).copy()
    await large.press(ONE, "Remind me tomorrow")
    await large.command(ONE, "/scorecard my")
    await large.press(ONE, "Start", channel="ml-team")
    assert is_asked(large, ONE)
    await large.press(ONE, SCIENCE)
    await large.pass_(days=1)
    assert len(cards(large, ONE)) == 1
    assert "1/6" in large.reads(ONE)

    await large.press(ONE, "Skip this round", on=old)
    assert "1 started, 0 skipped" in (await large.command(AMARA, "/scorecard status")).text


# Being refused


async def test_a_role_that_comes_after_closing_is_not_stored(large: Driver) -> None:
    await large.press(ONE, "Start")
    await large.close_round()
    before = large.stored(*TABLES)
    outcome = await large.press(ONE, SCIENCE)

    assert "closed" in outcome.text
    assert large.stored(*TABLES) == before


async def test_nobody_chooses_a_role_for_somebody_else(large: Driver) -> None:
    await large.press(ONE, "Start")
    before = large.stored(*TABLES)
    outsider = await large.forge(ONE, SCIENCE, user=AMARA)
    stranger = await large.forge(ONE, SCIENCE, team="T0OTHER")

    assert "not asked" in outsider.text
    assert "not asked" in stranger.text
    assert large.stored(*TABLES) == before


@pytest.mark.parametrize("place", [-1, len(Role), 10**30, None])
async def test_a_role_that_is_not_in_the_list_is_refused(large: Driver, place: object) -> None:
    await large.press(ONE, "Start")
    before = large.stored(*TABLES)
    outcome = await large.forge(ONE, SCIENCE, value=json.dumps([1, None, place]))

    assert "/scorecard" in outcome.text
    assert large.stored(*TABLES) == before


async def test_in_a_small_round_no_forged_press_stores_a_role(large: Driver) -> None:
    await large.press(ONE, "Start")
    await large.start_round(team_name="Small", people=(ONE, TWO, AMARA))
    before = large.stored(*TABLES)
    for action_id in ("answer.role.0", "answer.change_role"):
        outcome = await large.forge(
            TWO, "Start", value=json.dumps([2, None, 0]), action_id=action_id
        )
        assert "/scorecard" in outcome.text
    assert large.stored(*TABLES) == before


# Changing it


async def test_it_is_changed_at_the_end_which_is_where_that_leads_back_to(done: Driver) -> None:
    assert "Your role: data science" in done.reads(ONE)
    await done.press(ONE, "Change")
    assert "Your answer: data science." in done.reads(ONE)
    assert done.screen(ONE).buttons == [*CHOICES, "Back"]
    await done.press(ONE, "Back")
    assert "Done" in done.reads(ONE)
    await done.press(ONE, "Change")
    await done.press(ONE, PRODUCT)

    first, second, *_ = done.reads(ONE).splitlines()
    assert first == "Saved: product and leadership"
    assert second.startswith("Done, thank you!")
    assert "Your role: product and leadership" in done.reads(ONE)
    assert in_rounds(done, ONE) == [Role.PRODUCT] == [remembered(done, ONE)]
    assert len(done.pictures(ONE)) == 1


async def test_who_did_not_say_may_do_so_at_the_end(large: Driver) -> None:
    await answer_all(large, ONE, SKIP)
    assert "Your role: none chosen" in large.reads(ONE)
    await large.press(ONE, "Choose")
    await large.press(ONE, PLATFORM)

    assert "Your role: platform and operations" in large.reads(ONE)


async def test_in_a_small_round_the_end_says_nothing_of_roles(short_bot: Driver) -> None:
    await short_bot.start_round(people=CROWD[:8])
    await answer_all(short_bot, ONE, None)

    assert "role" not in short_bot.reads(ONE)


async def test_a_change_counts_in_every_large_round_that_is_open_and_in_no_other(
    done: Driver,
) -> None:
    await done.close_round()
    await done.start_round(team_name="Small", people=(ONE, TWO, AMARA))
    for team in ("Second", "Third"):
        await done.start_round(team_name=team, people=CROWD)
    for _ in range(3):  # nobody is invited twice on one day
        await done.pass_(days=1)
    assert in_rounds(done, ONE) == ["data_science", None, "data_science", "data_science"]
    newest = next(one for one in reversed(cards(done, ONE)) if "Third" in one.reads)
    await done.press(ONE, "Start", on=newest)
    await go_on(done, ONE)
    await done.press(ONE, "Change")
    await done.press(ONE, PLATFORM)

    assert in_rounds(done, ONE) == ["data_science", None, "platform", "platform"]
    assert in_rounds(done, TWO) == [None, None, None, None]


# Being remembered


async def test_the_next_large_round_takes_it_over_and_does_not_ask(done: Driver) -> None:
    await answer_all(done, TWO, SKIP)
    await done.close_round()
    await done.pass_(days=NEXT_QUARTER)
    await done.pass_(hours=1)
    assert in_rounds(done, ONE) == [Role.DATA_SCIENCE] * 2

    await done.press(ONE, "Start")
    assert "1/6" in done.reads(ONE)
    await done.press(TWO, "Start")
    assert is_asked(done, TWO)


async def test_reading_the_people_of_the_workspace_again_forgets_no_role(done: Driver) -> None:
    await done.workspace.change_member(ONE, tz="Europe/Paris")
    await done.tick()

    assert remembered(done, ONE) == Role.DATA_SCIENCE


async def test_a_small_round_knows_no_roles_until_it_has_grown_large(done: Driver) -> None:
    await done.workspace.change_channel("ml-team", add=[ONE])
    await done.start_round(team_name="Growing")
    assert in_rounds(done, ONE)[-1] is None
    await done.workspace.change_channel("ml-team", add=[TWO])
    await done.pass_(hours=1)

    assert in_rounds(done, ONE)[-1] == Role.DATA_SCIENCE


# What it is for


async def answered_by(bot: Driver, science: int) -> str:
    """Twelve answer: so many data scientists nothing at all, the others of product everything."""
    said = [(SCIENCE, 1)] * science + [(PRODUCT, 3)] * (len(CROWD) - science)
    for name, (role, level) in zip(CROWD, said, strict=True):
        await answer_all(bot, name, role, level)
    await bot.close_round()
    await bot.press(AMARA, "Post now")
    posts = bot.workspace.channel("mlops-results")
    return "\n".join(post.reads for post in posts)


async def test_each_role_counts_the_same_however_many_hold_it(large: Driver) -> None:
    read = await answered_by(large, science=9)

    assert "January 2027: 50 of 100" in read  # one person, one vote: 9 * 25 and 3 * 75 make 38
    assert "each role counts the same" in read


async def test_with_two_people_in_a_role_people_count_the_same(large: Driver) -> None:
    read = await answered_by(large, science=10)

    assert "January 2027: 33 of 100" in read  # 10 * 25 and 2 * 75
    assert "each role counts the same" not in read


async def test_nobody_else_ever_reads_somebodys_role(done: Driver) -> None:
    for name in CROWD[1:4]:
        await answer_all(done, name, PLATFORM)
    for word in ("", "my", "status"):
        await done.command(AMARA, f"/scorecard {word}".strip())
    await done.close_round()
    await done.press(AMARA, "Post now")

    seen = [message for name in (AMARA, CROWD[11]) for message in done.who(name).screen()]
    seen += done.who(AMARA).screen("ml-team")
    seen += done.workspace.channel("mlops-results")
    read = "\n".join(message.reads + message.text for message in seen).lower()
    assert "platform and operations" not in read
    assert "data science" not in read


async def test_who_sees_what_says_what_a_role_is_for(large: Driver) -> None:
    await large.press(ONE, "Who sees what?")

    said = large.modal(ONE).reads
    assert "to count each role evenly, and to show scores of whole roles" in said
    assert "a role with 5 or more people (and 5 or more, or nobody, outside it)" in said


@pytest.mark.parametrize(("science", "times"), [(6, 1), (8, 0)])
async def test_a_role_is_shown_when_enough_people_hold_it_and_enough_do_not(
    large: Driver, science: int, times: int
) -> None:
    read = await answered_by(large, science)

    named = "data science 25 (6 people) · product and leadership 75 (6 people)"
    assert read.count(named) == read.count("By role") == times
