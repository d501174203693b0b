"""Limits: a budget for each method, a second for each conversation, and windows that slide."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox import Member, SandboxError, SettableClock, Workspace
from sandbox.tiers import A_MINUTE, KNOWN, POST, Limits
from sandbox.web_api import METHODS


class Caller:
    """Calls, and tells the Retry-After of the answer; 0 when the call was let through."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client

    async def ask(self, method: str, **params: Any) -> int:
        try:
            await self.client.api_call(method, json=params)
        except SlackApiError as refused:
            return int(refused.response.headers.get("Retry-After", 0))
        return 0

    async def post(self, channel: str) -> int:
        return await self.ask(POST, channel=channel, text="x")


@pytest.fixture
def caller(client: AsyncWebClient) -> Caller:
    return Caller(client)


@pytest.fixture
def limited(workspace: Workspace) -> Workspace:
    workspace.enforce_limits(posts_a_minute=3)
    return workspace


def test_every_method_of_the_sandbox_has_a_tier_and_posts_have_their_own_rule() -> None:
    assert set(METHODS) == KNOWN
    assert POST not in A_MINUTE
    assert set(A_MINUTE.values()) == {1, 20, 50, 100, 600}


async def test_without_asking_nothing_is_limited(workspace: Workspace, caller: Caller) -> None:
    assert [await caller.ask("users.list") for _ in range(25)] == [0] * 25
    assert [await caller.post("U02BEN") for _ in range(5)] == [0] * 5
    assert {call.status for call in workspace.calls()} == {200}


@pytest.mark.parametrize(
    ("method", "params", "most"),
    [
        ("users.list", {}, 20),
        ("usergroups.list", {}, 20),
        ("conversations.info", {"channel": "C01MLTEAM"}, 50),
        ("users.info", {"user": "U02BEN"}, 100),
        ("auth.test", {}, 600),
    ],
)
async def test_a_method_has_the_budget_of_its_tier_and_no_other_method_pays_for_it(
    limited: Workspace, caller: Caller, method: str, params: dict[str, str], most: int
) -> None:
    waits = [await caller.ask(method, **params) for _ in range(most + 1)]
    assert waits == [0] * most + [60]
    assert await caller.ask("team.info") == 0


async def test_connections_are_opened_once_a_minute(
    limited: Workspace, clock: SettableClock
) -> None:
    app = Caller(AsyncWebClient(token=limited.app_token, base_url=limited.api_url))
    assert [await app.ask("apps.connections.open") for _ in range(2)] == [0, 60]
    clock.advance(minutes=1)
    assert await app.ask("apps.connections.open") == 0


async def test_the_window_slides_and_retry_after_is_when_a_call_really_passes(
    limited: Workspace, caller: Caller, clock: SettableClock
) -> None:
    for _ in range(20):
        assert await caller.ask("users.list") == 0
        clock.advance(seconds=1)
    clock.advance(seconds=0.25)
    assert await caller.ask("users.list") == 40  # 39.75, rounded up
    clock.advance(seconds=39)
    assert await caller.ask("users.list") == 1
    clock.advance(seconds=1)
    assert [await caller.ask("users.list") for _ in range(2)] == [0, 1]
    clock.advance(seconds=1)
    assert [await caller.ask("users.list") for _ in range(2)] == [0, 1]


async def test_a_refused_call_does_nothing_and_is_not_counted_but_recorded(
    limited: Workspace, caller: Caller, clock: SettableClock, ben: Member
) -> None:
    assert [await caller.post(ben.id) for _ in range(5)] == [0, 1, 1, 1, 1]
    assert len(ben.screen()) == 1
    refused = limited.calls(POST)[1:]
    assert {call.status for call in refused} == {429}
    assert refused[0].response == {"ok": False, "error": "ratelimited"}
    clock.advance(seconds=1)
    assert await caller.post(ben.id) == 0
    assert await caller.post("C01MLTEAM") == 0  # the third of three: the refused ones are not in it


async def test_a_conversation_takes_one_message_a_second_under_whichever_id(
    workspace: Workspace, caller: Caller, clock: SettableClock, ben: Member
) -> None:
    opened = await caller.client.conversations_open(users=ben.id)
    direct = opened["channel"]["id"]
    workspace.enforce_limits()
    assert [await caller.post(to) for to in (ben.id, direct, "U01AMARA")] == [0, 1, 0]
    clock.advance(seconds=0.999)
    assert await caller.post(direct) == 1
    clock.advance(seconds=0.001)
    assert [await caller.post(to) for to in (direct, ben.id)] == [0, 1]


async def test_a_post_that_is_refused_for_its_rate_opens_no_conversation(
    limited: Workspace, caller: Caller
) -> None:
    for channel in ("C01MLTEAM", "C02RANDOM", "U01AMARA", "U02BEN"):
        await caller.post(channel)
    assert limited.calls()[-1].status == 429
    assert limited.directory.direct("U02BEN") is None


async def test_all_posts_together_have_a_budget_and_the_longer_wait_is_told(
    limited: Workspace, caller: Caller, clock: SettableClock
) -> None:
    everywhere = ("C01MLTEAM", "C02RANDOM", "U01AMARA", "U02BEN")
    assert [await caller.post(channel) for channel in everywhere] == [0, 0, 0, 60]
    assert await caller.post("U01AMARA") == 60
    clock.advance(seconds=60)
    assert await caller.post("U02BEN") == 0
    for user in ("U01AMARA", "U02BEN"):  # only messages are counted here
        assert await caller.ask("chat.postEphemeral", channel="C01MLTEAM", user=user, text="x") == 0


async def test_who_is_not_let_in_is_not_counted(limited: Workspace, caller: Caller) -> None:
    stranger = Caller(AsyncWebClient(token="xoxb-stranger", base_url=limited.api_url))
    for _ in range(25):
        assert await stranger.ask("users.list") == 0
    assert limited.calls()[-1].response["error"] == "invalid_auth"
    assert await caller.ask("users.list") == 0
    assert [await caller.ask("chat.shout") for _ in range(3)] == [0] * 3


async def test_response_urls_are_not_counted(limited: Workspace, ben: Member) -> None:
    hook = AsyncWebhookClient(limited.response_url(ben.id, "C01MLTEAM", None))
    assert [(await hook.send(text="x")).status_code for _ in range(5)] == [200] * 5


async def test_limits_come_before_trouble_which_then_waits_for_a_call_that_passes(
    limited: Workspace, caller: Caller, clock: SettableClock, ben: Member
) -> None:
    await caller.post(ben.id)
    limited.fail(POST, "internal_error")
    assert await caller.post(ben.id) == 1
    clock.advance(seconds=1)
    await caller.post(ben.id)
    assert limited.calls()[-1].response["error"] == "internal_error"


async def test_switching_on_again_starts_with_empty_windows(
    limited: Workspace, caller: Caller
) -> None:
    assert await caller.post("U02BEN") == 0
    limited.enforce_limits()
    assert await caller.post("U02BEN") == 0


def test_only_the_last_minute_and_the_last_second_are_remembered(clock: SettableClock) -> None:
    limits = Limits(posts_a_minute=240)
    for number in range(2_000):
        assert limits.admit(POST, f"D{number}", clock()) == 0
        clock.advance(seconds=0.25)
    assert len(limits._posts._latest) == 4
    assert len(limits._posts._all._taken) == 240


def test_a_wait_is_exact_to_the_microsecond(clock: SettableClock) -> None:
    limits = Limits(posts_a_minute=1)
    start = clock() + timedelta(microseconds=1)
    assert limits.admit(POST, "D1", start) == 0
    assert limits.admit(POST, "D2", start + timedelta(seconds=59, microseconds=999_999)) == 1
    assert limits.admit(POST, "D2", start + timedelta(seconds=60)) == 0


def test_an_app_that_may_never_post_is_no_limit() -> None:
    with pytest.raises(SandboxError, match="able to post"):
        Workspace().enforce_limits(posts_a_minute=0)
