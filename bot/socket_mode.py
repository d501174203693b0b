"""Socket Mode: Slack reaches the bot through sockets that the bot opens."""

import logging
import sys
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
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import incoming
from bot.logs import Spell
from bot.obstacles import AppTokenRefused, is_lasting
from bot.verdicts import verdict

CLIENT = "slack_sdk.socket_mode.aiohttp"
TROUBLE = (SlackApiError, ClientError, TimeoutError, ConnectionError)

Counting = Callable[[], AbstractContextManager[None]]


class SocketMode:
    def __init__(self, app_token: str, calling: AsyncWebClient, watch: float) -> None:
        """`watch`: seconds between two tries to connect."""
        self._token = app_token
        self._calling = calling
        self._watch = watch
        self._handler: AsyncSocketModeHandler | None = None
        self._away = Spell("Slack is away", "Slack is back")

    async def knock(self) -> None:
        """Ask once whether Slack would connect us, for the client asks for ever.

        Raises AppTokenRefused. Other trouble passes by itself: `open` waits for that.
        """
        try:
            await self._calling.apps_connections_open(app_token=self._token)
        except TROUBLE as error:
            if is_lasting(error):
                raise AppTokenRefused(error) from None

    async def open(self, app: AsyncApp, counting: Counting, scheduler: AsyncIOScheduler) -> None:
        """Connect, and go on connecting; `counting` is around each request until its ack is sent.

        The socket is watched before it is there: the very first upgrade may be refused, too.
        """
        self._handler = handler = AsyncSocketModeHandler(
            app,
            self._token,
            logger=_heard(self._away),
            web_client=self._calling,
            ping_interval=self._watch,
        )
        _count_requests(handler, counting)
        # Twice as often as the client tries to connect, so that each try finds a fresh ticket.
        scheduler.add_job(
            self._watch_socket,
            "interval",
            args=[handler.client],
            seconds=self._watch / 2,
            coalesce=True,
            misfire_grace_time=None,  # late is better than never: a second's delay is no reason
        )
        await handler.connect_async()  # type: ignore[no-untyped-call]
        self._away.over()

    async def wind_down(self) -> None:
        """Nothing: answers to what is under way go out through the same sockets."""

    async def close(self) -> None:
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _watch_socket(self, client: SocketModeClient) -> None:
        """After a refused upgrade the client tries the spent ticket for ever: take it away."""
        if await client.is_connected():
            self._away.over()
        elif not client.closed:
            client.wss_uri = None


def _heard(away: Spell) -> logging.Logger:
    """The client's own logger, in which its troubles with the network are one spell.

    It writes a line and a trace for each try, every few seconds, and none when it is connected
    again. The logger is not among those that logging.getLogger() shares.
    """

    def is_of_something_else(_record: logging.LogRecord) -> bool:
        error = sys.exc_info()[1]
        if isinstance(error, TROUBLE):
            away.met(_problem(error))
            return False
        return True

    logger = logging.Logger(CLIENT)  # noqa: LOG001
    logger.parent = logging.getLogger(CLIENT)
    logger.addFilter(is_of_something_else)
    return logger


def _problem(error: Exception) -> str:
    """Slack's word where somebody has to act on it.

    All else is one word, for it changes from try to try: no answer, a broken gateway, a ticket
    that was spent in vain.
    """
    return verdict(error).problem if is_lasting(error) else "unreachable"


def _count_requests(handler: AsyncSocketModeHandler, counting: Counting) -> None:
    """AsyncApp does not track what it is handling: count each request until its ack is sent."""
    handle = handler.handle

    async def counted(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        with counting():
            if incoming.is_whole(request.payload):
                await handle(cast("SocketModeClient", client), request)
                return
            incoming.note(request.payload)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    handler.client.socket_mode_request_listeners[:] = [counted]
