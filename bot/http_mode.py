"""HTTP mode: Slack sends signed requests to a port of ours; a platform asks how we are."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qs

import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import Clock, SignatureVerifier

from bot import incoming
from bot.manifest import EVENTS_PATH
from bot.obstacles import CannotListen
from bot.readiness import Readiness
from bot.socket_mode import Counting

log = structlog.get_logger()

BYTES_MOST = 1024**2
BODY_SECONDS = 3.0  # Slack gives up after that long, so whoever is slower is not Slack
SHUTDOWN_SECONDS = 5.0
FRESH_SECONDS = 300.0  # the verifier's own measure


class HttpMode:
    """Listens from the start, so that a platform sees a living process while Slack is away."""

    def __init__(
        self, secret: str, host: str, port: int, readiness: Readiness, now: Callable[[], datetime]
    ) -> None:
        self._now = now
        self._verifier = SignatureVerifier(secret, _ClockOf(now))
        self._readiness = readiness
        self._app: AsyncApp | None = None
        self._counting: Counting | None = None
        site = web.Application(client_max_size=BYTES_MOST)
        site.add_routes(
            [
                web.post(EVENTS_PATH, self._take),
                web.get("/healthz", _alive),
                web.get("/readyz", self._ready),
            ]
        )
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        self._host, self._port = host, port
        self._site: web.TCPSite | None = None
        self._winding_down = False

    @property
    def url(self) -> str:
        """Where requests are taken, on this machine."""
        host, port, *_ = self._runner.addresses[0]
        return f"http://{host}:{port}{EVENTS_PATH}"

    async def listen(self) -> None:
        """Take the port. Raises CannotListen."""
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await self._site.start()
        except (OSError, UnicodeError) as error:  # the latter of names that cannot be one
            await self._runner.cleanup()
            raise CannotListen(error) from None
        log.info("listening", port=self._runner.addresses[0][1])

    async def knock(self) -> None:
        """Nothing: it is Slack that comes to us."""

    async def open(self, app: AsyncApp, counting: Counting, _scheduler: AsyncIOScheduler) -> None:
        """From now on requests are answered."""
        self._counting = counting
        self._app = app

    async def wind_down(self) -> None:
        """No new connections; those that are there end with the answer under way."""
        self._winding_down = True
        if self._site is not None:
            await self._site.stop()

    async def close(self) -> None:
        """Let go of the port."""
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if _is_ssl_check(body):
            return web.Response()
        if not self._is_signed(request, body):
            log.warning("request refused", **self._why_refused(request))
            raise web.HTTPUnauthorized
        if self._app is None or self._counting is None:
            raise web.HTTPServiceUnavailable(text="starting")
        if not incoming.is_whole(sent := _sent(body, request.content_type)):
            incoming.note(sent)
            return web.Response()
        with self._counting():
            answer = await self._app.async_dispatch(await to_bolt_request(request))
            response = await to_aiohttp_response(answer)
        if self._winding_down:
            response.force_close()
        return response

    def _is_signed(self, request: web.Request, body: bytes) -> bool:
        """By Slack, within five minutes. What cannot be read is not signed."""
        try:
            return self._verifier.is_valid_request(body, request.headers)
        except (ValueError, TypeError, OverflowError):
            return False

    def _why_refused(self, request: web.Request) -> dict[str, str]:
        """For the log only: whoever asks is not told."""
        sent = request.headers.get("X-Slack-Request-Timestamp", "")
        if not (sent and request.headers.get("X-Slack-Signature")):
            return {"why": "unsigned"}  # somebody strays or tries; no secret can be wrong
        if not sent.isdecimal() or abs(self._now().timestamp() - float(sent)) > FRESH_SECONDS:
            return {"why": "timestamp", "hint": "the clock of this machine may be wrong"}
        return {"why": "signature", "hint": "SLACK_SIGNING_SECRET may not be this app's"}

    async def _ready(self, _request: web.Request) -> web.Response:
        problems = await self._readiness.problems()
        if self._app is None:
            problems = ["starting", *problems]
        return web.json_response({"problems": problems}, status=503 if problems else 200)


class _ClockOf(Clock):
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


async def _body(request: web.Request) -> bytes:
    """All of it. Raises HTTPRequestEntityTooLarge, HTTPRequestTimeout, HTTPBadRequest."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def _sent(body: bytes, content_type: str) -> object:
    """The payload in it; None for what is none."""
    try:
        return parse_body(body.decode(), content_type)
    except (ValueError, RecursionError):
        return None


def _is_ssl_check(body: bytes) -> bool:
    """Slack's look at the certificate, unsigned: answered here, and nothing else is done."""
    fields = parse_qs(body.decode("latin-1"))  # never fails, and the one field is plain ASCII
    return fields.get("ssl_check") == ["1"]
