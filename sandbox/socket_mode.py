"""Socket Mode: tickets, open sockets, envelopes out and acknowledgements back in."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.changes import Changes
from sandbox.stamps import Stamps


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer to one envelope, or the reason why there is none."""

    payload: dict[str, Any] | None = None
    error: str | None = None


class Sockets:
    def __init__(self, app_id: str, stamps: Stamps, changes: Changes, seconds: float) -> None:
        self.ack_seconds = seconds
        self._app_id = app_id
        self._stamps = stamps
        self._changes = changes
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any] | None]] = {}
        self._turn = 0

    @property
    def connected(self) -> int:
        return len(self._open)

    def issue_ticket(self) -> str:
        ticket = f"ticket-{self._stamps.next('ticket')}"
        self._tickets.add(ticket)
        return ticket

    def spend(self, ticket: str) -> bool:
        """A ticket is spent by showing it, whether or not the upgrade then works."""
        if ticket not in self._tickets:
            return False
        self._tickets.remove(ticket)
        return True

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self._open.append(socket)
        await socket.send_str(json.dumps(self._hello()))
        self._changes.happened()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            if socket in self._open:
                self._open.remove(socket)
            self._changes.happened()
        return socket

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 3600},
        }

    def _take(self, raw: str) -> None:
        try:
            answer = json.loads(raw)
        except ValueError:
            return
        future = self._waiting.get(answer.get("envelope_id"))
        if future is not None and not future.done():
            future.set_result(answer.get("payload"))

    async def send(self, kind: str, payload: dict[str, Any]) -> Ack:
        """Deliver one envelope to any open socket and wait for the app to acknowledge it."""
        socket = self._next_socket()
        if socket is None:
            return Ack(error="dispatch_failed")
        envelope_id = f"envelope-{self._stamps.next('envelope')}"
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope.update(retry_attempt=0, retry_reason="")
        future = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        try:
            await socket.send_str(json.dumps(envelope))
            async with asyncio.timeout(self.ack_seconds):
                return Ack(payload=await future)
        except TimeoutError:
            return Ack(error="operation_timeout")
        except ConnectionError:
            return Ack(error="dispatch_failed")
        finally:
            del self._waiting[envelope_id]
            self._changes.happened()

    def _next_socket(self) -> web.WebSocketResponse | None:
        usable = [socket for socket in self._open if not socket.closed]
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    async def disconnect(self, reason: str) -> None:
        """Say goodbye as Slack does: `warning` leaves the socket open, the others close it."""
        sockets = list(self._open)
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        for socket in sockets:
            if not socket.closed:
                await socket.send_str(json.dumps(goodbye))
        if reason != "warning":
            await self.close()

    async def close(self) -> None:
        for socket in list(self._open):
            await socket.close()
