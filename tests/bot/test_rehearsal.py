"""Rehearsing: what everybody would see, for one person only, and nothing of it is kept."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from bot.blocks import details, ids, result
from bot.blocks.ids import Errand, Rehearsed, Spot, Verb
from questionnaires import catalog, disclosure, rehearsal, scoring
from questionnaires.disclosure.floors import k_of
from questionnaires.model import Answer, Questionnaire, Rater, Rating
from sandbox import Message
from sandbox.reading import lines
from tests.conftest import MONDAY, Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, HIRO = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Hiro Tanaka"
POST, SHARE, DELETE = "chat.postMessage", "files.completeUploadExternal", "chat.delete"
QUICK = "MLOps quick check: 18 questions, about 3 min"
OVER = "The rehearsal is over"
ONE = "Rehearsal · Northwind ML"
RESULT = 7  # own radar, summary, three pictures, details, and that it is over
KEPT = sorted({*SQLModel.metadata.tables} - {"workspaces", "people"})
GONE = ("rounds", "participants", "answers", "comments", "messages", "results", "questionnaires")


async def rehearse(bot: Driver, name: str = AMARA) -> None:
    await bot.command(name, "/scorecard rehearse")
    await bot.submit(name)


async def answer(bot: Driver, name: str = AMARA, said: str = "2") -> None:
    """From the invitation, or the card, to the end."""
    card = next(one for one in reversed(direct(bot, name)) if "End rehearsal" in one.buttons)
    if "Start" in card.buttons:
        await bot.press(name, "Start", on=card)
    while said in card.buttons:
        await bot.press(name, said, on=card)


def direct(bot: Driver, name: str = AMARA) -> list[Message]:
    return [one for one in bot.who(name).screen() if not one.ephemeral]


def told(bot: Driver, name: str = AMARA) -> str:
    return "\n".join(one.reads for one in direct(bot, name))


def whispered(bot: Driver, name: str = AMARA, channel: str | None = None) -> str:
    return [one.reads for one in bot.who(name).screen(channel) if one.ephemeral][-1]


def kept(bot: Driver) -> Mapping[str, Any]:
    return bot.stored(*KEPT)


def is_empty(bot: Driver) -> bool:
    return not any(bot.stored("scorecards", *GONE).values())


# What it is like


async def test_the_modal_says_in_three_sentences_what_will_happen(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard rehearse")

    said = bot.modal(AMARA).reads
    assert "you only" in said
    assert "7 made-up colleagues answer" in said
    assert "Nothing is kept" in said
    await bot.submit(AMARA)
    assert bot.who(AMARA).screen("ml-team")[-1].reads.endswith("in our direct messages.")


async def test_who_rehearses_is_asked_at_once_whatever_the_hour(bot: Driver) -> None:
    bot.clock.set(datetime(2027, 1, 23, 2, 0, tzinfo=UTC))  # a Saturday, three at night in Lagos
    await rehearse(bot)

    asked = bot.reads(AMARA)
    assert "Only you get this; 7 made-up colleagues answer; nothing is kept." in asked
    assert bot.screen(AMARA).buttons == ["Start", "End rehearsal", "Who sees what?"]


async def test_every_screen_says_that_it_is_a_rehearsal(short_bot: Driver) -> None:
    await rehearse(short_bot)
    assert "Rehearsal" in short_bot.reads(AMARA)
    await short_bot.press(AMARA, "Start")
    while "2" in short_bot.screen(AMARA).buttons:
        assert "Rehearsal · " in short_bot.reads(AMARA)
        assert "Rehearsal. Question" in short_bot.screen(AMARA).text
        await short_bot.press(AMARA, "2")

    shown = direct(short_bot)
    assert len(shown) == 1 + RESULT
    for one in shown:
        assert "ehearsal" in one.reads
        assert all(file.title.startswith("Rehearsal") for file in one.files)
        assert all("Rehearsal" in file.alt_text for file in one.files)


async def test_the_result_comes_at_once_in_order_and_ends_with_that_nothing_was_kept(
    short_bot: Driver,
) -> None:
    await rehearse(short_bot)
    await answer(short_bot)

    _, own, summary, *pictures, details, over = direct(short_bot)
    assert own.files[0].title == "Rehearsal: your own scores"
    assert "Rehearsal, January 2027: " in summary.reads
    assert "8 of 8 answered" in summary.reads
    assert [one.files[0].name for one in pictures] == ["radar.png", "dots.png", "stellar.png"]
    assert details.reads.count("made-up comment") == 2
    assert over.reads.startswith(f"{OVER}. Nothing was kept")


async def test_at_the_end_no_button_is_left_that_leads_nowhere(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await answer(short_bot)

    buttons = [label for one in direct(short_bot) for label in one.buttons]
    assert buttons == ["How to read this", "New scorecard", "Rehearse again"]
    await short_bot.press(AMARA, "New scorecard")
    assert "Team name" in short_bot.modal(AMARA).labels
    await short_bot.modal(AMARA).close()
    await short_bot.press(AMARA, "Rehearse again")
    await short_bot.submit(AMARA)
    assert "Start" in short_bot.screen(AMARA).buttons


def expected(questions: Questionnaire, round_id: int, own: Rating, number: int) -> list[str]:
    """The summary that scoring and disclosure give for these answers."""
    made_up = rehearsal.colleagues(questions, number, seed=round_id)
    said = [{question.id: own for question in questions.core}, *(one.ratings for one in made_up)]
    found = scoring.measure(
        questions,
        [Rater(place) for place in range(len(said))],
        [
            Answer(place, question_id, rating)
            for place, one in enumerate(said)
            for question_id, rating in one.items()
        ],
        invited=len(said),
    )
    shown = disclosure.disclose(
        found,
        questions,
        k=k_of(questions, 5),
        team_name="Rehearsal",
        round_title="January 2027",
        closed_on=MONDAY.date(),
        comments=[one.comment for one in made_up if one.comment],
    )
    summary, thread = result.summary(shown).blocks, details.details(shown).blocks
    return [*lines(summary, dict[str, str]().get), *lines(thread, dict[str, str]().get)]


@pytest.mark.parametrize(
    ("choice", "questions", "said", "level"),
    [
        (None, "mlops-scorecard", "3", 3),
        (QUICK, "mlops-quick-check", "Partly", 2),
    ],
    ids=["levels", "yes_partly_no"],
)
async def test_the_result_is_what_scoring_gives_for_these_answers(
    bot: Driver, choice: str | None, questions: str, said: str, level: int
) -> None:
    await bot.command(AMARA, "/scorecard rehearse")
    if choice:
        bot.modal(AMARA).choose("Questions", choice)
    await bot.submit(AMARA)
    (round_id,) = bot.column("rounds", "id")
    await answer(bot, said=said)

    read = told(bot).splitlines()
    found = catalog.load_all()[questions]
    for line in expected(found, round_id, Rating.of_level(level), 7):
        for part in line.splitlines():
            assert part in read


# Nothing is kept


async def test_after_it_every_table_is_as_it_was(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.answer_all(CHIARA, 3)
    before = kept(short_bot)
    await rehearse(short_bot)
    assert kept(short_bot) != before
    await short_bot.press(AMARA, "Start")
    await short_bot.press(AMARA, "Comment")
    await short_bot.write(AMARA, "We choose our ML work by written goals.", "A remark.")
    await answer(short_bot)

    assert OVER in told(short_bot)
    assert kept(short_bot) == before


async def test_what_was_only_rehearsed_is_not_locked(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await answer(short_bot)
    assert is_empty(short_bot)


async def test_made_up_colleagues_appear_nowhere_and_nobody_else_hears_of_it(
    short_bot: Driver,
) -> None:
    await rehearse(short_bot)
    people = short_bot.column("participants", "user_id")
    made_up = [one for one in people if one != "U01AMARA"]
    assert len(made_up) == 7
    assert not any(re.fullmatch(r"[UW][A-Z0-9]+", one) for one in made_up)
    await answer(short_bot)

    calls = str(short_bot.workspace.calls())
    assert not any(one in calls for one in made_up)
    others = [one for one in short_bot.workspace.members if one.name != AMARA]
    assert [message for one in others for message in one.screen()] == []
    assert short_bot.workspace.channel("mlops-results") == []


async def test_a_day_later_it_is_over_and_gone(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    await short_bot.press(AMARA, "2")
    await short_bot.pass_(hours=23, minutes=59)
    assert "2" in short_bot.screen(AMARA).buttons
    await short_bot.pass_(minutes=1)

    (over,) = direct(short_bot)  # the card, which asks in vain, is taken away
    assert over.reads.startswith("The rehearsal is over: a day has passed. Nothing was kept")
    assert is_empty(short_bot)


async def test_it_never_reminds_of_itself(short_bot: Driver) -> None:
    await rehearse(short_bot)
    for _ in range(30):
        await short_bot.pass_(hours=12)
    assert len(direct(short_bot)) == 1


async def test_when_slack_is_away_for_days_it_goes_unsaid(short_bot: Driver) -> None:
    await rehearse(short_bot)
    short_bot.workspace.fail(POST, status=503, times=None)
    await short_bot.pass_(hours=24)
    assert not is_empty(short_bot)
    await short_bot.pass_(hours=24)
    assert is_empty(short_bot)


async def test_who_cannot_be_written_to_leaves_nothing_behind(short_bot: Driver) -> None:
    await rehearse(short_bot)
    short_bot.workspace.refuse(AMARA, "messages_tab_disabled")
    await short_bot.pass_(hours=24)
    assert is_empty(short_bot)


# Ending it by hand, beginning it twice


@pytest.mark.parametrize("begun", [False, True])
async def test_ending_it_by_hand_deletes_it_and_says_so(short_bot: Driver, *, begun: bool) -> None:
    await rehearse(short_bot)
    if begun:
        await short_bot.press(AMARA, "Start")
        await short_bot.press(AMARA, "2")
    await short_bot.press(AMARA, "End rehearsal")

    (over,) = direct(short_bot)
    assert over.reads.startswith(OVER)
    assert is_empty(short_bot)
    await short_bot.pass_(hours=24)
    assert len(direct(short_bot)) == 1


async def test_a_press_that_comes_after_the_end_says_so_and_stores_nothing(
    short_bot: Driver,
) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    late = [
        (short_bot.who(AMARA).payload_of_press(label))
        for label in ("2", "Comment", "Doesn't apply", "Back", "End rehearsal")
        if label in short_bot.screen(AMARA).buttons
    ]
    await short_bot.press(AMARA, "End rehearsal")
    for payload in late:
        await short_bot.who(AMARA).press_raw(payload)
        await short_bot.runtime.settled()
        assert "it was a rehearsal that is over" in whispered(short_bot)
    assert is_empty(short_bot)


async def test_a_press_between_the_end_and_the_result_says_that_it_is_over(
    short_bot: Driver,
) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    late = short_bot.who(AMARA).payload_of_press("1")
    short_bot.workspace.fail(POST, "ratelimited", retry_after=60)
    await answer(short_bot)
    await short_bot.who(AMARA).press_raw(late)
    await short_bot.runtime.settled()

    assert "it was a rehearsal that is over" in whispered(short_bot)


async def test_after_a_comment_modal_was_left_open_saving_it_says_that_it_is_over(
    short_bot: Driver,
) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    await short_bot.press(AMARA, "Comment")
    await short_bot.pass_(hours=24)
    await short_bot.write(AMARA, "We choose our ML work by written goals.", "Too late.")

    assert "rehearsal that is over" in short_bot.modal(AMARA).reads
    assert is_empty(short_bot)


async def test_a_button_of_a_rehearsal_answers_in_no_later_round(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    late = short_bot.who(AMARA).payload_of_press("2")
    await short_bot.press(AMARA, "End rehearsal")
    await short_bot.start_round()
    await short_bot.who(AMARA).press_raw(late)
    await short_bot.runtime.settled()

    assert short_bot.answers(AMARA) == {}


async def test_a_second_one_ends_the_first(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    first = short_bot.who(AMARA).payload_of_press("2")
    await rehearse(short_bot)

    (invitation,) = direct(short_bot)
    assert "Start" in invitation.buttons
    assert len(short_bot.column("rounds", "id")) == 1
    await short_bot.who(AMARA).press_raw(first)
    await short_bot.runtime.settled()
    assert short_bot.answers(AMARA) == {}
    await answer(short_bot)
    assert is_empty(short_bot)


async def test_start_pressed_twice_at_once_leaves_one_rehearsal(short_bot: Driver) -> None:
    await short_bot.command(AMARA, "/scorecard rehearse")
    payload = {
        "type": "view_submission",
        "team": {"id": short_bot.workspace.team_id},
        "user": {"id": "U01AMARA"},
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": ids.REHEARSE_MODAL,
            "private_metadata": short_bot.modal(AMARA).private_metadata,
            "blocks": [],
            "state": {"values": {}},
        },
    }
    await asyncio.gather(*(short_bot.who(AMARA).press_raw(payload) for _ in range(3)))
    await short_bot.runtime.settled()

    assert len(short_bot.column("rounds", "id")) == 1
    assert [one.buttons[0] for one in direct(short_bot)] == ["Start"]
    await answer(short_bot)
    assert is_empty(short_bot)


async def test_start_on_the_invitation_pressed_twice_begins_once(short_bot: Driver) -> None:
    await rehearse(short_bot)
    start = short_bot.who(AMARA).payload_of_press("Start")
    await asyncio.gather(*(short_bot.who(AMARA).press_raw(start) for _ in range(2)))
    await short_bot.runtime.settled()
    await answer(short_bot)

    assert len(direct(short_bot)) == 1 + RESULT
    assert is_empty(short_bot)


async def test_two_facilitators_rehearse_at_once_each_for_themselves(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, facilitators=("U01AMARA", "U08HIRO")) as bot:
        await asyncio.gather(rehearse(bot), rehearse(bot, HIRO))
        await asyncio.gather(answer(bot, AMARA, "1"), answer(bot, HIRO, "3"))

        for name in (AMARA, HIRO):
            assert len(direct(bot, name)) == 1 + RESULT
            assert "8 of 8 answered" in told(bot, name)
        assert is_empty(bot)


# Where it does not show


async def test_facilitators_see_nothing_of_it_among_their_scorecards(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    status = (await short_bot.command(AMARA, "/scorecard status")).text
    close = (await short_bot.command(AMARA, "/scorecard close")).text
    await short_bot.who(AMARA).open_home()
    await short_bot.runtime.settled()

    assert "No scorecard yet" in status
    assert "No round is open" in close
    home = short_bot.who(AMARA).home
    assert home is not None
    assert "None yet" in home.reads
    assert "Your teams" not in home.reads


async def test_who_rehearses_finds_their_way_back_to_it(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.press(AMARA, "Start")
    await short_bot.press(AMARA, "2")
    mine = (await short_bot.command(AMARA, "/scorecard my")).text
    assert "*Rehearsal*: 5 questions left" in mine
    await short_bot.press(AMARA, "Continue", channel="ml-team")

    (card,) = direct(short_bot)
    assert "Rehearsal · " in card.reads
    await answer(short_bot)
    mine = (await short_bot.command(AMARA, "/scorecard my")).text
    assert "Rehearsal" not in mine


async def test_a_real_round_goes_on_beside_it_and_takes_no_notice(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.start_round()  # the same day: Amara is asked all the same
    assert sum("Remind me tomorrow" in one.buttons for one in direct(short_bot)) == 1
    real = next(one for one in direct(short_bot) if "Remind me tomorrow" in one.buttons)
    rehearsed = next(one for one in direct(short_bot) if "End rehearsal" in one.buttons)
    await short_bot.press(AMARA, "Start", on=rehearsed)
    while "2" in rehearsed.buttons:
        await short_bot.press(AMARA, "2", on=rehearsed)
    assert short_bot.answers(AMARA) == {}
    status = (await short_bot.command(AMARA, "/scorecard status")).text
    assert "0 of 8 finished, 0 started" in status
    await short_bot.press(AMARA, "Start", on=real)
    await short_bot.press(AMARA, "3", on=real)
    assert len(short_bot.answers(AMARA)) == 1


async def test_a_gap_of_the_bot_says_nothing_of_a_rehearsal(short_bot: Driver) -> None:
    short_bot.workspace.fail(POST, "ratelimited", retry_after=30)
    await rehearse(short_bot)
    await short_bot.pass_(hours=25)
    await short_bot.runtime.tick.beat()
    await short_bot.pass_(minutes=1)

    assert "I was away" not in told(short_bot)
    assert is_empty(short_bot)


async def test_the_log_says_nothing_of_one_that_goes_well(short_bot: Driver) -> None:
    with capture_logs() as logs:
        await rehearse(short_bot)
        await answer(short_bot)
        await rehearse(short_bot)
        await short_bot.pass_(hours=24)
    assert [entry for entry in logs if entry["log_level"] != "debug"] == []


@pytest.mark.parametrize("action_id", [ids.CLOSE_ROUND, ids.POST_RESULT, ids.PREVIEW_RESULT])
async def test_a_forged_press_neither_closes_nor_posts_a_rehearsal(
    short_bot: Driver, action_id: str
) -> None:
    await rehearse(short_bot)
    (round_id,) = short_bot.column("rounds", "id")
    value = Spot(round_id).value
    await short_bot.forge(AMARA, "Start", action_id=action_id, value=value)

    assert short_bot.column("rounds", "state") == ["open"]
    assert short_bot.workspace.channel("mlops-results") == []
    assert "No round is open" in whispered(short_bot) or "no result yet" in whispered(short_bot)


@pytest.mark.parametrize("verb", [Verb.RUN, Verb.PAUSE, Verb.REMIND])
async def test_a_forged_press_manages_no_rehearsal(short_bot: Driver, verb: Verb) -> None:
    await rehearse(short_bot)
    (scorecard_id,) = short_bot.column("scorecards", "id")
    before = kept(short_bot)
    value = Errand(scorecard_id, verb).value
    await short_bot.forge(AMARA, "Start", action_id=f"{ids.MANAGE}.{verb}", value=value)

    assert kept(short_bot) == before


async def test_nobody_else_ends_it_or_answers_in_it(short_bot: Driver) -> None:
    await rehearse(short_bot)
    await short_bot.forge(AMARA, "End rehearsal", user=BEN)
    await short_bot.forge(AMARA, "Start", user=BEN)
    assert short_bot.column("rounds", "state") == ["open"]
    await answer(short_bot)
    assert is_empty(short_bot)


async def test_a_real_round_is_not_ended_like_a_rehearsal(short_bot: Driver) -> None:
    await short_bot.start_round()
    before = kept(short_bot)
    await short_bot.forge(AMARA, "Start", action_id=ids.END_REHEARSAL)
    assert kept(short_bot) == before


async def test_only_facilitators_rehearse(short_bot: Driver) -> None:
    said = (await short_bot.command(BEN, "/scorecard rehearse")).text
    assert "Only facilitators can do this" in said
    assert short_bot.who(BEN).modal is None


# From a set-up


async def test_a_set_up_is_rehearsed_and_waits(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA)
    await short_bot.press(AMARA, "Rehearse with me only")
    said = "The rehearsal is in our direct messages. Your set-up waits here."
    assert short_bot.modal(AMARA).reads == said
    invitation = short_bot.reads(AMARA)
    assert ONE in invitation
    assert "7 made-up colleagues" in invitation
    assert "#mlops-results sees group scores" in invitation
    await answer(short_bot)
    assert f"{ONE}, January 2027" in told(short_bot)
    assert "In a real round #mlops-results would read this" in told(short_bot)
    await short_bot.modal(AMARA).close()
    await short_bot.submit(AMARA)

    assert short_bot.column("rounds", "team_name") == ["Northwind ML"]
    assert short_bot.column("rounds", "manner") == ["apart"]


@pytest.mark.parametrize(("people", "made_up"), [((CHIARA,), 4), ((AMARA, BEN, CHIARA), 4)])
async def test_a_small_team_is_rehearsed_with_enough_colleagues_to_show_all(
    short_bot: Driver, people: tuple[str, ...], made_up: int
) -> None:
    await short_bot.fill_in_form(AMARA, people=people)
    await short_bot.press(AMARA, "Rehearse with me only")
    assert f"{made_up} made-up colleagues answer" in short_bot.reads(AMARA)
    await answer(short_bot)
    assert "made-up comment" in told(short_bot)


async def test_a_set_up_that_is_confirmed_by_now_is_not_rehearsed(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA)
    late = short_bot.who(AMARA).payload_of_press("Rehearse with me only")
    await short_bot.submit(AMARA)
    before = kept(short_bot)
    await short_bot.who(AMARA).press_raw(late)
    await short_bot.runtime.settled()
    assert kept(short_bot) == before


async def test_a_forged_number_of_people_makes_up_no_crowd(short_bot: Driver) -> None:
    await short_bot.fill_in_form(AMARA)
    (scorecard_id,) = short_bot.column("scorecards", "id")
    value = Rehearsed(scorecard_id, 10**9).value
    await short_bot.forge(AMARA, "Rehearse with me only", value=value)
    assert "11 made-up colleagues answer" in short_bot.reads(AMARA)


# Crashes, restarts, edits


@pytest.mark.parametrize("arrived", range(RESULT))
async def test_a_result_that_was_interrupted_goes_on_after_a_restart_each_part_once(
    start: Start, definitions: Path, arrived: int
) -> None:
    async with start(definitions=definitions) as bot:
        await rehearse(bot)
        await answer_but_one(bot)
        for method, after in ((POST, posts_in(arrived)), (SHARE, arrived - posts_in(arrived))):
            bot.workspace.fail(method, "ratelimited", retry_after=60, after=after, times=None)
        await answer(bot)
        assert len(direct(bot)) == 1 + arrived
        bot.workspace.heal()
    async with start(definitions=definitions) as bot:
        for _ in range(4):
            await bot.pass_(seconds=61)

        assert len(direct(bot)) == 1 + RESULT
        assert direct(bot)[-1].reads.startswith(OVER)
        assert is_empty(bot)


def posts_in(arrived: int) -> int:
    """Of so many parts of the result, how many are words: the summary, the details, the end."""
    return [0, 0, 1, 1, 1, 1, 2][arrived]


async def answer_but_one(bot: Driver) -> None:
    await bot.press(AMARA, "Start")
    for _ in range(5):
        await bot.press(AMARA, "2")


async def test_answers_survive_a_restart_in_the_middle(start: Start, definitions: Path) -> None:
    async with start(definitions=definitions) as bot:
        await rehearse(bot)
        await answer_but_one(bot)
    async with start(definitions=definitions) as bot:
        assert "6/6" in bot.reads(AMARA)
        await answer(bot)
        assert len(direct(bot)) == 1 + RESULT
        assert is_empty(bot)


@pytest.mark.parametrize("method", [POST, SHARE, "upload"])
async def test_one_message_that_slack_refuses_does_not_hold_up_the_rest(
    short_bot: Driver, method: str
) -> None:
    await rehearse(short_bot)
    await answer_but_one(short_bot)
    error = {"status": 400} if method == "upload" else {"error": "invalid_arguments"}
    short_bot.workspace.fail(method, **error)
    await answer(short_bot)
    for _ in range(3):
        await short_bot.pass_(seconds=61)

    assert direct(short_bot)[-1].reads.startswith(OVER)
    assert is_empty(short_bot)


@pytest.mark.parametrize("method", [POST, SHARE])
async def test_an_answer_of_slacks_that_was_lost_doubles_nothing(
    short_bot: Driver, method: str
) -> None:
    await rehearse(short_bot)
    await answer_but_one(short_bot)
    short_bot.workspace.fail(method, drop=True, effect=True)
    await answer(short_bot)
    for _ in range(4):
        await short_bot.pass_(seconds=61)

    assert len(direct(short_bot)) == 1 + RESULT
    assert is_empty(short_bot)


async def test_a_message_that_arrives_after_its_rehearsal_was_ended_is_taken_away(
    short_bot: Driver,
) -> None:
    """Two at once: the invitation is on its way while the next rehearsal ends this one."""
    short_bot.workspace.fail(POST, delay=0.2)
    await short_bot.command(AMARA, "/scorecard rehearse")
    modal = short_bot.modal(AMARA)
    first = asyncio.ensure_future(modal.submit())
    await short_bot.workspace.until(lambda: short_bot.workspace.calls(POST))
    await short_bot.who(AMARA).command("/scorecard rehearse", channel="ml-team")
    await short_bot.workspace.until(lambda: short_bot.who(AMARA).modal)
    await asyncio.gather(first, short_bot.modal(AMARA).submit())
    await short_bot.runtime.settled()
    await short_bot.tick()

    assert [one.buttons[0] for one in direct(short_bot)] == ["Start"]
    await answer(short_bot)
    assert is_empty(short_bot)


def edit(definitions: Path) -> None:
    """Another text under the same version; its first question gets another id."""
    file = definitions / "mlops-scorecard.toml"
    whole = file.read_text("utf-8")
    edited = whole.replace('"GOV-1"', '"GOV-9"')
    assert edited != whole
    file.write_text(edited, "utf-8")


async def test_a_file_that_was_edited_after_a_rehearsal_keeps_nothing_from_starting(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await rehearse(bot)
        await bot.press(AMARA, "End rehearsal")
    edit(definitions)
    async with start(definitions=definitions) as bot:
        await bot.start_round()
        assert len(bot.column("rounds", "id")) == 1


async def test_a_file_that_was_edited_during_a_rehearsal_ends_it(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await rehearse(bot)
        await bot.press(AMARA, "Start")
        await bot.press(AMARA, "2")
    edit(definitions)
    async with start(definitions=definitions) as bot:
        (over,) = direct(bot)
        assert "its questions have changed" in over.reads
        assert is_empty(bot)
        await bot.start_round()
        assert len(bot.column("rounds", "id")) == 1


async def test_what_a_real_round_has_asked_stays_locked_after_a_rehearsal(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await rehearse(bot)
        await bot.start_round(people=(CHIARA,))
        before = bot.stored("questionnaires")
        rehearsed = next(one for one in direct(bot) if "End rehearsal" in one.buttons)
        await bot.press(AMARA, "End rehearsal", on=rehearsed)
        assert bot.stored("questionnaires") == before
        assert len(before["questionnaires"]) == 1
        assert bot.clock() - MONDAY < timedelta(hours=1)


async def test_a_role_told_in_a_rehearsal_is_not_kept(bot: Driver) -> None:
    """Of twelve people one asks the other eleven: as in a real round, the role is asked."""
    for number in range(4):
        bot.workspace.add_member(f"U2{number}NEW", f"New Person {number}", tz="Europe/Rome")
    members = bot.workspace.directory.channel("ml-team").members
    members.update(dict.fromkeys(f"U2{number}NEW" for number in range(4)))
    bot.clock.advance(days=1, hours=1)
    await bot.tick()
    await bot.fill_in_form(AMARA)
    await bot.press(AMARA, "Rehearse with me only")
    await bot.press(AMARA, "Start")
    await bot.press(AMARA, "Platform and operations")

    who, role = bot.column("participants", "user_id"), bot.column("participants", "role")
    assert dict(zip(who, role, strict=True))["U01AMARA"] == "platform"
    assert set(bot.column("people", "role")) == {None}
    await bot.press(AMARA, "End rehearsal")
    assert bot.stored("participants")["participants"] == []
