"""The real bot as a process of its own, with a clock that runs faster than ours.

Settings come from the environment. `--since` is our time.time() at which the bot's clock showed
`--start`: a bot that is started again goes on in the same time. `--ahead` is a file with the
seconds by which it has jumped since, looked at each time: it can jump while the bot runs.

With `--nursery` each line on stdin starts a bot in a new process: what it has to import, most of
a second, is there already. One line says its pid, and when it has ended one its exit code.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Awaitable
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Rhythm, run
from bot.settings import Settings

RHYTHM = Rhythm(tick=0.2, watch=2.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=datetime.fromisoformat, required=True)
    parser.add_argument("--since", type=float, required=True)
    parser.add_argument("--times", type=float, required=True)
    parser.add_argument("--ahead", type=Path)
    parser.add_argument("--nursery", action="store_true")
    given = parser.parse_args()
    if not given.nursery:
        live(given)
        return
    for _ in sys.stdin:
        if (pid := os.fork()) == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            live(given)
            return
        say(pid)
        say(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def live(given: argparse.Namespace) -> None:
    """One life of the bot."""

    def now() -> datetime:
        seconds = given.times * (time.time() - given.since)
        if given.ahead is not None:
            seconds += float(given.ahead.read_text(encoding="ascii"))
        passed: datetime = given.start + timedelta(seconds=seconds)
        return passed

    def sleep(seconds: float) -> Awaitable[None]:
        return asyncio.sleep(seconds / given.times)

    asyncio.run(run(Settings(_env_file=None), now=now, sleep=sleep, rhythm=RHYTHM))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
