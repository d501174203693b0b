"""Times and ids as Slack writes them: from the given clock and from counters, never random."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox.errors import SandboxError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class SettableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def __call__(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise SandboxError("the clock needs an aware time")
        self._now = moment.astimezone(UTC)

    def advance(self, **how_much: float) -> None:
        """Move on by days, hours, minutes, seconds ... (the words of timedelta)."""
        self._now += timedelta(**how_much)

    async def sleep(self, seconds: float) -> None:
        """Stands in for `asyncio.sleep`: time passes at once, and others get their turn.

        Two tasks that sleep side by side pass the time of both.
        """
        if seconds > 0:
            self.advance(seconds=seconds)
        await asyncio.sleep(0)


class Stamps:
    """Message times are unique and ordered: the fraction is a running number."""

    def __init__(self, now: Clock) -> None:
        if now().tzinfo is None:
            raise SandboxError("the clock has to give aware times")
        self._now = now
        self._used: Counter[str] = Counter()

    def seconds(self) -> float:
        return self._now().timestamp()

    def next(self, what: str) -> int:
        self._used[what] += 1
        return self._used[what]

    def ts(self) -> str:
        return f"{int(self.seconds())}.{self.next('ts') % 1_000_000:06d}"

    def id(self, prefix: str) -> str:
        return f"{prefix}0SBX{self.next(prefix):06d}"
