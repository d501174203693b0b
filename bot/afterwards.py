"""What follows an acknowledged press: runs by itself, is counted, and says its own refusals.

Nothing may fail inside a listener after ack(): within ten milliseconds Bolt would take the ack
back, and Slack would show an error although everything was stored.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from bot.errors import say
from bot.replies import NOBODY, Replies, ReplyTo


class Afterwards:
    """Tasks and requests that are under way; `drain()` waits for all of them."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._tasks: set[asyncio.Task[None]] = set()
        self._requests = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def run(self, work: Coroutine[Any, Any, object], *, to: ReplyTo = NOBODY) -> None:
        """Start some work for a press; a refusal or failure is said there, and logged."""
        task = asyncio.ensure_future(self._guarded(work, to))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run_quietly(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do some work that nobody pressed for; a failure is logged, and stopping waits for it."""
        with self.counting():
            await self._guarded(work(), NOBODY)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """A request is being handled, until its answer has been sent."""
        self._requests += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._requests -= 1
            if self._requests == 0:
                self._idle.set()

    async def drain(self) -> None:
        """Wait until no request is being handled and no work is left."""
        while self._requests or self._tasks:
            await self._idle.wait()
            if self._tasks:
                await asyncio.wait(set(self._tasks))

    async def _guarded(self, work: Awaitable[object], to: ReplyTo) -> None:
        try:
            await work
        except Exception as error:
            await say(self._replies, to, error)
