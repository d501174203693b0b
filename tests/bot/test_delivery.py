"""Messages when Slack misbehaves: late, doubtful or refused, but not lost and not doubled."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import Message
from tests.conftest import MONDAY, Start
from tests.driver import Driver

AMARA, BEN, CHIARA, ELIAS = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Elias Berg"
FATIMA = "Fatima Haddad"
POST = "chat.postMessage"
STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")

NOTHING_HAPPENED: list[dict[str, Any]] = [{"status": 500}, {"error": "internal_error"}]
NOTHING_HAPPENED += [{"drop": True}, {"status": 503}]
IT_HAPPENED: list[dict[str, Any]] = [
    {"status": 500, "effect": True},
    {"error": "fatal_error", "effect": True},
    {"drop": True, "effect": True},
]


def hanging(bot: Driver, name: str = CHIARA) -> list[Message]:
    return [one for one in bot.who(name).screen() if one.blocks and not one.ephemeral]


def posts(bot: Driver) -> list[Message]:
    return bot.workspace.channel("mlops-results")


def told(bot: Driver, name: str = AMARA) -> str:
    return "\n".join(one.reads for one in bot.who(name).screen())


async def ask_chiara(bot: Driver) -> None:
    """A round for Chiara alone, who is at work: asked at once."""
    await bot.start_round(people=(CHIARA,))


async def a_while(bot: Driver) -> None:
    """Three minutes, tick by tick."""
    for _ in range(6):
        await bot.pass_(seconds=31)


@pytest.fixture
async def closed(short_bot: Driver) -> Driver:
    """A round that three answered is closed; the preview has arrived."""
    await short_bot.open_round()
    await short_bot.answer_together({AMARA: 1, CHIARA: 2, ELIAS: 3})
    await short_bot.close_round()
    return short_bot


# Later


async def test_retry_after_is_waited_for(bot: Driver) -> None:
    bot.workspace.fail(POST, "ratelimited", retry_after=90)
    await ask_chiara(bot)
    assert hanging(bot) == []
    await bot.pass_(seconds=89)
    assert len(bot.workspace.calls(POST)) == 1
    await bot.pass_(seconds=1)

    assert len(hanging(bot)) == 1


async def test_retry_after_holds_back_everybody_and_loses_nobody(bot: Driver) -> None:
    bot.workspace.fail(POST, "ratelimited", retry_after=60)
    await bot.start_round()  # four are at work
    for _ in range(3):
        await bot.pass_(seconds=19)
    assert len(bot.workspace.calls(POST)) == 1
    await bot.pass_(seconds=3)

    assert [len(hanging(bot, name)) for name in (AMARA, CHIARA, ELIAS, FATIMA)] == [1] * 4
    assert len(bot.workspace.calls(POST)) == 5


async def test_an_hour_without_slack_delays_and_loses_nothing(bot: Driver) -> None:
    await bot.fill_in_form(AMARA)
    bot.workspace.fail(POST, status=503, times=None)
    bot.workspace.fail("conversations.open", status=503, times=None)
    bot.workspace.fail("conversations.history", status=503, times=None)
    await bot.submit(AMARA)
    for _ in range(12):
        await bot.pass_(minutes=5)
    assert [one for member in bot.workspace.members for one in member.screen()] == []
    bot.workspace.heal()
    await bot.pass_(minutes=15)
    await bot.pass_(minutes=1)

    assert [len(hanging(bot, name)) for name in (AMARA, CHIARA, ELIAS, FATIMA)] == [1] * 4


async def test_a_slack_that_hangs_up_on_every_call_is_outwaited(bot: Driver) -> None:
    await bot.fill_in_form(AMARA, people=(CHIARA,))
    await bot.submit(AMARA)
    await bot.press(CHIARA, "Start")
    for _ in range(6):
        await bot.press(CHIARA, "2")
    bot.workspace.fail("chat.delete", drop=True, times=None)
    await bot.command(CHIARA, "/scorecard my")
    await bot.press(CHIARA, "Continue", channel="ml-team")
    bot.workspace.heal()

    newest = hanging(bot)[-1]
    assert "7/18" in newest.reads
    await bot.press(CHIARA, "2", on=newest)
    assert "8/18" in newest.reads


# In doubt


@pytest.mark.parametrize("trouble", [*NOTHING_HAPPENED, *IT_HAPPENED], ids=str)
async def test_a_lost_answer_leaves_exactly_one_invitation(
    bot: Driver, trouble: dict[str, Any]
) -> None:
    bot.workspace.fail(POST, **trouble)
    await ask_chiara(bot)
    await a_while(bot)

    assert len(hanging(bot)) == 1
    await bot.press(CHIARA, "Start")
    assert "1/18" in hanging(bot)[0].reads


@pytest.mark.parametrize("method", ["conversations.history", "conversations.open"])
@pytest.mark.parametrize(
    "trouble",
    [{"error": "ratelimited", "retry_after": 30}, {"status": 503}, {"drop": True}],
    ids=str,
)
async def test_looking_that_fails_is_no_reason_to_send_again(
    bot: Driver, method: str, trouble: dict[str, Any]
) -> None:
    bot.workspace.fail(POST, drop=True, effect=True)
    bot.workspace.fail(method, times=3, **trouble)
    await ask_chiara(bot)
    for _ in range(3):
        await a_while(bot)

    assert len(hanging(bot)) == 1
    assert len(bot.workspace.calls(POST)) == 1


@pytest.mark.parametrize("trouble", NOTHING_HAPPENED, ids=str)
async def test_without_the_scope_a_message_that_did_not_arrive_comes_once(
    bot: Driver, trouble: dict[str, Any]
) -> None:
    bot.workspace.scopes.discard("im:history")
    bot.workspace.fail(POST, **trouble)
    await ask_chiara(bot)
    await a_while(bot)

    assert len(hanging(bot)) == 1


@pytest.mark.parametrize("clicked", [0, 1])
@pytest.mark.parametrize("trouble", IT_HAPPENED, ids=str)
async def test_without_the_scope_there_is_one_duplicate_and_the_clicked_one_stays(
    bot: Driver, trouble: dict[str, Any], clicked: int
) -> None:
    bot.workspace.scopes.discard("im:history")
    bot.workspace.fail(POST, **trouble)
    await ask_chiara(bot)
    await a_while(bot)
    assert len(hanging(bot)) == 2

    kept = hanging(bot)[clicked]
    await bot.press(CHIARA, "Start", on=kept)
    assert "1/18" in kept.reads
    if clicked == 0:  # the later one is known to the bot, the lost one is not
        assert hanging(bot) == [kept]


async def test_without_the_scope_the_other_one_pressed_takes_over(bot: Driver) -> None:
    bot.workspace.scopes.discard("im:history")
    bot.workspace.fail(POST, drop=True, effect=True)
    await ask_chiara(bot)
    await a_while(bot)
    first, second = hanging(bot)
    await bot.press(CHIARA, "Start", on=second)
    await bot.press(CHIARA, "2", on=second)
    await bot.press(CHIARA, "Start", on=first)

    assert hanging(bot) == [first]
    assert "2/18" in first.reads


@pytest.mark.parametrize("scope", [True, False])
@pytest.mark.parametrize("label", ["Start", "Skip this round", "Remind me tomorrow"])
async def test_who_has_pressed_a_doubtful_invitation_gets_no_second_one(
    bot: Driver, label: str, *, scope: bool
) -> None:
    if not scope:
        bot.workspace.scopes.discard("im:history")
    bot.workspace.fail(POST, drop=True, effect=True)
    await ask_chiara(bot)
    await bot.press(CHIARA, label)
    await a_while(bot)

    assert len(hanging(bot)) == 1
    assert label not in hanging(bot)[0].buttons


async def test_a_doubtful_card_that_was_pressed_is_not_sent_again(bot: Driver) -> None:
    await ask_chiara(bot)
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "2")
    await bot.command(CHIARA, "/scorecard my")
    bot.workspace.fail(POST, drop=True, effect=True)
    await bot.press(CHIARA, "Continue", channel="ml-team")
    newest = hanging(bot)[-1]
    await bot.press(CHIARA, "3", on=newest)
    await a_while(bot)

    assert hanging(bot) == [newest]
    assert "3/18" in newest.reads


async def test_a_doubtful_message_survives_a_restart(start: Start) -> None:
    async with start() as bot:
        bot.workspace.fail(POST, drop=True, effect=True)
        await ask_chiara(bot)
    bot.clock.advance(minutes=5)
    async with start() as bot:
        await a_while(bot)
        assert len(hanging(bot)) == 1


# Pictures


@pytest.mark.parametrize(
    ("step", "trouble"),
    [
        (step, trouble)
        for step in STEPS
        for trouble in (*NOTHING_HAPPENED, *IT_HAPPENED)
        if step != "upload" or "error" not in trouble  # that host has no words for its errors
    ],
    ids=str,
)
async def test_a_picture_is_there_once_whichever_step_fails(
    start: Start, definitions: Path, step: str, trouble: dict[str, Any]
) -> None:
    async with start(definitions=definitions) as bot:
        await ask_chiara(bot)
        bot.workspace.fail(step, **trouble)
        await bot.answer_all(CHIARA, 2)
        await a_while(bot)

        (picture,) = bot.pictures(CHIARA)
        assert picture.files[0].title == "Northwind ML: your own scores"
        assert "50" in picture.files[0].alt_text


async def test_a_picture_in_doubt_is_not_shared_again_because_asking_fails(
    short_bot: Driver,
) -> None:
    await ask_chiara(short_bot)
    short_bot.workspace.fail(STEPS[2], drop=True, effect=True)
    await short_bot.answer_all(CHIARA, 2)
    short_bot.workspace.fail(STEPS[2], "ratelimited", retry_after=30)
    for _ in range(2):
        await a_while(short_bot)

    assert len(short_bot.pictures(CHIARA)) == 1
    assert len(short_bot.workspace.calls(STEPS[0])) == 1


async def test_a_ratelimited_upload_waits(short_bot: Driver) -> None:
    await ask_chiara(short_bot)
    short_bot.workspace.fail(STEPS[0], "ratelimited", retry_after=45)
    await short_bot.answer_all(CHIARA, 2)
    await short_bot.pass_(seconds=44)
    assert short_bot.pictures(CHIARA) == []
    await short_bot.pass_(seconds=1)

    assert len(short_bot.pictures(CHIARA)) == 1


async def test_a_picture_that_comes_late_shows_the_latest_answers_once(
    short_bot: Driver,
) -> None:
    await ask_chiara(short_bot)
    short_bot.workspace.fail(STEPS[0], "ratelimited", retry_after=45)
    await short_bot.answer_all(CHIARA, 2)
    await short_bot.press(CHIARA, "2 · ML work chosen by written goals")
    await short_bot.press(CHIARA, "4")
    await a_while(short_bot)

    (picture,) = short_bot.pictures(CHIARA)
    assert "Governance 75" in picture.files[0].alt_text


# The channel


@pytest.mark.parametrize("trouble", IT_HAPPENED, ids=str)
async def test_a_doubtful_summary_is_posted_once_more_and_the_facilitator_told(
    closed: Driver, trouble: dict[str, Any]
) -> None:
    closed.workspace.fail(POST, **trouble)
    await closed.press(AMARA, "Post now")
    await a_while(closed)

    summaries = [one for one in posts(closed) if "of 100" in one.reads]
    assert len(summaries) == 2
    assert "posted it again" in told(closed)
    assert len(posts(closed)) == 6
    assert {one.thread_ts for one in posts(closed) if one.thread_ts} == {summaries[1].ts}


async def test_a_summary_in_doubt_twice_is_left_to_the_facilitator(closed: Driver) -> None:
    closed.workspace.fail(POST, drop=True, effect=True)
    await closed.press(AMARA, "Post now")
    closed.clock.advance(seconds=61)
    closed.workspace.fail(POST, drop=True, effect=True)
    for _ in range(10):
        await closed.pass_(seconds=61)

    assert len(posts(closed)) == 2
    assert "couldn't post" in told(closed)


async def test_pictures_of_the_channel_are_there_once_whatever_fails(closed: Driver) -> None:
    for step in STEPS:
        closed.workspace.fail(step, status=500, effect=True)
    await closed.press(AMARA, "Post now")
    for _ in range(12):
        await closed.pass_(seconds=31)

    names = [one.files[0].name for one in posts(closed) if one.files]
    assert names == ["radar.png", "dots.png", "stellar.png"]
    assert all("Northwind" in one.files[0].title for one in posts(closed) if one.files)
    assert len(posts(closed)) == 5


# Never


async def test_a_message_that_slack_refuses_for_good_blocks_nobody(bot: Driver) -> None:
    bot.workspace.fail(POST, "messages_tab_disabled")
    await bot.start_round()
    await bot.pass_(days=1)

    failed = [row for row in bot.stored("messages")["messages"] if "messages_tab_disabled" in row]
    assert len(failed) == 1
    reached = [name for name in (AMARA, CHIARA, ELIAS, FATIMA) if hanging(bot, name)]
    assert len(reached) == 3


async def test_who_never_got_the_invitation_can_still_take_part_by_command(bot: Driver) -> None:
    bot.workspace.fail(POST, "messages_tab_disabled")
    await ask_chiara(bot)
    await bot.command(CHIARA, "/scorecard")
    await bot.press(CHIARA, "Start", channel="ml-team")

    assert "1/18" in hanging(bot)[0].reads


async def test_a_bot_removed_between_summary_and_pictures_ends_quietly(closed: Driver) -> None:
    closed.workspace.fail(STEPS[2], "not_in_channel", times=None)
    await closed.press(AMARA, "Post now")
    for _ in range(5):
        await closed.pass_(minutes=5)

    assert [bool(one.files) for one in posts(closed)] == [False, False]
    assert "posted" in (await closed.command(AMARA, "/scorecard status")).text


# Forms and clicks


async def test_slack_failing_for_a_moment_is_not_called_a_closed_channel(bot: Driver) -> None:
    bot.workspace.fail("conversations.info", "internal_error", times=None)
    outcome = await bot.fill_in_form(AMARA)

    (said,) = outcome.errors.values()
    assert "try again" in said
    bot.workspace.heal()
    await bot.submit(AMARA)
    assert "This messages 1" not in said
    assert "This messages 8 people" in bot.modal(AMARA).reads


async def test_a_modal_that_slack_does_not_open_is_said(bot: Driver) -> None:
    await ask_chiara(bot)
    await bot.press(CHIARA, "Start")
    bot.workspace.fail("views.open", "internal_error")
    outcome = await bot.press(CHIARA, "Comment")

    assert "try again" in outcome.text


async def test_yesterdays_list_of_people_does_while_slack_is_away(bot: Driver) -> None:
    await bot.start_round()
    bot.workspace.fail("users.list", "internal_error", times=None)
    await bot.until(MONDAY + timedelta(days=1, hours=3))

    assert len(hanging(bot, BEN)) == 1


async def test_each_post_in_doubt_is_told_to_the_facilitators(short_bot: Driver) -> None:
    """Summary and details of one round: either may stand there twice."""
    await short_bot.open_round()
    await short_bot.answer_together({AMARA: 2, BEN: 2, CHIARA: 2})
    await short_bot.close_round()
    short_bot.workspace.fail("chat.postMessage", effect=True)  # the summary
    short_bot.workspace.fail("chat.postMessage", effect=True, after=2)  # the details
    await short_bot.press(AMARA, "Post now")
    for _ in range(5):
        await short_bot.pass_(minutes=1)
    told = [one for one in short_bot.who(AMARA).screen() if "posted it again" in one.reads]
    assert len(told) == 2
