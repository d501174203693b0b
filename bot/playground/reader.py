"""How far you are, from what hangs on your screen: never what you answered."""

import asyncio
from collections.abc import Callable
from enum import IntEnum, auto
from typing import Protocol

from bot.blocks import ids
from bot.playground.screens import Message, Screens

LOOK_AGAIN = 0.5


class Stage(IntEnum):
    """Where the reader stands; each is followed by something else to do."""

    ASKED = auto()
    FINISHED = auto()
    CLOSED = auto()
    POSTED = auto()


class Rooms(Screens, Protocol):
    """Screens on which channels can be read, too."""

    async def channel(self, channel: str) -> list[Message]:
        """All that is said there."""


async def stage(screens: Rooms, reader: str, results_channel: str) -> Stage:
    if await screens.channel(results_channel):
        return Stage.POSTED
    said = await screens.direct(reader)
    pressable = {button.get("action_id") for one in said for button in one.buttons.values()}
    if ids.POST_RESULT in pressable:
        return Stage.CLOSED
    return Stage.FINISHED if ids.FIX_FIRST in pressable else Stage.ASKED


async def follow(
    screens: Rooms, reader: str, results_channel: str, reached: Callable[[Stage], None]
) -> None:
    """Tell each stage when it is reached, until the result is posted."""
    before = Stage.ASKED
    while before is not Stage.POSTED:
        now = await stage(screens, reader, results_channel)
        if now > before:
            reached(now)
            before = now
        await asyncio.sleep(LOOK_AGAIN)
