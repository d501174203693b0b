"""Scripted trouble: errors, lost answers, dropped connections, slowness, spent tickets."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox import Member, SandboxError, Workspace


async def post(client: AsyncWebClient, text: str = "x") -> Any:
    return await client.chat_postMessage(channel="U02BEN", text=text)


async def test_a_rate_limit_says_how_long_to_wait(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.fail("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await post(client)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert ben.screen() == []
    assert (await post(client))["ok"]
    assert [call.status for call in workspace.calls("chat.postMessage")] == [429, 200]


async def test_trouble_strikes_so_many_times_after_so_many_good_calls(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.fail("chat.postMessage", "internal_error", after=1, times=2)
    worked = []
    for number in range(5):
        try:
            await post(client, str(number))
            worked.append(number)
        except SlackApiError:
            pass
    assert worked == [0, 3, 4]
    assert [message.text for message in ben.screen()] == ["0", "3", "4"]


async def test_the_answer_is_lost_after_the_thing_was_done(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.fail("chat.postMessage", effect=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await post(client)
    workspace.fail("chat.postMessage", effect=True, status=500)
    with pytest.raises(SlackApiError) as refused:
        await post(client)
    assert refused.value.response.status_code == 500
    workspace.fail("chat.postMessage", "fatal_error", effect=True)
    with pytest.raises(SlackApiError, match="fatal_error"):
        await post(client)
    assert len(ben.screen()) == 3
    assert [call.status for call in workspace.calls("chat.postMessage")] == [0, 500, 200]


async def test_a_dropped_connection_did_nothing(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.fail("chat.postMessage", drop=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await post(client)
    assert ben.screen() == []


async def test_a_status_alone_is_a_broken_gateway(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.fail("*", status=503, times=None)
    for ask in (client.auth_test, client.users_list):
        with pytest.raises(SlackApiError) as refused:
            await ask()
        assert refused.value.response.status_code == 503
    workspace.heal()
    assert (await client.auth_test())["ok"]


async def test_a_delay_alone_only_makes_it_slow(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.fail("auth.test", delay=0.05)
    started = asyncio.get_running_loop().time()
    assert (await client.auth_test())["ok"]
    assert asyncio.get_running_loop().time() - started >= 0.05


async def test_response_urls_and_uploads_fail_as_well(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    workspace.fail("response_url", status=500)
    hook = AsyncWebhookClient(workspace.response_url(ben.id, "C01MLTEAM", None))
    assert (await hook.send(text="x")).status_code == 500
    assert (await hook.send(text="x")).status_code == 200
    workspace.fail("upload", status=503)
    announced = await client.files_getUploadURLExternal(filename="a.png", length=1)
    async with aiohttp.ClientSession() as session:
        for status in (503, 200):
            async with session.post(announced["upload_url"], data=b"x") as answer:
                assert answer.status == status


async def test_a_refused_upgrade_spends_the_ticket_and_the_sdk_never_recovers(
    workspace: Workspace, app: AsyncApp
) -> None:
    workspace.fail("websocket")
    handler = AsyncSocketModeHandler(app, workspace.app_token, ping_interval=0.01)
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]
    await workspace.until(lambda: len(workspace.calls("websocket")) >= 5)
    statuses = [call.status for call in workspace.calls("websocket")]
    assert (statuses[0], set(statuses[1:])) == (503, {404})
    assert len(workspace.calls("apps.connections.open")) == 1
    handler.client.wss_uri = None  # the cure: ask for a new ticket
    await workspace.until(lambda: workspace.connections)
    await connecting
    await handler.close_async()  # type: ignore[no-untyped-call]


def test_trouble_has_to_say_what_goes_wrong() -> None:
    with pytest.raises(SandboxError, match="say what goes wrong"):
        Workspace().fail("chat.postMessage")
