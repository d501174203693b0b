"""Waiting for the workspace to change, without polling and without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Everything that changes what a person or a test can see calls `happened()`."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def happened(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, predicate: Callable[[], T], seconds: float) -> T:
        """Return the predicate's first truthy value. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not (value := predicate()):
                future = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
            return value
