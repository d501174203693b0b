"""Hiding comments before a result is posted: by facilitators only, counted, and never by author."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlmodel import Session

from questionnaires.hiding import digest_of
from sandbox import Modal, Outcome
from storage import answers
from tests.bot.test_export import CSV, export, sent
from tests.bot.test_own_data import erase
from tests.conftest import Start
from tests.driver import Driver
from tests.postgresql import PostgreSQL

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA = "Amara Okafor", "Ben Carter", "Chiara Ricci"
DEEPA, ELIAS, FATIMA = "Deepa Nair", "Elias Berg", "Fatima Haddad"
FIVE = (BEN, CHIARA, DEEPA, ELIAS, FATIMA)
RUDE, FINE, SAME = "Greta never reads the runbook.", "Who owns the alerts?", "More tests."
SAID = {BEN: RUDE, CHIARA: FINE, DEEPA: SAME, ELIAS: SAME}
SEE, HIDE, AGAIN = "See comments", "Hide", "Show again"
FIRST = "GOV-1"


async def answered(
    bot: Driver, said: Mapping[str, str] = SAID, people: tuple[str, ...] = FIVE
) -> None:
    """A round in which these have answered, some of them with a comment on the first question."""
    await bot.open_round(people=FIVE, Repeat="Only once")
    for name in people:
        await bot.press(name, "Start")
        if name in said:
            await bot.press(name, "Comment")
            await bot.write(name, bot.modal(name).labels[0], said[name])
        while "2" in bot.screen(name).buttons:
            await bot.press(name, "2")


@pytest.fixture
async def closed(short_bot: Driver) -> Driver:
    await answered(short_bot)
    await short_bot.close_round()
    return short_bot


async def use(bot: Driver, label: str, words: str, name: str = AMARA) -> Outcome:
    """Press the button beside the comment with these words, in the modal in front of somebody."""
    [button] = [
        block["accessory"]
        for block in bot.modal(name).blocks
        if words in block.get("text", {}).get("text", "") and "accessory" in block
    ][:1]
    assert button["text"]["text"] == label
    return await bot.forge(name, label, value=button["value"])


def hidden(bot: Driver) -> set[str]:
    return set(bot.column("hidden_comments", "digest"))


def acts(bot: Driver) -> list[tuple[str, str]]:
    """Who hid or showed something, in the order in which they did."""
    done = zip(bot.column("acts", "what"), bot.column("acts", "user_id"), strict=True)
    return [one for one in done if one[0].endswith("_comment")]


def thread(bot: Driver) -> str:
    return bot.workspace.channel("mlops-results")[-1].reads


async def test_a_hidden_comment_is_in_no_thread_and_no_file_and_is_counted(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    assert closed.modal(AMARA).title == "Comments"
    assert "Nothing is hidden." in closed.modal(AMARA).reads
    assert [words in closed.modal(AMARA).reads for words in (RUDE, FINE, SAME)] == [True] * 3

    await use(closed, HIDE, RUDE)
    shown = closed.modal(AMARA).reads
    assert "1 of 4 comments is hidden; the thread will say so." in shown
    assert RUDE in shown

    await closed.press(AMARA, "Post now", on=closed.screen(AMARA))
    assert RUDE not in thread(closed)
    assert FINE in thread(closed)
    assert "1 comment was hidden by a facilitator." in thread(closed)
    await export(closed, file=CSV)
    [(_, file)] = sent(closed)
    assert RUDE not in file.decode()
    assert FINE in file.decode()


async def test_what_is_hidden_stays_so_where_the_result_is_posted_again(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    await use(closed, HIDE, RUDE)
    await closed.press(AMARA, "Post now")
    await closed.command(AMARA, "/scorecard results north")
    await closed.press(AMARA, "Post again", channel="ml-team")
    closed.modal(AMARA).choose("Where the result is posted", "ml-team")
    await closed.submit(AMARA)
    await closed.submit(AMARA)
    again = [one.reads for one in closed.workspace.channel("ml-team") if FINE in one.reads]
    assert len(again) == 1
    assert RUDE not in "".join(one.reads for one in closed.workspace.channel("ml-team"))
    assert "1 comment was hidden by a facilitator" in again[0]


async def test_what_reads_the_same_is_hidden_together_and_shown_again_together(
    closed: Driver,
) -> None:
    await closed.press(AMARA, SEE)
    await use(closed, HIDE, SAME)
    assert "2 of 4 comments are hidden" in closed.modal(AMARA).reads
    await use(closed, HIDE, RUDE)
    await use(closed, AGAIN, SAME)
    assert "1 of 4 comments is hidden" in closed.modal(AMARA).reads

    await closed.press(AMARA, "Post now", on=closed.screen(AMARA))
    assert thread(closed).count(SAME) == 2
    assert RUDE not in thread(closed)


async def test_where_all_are_hidden_the_thread_says_only_how_many(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    for words in (RUDE, FINE, SAME):
        await use(closed, HIDE, words)
    assert "4 of 4 comments are hidden" in closed.modal(AMARA).reads
    await closed.press(AMARA, "Post now", on=closed.screen(AMARA))
    assert "4 comments were hidden by a facilitator." in thread(closed)
    assert "in shuffled order" not in thread(closed)


async def test_nothing_of_what_was_said_or_by_whom_is_kept_of_it(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    await use(closed, HIDE, RUDE)
    assert closed.stored("hidden_comments") == {
        "hidden_comments": [(1, digest_of(FIRST, RUDE), closed.workspace.team_id)]
    }
    read = await closed.ask_for(AMARA, "History")
    assert "@Amara Okafor hid a comment of January 2027" in read
    assert RUDE not in read


async def test_from_the_home_tab_it_goes_through_the_preview(closed: Driver) -> None:
    await closed.open_home(AMARA)
    await closed.at_home(AMARA, "Preview result")
    await closed.press(AMARA, SEE)
    await use(closed, HIDE, RUDE)
    assert closed.modal(AMARA).title == "Comments"
    await closed.modal(AMARA).close()
    assert closed.modal(AMARA).title == "Preview result"
    await closed.submit(AMARA)
    assert RUDE not in thread(closed)
    assert "1 comment was hidden" in thread(closed)


async def test_where_nobody_commented_there_is_no_button(short_bot: Driver) -> None:
    await answered(short_bot, said={})
    await short_bot.close_round()
    assert "Post now" in short_bot.screen(AMARA).buttons
    assert SEE not in short_bot.screen(AMARA).buttons
    await short_bot.ask_for(AMARA, "Preview result")
    assert SEE not in short_bot.modal(AMARA).buttons


# Pressed twice, by two, late, after a restart


async def test_pressed_twice_it_is_done_and_noted_once(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    again = closed.who(AMARA).payload_of_press(HIDE)
    digest = again["actions"][0]["value"]
    for _ in range(3):
        await closed.who(AMARA).press_raw(again)
        await closed.runtime.settled()
    assert hidden(closed) == {digest}
    assert acts(closed) == [("hid_comment", "U01AMARA")]
    assert AGAIN in closed.modal(AMARA).buttons


async def test_two_facilitators_see_what_the_other_has_done_at_their_next_press(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, facilitators=("U01AMARA", "U02BEN")) as bot:
        await answered(bot)
        await bot.close_round()
        for name in (AMARA, BEN):
            await bot.press(name, SEE)
        await use(bot, HIDE, RUDE, AMARA)
        assert "Nothing is hidden" in bot.modal(BEN).reads
        await use(bot, HIDE, RUDE, BEN)
        assert "1 of 4 comments is hidden" in bot.modal(BEN).reads
        await use(bot, HIDE, FINE, BEN)
        await use(bot, AGAIN, RUDE, BEN)
        assert "1 of 4 comments is hidden" in bot.modal(BEN).reads
        assert hidden(bot) == {digest_of(FIRST, FINE)}
    assert acts(bot) == [
        ("hid_comment", "U01AMARA"),
        ("hid_comment", "U02BEN"),
        ("showed_comment", "U02BEN"),
    ]


async def test_once_it_is_posted_nothing_is_hidden_or_shown_any_more(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    await use(closed, HIDE, RUDE)
    offered = [closed.who(AMARA).payload_of_press(label) for label in (HIDE, AGAIN)]
    see = closed.who(AMARA).payload_of_press(SEE, on=closed.screen(AMARA))
    await closed.press(AMARA, "Post now", on=closed.screen(AMARA))
    read, kept = thread(closed), closed.stored("hidden_comments", "acts")
    for payload in (*offered, see):
        await closed.who(AMARA).press_raw(payload)
        await closed.runtime.settled()
        assert "already posted to #mlops-results" in told(closed)
    assert closed.stored("hidden_comments", "acts") == kept
    assert thread(closed) == read


def told(bot: Driver, name: str = AMARA) -> str:
    """The modal in front of somebody, and the newest of what was said to them."""
    modal = bot.who(name).modal
    return "\n".join([modal.reads if modal else "", *(one.reads for one in bot.who(name).screen())])


async def test_a_restart_keeps_what_was_hidden_and_old_buttons_go_on(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await answered(bot)
        await bot.close_round()
        await bot.press(AMARA, SEE)
        await use(bot, HIDE, RUDE)
    async with start(definitions=definitions) as bot:
        await use(bot, HIDE, FINE)
        assert "2 of 4 comments are hidden" in bot.modal(AMARA).reads
        await bot.press(AMARA, "Post now", on=bot.screen(AMARA))
        assert "2 comments were hidden by a facilitator." in thread(bot)


async def test_when_slack_fails_it_is_hidden_all_the_same(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    closed.workspace.fail("views.update", error="internal_error", times=9)
    await use(closed, HIDE, RUDE)
    assert hidden(closed) == {digest_of(FIRST, RUDE)}
    closed.workspace.heal()
    await closed.modal(AMARA).close(everything=True)
    await closed.press(AMARA, SEE)
    assert "1 of 4 comments is hidden" in closed.modal(AMARA).reads


# Whoever may not, and whatever is not there


async def test_who_is_no_facilitator_sees_hides_and_shows_nothing(closed: Driver) -> None:
    see = closed.who(AMARA).payload_of_press(SEE)
    await closed.press(AMARA, SEE)
    await use(closed, HIDE, RUDE)
    offered = [closed.who(AMARA).payload_of_press(label) for label in (HIDE, AGAIN)]
    kept = closed.stored("hidden_comments", "acts")
    for payload in (see, *offered):
        payload["user"]["id"] = "U02BEN"
        payload["response_url"] = closed.workspace.response_url("U02BEN", "C01MLTEAM", None)
        await closed.who(BEN).press_raw(payload)
        await closed.runtime.settled()
    assert closed.who(BEN).modal is None
    said = [one.reads for one in closed.who(BEN).screen("ml-team")]
    assert said[-3:] == ["Only facilitators can do this: @Amara Okafor. Ask them."] * 3
    assert closed.stored("hidden_comments", "acts") == kept


async def test_below_k_nobody_learns_what_was_said_nor_by_guessing(short_bot: Driver) -> None:
    bot = short_bot
    await answered(bot, people=FIVE[:4])
    await bot.close_round()
    assert SEE not in bot.screen(AMARA).buttons
    await bot.forge(AMARA, "Post now", action_id="comments.see")
    assert "there are no comments to be shown" in bot.modal(AMARA).reads
    for guess in (digest_of(FIRST, RUDE), "", "x" * 3_000, "a\0b"):
        await press_in(bot, bot.modal(AMARA), "comments.hide", guess)
        await press_in(bot, bot.modal(AMARA), "comments.show", guess)
    assert hidden(bot) == set()
    assert acts(bot) == []


async def press_in(bot: Driver, modal: Modal, action_id: str, value: str) -> None:
    """Press a button that a modal has not."""
    member = bot.who(AMARA)
    acted = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    payload = bot.workspace.payloads.press_on_view(member.account, modal.view, acted)
    await member.press_raw(payload)
    await bot.runtime.settled()


async def test_while_a_round_is_open_there_is_nothing_to_hide(short_bot: Driver) -> None:
    await answered(short_bot)
    await short_bot.command(AMARA, "/scorecard close")
    outcome = await short_bot.forge(
        AMARA, "Close this round", channel="ml-team", action_id="comments.see"
    )
    assert "This round has no result yet" in outcome.text
    assert RUDE not in outcome.text


@pytest.mark.parametrize("metadata", ["", "[]", "[1]", '["1",0]', "[1,null]", f"[{2**40},0]"])
async def test_an_edited_modal_is_refused(closed: Driver, metadata: str) -> None:
    await closed.press(AMARA, SEE)
    payload = closed.who(AMARA).payload_of_press(HIDE)
    payload["view"]["private_metadata"] = metadata
    await closed.who(AMARA).press_raw(payload)
    await closed.runtime.settled()
    assert "older version of me" in closed.modal(AMARA).reads
    assert hidden(closed) == set()


# Many, erased, together


async def test_of_more_than_fit_hidden_ones_make_room_for_others(short_bot: Driver) -> None:
    bot = short_bot
    await answered(bot, said={})
    questions = sorted(set(bot.column("answers", "question_id")))
    with bot.runtime.database.writing() as session:
        for number in range(30):
            place = bot.workspace.team_id, 1 + number % 5, questions[number // 5]
            say(session, *place, f"Comment {number}.")
    await bot.close_round()
    await bot.press(AMARA, SEE)
    first = bot.modal(AMARA).reads
    assert "room for the first 20" in first
    assert "1 to 20 of 30" in first
    await bot.press(AMARA, "Next")
    assert "21 to 30 of 30" in bot.modal(AMARA).reads
    one = bot.modal(AMARA).blocks[1]["text"]["text"].rpartition("> ")[2]
    assert one not in first
    await use(bot, HIDE, one)
    assert "21 to 30 of 30" in bot.modal(AMARA).reads
    await bot.press(AMARA, "Previous")
    while HIDE in bot.modal(AMARA).buttons:
        await bot.press(AMARA, HIDE)
    assert "21 of 30 comments are hidden" in bot.modal(AMARA).reads
    assert "room for the first" not in bot.modal(AMARA).reads

    await bot.press(AMARA, "Post now", on=bot.screen(AMARA))
    shown = [line for line in thread(bot).splitlines() if "Comment " in line]
    assert len(shown) == 9
    assert not [line for line in shown if line in first]
    assert "21 comments were hidden by a facilitator." in thread(bot)


def say(session: Session, team_id: str, one: int, question_id: str, body: str) -> None:
    answers.save_comment(session, team_id, participant_id=one, question_id=question_id, body=body)


async def test_what_its_author_erases_is_forgotten_and_no_longer_counted(closed: Driver) -> None:
    await closed.press(AMARA, SEE)
    for words in (RUDE, SAME):
        await use(closed, HIDE, words)
    await erase(closed, BEN)
    assert hidden(closed) == {digest_of(FIRST, SAME)}
    await use(closed, AGAIN, RUDE)
    assert "2 of 3 comments are hidden" in closed.modal(AMARA).reads
    assert RUDE not in closed.modal(AMARA).reads
    await erase(closed, DEEPA)
    assert hidden(closed) == {digest_of(FIRST, SAME)}, "Elias said so, too"
    await erase(closed, ELIAS)
    assert hidden(closed) == set()
    assert [what for what, _ in acts(closed)] == ["hid_comment"] * 2


async def test_it_goes_when_answers_have_been_kept_long_enough(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, answers_kept_months=1) as bot:
        await answered(bot)
        await bot.close_round()
        await bot.press(AMARA, SEE)
        await use(bot, HIDE, RUDE)
        await bot.press(AMARA, "Post now", on=bot.screen(AMARA))
        await bot.pass_(days=20)
        assert hidden(bot) == {digest_of(FIRST, RUDE)}
        await bot.pass_(days=20)
        assert bot.column("comments", "body") == []
        assert hidden(bot) == set()


async def test_a_teams_notes_can_be_hidden_too(short_bot: Driver) -> None:
    bot = short_bot
    await bot.fill_in_form(AMARA, people=(AMARA, BEN, CHIARA))
    await bot.press(AMARA, "Fill in together instead")
    await bot.submit(AMARA)
    await bot.press(AMARA, "Start")
    await bot.press(AMARA, "Comment")
    await bot.write(AMARA, bot.modal(AMARA).labels[0], RUDE)
    for _ in range(6):
        await bot.press(AMARA, "2")
    await bot.close_round()
    await bot.press(AMARA, "See notes")
    assert bot.modal(AMARA).title == "Notes"
    await use(bot, HIDE, RUDE)
    assert "1 of 1 note is hidden" in bot.modal(AMARA).reads
    await bot.press(AMARA, "Post now", on=bot.screen(AMARA))
    assert RUDE not in thread(bot)
    assert "1 note was hidden by a facilitator." in thread(bot)


async def test_nothing_of_a_rehearsal_is_hidden(short_bot: Driver) -> None:
    """Nobody but who rehearses reads it."""
    bot = short_bot
    await answered(bot)
    await bot.close_round()
    await bot.command(AMARA, "/scorecard rehearse")
    await bot.submit(AMARA)
    [number] = bot.column("rounds", "id")[1:]
    preview = next(one for one in bot.who(AMARA).screen() if SEE in one.buttons)
    await bot.forge(AMARA, SEE, on=preview, value=f"[{number},null,null]")
    assert "no result yet" in told(bot)
    assert hidden(bot) == set()


async def test_it_is_the_same_on_postgresql_also_when_two_press_while_a_third_posts(
    start: Start, postgresql: PostgreSQL, migrated_postgresql: str, definitions: Path
) -> None:
    database = postgresql.create(migrated_postgresql)
    async with start(
        database_url=postgresql.url(database),
        definitions=definitions,
        facilitators=("U01AMARA", "U02BEN"),
    ) as bot:
        await answered(bot)
        await bot.close_round()
        for name in (AMARA, BEN):
            await bot.press(name, SEE)
        preview = bot.screen(AMARA)
        await asyncio.gather(
            use(bot, HIDE, RUDE, AMARA),
            use(bot, HIDE, RUDE, BEN),
            bot.press(AMARA, "Post now", on=preview),
        )
        await bot.tick()
        many = len(hidden(bot))
        assert len(acts(bot)) == many
        assert (RUDE in thread(bot)) is (many == 0)
        assert ("1 comment was hidden" in thread(bot)) is (many == 1)
    postgresql.drop(database)
