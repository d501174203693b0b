"""Socket Mode: Slack reaches the bot through sockets that the bot opens."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import cast

from aiohttp import ClientError
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.obstacles import AppTokenRefused, is_lasting

Counting = Callable[[], AbstractContextManager[None]]


class SocketMode:
    def __init__(self, app_token: str, calling: AsyncWebClient, watch: float) -> None:
        """`watch`: seconds between two tries to connect."""
        self._token = app_token
        self._calling = calling
        self._watch = watch
        self._handler: AsyncSocketModeHandler | None = None

    async def knock(self) -> None:
        """Ask once whether Slack would connect us, for the client asks for ever.

        Raises AppTokenRefused. Other trouble passes by itself: `open` waits for that.
        """
        try:
            await self._calling.apps_connections_open(app_token=self._token)
        except (SlackApiError, ClientError, TimeoutError) as error:
            if is_lasting(error):
                raise AppTokenRefused(error) from None

    async def open(self, app: AsyncApp, counting: Counting, scheduler: AsyncIOScheduler) -> None:
        """Connect, and go on connecting; `counting` is around each request until its ack is sent.

        The socket is watched before it is there: the very first upgrade may be refused, too.
        """
        self._handler = handler = AsyncSocketModeHandler(
            app, self._token, web_client=self._calling, ping_interval=self._watch
        )
        _count_requests(handler, counting)
        # Twice as often as the client tries to connect, so that each try finds a fresh ticket.
        scheduler.add_job(
            heal_socket, "interval", args=[handler.client], seconds=self._watch / 2, coalesce=True
        )
        await handler.connect_async()  # type: ignore[no-untyped-call]

    async def wind_down(self) -> None:
        """Nothing: answers to what is under way go out through the same sockets."""

    async def close(self) -> None:
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]


async def heal_socket(client: SocketModeClient) -> None:
    """After a refused upgrade the client tries the spent ticket for ever: take it away."""
    if not await client.is_connected() and not client.closed:
        client.wss_uri = None


def _count_requests(handler: AsyncSocketModeHandler, counting: Counting) -> None:
    """AsyncApp does not track what it is handling: count each request until its ack is sent."""
    handle = handler.handle

    async def counted(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        with counting():
            await handle(cast("SocketModeClient", client), request)

    handler.client.socket_mode_request_listeners[:] = [counted]
