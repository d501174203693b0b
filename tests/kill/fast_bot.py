"""The real bot as a process of its own, with a clock that runs faster than ours.

Settings come from the environment. `--since` is our time.time() at which the bot's clock showed
`--start`: a bot that is started again goes on in the same time.
"""

import argparse
import asyncio
import time
from datetime import datetime, timedelta

from bot.app import Rhythm, run
from bot.settings import Settings

RHYTHM = Rhythm(tick=0.2, watch=2.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=datetime.fromisoformat, required=True)
    parser.add_argument("--since", type=float, required=True)
    parser.add_argument("--times", type=float, required=True)
    given = parser.parse_args()

    def now() -> datetime:
        passed: datetime = given.start + timedelta(
            seconds=given.times * (time.time() - given.since)
        )
        return passed

    asyncio.run(run(Settings(_env_file=None), now=now, rhythm=RHYTHM))


if __name__ == "__main__":
    main()
