"""The demo: the real bot, a stand-in for Slack, and made-up colleagues who press buttons."""

from pathlib import Path
from time import perf_counter


async def play(*, people: int, seed: int, output: Path) -> None:
    """Play two quarters and leave their pictures, results and calls in `output`.

    The same `people` and `seed` give the same result.
    SystemExit with a sentence when `output` cannot be used.
    """
    started = perf_counter()
    from bot.demo.story import Story  # noqa: PLC0415 - slow to load, and part of the time taken

    await Story(people=people, seed=seed, output=output, started=started).play()
