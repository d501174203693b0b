"""A program of others' that runs beside us and ends with us."""

import asyncio
import re
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

PATIENCE = 5.0  # seconds between asking it to end and ending it


@asynccontextmanager
async def running_child(*command: str | Path, log: Path) -> AsyncIterator[Process]:
    """Start it, and end it at the end; what it prints goes to `log`. Raises OSError.

    In a session of its own: a Ctrl-C reaches only us, and we end it when we are done with it.
    """
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=log.parent,
            stdin=DEVNULL,
            stdout=output,
            stderr=STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def complaint(log: Path, pattern: re.Pattern[str], otherwise: int) -> str:
    """What it complained about before it ended, else its exit status."""
    found = pattern.search(log.read_text("utf-8", "replace"))
    return found[1].strip() if found else f"status {otherwise}"
