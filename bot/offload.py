"""Plain functions off the event loop: what stores on one thread, what looks on another."""

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

    async def write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that stores something."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, partial(work, *args, **kwargs))

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that only looks, or draws."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, partial(work, *args, **kwargs))

    def close(self) -> None:
        """Waits for what is running."""
        self._writing.shutdown(wait=True)
        self._reading.shutdown(wait=True)
