"""The playground: the real bot behind the page of a Slack look-alike, and you as facilitator."""

import platform
import sys

from bot.playground.errors import CannotPlay
from bot.playground.installing import package_for

__all__ = ["CannotPlay", "play"]


async def play(*, port: int) -> None:
    """Go on until Ctrl-C, and leave nothing running. Raises CannotPlay."""
    package = package_for(sys.platform, platform.machine())
    from bot.playground.story import Story  # noqa: PLC0415 - slow to load

    await Story(package, port).play()
