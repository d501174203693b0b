"""The least of Slack that a benchmark needs: it costs little, as the two share the processors.

For tests there is `sandbox`, which refuses what Slack refuses and is too slow to be measured with.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from aiohttp import WSMsgType, web

TEAM, BOT_USER, BOT = "T0BENCH", "U0BOT", "B0BOT"


class CardReceiver(asyncio.Protocol):
    """HTTP as far as response_url needs it: a web framework would cost as much as the bot."""

    ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    LENGTH = re.compile(rb"(?i)content-length: *([0-9]+)")

    def __init__(self, take: Callable[[str, bytes], None]) -> None:
        self._take = take
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        head, ended, rest = self._waiting.partition(b"\r\n\r\n")
        length = self.LENGTH.search(head)
        if not ended or length is None or len(rest) < int(length[1]):
            return
        self._waiting = b""
        assert self._transport is not None
        self._transport.write(self.ANSWER)
        _, target, _ = head.split(b" ", 2)
        self._take(target.decode().removeprefix("/"), rest)


class Slack:
    """One workspace with one app, on a port of its own.

    A click ends when its acknowledgement and, where one is expected, its turned card have come.
    """

    def __init__(self) -> None:
        self.url = ""
        self.response_url = ""
        self.connected = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._acks: dict[str, asyncio.Future[float]] = {}
        self._turns: dict[str, tuple[bytes, asyncio.Future[float]]] = {}

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Slack"]:
        app = web.Application()
        app.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.get("/socket", self._serve_socket),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            receiving = await asyncio.get_running_loop().create_server(
                lambda: CardReceiver(self._take_card), "127.0.0.1", 0
            )
            self.response_url = f"http://127.0.0.1:{receiving.sockets[0].getsockname()[1]}"
            async with receiving:
                yield self
        finally:
            if self._socket is not None:
                await self._socket.close()
            await runner.cleanup()

    async def press(self, click: str, payload: str, shows: bytes | None) -> tuple[float, float]:
        """Send a click; seconds until its ack, and until a card that contains `shows` was posted.

        `payload` is JSON. Without `shows` no card is waited for, and the two times are the same.
        """
        assert self._socket is not None
        loop = asyncio.get_running_loop()
        ack = self._acks[click] = loop.create_future()
        if shows is not None:
            self._turns[click] = (shows, loop.create_future())
        envelope = (
            f'{{"envelope_id":"{click}","type":"interactive","accepts_response_payload":true,'
            f'"payload":{payload}}}'
        )
        sent = perf_counter()
        async with asyncio.timeout(30):
            await self._socket.send_str(envelope)
            acked = await ack
            turned = await self._turns[click][1] if shows is not None else acked
        self._turns.pop(click, None)
        return acked - sent, turned - sent

    async def _serve_socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        await socket.send_str('{"type":"hello","num_connections":1}')
        self._socket = socket
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                self._acks.pop(answer["envelope_id"]).set_result(perf_counter())
        return socket

    def _take_card(self, click: str, body: bytes) -> None:
        waiting = self._turns.get(click)
        if waiting is None:
            return
        shows, turned = waiting
        if shows in body:
            turned.set_result(perf_counter())
        else:
            turned.set_exception(AssertionError(f"{shows!r} is not in {body!r}"))

    async def _api(self, request: web.Request) -> web.Response:
        answers: dict[str, dict[str, Any]] = {
            "apps.connections.open": {"url": f"{self.url.replace('http', 'ws')}/socket"},
            "auth.test": {
                "team_id": TEAM,
                "team": "Northwind ML",
                "bot_id": BOT,
                "user_id": BOT_USER,
                "user": "scorecard",
                "url": "https://northwind.example/",
            },
            "users.list": {"members": []},
        }
        known = answers.get(request.match_info["method"])
        if known is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        return web.json_response({"ok": True, **known})
