"""The look-alike while it runs: its port, its start and its end."""

import asyncio
import re
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.playground.child import complaint, running_child
from bot.playground.errors import LOOK, CannotPlay

HOST = "localhost"
STARTING = 20.0
LOOK_AGAIN = 0.05
ERROR = re.compile(r"^error: ([^.\n]+)", re.MULTILINE)
ANSWERS = ClientTimeout(total=1)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be opened."""

    port: int
    process: Process
    log: Path

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def ended(self) -> None:
        """Wait until it is gone. Raises CannotPlay then."""
        status = await self.process.wait()
        why = complaint(self.log, ERROR, status)
        raise CannotPlay(
            f"The page has ended by itself ({why}): make playground starts it again, and {LOOK}."
        )


@asynccontextmanager
async def serving(program: Path, team: Path, port: int) -> AsyncIterator[Page]:
    """Start the look-alike with that team, and end it at the end. Raises CannotPlay."""
    folder = team.parent
    log = folder / "page.log"
    options = ("--config", team, "--port", str(port), "--files-dir", folder / "files")
    try:
        async with running_child(program, *options, log=log) as process:
            page = Page(port, process, log)
            await _answering(page)
            yield page
    except OSError as error:
        raise CannotPlay(f"The page could not be started ({error.strerror}); {LOOK}.") from None


async def _answering(page: Page) -> None:
    """Wait for its first answer. Raises CannotPlay when none comes."""
    ended = asyncio.ensure_future(page.ended())
    answers = asyncio.ensure_future(_first_answer(page.url))
    try:
        async with asyncio.timeout(STARTING):
            done, _ = await asyncio.wait((ended, answers), return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
    except TimeoutError:
        raise CannotPlay(f"The page did not start in {STARTING:.0f} seconds; {LOOK}.") from None
    finally:
        ended.cancel()
        answers.cancel()


async def _first_answer(url: str) -> None:
    async with ClientSession(timeout=ANSWERS) as session:
        while True:
            try:
                async with session.get(f"{url}/_control/state") as answer:
                    if answer.ok:
                        return
            except (ClientError, TimeoutError):
                pass
            await asyncio.sleep(LOOK_AGAIN)


def free_port(wished: int) -> int:
    """The port wished for, or another one when somebody answers there already."""
    try:
        socket.create_connection((HOST, wished), timeout=1).close()
    except OSError:
        return wished
    with socket.socket() as found:
        found.bind(("", 0))
        return int(found.getsockname()[1])
