"""Filled in together: one person enters what the team agreed, and every screen says so."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.blocks import ids
from questionnaires.rounds import Manner
from sandbox import Message
from storage import scorecards
from tests.bot.blocks.reading import unsafe
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
SMALL = (AMARA, BEN, CHIARA)
CHOSEN: dict[str, Any] = {"How_it_is_answered": "Together: one person enters what the team agreed"}
BOTH = ("U01AMARA", "U02BEN")
OFFER = "Fill in together instead"
APRIL = datetime(2027, 4, 19, 9, 0, tzinfo=UTC)  # 10:00 in Lagos, where Amara is


async def open_together(bot: Driver, **form: Any) -> None:
    await bot.start_round(**CHOSEN, **form)


async def fill_in(bot: Driver, name: str, levels: Iterable[str]) -> None:
    await bot.press(name, "Start")
    for level in levels:
        await bot.press(name, level)


def written_to(bot: Driver) -> set[str]:
    return {member.name for member in bot.workspace.members if member.screen()}


def posts(bot: Driver) -> list[Message]:
    return bot.workspace.channel("mlops-results")


def said_by_the_way(bot: Driver, name: str) -> str:
    return "\n".join(one.reads for one in bot.who(name).screen("ml-team") if one.ephemeral)


# From the set-up to the next quarter


async def test_a_team_of_three_takes_the_offer_and_reads_what_it_agreed(short_bot: Driver) -> None:
    bot = short_bot
    await bot.fill_in_form(AMARA, people=SMALL)
    assert "This messages 3 people" in bot.modal(AMARA).reads
    await bot.press(AMARA, OFFER)
    asked = bot.modal(AMARA)
    assert "This asks you to fill in what the 3 people agreed" in asked.reads
    assert "messages" not in asked.reads
    assert OFFER not in asked.buttons
    await bot.submit(AMARA)
    assert "open, to be filled in together" in said_by_the_way(bot, AMARA)
    assert "Northwind ML, together" in bot.reads(AMARA)
    assert "Nothing is anonymous here" in bot.reads(AMARA)

    await bot.press(AMARA, "Start")
    assert "1/6 · together" in bot.reads(AMARA)
    await bot.press(AMARA, "Comment")
    assert "the team's note" in bot.modal(AMARA).reads
    await bot.write(AMARA, bot.modal(AMARA).labels[0], "Goals are old.")
    assert "The team's note: Goals are old." in bot.reads(AMARA)
    for level in ("0", "4", "3", "1", "2", "3"):
        await bot.press(AMARA, level)
    assert "The team's scores, filled in together" in bot.reads(AMARA)
    await bot.press(AMARA, "What would you fix first?")
    assert "the team's note" in bot.modal(AMARA).reads
    await bot.write(AMARA, "What would you fix first?", "The goals.")
    (own,) = bot.pictures(AMARA)
    assert own.files[0].title == "Northwind ML: the team's scores"
    assert "filled in together" in own.files[0].alt_text

    await bot.close_round()
    assert "Filled in together by the team" in bot.reads(AMARA)
    await bot.press(AMARA, "Post now")
    summary, *pictures, details = posts(bot)
    # Half of 0 and 100, half of 75 and 25, half of 50 and 75; a third of 50, 50 and 62.5.
    assert summary.reads.startswith("Northwind ML, January 2027: 54 of 100")
    assert "Filled in together by the team · weakest Governance 50" in summary.reads
    assert [line.split()[1] for line in summary.reads.splitlines()[2:5]] == ["50", "50", "63"]
    assert len(pictures) == 3
    assert all("filled in together" in one.files[0].alt_text for one in pictures)
    for level in ("level 0", "level 4", "level 3", "level 1", "level 2"):
        assert level in details.reads
    assert details.reads.index("Goals are old.") < details.reads.index("The goals.")
    everything = "\n".join((one.reads + one.text) for one in posts(bot))
    assert "answered" not in everything
    assert "range" not in everything
    assert written_to(bot) == {AMARA}

    await bot.until(APRIL - timedelta(minutes=1))
    assert bot.column("rounds", "title") == ["January 2027"]
    await bot.until(APRIL)
    assert bot.column("rounds", "manner") == ["together", "together"]
    assert "Northwind ML, together" in bot.reads(AMARA)
    await fill_in(bot, AMARA, "444444")
    await bot.close_round()
    await bot.press(AMARA, "Post now")
    assert "April 2027: 100 of 100" in posts(bot)[5].reads
    assert "Filled in together by the team" in posts(bot)[5].reads
    assert written_to(bot) == {AMARA}


@pytest.mark.both_ways
async def test_eight_people_who_choose_it_are_represented_by_one(short_bot: Driver) -> None:
    bot = short_bot
    await bot.fill_in_form(AMARA, **CHOSEN)
    assert "what the 8 people agreed" in bot.modal(AMARA).reads
    await bot.submit(AMARA)
    for hours in (3, 3, 7, 11):
        await bot.pass_(hours=hours)
    assert written_to(bot) == {AMARA}
    assert len(bot.stored("participants")["participants"]) == 1

    await fill_in(bot, AMARA, "222222")
    await bot.pass_(minutes=16)  # a quiet quarter of an hour, and it closes by itself
    await bot.press(AMARA, "Post now")
    assert "50 of 100" in posts(bot)[0].reads
    assert "Filled in together by the team" in posts(bot)[0].reads


async def test_status_reminder_and_who_sees_what_say_it_too(short_bot: Driver) -> None:
    bot = short_bot
    await open_together(bot)
    status = (await bot.command(AMARA, "/scorecard status")).text
    assert "filled in together: open until" in status
    assert "Nothing is filled in yet." in status
    assert "more answer" not in status
    await bot.press(AMARA, "Who sees what?")
    assert "none of it is anonymous" in bot.modal(AMARA).reads
    await bot.modal(AMARA).close()
    await bot.pass_(days=3)
    assert "Northwind ML, filled in together: 6 questions for you and your team" in bot.reads(AMARA)


async def test_no_more_answers_are_waited_for_once_all_is_filled_in(short_bot: Driver) -> None:
    await open_together(short_bot)
    await fill_in(short_bot, AMARA, "2")
    assert "Begun, not all is filled in yet." in (await short_bot.open_home(AMARA)).reads
    for _ in range(5):
        await short_bot.press(AMARA, "2")
    home = await short_bot.open_home(AMARA)
    assert "All is filled in." in home.reads
    assert "more answer" not in home.reads


async def test_more_people_are_offered_nothing_and_can_choose_it_in_the_form(bot: Driver) -> None:
    await bot.fill_in_form(AMARA)
    assert OFFER not in bot.modal(AMARA).buttons
    await bot.modal(AMARA).close()
    bot.modal(AMARA).choose("How it is answered", CHOSEN["How_it_is_answered"])
    await bot.submit(AMARA)
    assert "what the 8 people agreed" in bot.modal(AMARA).reads


async def test_one_or_two_people_are_warned_and_shown_the_way(bot: Driver) -> None:
    await bot.fill_in_form(AMARA, people=(AMARA, BEN))
    said = bot.modal(AMARA).reads
    assert "Ask at least 3 people, or fill in together" in said
    assert OFFER in bot.modal(AMARA).buttons


async def test_a_round_for_a_day_to_come_says_that_one_is_asked(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard start")
    form = bot.modal(AMARA).fill("Team name", "Northwind ML").fill("First round", "2027-02-01")
    form.choose("Where the result is posted", "mlops-results")
    form.choose("How it is answered", CHOSEN["How_it_is_answered"])
    await bot.submit(AMARA)
    assert "at 10:00 on 1 Feb 2027" in bot.modal(AMARA).reads
    await bot.submit(AMARA)
    assert "I ask you from 1 Feb 2027 on, and nobody else" in said_by_the_way(bot, AMARA)
    await bot.until(datetime(2027, 2, 1, 8, 59, tzinfo=UTC))
    assert written_to(bot) == set()  # it has been 10:00 in Tokyo for hours
    await bot.until(datetime(2027, 2, 1, 9, 0, tzinfo=UTC))
    assert written_to(bot) == {AMARA}


# Pressed twice, late, by others, in an old form


async def test_the_offer_pressed_twice_is_taken_once(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA, people=SMALL)
    who = short_bot.who(AMARA)
    payload = who.payload_of_press(OFFER)
    outcomes = await asyncio.gather(who.press_raw(payload), who.press_raw(payload))
    await short_bot.runtime.settled()

    assert [one.error for one in outcomes] == [None, None]
    assert "what the 3 people agreed" in short_bot.modal(AMARA).reads
    assert said_by_the_way(short_bot, AMARA) == ""
    await short_bot.submit(AMARA)
    assert short_bot.column("rounds", "manner") == ["together"]


async def test_the_offer_pressed_late_changes_nothing(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA, people=SMALL)
    payload = short_bot.who(AMARA).payload_of_press(OFFER)
    await short_bot.submit(AMARA)
    before = short_bot.stored("scorecards", "rounds", "participants")
    await short_bot.who(AMARA).press_raw(payload)
    await short_bot.runtime.settled()

    said = str(short_bot.workspace.calls("views.push")[-1].params)
    assert "This set-up is already confirmed" in said
    assert short_bot.stored("scorecards", "rounds", "participants") == before
    assert short_bot.column("rounds", "manner") == ["apart"]


async def test_somebody_else_cannot_take_the_offer(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA, people=SMALL)
    await short_bot.forge(AMARA, OFFER, user=CHIARA)

    assert short_bot.column("scorecards", "manner") == ["apart"]


async def test_who_is_no_facilitator_any_more_reads_above_the_offer_who_can(
    short_bot: Driver,
) -> None:
    await short_bot.fill_in_form(AMARA, people=SMALL)
    await short_bot.workspace.change_member(AMARA, admin=False)
    await short_bot.runtime.settled()
    await short_bot.press(AMARA, OFFER)

    assert "Only facilitators" in short_bot.modal(AMARA).reads
    assert short_bot.column("scorecards", "manner") == ["apart"]


async def test_the_offer_and_start_at_the_same_moment_agree_with_each_other(
    short_bot: Driver,
) -> None:
    await short_bot.fill_in_form(AMARA, people=SMALL)
    modal, who = short_bot.modal(AMARA), short_bot.who(AMARA)
    payload = who.payload_of_press(OFFER)
    await asyncio.gather(modal.submit(), who.press_raw(payload))
    await short_bot.runtime.settled()

    assert short_bot.column("rounds", "manner") == short_bot.column("scorecards", "manner")


async def test_back_after_the_offer_asks_again_as_the_form_says(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA, people=SMALL)
    await short_bot.press(AMARA, OFFER)
    await short_bot.modal(AMARA).close()
    assert short_bot.modal(AMARA).value("How it is answered")["value"] == "apart"
    await short_bot.submit(AMARA)

    assert "This messages 3 people" in short_bot.modal(AMARA).reads


async def test_a_form_that_an_older_version_opened_means_on_their_own(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard start")
    form = bot.modal(AMARA).fill("Team name", "Northwind ML")
    form.choose("Where the result is posted", "mlops-results")
    kept = [block for block in form.view.blocks if block.get("block_id") != ids.MANNER]
    form.view.spec = {**form.view.spec, "blocks": kept}
    form.view.state = {key: it for key, it in form.view.state.items() if key[0] != ids.MANNER}
    await bot.submit(AMARA)

    assert "This messages 8 people" in bot.modal(AMARA).reads


@pytest.mark.parametrize("value", ["rehearsal", "alone", ""])
async def test_a_manner_that_the_form_does_not_offer_is_refused(bot: Driver, value: str) -> None:
    await bot.command(AMARA, "/scorecard start")
    form = bot.modal(AMARA).fill("Team name", "Northwind ML")
    form.choose("Where the result is posted", "mlops-results")
    (key,) = [key for key in form.view.state if key[0] == ids.MANNER]
    form.view.state[key]["selected_option"]["value"] = value
    await bot.submit(AMARA)

    assert "older version" in bot.modal(AMARA).reads
    assert bot.stored("scorecards")["scorecards"] == []


# Who fills in


async def test_who_opens_it_by_hand_fills_in(start: Start, definitions: Path) -> None:
    async with start(definitions=definitions, facilitators=BOTH) as bot:
        await open_together(bot, people=(CHIARA, ELIAS))
        await bot.close_round()
        await bot.pass_(days=42)
        await bot.press(AMARA, "Post now")
        asked = await bot.ask_for(BEN, "Open a round now")
        assert "This asks you to fill in what the 2 people agreed" in asked
        await bot.submit(BEN)
        await bot.pass_(hours=3)
        assert "to be filled in together" in said_by_the_way(bot, BEN)
        assert bot.column("participants", "user_id") == ["U01AMARA", "U02BEN"]
        assert "You fill in what the team agreed, best in a meeting." in bot.reads(BEN)
        assert "has left" not in bot.reads(BEN)


async def test_no_team_fills_in_twice_within_30_days_whoever_enters_it(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, facilitators=BOTH) as bot:
        await open_together(bot, people=(CHIARA, ELIAS))
        await bot.close_round()
        await bot.pass_(days=28)
        for name in (AMARA, BEN):
            refused = await bot.ask_for(name, "Open a round now")
            assert "less than 30 days ago" in refused
        assert len(bot.column("rounds", "id")) == 1


async def test_the_next_facilitator_fills_in_when_the_creator_has_left(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, facilitators=BOTH) as bot:
        await open_together(bot)
        await fill_in(bot, AMARA, "222222")
        await bot.close_round()
        await bot.workspace.change_member(AMARA, deleted=True)
        await bot.until(APRIL + timedelta(hours=5, minutes=-1))
        assert len(bot.column("rounds", "id")) == 1
        await bot.until(APRIL + timedelta(hours=5))  # 10:00 in New York, where Ben is
        assert bot.column("participants", "user_id") == ["U01AMARA", "U02BEN"]
        assert "@Amara Okafor has left, so I ask you." in bot.reads(BEN)
        await fill_in(bot, BEN, "333333")
        await bot.close_round(BEN)
        await bot.press(BEN, "Post now")
        assert "75 of 100" in posts(bot)[-5].reads


async def test_a_round_that_nobody_is_left_for_waits_and_is_not_lost(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await open_together(bot)
        await fill_in(bot, AMARA, "222222")
        await bot.close_round()
        await bot.workspace.change_member(AMARA, deleted=True)
        await bot.until(APRIL + timedelta(hours=6))
        assert len(bot.column("rounds", "id")) == 1
        await bot.workspace.change_member(BEN, admin=True)
        await bot.pass_(minutes=10)
        assert bot.column("participants", "user_id")[1:] == ["U02BEN"]


async def test_who_fills_in_need_not_be_of_the_team_and_is_asked_on_monday_all_the_same(
    short_bot: Driver,
) -> None:
    await short_bot.pass_(days=4, hours=6)  # Friday evening
    await open_together(short_bot, people=(CHIARA, ELIAS))
    for _ in range(3):
        await short_bot.pass_(hours=2)
    assert written_to(short_bot) == set()
    await short_bot.until(datetime(2027, 1, 25, 9, 0, tzinfo=UTC))

    assert written_to(short_bot) == {AMARA}


async def test_who_joins_the_team_is_not_invited(short_bot: Driver) -> None:
    await open_together(short_bot)
    short_bot.workspace.add_member("U50INES", "Ines Novak", tz="Europe/Rome")
    await short_bot.workspace.change_channel("ml-team", add=["Ines Novak"])
    await short_bot.pass_(hours=2)
    await short_bot.pass_(days=1)

    assert written_to(short_bot) == {AMARA}


async def test_nobody_else_can_answer_for_the_team(short_bot: Driver) -> None:
    await open_together(short_bot)
    await short_bot.press(AMARA, "Start")
    await short_bot.forge(AMARA, "4", user=CHIARA)

    assert short_bot.stored("answers")["answers"] == []


# Interrupted, unfinished, skipped


async def test_a_restart_in_the_middle_goes_on_together(start: Start, definitions: Path) -> None:
    async with start(definitions=definitions) as bot:
        await open_together(bot)
        await fill_in(bot, AMARA, "222")
    async with start(definitions=definitions) as bot:
        await bot.press(AMARA, "2")
        assert "5/6 · together" in bot.reads(AMARA)
        await bot.press(AMARA, "2")
        await bot.press(AMARA, "2")
        assert "The team's scores" in bot.reads(AMARA)
        assert len(bot.column("participants", "id")) == 1


async def test_what_was_not_finished_is_posted_without_a_score_and_says_so(
    short_bot: Driver,
) -> None:
    await open_together(short_bot)
    await fill_in(short_bot, AMARA, "4")
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    (only,) = posts(short_bot)
    assert "filled in together, not finished" in only.reads
    assert "of 100" not in only.reads


async def test_a_filled_in_part_is_scored_where_two_thirds_are_there(short_bot: Driver) -> None:
    await open_together(short_bot)
    await fill_in(short_bot, AMARA, "44")
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    summary = posts(short_bot)[0].reads
    assert "100 of 100" in summary
    assert summary.count("too few answers") == 2


async def test_a_skipped_one_shows_no_score(short_bot: Driver) -> None:
    await open_together(short_bot)
    await short_bot.press(AMARA, "Skip this round")
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    assert "filled in together, not finished" in posts(short_bot)[0].reads


@pytest.mark.parametrize("nasty", ["<!channel> *A* & <@U02BEN>", "_|\u202e`x` <http://e|y>"])
async def test_nothing_that_is_entered_pings_or_breaks(short_bot: Driver, nasty: str) -> None:
    await open_together(short_bot, team_name=nasty)
    await short_bot.press(AMARA, "Start")
    await short_bot.press(AMARA, "Comment")
    await short_bot.write(AMARA, short_bot.modal(AMARA).labels[0], f"{nasty}\n> {nasty}")
    for level in "222222":
        await short_bot.press(AMARA, level)
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    assert len(posts(short_bot)) == 5
    for one in (*posts(short_bot), *short_bot.who(AMARA).screen()):
        assert unsafe({"text": one.text, "blocks": one.blocks}) == []


# Apart stays apart


@pytest.mark.parametrize("people", [(AMARA,), (AMARA, CHIARA)])
async def test_one_or_two_who_answer_on_their_own_still_show_nothing(
    short_bot: Driver, people: tuple[str, ...]
) -> None:
    await short_bot.start_round(people=people)
    await short_bot.answer_together(dict.fromkeys(people, 3))
    # The team turns to filling in together while this round is open.
    with short_bot.runtime.database.writing() as session:
        scorecards.set_manner(session, 1, Manner.TOGETHER)
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    (only,) = posts(short_bot)
    assert "none is shown" in only.reads
    assert "together" not in only.reads
    assert "75" not in only.reads + only.text


async def test_a_round_that_was_opened_together_stays_it_when_the_set_up_changes(
    short_bot: Driver,
) -> None:
    await open_together(short_bot)
    with short_bot.runtime.database.writing() as session:
        scorecards.set_manner(session, 1, Manner.APART)
    await short_bot.pass_(days=1)
    assert written_to(short_bot) == {AMARA}
    await fill_in(short_bot, AMARA, "333333")
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    assert "Filled in together by the team" in posts(short_bot)[0].reads
