"""Plain functions off the event loop: storing, looking and drawing on threads of their own."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Together = Callable[[Sequence[Callable[[], None]]], None]

MOST_TOGETHER = 32
WRITERS = 8
READERS = 4


@dataclass(slots=True)
class _Waiting:
    """A use case that waits for the writing thread, and what came of it."""

    work: Callable[[], Any]
    done: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self.work()
        except Exception as error:
            self.error = error

    def settle(self) -> None:
        if self.done.cancelled():
            return
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.result)


class Offload:
    """SQLite has one writer at a time, so it gets one writing thread; PostgreSQL gets a few.

    `together` (SQLite): runs several works in one transaction. What waits for the writing
    thread at the same moment shares a commit, and is answered after it.
    """

    def __init__(self, together: Together | None) -> None:
        one_writer = together is not None
        self._together = together
        self._waiting: deque[_Waiting] = deque()
        self._writing = ThreadPoolExecutor(1 if one_writer else WRITERS, "writing")
        self._reading = ThreadPoolExecutor(1 if one_writer else READERS, "reading")
        self._drawing = ThreadPoolExecutor(1, "drawing")

    async def write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that stores something."""
        loop = asyncio.get_running_loop()
        ready = partial(work, *args, **kwargs)
        if self._together is None:
            return await loop.run_in_executor(self._writing, ready)
        waiting = _Waiting(ready, loop.create_future())
        self._waiting.append(waiting)
        loop.run_in_executor(self._writing, self._write_what_waits, loop, self._together)
        result: T = await waiting.done
        return result

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that only looks."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, partial(work, *args, **kwargs))

    async def alone(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what shares no transaction, neither with what is stored nor with what is read."""
        return await self.read(work, *args, **kwargs)

    async def draw(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Draw a picture: a fifth of a second for which nobody's card should wait."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._drawing, partial(work, *args, **kwargs))

    def close(self) -> None:
        """Waits for what is running."""
        self._writing.shutdown(wait=True)
        self._reading.shutdown(wait=True)
        self._drawing.shutdown(wait=True)

    def _write_what_waits(self, loop: asyncio.AbstractEventLoop, together: Together) -> None:
        """On the writing thread. Nothing waits when an earlier turn took this one's work along."""
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
        if len(batch) == 1:
            batch[0].run()
        elif batch:
            _run_together(batch, together)
        loop.call_soon_threadsafe(_settle, batch)


def _run_together(batch: Sequence[_Waiting], together: Together) -> None:
    try:
        together([waiting.run for waiting in batch])
    except Exception as error:
        for waiting in batch:
            waiting.error = error


def _settle(batch: Sequence[_Waiting]) -> None:
    for waiting in batch:
        waiting.settle()
