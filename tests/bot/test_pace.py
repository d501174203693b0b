"""How fast the bot speaks: Slack's limits are kept, and what it says about waiting is heeded."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from itertools import pairwise

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.clients import Clients, make_clients
from bot.pace import A_MINUTE, KEPT_MOST, POST, Pace
from bot.settings import Settings
from sandbox import SettableClock, Workspace
from tests.driver import Driver

SECOND = timedelta(seconds=1)


@pytest.fixture
def pace(clock: SettableClock) -> Pace:
    return Pace(clock, clock.sleep, posts_a_minute=240)


async def turns(
    pace: Pace, clock: SettableClock, number: int, method: str, where: Callable[[int], str]
) -> list[datetime]:
    """When so many calls may go out that are all wanted now."""
    at = []
    for call in range(number):
        await pace.turn(method, where(call))
        at.append(clock())
    return at


async def test_messages_to_many_go_out_evenly(pace: Pace, clock: SettableClock) -> None:
    began = clock()
    at = await turns(pace, clock, 241, POST, str)
    assert at[0] == began
    assert at[240] - began == timedelta(minutes=1)
    assert max(later - earlier for earlier, later in pairwise(at)) == SECOND / 4


async def test_a_conversation_gets_one_message_a_second(pace: Pace, clock: SettableClock) -> None:
    at = await turns(pace, clock, 5, POST, lambda _: "D1")
    assert at[4] - at[0] == 4 * SECOND


@pytest.mark.parametrize("method", sorted(A_MINUTE))
async def test_no_minute_has_more_calls_of_a_method_than_its_tier_allows(
    pace: Pace, clock: SettableClock, method: str
) -> None:
    at = await turns(pace, clock, 3 * A_MINUTE[method], method, lambda _: "C1")
    minute = timedelta(minutes=1)
    most = max(sum(begin <= one < begin + minute for one in at) for begin in at)
    assert most <= A_MINUTE[method]
    assert at[A_MINUTE[method] // 4 - 1] == at[0]


async def test_what_opens_a_modal_never_waits(pace: Pace, clock: SettableClock) -> None:
    at = await turns(pace, clock, 500, "views.open", str)
    assert at[0] == at[-1]


async def test_retry_after_holds_its_own_method_only(pace: Pace, clock: SettableClock) -> None:
    pace.hold(POST, 30)
    assert pace.is_held(POST)
    assert not pace.is_held("files.completeUploadExternal")
    began = clock()
    await pace.turn(POST, "D1")
    assert clock() - began == 30 * SECOND
    assert not pace.is_held(POST)


async def test_errors_in_a_row_back_off_further_and_further(
    pace: Pace, clock: SettableClock
) -> None:
    waits = []
    for _ in range(8):
        pace.failed(POST)
        began = clock()
        await pace.turn(POST, str(began))
        waits.append((clock() - began).total_seconds())
    assert waits == [0, 2, 4, 8, 16, 32, 60, 60]
    pace.worked(POST)
    pace.failed(POST)
    assert not pace.is_held(POST)


async def test_it_keeps_no_conversation_for_ever(pace: Pace, clock: SettableClock) -> None:
    await turns(pace, clock, 3 * KEPT_MOST, POST, str)
    assert len(pace._next) <= KEPT_MOST + 2


# Against a Slack that counts


@pytest.fixture
async def clients(
    settings: Settings, workspace: Workspace, clock: SettableClock
) -> AsyncIterator[Clients]:
    async with aiohttp.ClientSession() as session:
        yield make_clients(settings, session, clock, clock.sleep)


async def test_a_strict_slack_never_has_to_refuse_us(
    clients: Clients, workspace: Workspace
) -> None:
    workspace.enforce_limits(posts_a_minute=240)
    for number in range(60):
        await clients.calling.conversations_info(channel="C01MLTEAM")
        await clients.posting.chat_postMessage(channel="C01MLTEAM", text=str(number))
    assert [call.status for call in workspace.calls() if call.status == 429] == []


async def test_reading_that_was_one_call_too_many_waits_and_reads_on(
    clients: Clients, workspace: Workspace, clock: SettableClock
) -> None:
    workspace.fail("users.list", "ratelimited", retry_after=20)
    began = clock()
    assert (await clients.calling.users_list())["ok"]
    assert clock() - began >= 20 * SECOND
    assert [call.status for call in workspace.calls("users.list")] == [429, 200]


async def test_posting_is_never_repeated_by_the_client(
    clients: Clients, workspace: Workspace
) -> None:
    workspace.fail(POST, "ratelimited", retry_after=20)
    with pytest.raises(SlackApiError):
        await clients.posting.chat_postMessage(channel="C01MLTEAM", text="x")
    assert [call.status for call in workspace.calls(POST)] == [429]
    assert clients.pace.is_held(POST)


async def test_pictures_go_out_while_slack_takes_no_words(short_bot: Driver) -> None:
    await short_bot.start_round()
    await short_bot.press("Chiara Ricci", "Start")
    for level in "222222"[:5]:
        await short_bot.press("Chiara Ricci", level)
    short_bot.workspace.fail(POST, "ratelimited", retry_after=600)
    await short_bot.pass_(hours=3)  # Ben's invitation has to wait
    await short_bot.press("Chiara Ricci", "2")
    assert len(short_bot.pictures("Chiara Ricci")) == 1
    assert short_bot.who("Ben Carter").screen() == []

    await short_bot.pass_(minutes=10)
    assert len(short_bot.who("Ben Carter").screen()) == 1


async def test_who_waits_in_front_of_the_screen_is_served_before_a_thousand_invitations(
    short_bot: Driver,
) -> None:
    await short_bot.start_round()
    short_bot.workspace.fail(POST, "ratelimited", retry_after=600)
    await short_bot.pass_(hours=3)
    await short_bot.command("Chiara Ricci", "/scorecard my")
    await short_bot.press("Chiara Ricci", "Start", channel="ml-team")
    before = len(short_bot.workspace.calls(POST))
    await short_bot.pass_(minutes=10)
    posted = [call.params["channel"] for call in short_bot.workspace.calls(POST)[before:]]
    assert posted == ["U03CHIARA", "U02BEN"]
