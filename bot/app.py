"""The composition root: the only place that builds engine, clients, scheduler, Bolt app, clock."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import structlog
from aiohttp import ClientSession, ClientTimeout
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import errors, listeners
from bot.afterwards import Afterwards
from bot.clients import CALL_SECONDS, Clients, Clock, make_clients, utc_now
from bot.delivery import Delivery
from bot.directory import Directory, Installation
from bot.drawing import Drawing
from bot.homes import HomeTabs
from bot.http_mode import HttpMode
from bot.listeners.edge import Edge
from bot.obstacles import needing_database, needing_questionnaires
from bot.offload import Offload
from bot.pace import Sleep
from bot.parting import Parting, met
from bot.readiness import Readiness
from bot.replies import Replies
from bot.settings import Settings
from bot.socket_mode import SocketMode
from bot.tick import Tick
from bot.turning import Turning
from bot.use_cases.everything import UseCases
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from questionnaires import catalog
from storage import upgrade
from storage.database import Database, open_database

log = structlog.get_logger()

TICK_SECONDS = 30.0
WATCH_SECONDS = 5.0
DRAIN_SECONDS = 20.0
ONE_AT_A_TIME = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Real seconds between two ticks, and between two tries to connect the socket."""

    tick: float = TICK_SECONDS
    watch: float = WATCH_SECONDS


@dataclass(frozen=True, slots=True)
class Runtime:
    """A bot that is running: what tests and the demo hold in their hands."""

    app: AsyncApp
    tick: Tick
    delivery: Delivery
    afterwards: Afterwards
    database: Database
    uses: UseCases
    slack: SocketMode | HttpMode

    async def settled(self) -> None:
        """Wait until everything that was pressed has been answered."""
        await self.afterwards.drain()


async def run(
    settings: Settings,
    *,
    now: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
    rhythm: Rhythm | None = None,
) -> None:
    """Run until SIGTERM, SIGINT or SIGHUP arrives, which also ends waiting for Slack.

    Only the first one counts: what is being finished is not disturbed by a second.
    """
    loop, wished = asyncio.get_running_loop(), asyncio.Event()
    nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    for wish in (signal.SIGTERM, signal.SIGINT, *(() if nohup else (signal.SIGHUP,))):
        # asyncio's own handler drops a signal that comes while its pipe is full of others.
        signal.signal(wish, lambda *_: loop.call_soon_threadsafe(wished.set))

    async def work() -> None:
        async with running(settings, now=now, sleep=sleep, rhythm=rhythm or Rhythm()):
            await loop.create_future()

    working, stop = asyncio.ensure_future(work()), asyncio.ensure_future(wished.wait())
    await asyncio.wait((working, stop), return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    log.info("stopped")


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    now: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
    rhythm: Rhythm | None = None,
    definitions: Path | None = None,
) -> AsyncIterator[Runtime]:
    """Start the bot, and stop it at the end with nothing left half done.

    `sleep` passes time on the clock `now` while Slack's limits are waited for. `rhythm` None:
    nothing ticks by itself (tests and the demo call `tick`). `definitions`: a folder of
    questionnaires instead of those that come with the package.
    Slack being away is waited out. Raises Obstacle, and what upgrade and catalogue raise.
    """
    with needing_questionnaires():
        files = catalog.load_all(definitions, settings.questionnaires_dir)
    with needing_database():
        database = open_database(settings.database_url)
    offload = Offload(database.together if database.is_sqlite else None)
    try:
        with needing_database():
            if (copy := upgrade.prepare(database)) is not None:
                log.info("database migrated", copy=copy.name)
            library = Library(files, database)
        uses = _use_cases(settings, database, library, now)
        _say_start(settings, database, library)
        async with ClientSession(timeout=ClientTimeout(total=CALL_SECONDS)) as session:
            clients = make_clients(settings, session, now, sleep)
            watch = rhythm.watch if rhythm else WATCH_SECONDS
            slack = await _reachable(settings, clients, database, offload, now, watch)
            try:
                installation = await met(clients.calling, uses, offload)
                await slack.knock()
                runtime = _wire(
                    settings,
                    clients,
                    installation,
                    database,
                    uses,
                    offload,
                    now,
                    slack,
                )
                async with _connected(runtime, rhythm):
                    yield runtime
            finally:
                await slack.close()
    finally:
        offload.close()
        database.dispose()


def _use_cases(settings: Settings, database: Database, library: Library, now: Clock) -> UseCases:
    return UseCases.over(
        database,
        library,
        Facilitators(settings.facilitators),
        settings.least_people,
        now,
        settings.answers_kept_months,
    )


def _say_start(settings: Settings, database: Database, library: Library) -> None:
    log.info(
        "starting",
        mode="sockets" if settings.uses_sockets else "http",
        database=database.engine.dialect.name,
        questionnaires=len(library.choices()),
        facilitators=len(settings.facilitators),
    )


async def _reachable(
    settings: Settings,
    clients: Clients,
    database: Database,
    offload: Offload,
    now: Clock,
    watch: float,
) -> SocketMode | HttpMode:
    """How Slack reaches us: with an app-level token through sockets, else over HTTP.

    The port is taken at once. Raises CannotListen.
    """
    if settings.slack_app_token is not None:
        token = settings.slack_app_token.get_secret_value()
        return SocketMode(token, clients.calling, watch)
    readiness = Readiness(clients.posting, offload, database.look)
    assert settings.slack_signing_secret is not None
    secret = settings.slack_signing_secret.get_secret_value()
    http = HttpMode(secret, settings.host, settings.port, readiness, now)
    await http.listen()
    return http


@needing_database()  # the workspace is the first row that is written
def _wire(
    settings: Settings,
    clients: Clients,
    installation: Installation,
    database: Database,
    uses: UseCases,
    offload: Offload,
    now: Clock,
    slack: SocketMode | HttpMode,
) -> Runtime:
    directory = Directory(clients.calling, uses.people, offload, installation, now)
    delivery = Delivery(clients, uses.outgoing, Drawing(uses), offload, directory.is_shared)
    team_id = installation.team_id
    parting = Parting(clients.lifeline, clients.calling, uses, offload, installation)
    tick = Tick(uses, directory, delivery, parting, team_id, offload, now)
    replies = Replies(clients.session, clients.calling)
    afterwards = Afterwards(replies)
    turning = Turning(clients.calling, replies, offload, uses.answering, uses.inviting, tick)
    while uses.leaving.welcome(team_id, installation.team_name, installation.bot_user_id):
        pass
    uses.rehearsing.end_outdated()
    app = make_bolt_app(clients.calling, installation)
    errors.register(app, replies)
    edge = Edge(
        calling=clients.calling,
        offload=offload,
        replies=replies,
        afterwards=afterwards,
        directory=directory,
        installation=installation,
        lifeline=clients.lifeline,
        turning=turning,
        tick=tick,
        homes=HomeTabs(clients.calling, offload, uses.homes),
        operator=settings.operator,
        least_people=settings.least_people,
        months_kept=settings.answers_kept_months,
    )
    listeners.register_all(app, uses, edge)
    return Runtime(app, tick, delivery, afterwards, database, uses, slack)


def make_bolt_app(client: AsyncWebClient, installation: Installation) -> AsyncApp:
    """With authorize and a client of ours, what Bolt reads from SLACK_* variables changes nothing.

    It authorizes from what was fetched at start. Left to itself it asks Slack at the first
    click, and when that fails the click is answered and its listener never runs. A listener
    runs to its end before the answer goes out: it is short (bot/afterwards.py does the rest),
    nothing polls for its ack, and stopping waits for events, too.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.team_id,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            bot_token=client.token,
        )

    return AsyncApp(
        name="scorecard",
        client=AsyncWebClient(base_url=client.base_url, session=client.session),
        authorize=authorize,
        request_verification_enabled=False,  # http_mode has looked, with a clock of its own
        signing_secret="",
        process_before_response=True,
        logger=logging.getLogger("slack_bolt"),
    )


@asynccontextmanager
async def _connected(runtime: Runtime, rhythm: Rhythm | None) -> AsyncIterator[None]:
    """Listen to Slack and tick; at the end finish what is under way before letting go."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start()
    try:
        await runtime.tick.beat()
        if rhythm is not None:
            await runtime.tick.meet_people()
        await runtime.slack.open(runtime.app, runtime.afterwards.counting, scheduler)
        if rhythm is not None:
            _schedule(scheduler, runtime, rhythm)
        log.info("ready")
        yield
    finally:
        log.info("stopping")
        scheduler.pause()  # shutting it down would cancel a tick in the middle of a message
        runtime.delivery.stopping = True
        await runtime.slack.wind_down()
        await _drained(runtime)
        scheduler.shutdown(wait=False)
        await runtime.slack.close()
        await _drained(runtime)
        with suppress(SQLAlchemyError):  # a database that is away is no reason to crash now
            await runtime.tick.say_goodbye()


def _schedule(scheduler: AsyncIOScheduler, runtime: Runtime, rhythm: Rhythm) -> None:
    scheduler.add_job(
        runtime.afterwards.run_quietly,
        "interval",
        args=[runtime.tick.pulse],
        seconds=rhythm.tick,
        next_run_time=utc_now(),
        **ONE_AT_A_TIME,
    )


async def _drained(runtime: Runtime) -> None:
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            await runtime.afterwards.drain()
    except TimeoutError:
        log.warning("stopping with work under way")
