"""A small workspace, and a real Bolt app that talks to it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, SettableClock, Workspace

Furnish = Callable[[Workspace], None]
Connect = Callable[[Workspace, AsyncApp], AbstractAsyncContextManager[AsyncSocketModeHandler]]
Buttons = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 1, 5, 9, 0, tzinfo=UTC))


@pytest.fixture
def furnish() -> Furnish:
    """Four people and four channels."""

    def put_in(workspace: Workspace) -> None:
        workspace.add_member("U01AMARA", "Amara Okafor", tz="Europe/London", admin=True)
        workspace.add_member("U02BEN", "Ben Carter", tz="America/New_York", title="Data scientist")
        workspace.add_member("U03CHLOE", "Chloe Martin", guest=True)
        workspace.add_member("U04DAN", "Dan Novak", deleted=True)
        everybody = ["U01AMARA", "U02BEN"]
        workspace.add_channel("C01MLTEAM", "ml-team", members=everybody)
        workspace.add_channel("C02RANDOM", "random", members=everybody, with_bot=False)
        workspace.add_channel(
            "C03SECRET", "secret", members=["U01AMARA"], private=True, with_bot=False
        )
        workspace.add_channel("C04OLD", "old", members=everybody, archived=True)

    return put_in


@pytest.fixture
async def workspace(clock: SettableClock, furnish: Furnish) -> AsyncIterator[Workspace]:
    workspace = Workspace(team_id="T0NORTHWIND", name="Northwind ML", now=clock)
    furnish(workspace)
    async with workspace.serving():
        yield workspace


@pytest.fixture
def ben(workspace: Workspace) -> Member:
    return workspace.member("Ben Carter")


@pytest.fixture
def client(workspace: Workspace) -> AsyncWebClient:
    return AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:
    """A Bolt app without listeners yet; `running` connects it."""
    return AsyncApp(client=client, signing_secret="unused")


@pytest.fixture
def connect() -> Connect:
    """Run an app over Socket Mode, and leave nothing open behind it."""

    @asynccontextmanager
    async def connected(
        workspace: Workspace, app: AsyncApp
    ) -> AsyncIterator[AsyncSocketModeHandler]:
        handler = AsyncSocketModeHandler(app, workspace.app_token, ping_interval=0.05)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await workspace.until(lambda: workspace.connections)
        try:
            yield handler
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]

    return connected


@pytest.fixture
async def running(workspace: Workspace, app: AsyncApp, connect: Connect) -> AsyncIterator[AsyncApp]:
    async with connect(workspace, app):
        yield app


@pytest.fixture
def buttons() -> Buttons:
    """One block of buttons whose action ids are their labels."""

    def block(*labels: str, **more: Any) -> list[dict[str, Any]]:
        elements = [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": label},
                "action_id": label.lower(),
                "value": f"value of {label}",
                **more,
            }
            for label in labels
        ]
        return [{"type": "actions", "block_id": "buttons", "elements": elements}]

    return block
