"""Plain functions off the event loop: storing, looking and drawing on threads of their own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Offload:
    """SQLite has one writer at a time, so it gets one writing thread; PostgreSQL gets a few."""

    def __init__(self, *, one_writer: bool) -> None:
        self._writing = ThreadPoolExecutor(1 if one_writer else 8, thread_name_prefix="writing")
        self._reading = ThreadPoolExecutor(1 if one_writer else 4, thread_name_prefix="reading")
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="drawing")

    async def write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that stores something."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, partial(work, *args, **kwargs))

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that only looks."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, partial(work, *args, **kwargs))

    async def draw(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Draw a picture: a fifth of a second for which nobody's card should wait."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._drawing, partial(work, *args, **kwargs))

    def close(self) -> None:
        """Waits for what is running."""
        self._writing.shutdown(wait=True)
        self._reading.shutdown(wait=True)
        self._drawing.shutdown(wait=True)
