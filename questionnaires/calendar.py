"""Dates and hours of rounds: pure functions over zoneinfo. No clock: "now" is an argument.

Instants come and go as aware datetimes and are returned in UTC; days are dates in the zone named.
A skipped local hour moves forward by the gap, a repeated one is its first.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKEND = frozenset({5, 6})
INVITING_HOUR = 10
INVITING_LATEST_HOUR = 17
# From 17:00 on nobody is written to: a later hour would never come.
HOURS = range(INVITING_LATEST_HOUR)
CLOSING_HOUR = 18
PUBLISHING_HOUR = 10
PUBLISHING_WORKING_DAYS = 2
REMINDING_WORKING_DAYS = (3, 5)
EXTENDING_WORKING_DAYS = (1, 2, 3, 5, 10)
DAYS_APART = 30
DATES_SHOWN = 3
OCCURRENCES_COMPARED = 12

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


class Weekend(StrEnum):
    """The days on which a team does not work; public holidays are not known."""

    SATURDAY_SUNDAY = "saturday_sunday"
    FRIDAY_SATURDAY = "friday_saturday"
    FRIDAY = "friday"
    SUNDAY = "sunday"

    @property
    def days(self) -> frozenset[int]:
        """Counted from Monday 0."""
        return _WEEKENDS[self]


_WEEKENDS = {
    Weekend.SATURDAY_SUNDAY: WEEKEND,
    Weekend.FRIDAY_SATURDAY: frozenset({4, 5}),
    Weekend.FRIDAY: frozenset({4}),
    Weekend.SUNDAY: frozenset({6}),
}


def round_title(day: date, before: str | None = None) -> str:
    """The name a round goes by, "January 2027", whatever the host's locale.

    When the round `before` has that name already, the day goes with it: "29 January 2027".
    """
    title = f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {title}" if title == before else title


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


def next_occurrence(
    first: date, cadence: Cadence, after: date, weekend: frozenset[int] = WEEKEND
) -> date | None:
    """The first working day strictly after `after` on which a round is due.

    Occurrences are `first` plus whole months, counted from `first` and cut to the month's end
    (31 Jan, 28 Feb, 31 Mar: no drift), each then moved to the next working day; only the moved
    day is compared. None for ONCE when it is over.
    """
    apart = _MONTHS_APART.get(cadence)
    if apart is None:
        only = next_working_day(first, weekend)
        return only if only > after else None
    months_since = (after.year - first.year) * 12 + after.month - first.month
    step = max(0, months_since // apart - 1)
    while (day := next_working_day(_months_later(first, step * apart), weekend)) <= after:
        step += 1
    return day


def next_round(
    first: date, cadence: Cadence, held_on: date, weekend: frozenset[int] = WEEKEND
) -> date | None:
    """The day of the round after one that was held on `held_on`; None when none is to come.

    The next occurrence, but never sooner than 30 days after: nobody is asked the same questions
    twice within 30 days.
    """
    day = next_occurrence(first, cadence, held_on, weekend)
    return day and max(day, next_working_day(held_on + DAYS_APART * _DAY, weekend))


def upcoming(
    first: date, cadence: Cadence, next_on: date | None, weekend: frozenset[int] = WEEKEND
) -> tuple[date, ...]:
    """The days of the next three rounds, beginning with `next_on`; fewer when fewer are to come."""
    days: list[date] = []
    while next_on is not None and len(days) < DATES_SHOWN:
        days.append(next_on)
        next_on = next_round(first, cadence, next_on, weekend)
    return tuple(days)


def most_days_open(first: date, cadence: Cadence, weekend: frozenset[int] = WEEKEND) -> int | None:
    """For how many working days a round may be open and still close before the next one's day.

    The fewest over the next twelve occurrences; None for ONCE.
    """
    if cadence is Cadence.ONCE:
        return None
    days = [next_working_day(first, weekend)]
    while len(days) <= OCCURRENCES_COMPARED:
        following = next_round(first, cadence, days[-1], weekend)
        assert following is not None
        days.append(following)
    return min(_working_days_between(*pair, weekend) for pair in pairwise(days)) - 1


def _working_days_between(earlier: date, later: date, weekend: frozenset[int]) -> int:
    """How many working days there are after `earlier`, up to and with `later`."""
    days = (earlier + step * _DAY for step in range(1, (later - earlier).days + 1))
    return sum(is_working_day(day, weekend) for day in days)


def asked_lately(asked_on: date, day: date) -> bool:
    """Whether somebody who was asked on `asked_on` is not asked the same again on `day`."""
    return (day - asked_on).days < DAYS_APART


def months_before(instant: datetime, months: int) -> datetime:
    """The same hour so many months earlier, cut to the month's end."""
    return datetime.combine(_months_later(instant.date(), -months), instant.timetz())


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
    weekend: frozenset[int] = WEEKEND,
) -> datetime:
    """When somebody in `zone` is written to, of what is due at that instant or was before.

    Today at their hour when that is still to come; at once when it is past but not yet 17:00;
    else at their hour on the next working day. Never on a weekend.
    """
    today = local_day(opened, zone)
    if is_working_day(today, weekend):
        invited = at_local_hour(today, hour, zone)
        if opened <= invited:
            return invited
        if opened < at_local_hour(today, INVITING_LATEST_HOUR, zone):
            return opened.astimezone(UTC)
    return next_working_hour(opened, zone, hour, weekend)


def next_working_hour(
    now: datetime, zone: str, hour: int = INVITING_HOUR, weekend: frozenset[int] = WEEKEND
) -> datetime:
    """That hour on the working day after today, both counted in `zone`."""
    return at_local_hour(add_working_days(local_day(now, zone), 1, weekend), hour, zone)


def reminders_at(
    asked: datetime, zone: str, hour: int = INVITING_HOUR, weekend: frozenset[int] = WEEKEND
) -> tuple[datetime, ...]:
    """Both reminders of somebody who was asked at that instant: after 3 and 5 working days."""
    day = local_day(asked, zone)
    return tuple(
        at_local_hour(add_working_days(day, n, weekend), hour, zone) for n in REMINDING_WORKING_DAYS
    )


def opens_at(day: date, zones: Iterable[str], hour: int = INVITING_HOUR) -> datetime:
    """The first participant's hour on that day: `hour` in their zones (none given: UTC)."""
    instants = (at_local_hour(day, hour, zone) for zone in zones)
    return min(instants, default=at_local_hour(day, hour, "UTC"))


def closes_at(
    opened: datetime, zone: str, days_open: int, weekend: frozenset[int] = WEEKEND
) -> datetime:
    """18:00 in the scorecard's zone, `days_open` working days after the day of opening there.

    Opened on Friday 24 January, 10 days: Friday 7 February, 18:00.
    """
    last = add_working_days(local_day(opened, zone), days_open, weekend)
    return at_local_hour(last, CLOSING_HOUR, zone)


def later_deadlines(
    opened_on: date,
    closes_on: date,
    next_on: date | None,
    most: int,
    weekend: frozenset[int] = WEEKEND,
) -> tuple[date, ...]:
    """The days to which a deadline can be moved: 1, 2, 3, 5 or 10 working days later.

    Before the next round's day, and `most` working days after the day of opening at most.
    """
    last = add_working_days(opened_on, most, weekend)
    days = (add_working_days(closes_on, n, weekend) for n in EXTENDING_WORKING_DAYS)
    return tuple(day for day in days if day <= last and (next_on is None or day < next_on))


def joins_until(opened: datetime, closes: datetime) -> datetime:
    """Until when somebody who joins the team is still invited: half of the time is over then."""
    return opened + (closes - opened) / 2


def publishes_at(closed: datetime, zone: str, weekend: frozenset[int] = WEEKEND) -> datetime:
    """10:00 in the facilitator's zone on the second working day after the day of closing."""
    day = add_working_days(local_day(closed, zone), PUBLISHING_WORKING_DAYS, weekend)
    return at_local_hour(day, PUBLISHING_HOUR, zone)


def local_day(instant: datetime, zone: str) -> date:
    """The day on calendars in `zone`."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(zone_of(zone)).date()
