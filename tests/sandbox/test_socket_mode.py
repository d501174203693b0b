"""Socket Mode: tickets, hello, envelopes, goodbyes, and Slack being away."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, SettableClock, Workspace

Json = dict[str, Any]
Buttons = Callable[..., list[Json]]
Connect = Callable[[Workspace, AsyncApp], AbstractAsyncContextManager[Any]]


@pytest.fixture
async def ticket(workspace: Workspace) -> str:
    client = AsyncWebClient(token=workspace.app_token, base_url=workspace.api_url)
    return str((await client.apps_connections_open(app_token=workspace.app_token))["url"])


async def test_hello_comes_first_and_an_envelope_wants_its_ack(
    workspace: Workspace, ticket: str, client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    await client.chat_postMessage(channel=ben.id, text="x", blocks=buttons("Start"))
    async with aiohttp.ClientSession() as session, session.ws_connect(ticket) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        press = asyncio.create_task(ben.press("Start"))
        envelope = await socket.receive_json()
        assert envelope["type"] == "interactive"
        assert envelope["accepts_response_payload"]
        assert envelope["payload"]["type"] == "block_actions"
        await socket.send_str("not even JSON")
        await socket.send_json({"envelope_id": "somebody else's"})
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"a": 1}})
        assert (await press).ack == {"a": 1}
    await workspace.until(lambda: workspace.connections == 0)


async def test_a_ticket_is_good_for_one_connection(workspace: Workspace, ticket: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(ticket):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(ticket)
    assert refused.value.status == 404
    assert workspace.calls("websocket")[0].response["error"] == "spent_ticket"


async def test_socket_mode_has_to_be_on_in_the_manifest(clock: SettableClock) -> None:
    workspace = Workspace(manifest={}, now=clock)
    async with workspace.serving():
        client = AsyncWebClient(token=workspace.app_token, base_url=workspace.api_url)
        with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
            await client.apps_connections_open(app_token=workspace.app_token)


async def test_any_of_several_connections_gets_an_envelope(
    workspace: Workspace, app: AsyncApp, connect: Connect, ben: Member
) -> None:
    heard = []

    @app.command("/scorecard")
    async def answer(ack: Any) -> None:
        heard.append(1)
        await ack()

    async with connect(workspace, app), connect(workspace, app):
        await workspace.until(lambda: workspace.connections == 2)
        for _ in range(4):
            assert (await ben.command("/scorecard")).ok
    assert len(heard) == 4


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_the_sdk_comes_back_after_a_goodbye(
    workspace: Workspace, app: AsyncApp, running: AsyncApp, ben: Member, reason: str
) -> None:
    @app.command("/scorecard")
    async def answer(ack: Any) -> None:
        await ack()

    opened = len(workspace.calls("apps.connections.open"))
    await workspace.disconnect_sockets(reason)
    await workspace.until(lambda: len(workspace.calls("apps.connections.open")) > opened)
    await workspace.until(lambda: workspace.connections)
    assert (await ben.command("/scorecard")).ok


async def test_slack_goes_away_and_comes_back_on_the_same_port(
    workspace: Workspace, app: AsyncApp, running: AsyncApp, client: AsyncWebClient, ben: Member
) -> None:
    @app.command("/scorecard")
    async def answer(ack: Any) -> None:
        await ack()

    url = workspace.api_url
    await workspace.stop_listening()
    assert workspace.connections == 0
    assert (await ben.command("/scorecard")).error == "dispatch_failed"
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.auth_test()
    await workspace.start_listening()
    assert workspace.api_url == url
    assert (await client.auth_test())["ok"]
    await workspace.until(lambda: workspace.connections)
    assert (await ben.command("/scorecard")).ok
