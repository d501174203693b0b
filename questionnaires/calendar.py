"""Dates and hours of rounds: pure functions over zoneinfo. No clock: "now" is an argument.

Instants come and go as aware datetimes and are returned in UTC; days are dates in the zone named.
A skipped local hour moves forward by the gap, a repeated one is its first.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKEND = frozenset({5, 6})
INVITING_HOUR = 10
INVITING_LATEST_HOUR = 17
CLOSING_HOUR = 18
PUBLISHING_HOUR = 10
PUBLISHING_WORKING_DAYS = 2

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_DAY = timedelta(days=1)


class Cadence(StrEnum):
    """How often a scorecard comes back."""

    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ONCE = "once"


_MONTHS_APART = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.YEARLY: 12,
}


def round_title(day: date) -> str:
    """The name a round goes by, "January 2027", whatever the host's locale."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def is_working_day(day: date, weekend: frozenset[int] = WEEKEND) -> bool:
    """`weekend` counts from Monday 0; public holidays are not known."""
    return day.weekday() not in weekend


def next_working_day(day: date, weekend: frozenset[int] = WEEKEND) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day, weekend):
        day += _DAY
    return day


def add_working_days(day: date, n: int, weekend: frozenset[int] = WEEKEND) -> date:
    """The n-th working day after `day`, which is day 0; n = 0 is `next_working_day`."""
    if n < 0:
        raise ValueError(f"working days are counted forward, not {n}")
    day = next_working_day(day, weekend) if n == 0 else day
    for _ in range(n):
        day = next_working_day(day + _DAY, weekend)
    return day


def next_occurrence(first: date, cadence: Cadence, after: date) -> date | None:
    """The first working day strictly after `after` on which a round is due.

    Occurrences are `first` plus whole months, counted from `first` and cut to the month's end
    (31 Jan, 28 Feb, 31 Mar: no drift), each then moved to the next working day; only the moved
    day is compared. None for ONCE when it is over.
    """
    apart = _MONTHS_APART.get(cadence)
    if apart is None:
        only = next_working_day(first)
        return only if only > after else None
    months_since = (after.year - first.year) * 12 + after.month - first.month
    step = max(0, months_since // apart - 1)
    while (day := next_working_day(_months_later(first, step * apart))) <= after:
        step += 1
    return day


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following_year, following_month = divmod(year * 12 + month + 1, 12)
    last = date(following_year, following_month + 1, 1) - _DAY
    return last.replace(day=min(day.day, last.day))


def zone_of(name: str | None) -> ZoneInfo:
    """The zone of that name; UTC for None and for names that are not known here."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def at_local_hour(day: date, hour: int, zone: str) -> datetime:
    """The instant (UTC) at which clocks in `zone` show that full hour on that day.

    A skipped hour moves forward by the gap (02:00 becomes 03:00); a repeated one is its first.
    """
    return datetime.combine(day, time(hour), tzinfo=zone_of(zone)).astimezone(UTC)


def ask_at(
    opened: datetime,
    zone: str,
    hour: int = INVITING_HOUR,
    latest_hour: int = INVITING_LATEST_HOUR,
) -> datetime:
    """When somebody in `zone` is invited to a round that opened at that instant.

    Today at their hour when that is still to come; at once when it is past but not yet
    `latest_hour`; else at their hour on the next working day. Never on a weekend.
    """
    today = _local_day(opened, zone)
    if is_working_day(today):
        invited = at_local_hour(today, hour, zone)
        if opened <= invited:
            return invited
        if opened < at_local_hour(today, latest_hour, zone):
            return opened.astimezone(UTC)
    return at_local_hour(next_working_day(today + _DAY), hour, zone)


def opens_at(day: date, zones: Iterable[str], hour: int = INVITING_HOUR) -> datetime:
    """The first participant's hour on that day: `hour` in their zones (none given: UTC)."""
    instants = (at_local_hour(day, hour, zone) for zone in zones)
    return min(instants, default=at_local_hour(day, hour, "UTC"))


def closes_at(opened: datetime, zone: str, days_open: int, hour: int = CLOSING_HOUR) -> datetime:
    """`hour` in the scorecard's zone, `days_open` working days after the day of opening there.

    Opened on Friday 24 January, 10 days: Friday 7 February, 18:00.
    """
    last = add_working_days(_local_day(opened, zone), days_open)
    return at_local_hour(last, hour, zone)


def publishes_at(closed: datetime, zone: str) -> datetime:
    """10:00 in the facilitator's zone on the second working day after the day of closing."""
    day = add_working_days(_local_day(closed, zone), PUBLISHING_WORKING_DAYS)
    return at_local_hour(day, PUBLISHING_HOUR, zone)


def _local_day(instant: datetime, zone: str) -> date:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(zone_of(zone)).date()
