"""One visit to the playground: fetch, start, ask, answer, and tidy up at Ctrl-C."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession
from rich.console import Console

from bot.app import Rhythm, running
from bot.clients import utc_now
from bot.demo.minds import minds
from bot.demo.proxies import without_proxies
from bot.playground.answering import Respondent, answer_all
from bot.playground.clock import shifted
from bot.playground.errors import LOOK, CannotPlay
from bot.playground.first_round import FirstRound
from bot.playground.guide import Guide
from bot.playground.installing import installed
from bot.playground.page import HOST, Page, free_port, serving
from bot.playground.reader import follow
from bot.playground.screens import ControlledScreens
from bot.playground.team import APP_KEY, BOT_KEY, OTHERS, READER, RESULTS_CHANNEL, TEAM, write
from bot.settings import MESSAGES_A_MINUTE, MONTHS_KEPT, Settings
from questionnaires.disclosure.floors import K_DEFAULT
from questionnaires.errors import RoundClosed

SEED = 1
OPERATOR = "Ola Admin"  # a person, as in a company: whom to ask about the database
RHYTHM = Rhythm(tick=5)
WISHES = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOUD = ("apscheduler", "slack_bolt", "slack_sdk")


class Story:
    """`package`: the look-alike for this kind of computer."""

    def __init__(self, package: str, port: int) -> None:
        self._package = package
        self._port = port
        self._guide = Guide(Console(highlight=False), TEAM)

    async def play(self) -> None:
        """Until Ctrl-C. Raises CannotPlay."""
        wished = asyncio.Event()
        for wish in WISHES:
            asyncio.get_running_loop().add_signal_handler(wish, wished.set)
        await first_of(self._visit(), wished.wait())
        self._guide.goodbye()

    async def _visit(self) -> None:
        program = await installed(self._package, self._guide.say)
        port = free_port(self._port)
        if port != self._port:
            self._guide.say(f"Port {self._port} is taken, so the page is on {port}.")
        with TemporaryDirectory(prefix="scorecard-playground-") as folder, _quietly():
            async with serving(program, write(Path(folder)), port) as page:
                await self._while_it_answers(page, Path(folder))

    async def _while_it_answers(self, page: Page, folder: Path) -> None:
        try:
            await first_of(self._round(page, folder), page.ended())
        except (ClientError, TimeoutError) as error:
            why = type(error).__name__
            raise CannotPlay(f"The page does not answer any more ({why}); {LOOK}.") from None

    async def _round(self, page: Page, folder: Path) -> None:
        """Open the round, and go on for as long as the reader likes."""
        now = shifted(utc_now, [one.zone for one in TEAM])
        with without_proxies():
            async with (
                running(settings(page, folder), now=now, rhythm=RHYTHM) as runtime,
                ClientSession(raise_for_status=True) as session,
            ):
                first = FirstRound(runtime, now)
                await first.open()
                self._guide.welcome(page.url, now())
                screens = ControlledScreens(session, page.url)
                await asyncio.gather(self._others(first, screens), self._reader(screens))
                await asyncio.get_running_loop().create_future()

    async def _others(self, first: FirstRound, screens: ControlledScreens) -> None:
        found = minds(OTHERS, first.questionnaire, SEED)

        async def finished(user_id: str) -> None:
            with suppress(RoundClosed):
                await first.remark(user_id, found[user_id])
            self._guide.finished(user_id)

        await answer_all(
            [Respondent(one, mind, first.questionnaire, screens) for one, mind in found.items()],
            finished,
        )
        self._guide.others_are_done()

    async def _reader(self, screens: ControlledScreens) -> None:
        await follow(screens, READER.user_id, RESULTS_CHANNEL[0], self._guide.reached)


async def first_of(*work: Coroutine[Any, Any, object]) -> None:
    """Until one of them ends, which ends the others; what it raises is raised."""
    under_way = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in under_way:
            one.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
    for one in done:
        one.result()


def settings(page: Page, folder: Path) -> Settings:
    """Everything is given: nothing comes from the environment or from .env."""
    return Settings(
        _env_file=None,
        slack_bot_token=BOT_KEY,
        slack_app_token=APP_KEY,
        slack_signing_secret=None,
        host=HOST,
        port=0,
        slack_api_url=f"{page.url}/api/",
        database_url=f"sqlite:///{folder / 'scorecard.sqlite3'}",
        SCORECARD_FACILITATORS=READER.user_id,
        SCORECARD_OPERATOR=OPERATOR,
        SCORECARD_LEAST_PEOPLE=K_DEFAULT,
        SCORECARD_MESSAGES_A_MINUTE=MESSAGES_A_MINUTE,
        questionnaires_dir=None,
        ANSWERS_KEPT_MONTHS=MONTHS_KEPT,
    )


@contextmanager
def _quietly() -> Iterator[None]:
    """Only errors of ours are logged; when the page is gone, the libraries have no news for us."""
    before = structlog.get_config()
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    try:
        yield
    finally:
        structlog.configure(**before)
