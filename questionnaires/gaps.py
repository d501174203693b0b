"""Whiles in which the bot was away, and what came late because of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A restart or a deploy is no gap: nobody would notice.
LEAST_GAP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Late:
    """What should have happened meanwhile: messages by number, rounds by their team's name."""

    invitations: int = 0
    reminders: int = 0
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()

    @property
    def matters(self) -> bool:
        return self != Late()


@dataclass(frozen=True, slots=True)
class Gap:
    """From the last sign of life to the first one after it."""

    id: int
    began_at: datetime
    ended_at: datetime
    late: Late


def is_gap(before: datetime | None, now: datetime) -> bool:
    """Whether the bot was away since it last said that it is there."""
    return before is not None and now - before > LEAST_GAP
