"""The playground's clock: it runs like any other, shifted to when the whole team is at work."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from questionnaires import calendar

Clock = Callable[[], datetime]

HOUR = 11  # UTC
STARTING = timedelta(minutes=5)
_DAY = timedelta(days=1)


def at_work(now: datetime, zones: Iterable[str]) -> bool:
    """Whether a round that opens now, or in a moment, asks everybody at once."""
    moments = (now, now + STARTING)
    return all(calendar.ask_at(when, zone) == when for zone in zones for when in moments)


def next_fit(now: datetime, zones: Iterable[str]) -> datetime:
    """Now when everybody is at work, else the next working day's 11:00 UTC, today's included."""
    if at_work(now, zones):
        return now
    today = calendar.next_working_day(now.date())
    eleven = calendar.at_local_hour(today, HOUR, "UTC")
    if eleven > now:
        return eleven
    return calendar.at_local_hour(calendar.next_working_day(today + _DAY), HOUR, "UTC")


def shifted(clock: Clock, zones: Iterable[str]) -> Clock:
    """A clock that shows `next_fit` now, and runs on from there at its own speed."""
    now = clock()
    by = next_fit(now, zones) - now
    return lambda: clock() + by
