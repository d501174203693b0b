"""Trouble that lasts: by chance, for chosen people, and with a dead installation."""

from collections import Counter
from random import Random
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox import AMBIGUOUS, RETRYABLE, Member, SandboxError, Workspace
from sandbox.trouble import drawn

POST = "chat.postMessage"
DONE = [kind for kind in AMBIGUOUS if kind.endswith("after doing it")]


def dice(seed: int = 7) -> Random:
    return Random(seed)  # noqa: S311 - trouble for a test


async def outcomes(client: AsyncWebClient, times: int, channel: str = "U02BEN") -> Counter[str]:
    """What an app sees of so many posts: ok, an error, a status, or a lost connection."""
    seen: Counter[str] = Counter()
    for number in range(times):
        try:
            await client.chat_postMessage(channel=channel, text=str(number))
            seen["ok"] += 1
        except aiohttp.ServerDisconnectedError:
            seen["dropped"] += 1
        except SlackApiError as refused:
            status = refused.response.status_code
            seen[refused.response["error"] if status in (200, 429) else f"HTTP {status}"] += 1
    return seen


def as_seen(played: Counter[str]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for kind, times in played.items():
        seen[kind.removesuffix(" after doing it")] += times
    return seen


async def test_a_share_of_the_calls_fails_in_every_way_there_is(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.disturb(0.4, dice=dice())
    seen = await outcomes(client, 400)
    played = workspace.troubles.played
    assert 130 <= played.total() <= 190
    assert set(played) == {*RETRYABLE, *AMBIGUOUS}
    assert min(played.values()) >= 4
    ok = seen.pop("ok")
    assert seen == as_seen(played)
    assert len(ben.screen()) == ok + sum(played[kind] for kind in DONE)


async def test_the_same_dice_play_the_same_trouble(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    last: list[list[object]] = []
    for kinds in (RETRYABLE + AMBIGUOUS, {*AMBIGUOUS, *RETRYABLE}):
        workspace.heal()
        workspace.record.forget()
        workspace.disturb(0.5, dice=dice(3), kinds=kinds)
        await outcomes(client, 30)
        last.append([(c.status, c.response.get("error")) for c in workspace.calls()])
    assert last[0] == last[1]


async def test_what_is_retryable_was_not_done_and_says_when_to_come_back(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.disturb(1, dice=dice(), kinds=RETRYABLE)
    assert set(await outcomes(client, 30)) == set(RETRYABLE)
    assert ben.screen() == []
    workspace.heal()
    workspace.disturb(1, dice=dice(), kinds={"ratelimited"})
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) in range(1, 31)


async def test_the_dice_may_be_kept_to_chosen_methods(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.disturb(1, dice=dice(), kinds=RETRYABLE, methods={POST})
    assert "ok" not in await outcomes(client, 5)
    assert (await client.auth_test())["ok"]
    workspace.heal("chat.update")
    assert "ok" not in await outcomes(client, 5)
    workspace.heal(POST)
    assert (await outcomes(client, 5))["ok"] == 5


async def test_healing_ends_what_the_dice_decide(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.disturb(1, dice=dice())
    assert (await outcomes(client, 5))["ok"] == 0
    workspace.heal(POST)  # was meant for every method, and stays
    assert (await outcomes(client, 5))["ok"] == 0
    workspace.heal()
    assert (await outcomes(client, 5))["ok"] == 5
    assert workspace.troubles.played.total() == 10


async def test_chance_strikes_only_the_web_api_and_only_whom_slack_knows(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.disturb(1, dice=dice(), kinds=RETRYABLE)
    hook = AsyncWebhookClient(workspace.response_url(ben.id, "C01MLTEAM", None))
    assert (await hook.send(text="x")).status_code == 200
    stranger = AsyncWebClient(token="xoxb-stranger", base_url=workspace.api_url)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await stranger.auth_test()
    assert not workspace.troubles.played


async def test_scripted_trouble_comes_first_and_is_counted_too(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.disturb(1, dice=dice(), kinds={"request_timeout"})
    workspace.fail(POST, "fatal_error", effect=True)
    workspace.fail(POST, status=502)
    workspace.fail("auth.test", delay=0.001)
    await outcomes(client, 3)
    assert (await client.auth_test())["ok"]
    assert workspace.troubles.played == {
        "fatal_error after doing it": 1,
        "HTTP 502": 1,
        "request_timeout": 1,
        "slow": 1,
    }


@pytest.mark.parametrize("kind", RETRYABLE + AMBIGUOUS)
def test_a_drawn_trouble_is_of_the_kind_that_was_drawn(kind: str) -> None:
    assert drawn(POST, kind, dice()).kind == kind


def test_what_cannot_happen_cannot_be_asked_for() -> None:
    workspace = Workspace()
    with pytest.raises(SandboxError, match="from 0 to 1"):
        workspace.disturb(5, dice=dice())
    with pytest.raises(SandboxError, match=r"no such kinds of trouble: \['flood'\]"):
        workspace.disturb(0.1, dice=dice(), kinds={"flood"})
    with pytest.raises(SandboxError, match="no such kinds"):
        workspace.disturb(0.1, dice=dice(), kinds=())
    with pytest.raises(SandboxError, match=r"no such methods: \['chat\.shout'\]"):
        workspace.disturb(0.1, dice=dice(), methods={"chat.shout"})


async def test_a_person_who_is_refused_is_reached_in_no_way(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    opened = await client.conversations_open(users=ben.id)
    workspace.refuse("Ben Carter", "user_disabled")
    for channel in (ben.id, opened["channel"]["id"]):
        assert await outcomes(client, 1, channel) == {"user_disabled": 1}
    with pytest.raises(SlackApiError, match="user_disabled"):
        await client.conversations_open(users=ben.id)
    assert await outcomes(client, 1, "U01AMARA") == {"ok": 1}
    assert await outcomes(client, 1, "C01MLTEAM") == {"ok": 1}
    assert ben.screen() == []
    assert workspace.troubles.played == {"user_disabled": 3}


async def test_files_do_not_reach_a_refused_person_either(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    opened = await client.conversations_open(users=ben.id)
    workspace.refuse(ben.id)
    announced = await client.files_getUploadURLExternal(filename="a.png", length=1)
    async with aiohttp.ClientSession() as session:
        await session.post(announced["upload_url"], data=b"x")
    files = [{"id": announced["file_id"]}]
    for where in ({"channels": ben.id}, {"channel_id": opened["channel"]["id"]}):
        with pytest.raises(SlackApiError, match="user_not_found"):
            await client.api_call("files.completeUploadExternal", json={"files": files, **where})
    assert ben.screen() == []


async def test_a_refusal_lasts_until_the_person_is_accepted_or_all_is_healed(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.refuse(ben.id)
    workspace.refuse("U01AMARA")
    assert workspace.directory.direct(ben.id) is None
    workspace.heal(POST)
    assert await outcomes(client, 2) == {"user_not_found": 2}
    workspace.accept("Ben Carter")
    workspace.accept("Ben Carter")
    assert await outcomes(client, 1) == {"ok": 1}
    assert await outcomes(client, 1, "U01AMARA") == {"user_not_found": 1}
    workspace.heal()
    assert await outcomes(client, 1, "U01AMARA") == {"ok": 1}


async def test_a_revoked_token_opens_no_door_until_it_is_restored(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.disturb(1, dice=dice())
    workspace.enforce_limits(posts_a_minute=1)
    workspace.revoke_token()
    assert await outcomes(client, 3) == {"token_revoked": 3}
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    workspace.revoke_token("account_inactive")
    assert await outcomes(client, 1) == {"account_inactive": 1}
    workspace.heal()
    assert await outcomes(client, 1) == {"account_inactive": 1}
    assert workspace.troubles.played == {"token_revoked": 4, "account_inactive": 2}
    workspace.restore_token()
    assert await outcomes(client, 1) == {"ok": 1}
    assert len(ben.screen()) == 1


async def test_the_app_s_own_token_outlives_the_installation(workspace: Workspace) -> None:
    workspace.revoke_token()
    app = AsyncWebClient(token=workspace.app_token, base_url=workspace.api_url)
    assert (await app.api_call("apps.connections.open"))["ok"]


async def test_an_app_that_is_taken_out_is_told_and_is_in_no_channel_any_more(
    workspace: Workspace, running: AsyncApp, client: AsyncWebClient
) -> None:
    heard = []

    @running.event("app_uninstalled")
    @running.event("tokens_revoked")
    async def gone(event: dict[str, Any], body: dict[str, Any]) -> None:
        heard.append((event["type"], event.get("tokens"), "authorizations" in body))

    await workspace.uninstall("tokens_revoked", "app_uninstalled", times=2)
    whose = {"oauth": [], "bot": [workspace.bot_user_id]}
    once = [("tokens_revoked", whose, False), ("app_uninstalled", None, False)]
    assert heard == once * 2
    assert await outcomes(client, 1) == {"account_inactive": 1}
    assert workspace.bot_user_id not in workspace.directory.channel("ml-team").members


async def test_installed_again_the_same_token_works_or_only_the_new_one(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await workspace.uninstall()
    workspace.reinstall()
    assert await outcomes(client, 1) == {"ok": 1}
    await workspace.uninstall()
    workspace.reinstall("xoxb-new")
    assert await outcomes(client, 1) == {"invalid_auth": 1}
    new = AsyncWebClient(token="xoxb-new", base_url=workspace.api_url, retry_handlers=[])
    assert await outcomes(new, 1) == {"ok": 1}


async def test_an_app_that_does_not_listen_is_not_told(workspace: Workspace) -> None:
    workspace.install({"settings": {"event_subscriptions": {"bot_events": ["user_change"]}}})
    await workspace.tell_gone("app_uninstalled")
    assert not workspace.calls()
