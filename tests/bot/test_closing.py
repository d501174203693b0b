"""The end of a round: closed once, frozen, and shown to the facilitators alone."""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import Message
from tests.conftest import MONDAY, Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, ELIAS = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Elias Berg"
FATIMA, GRACE, HIRO, DEEPA = "Fatima Haddad", "Grace Kim", "Hiro Tanaka", "Deepa Nair"
AT_WORK = (AMARA, CHIARA, ELIAS, FATIMA)
DEADLINE = MONDAY + timedelta(days=14, hours=5)  # Monday, 18:00 in Lagos


async def answered(bot: Driver, levels: Mapping[str, int], **form: Any) -> None:
    """A round in which these people have answered everything."""
    await bot.open_round(**form)
    await bot.answer_together(levels)


def preview(bot: Driver, name: str = AMARA) -> Message:
    found = [one for one in bot.who(name).screen() if "Post now" in one.buttons]
    assert found, [one.reads for one in bot.who(name).screen()]
    return found[-1]


def words(bot: Driver) -> str:
    """All that anybody could see of the result: previews, posts, alternative texts."""
    seen = [m for member in bot.workspace.members for m in member.screen() if "Post" in m.reads]
    seen += bot.workspace.channel("mlops-results")
    alts = [file.alt_text for one in seen for file in one.files]
    return "\n".join([*(f"{one.text}\n{one.reads}" for one in seen), *alts])


def closed(bot: Driver) -> bool:
    return bool(bot.stored("results")["results"])


# When


async def test_closing_by_hand_is_confirmed_and_brings_the_preview(short_bot: Driver) -> None:
    await answered(short_bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    await short_bot.close_round()

    said = [one.reads for one in short_bot.who(AMARA).screen("ml-team") if one.ephemeral]
    assert "closed" in said[-1]
    assert "Northwind ML, January 2027: 50 of 100" in preview(short_bot).reads
    assert short_bot.workspace.channel("mlops-results") == []


async def test_closing_twice_computes_once(short_bot: Driver) -> None:
    await answered(short_bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    await short_bot.command(AMARA, "/scorecard close")
    button = short_bot.who(AMARA).screen("ml-team")[-1].copy()
    first, second = await asyncio.gather(
        *(short_bot.press(AMARA, "Close this round", on=button) for _ in range(2))
    )

    assert len(short_bot.stored("results")["results"]) == 1
    assert "closed" in first.text + second.text
    previews = [one for one in short_bot.who(AMARA).screen() if "Post now" in one.buttons]
    assert len(previews) == 1


async def test_somebody_else_cannot_press_close(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.command(AMARA, "/scorecard close")
    button = short_bot.who(AMARA).screen("ml-team")[-1]
    outcome = await short_bot.forge(AMARA, "Close this round", on=button, user=BEN)

    assert "Only facilitators" in outcome.text
    assert not closed(short_bot)


async def test_a_round_closes_at_its_deadline(short_bot: Driver) -> None:
    await answered(short_bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    await short_bot.until(DEADLINE - timedelta(seconds=1))
    assert not closed(short_bot)
    await short_bot.until(DEADLINE)

    assert closed(short_bot)
    assert preview(short_bot)


async def test_a_quiet_quarter_of_an_hour_after_the_last_it_closes_by_itself(
    short_bot: Driver,
) -> None:
    await answered(short_bot, dict.fromkeys((AMARA, CHIARA, ELIAS), 2), people=AT_WORK)
    await short_bot.press(FATIMA, "Skip this round")
    await short_bot.pass_(minutes=14)
    assert not closed(short_bot)
    await short_bot.press(CHIARA, "2 · ML work chosen by written goals")
    await short_bot.press(CHIARA, "3")
    await short_bot.pass_(minutes=14)
    assert not closed(short_bot)
    await short_bot.pass_(minutes=1)

    assert closed(short_bot)


async def test_a_round_that_everybody_skips_stays_open_until_its_deadline(
    short_bot: Driver,
) -> None:
    await short_bot.open_round(people=(CHIARA, ELIAS))
    await short_bot.press(CHIARA, "Skip this round")
    await short_bot.press(ELIAS, "Skip this round")
    await short_bot.pass_(hours=5)
    assert not closed(short_bot)
    await short_bot.until(DEADLINE)

    assert closed(short_bot)


async def test_ticks_at_the_same_moment_close_once(short_bot: Driver) -> None:
    await answered(short_bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    short_bot.clock.set(DEADLINE)
    await asyncio.gather(*(short_bot.tick() for _ in range(4)))

    assert len(short_bot.stored("results")["results"]) == 1
    assert len([one for one in short_bot.who(AMARA).screen() if "Post now" in one.buttons]) == 1


async def test_a_bot_that_was_down_at_the_deadline_closes_when_it_is_back(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await answered(bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    bot.clock.set(DEADLINE + timedelta(days=3))
    async with start(definitions=definitions) as bot:
        assert closed(bot)
        assert preview(bot)


# What is shown


@pytest.mark.parametrize("respondents", [0, 1, 2])
async def test_fewer_than_three_answers_show_no_numbers_anywhere(
    short_bot: Driver, respondents: int
) -> None:
    await answered(short_bot, dict.fromkeys((CHIARA, ELIAS)[:respondents], 3))
    if respondents:
        await short_bot.press(FATIMA, "Start")
        await _comment(short_bot, FATIMA, "Only Fatima would say so")
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    seen = words(short_bot)
    assert f"{respondents} of 8 answered" in seen
    assert "What helps next time" in seen
    assert not re.search(r"\b75\b|of 100|level 3|3 answered|Only Fatima", seen)
    assert not short_bot.pictures(AMARA)
    assert [one.files for one in short_bot.workspace.channel("mlops-results")] == [[]]


async def _comment(bot: Driver, name: str, text: str) -> None:
    await bot.press(name, "Comment")
    (label,) = bot.modal(name).labels
    await bot.write(name, label, text)


async def test_from_three_on_scores_are_rounded_to_five(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.press(FATIMA, "Start")
    await _comment(short_bot, FATIMA, "Only Fatima would say so")
    await short_bot.answer_together({AMARA: 1, CHIARA: 2, ELIAS: 2, BEN: 3})
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    seen = words(short_bot)
    assert "50 of 100" in seen
    assert not re.search(r"level (about )?\d", seen)
    assert "Only Fatima" not in seen
    scores = [int(found) for found in re.findall(r"[█░]+ (\d+) ", seen)]
    assert scores
    assert all(score % 5 == 0 for score in scores)


async def test_from_k_on_questions_and_comments_are_shown(short_bot: Driver) -> None:
    await short_bot.open_round()
    for name in (FATIMA, CHIARA):
        await short_bot.press(name, "Start")
        await _comment(short_bot, name, f"Said by {name.split()[0]} <!here>")
    await short_bot.answer_together({AMARA: 1, ELIAS: 2, BEN: 2})
    for name in (FATIMA, CHIARA):
        while "3" in short_bot.screen(name).buttons:
            await short_bot.press(name, "3")
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    details = short_bot.workspace.channel("mlops-results")[-1].reads
    assert "level 2" in details
    assert "Said by Fatima <!here>" in details
    assert "Said by Chiara <!here>" in details
    assert "55 of 100" in words(short_bot)


async def test_k_is_the_one_that_held_when_the_round_opened(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, least_people=5) as bot:
        await answered(bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    async with start(definitions=definitions, least_people=3) as bot:
        await bot.close_round()
        await bot.press(AMARA, "Post now")
        assert "3 answered" in words(bot)
        assert "level 2" not in words(bot)


async def test_k_three_shows_everything_from_three_people_on(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, least_people=3) as bot:
        await answered(bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
        await bot.close_round()
        await bot.press(AMARA, "Post now")
        assert "level 2" in words(bot)


async def test_the_preview_goes_to_facilitators_only(start: Start, definitions: Path) -> None:
    async with start(definitions=definitions, facilitators=("U01AMARA", "U02BEN")) as bot:
        await answered(bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
        await bot.close_round()
        assert preview(bot, AMARA)
        assert preview(bot, BEN)
        for member in bot.workspace.members:
            if member.name not in (AMARA, BEN):
                assert not any("of 100" in one.reads for one in member.screen())
        assert len(bot.pictures(BEN)) == 1


async def test_an_admin_who_closes_anothers_round_gets_the_result(short_bot: Driver) -> None:
    await short_bot.workspace.change_member(BEN, admin=True)
    await short_bot.runtime.settled()
    await answered(short_bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
    await short_bot.close_round(BEN)

    assert preview(short_bot, BEN)
    assert preview(short_bot, AMARA)


async def test_status_and_my_give_no_result_away_before_it_is_posted(short_bot: Driver) -> None:
    await answered(short_bot, {AMARA: 1, CHIARA: 3, ELIAS: 3})
    await short_bot.close_round()
    status = (await short_bot.command(AMARA, "/scorecard status")).text
    assert "Post now" in status
    assert "Thu 21 Jan, 10:00" in status
    await short_bot.command(CHIARA, "/scorecard my")

    own = [one for one in short_bot.who(CHIARA).screen("ml-team") if one.ephemeral][-1].reads
    assert own.count(" 75 ") == 3
    assert "60" not in own


async def test_the_result_is_frozen(start: Start, definitions: Path) -> None:
    async with start(definitions=definitions) as bot:
        await answered(bot, {AMARA: 2, CHIARA: 2, ELIAS: 2})
        await bot.close_round()
        frozen = bot.stored("results", "answers", "comments")
        await bot.press(CHIARA, "What would you fix first?")
        for label in ("2", "Comment"):
            await bot.forge(CHIARA, "What would you fix first?", action_id=_id_of(label))
        await bot.pass_(days=1)
    async with start(definitions=definitions) as bot:
        assert bot.stored("results", "answers", "comments") == frozen


def _id_of(label: str) -> str:
    return {"2": "answer.level.2", "Comment": "answer.comment"}[label]


async def test_of_two_open_rounds_the_pressed_one_closes(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.start_round(team_name="Search ranking")
    await short_bot.command(AMARA, "/scorecard close")
    offer = short_bot.who(AMARA).screen("ml-team")[-1]
    assert offer.buttons == ["Close this round", "Close this round"]
    await short_bot.press(AMARA, "Close this round", on=offer)

    states = sorted(row[7] for row in short_bot.stored("rounds")["rounds"])
    assert states == ["closed", "open"]
