"""Days and hours in three zones, over both changes of the clock, month ends and weekends."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import calendar
from questionnaires.calendar import Cadence

BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "cadence", "after", "expected"),
    [
        ("2025-01-06", Cadence.QUARTERLY, "2025-01-05", "2025-01-06"),
        ("2025-01-06", Cadence.QUARTERLY, "2025-01-06", "2025-04-07"),  # 6 April is a Sunday
        ("2025-01-06", Cadence.QUARTERLY, "2025-04-06", "2025-04-07"),  # judged after moving
        ("2025-01-06", Cadence.QUARTERLY, "2025-04-07", "2025-07-07"),  # 6 July is a Sunday
        ("2025-01-31", Cadence.MONTHLY, "2025-01-31", "2025-02-28"),
        ("2025-01-31", Cadence.MONTHLY, "2025-02-28", "2025-03-31"),  # no drift to the 28th
        ("2024-01-31", Cadence.MONTHLY, "2024-02-01", "2024-02-29"),  # a leap year
        ("2025-08-31", Cadence.MONTHLY, "2025-08-30", "2025-09-01"),  # 31 August is a Sunday
        ("2025-08-31", Cadence.MONTHLY, "2025-09-01", "2025-09-30"),
        ("2025-08-29", Cadence.HALF_YEARLY, "2025-09-01", "2026-03-02"),  # a Saturday, 28 February
        ("2024-02-29", Cadence.YEARLY, "2024-03-01", "2025-02-28"),
        ("2024-02-29", Cadence.YEARLY, "2027-03-01", "2028-02-29"),
        ("2025-03-15", Cadence.ONCE, "2025-03-16", "2025-03-17"),  # a Saturday, moved
        ("2025-03-15", Cadence.ONCE, "2025-03-17", None),
        ("2025-10-01", Cadence.MONTHLY, "2020-01-01", "2025-10-01"),  # never before the first
    ],
)
def test_the_next_occurrence_counts_from_the_first_and_falls_on_a_working_day(
    first: str, cadence: Cadence, after: str, expected: str | None
) -> None:
    found = calendar.next_occurrence(day(first), cadence, day(after))
    assert found == (None if expected is None else day(expected))


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    cadence=st.sampled_from([cadence for cadence in Cadence if cadence is not Cadence.ONCE]),
    after=st.dates(date(2019, 1, 1), date(2060, 1, 1)),
)
def test_no_occurrence_is_left_out(first: date, cadence: Cadence, after: date) -> None:
    found = calendar.next_occurrence(first, cadence, after)
    assert found is not None
    assert found > after
    assert calendar.is_working_day(found)
    walked = calendar.next_occurrence(first, cadence, date(2018, 1, 1))
    while walked is not None and walked <= after:
        walked = calendar.next_occurrence(first, cadence, walked)
    assert walked == found


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2025-01-24", 0, "2025-01-24"),
        ("2025-01-24", 1, "2025-01-27"),
        ("2025-01-24", 10, "2025-02-07"),
        ("2025-01-25", 0, "2025-01-27"),
        ("2025-01-25", 1, "2025-01-27"),
        ("2025-01-26", 2, "2025-01-28"),
    ],
)
def test_working_days_leave_weekends_out(start: str, n: int, expected: str) -> None:
    assert calendar.add_working_days(day(start), n) == day(expected)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        calendar.add_working_days(day("2025-01-24"), -1)


def test_a_weekend_may_be_elsewhere_in_the_week() -> None:
    friday = day("2025-01-24")
    assert not calendar.is_working_day(friday, frozenset({4, 5}))
    assert calendar.next_working_day(friday, frozenset({4, 5})) == day("2025-01-26")


@pytest.mark.parametrize(
    ("on", "hour", "zone", "expected"),
    [
        ("2025-01-15", 10, BERLIN, "2025-01-15T09:00"),
        ("2025-07-15", 10, BERLIN, "2025-07-15T08:00"),
        ("2025-03-30", 2, BERLIN, "2025-03-30T01:00"),  # skipped: 03:00 summer time
        ("2025-10-26", 2, BERLIN, "2025-10-26T00:00"),  # repeated: the first
        ("2025-01-15", 10, NEW_YORK, "2025-01-15T15:00"),
        ("2025-03-09", 2, NEW_YORK, "2025-03-09T07:00"),  # skipped: 03:00 summer time
        ("2025-11-02", 1, NEW_YORK, "2025-11-02T05:00"),  # repeated: the first
        ("2025-07-15", 10, TOKYO, "2025-07-15T01:00"),
        ("2025-07-15", 10, "Nowhere/Atlantis", "2025-07-15T10:00"),
    ],
)
def test_a_local_hour_is_one_instant(on: str, hour: int, zone: str, expected: str) -> None:
    found = calendar.at_local_hour(day(on), hour, zone)
    assert found == utc(expected)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("name", [None, "", "Nowhere/Atlantis", "America", "../etc/passwd", "a\0b"])
def test_a_zone_that_is_not_known_is_utc(name: str | None) -> None:
    assert calendar.zone_of(name) == ZoneInfo("UTC")


def test_a_zone_that_is_known_is_itself() -> None:
    assert calendar.zone_of(TOKYO) == ZoneInfo(TOKYO)


@pytest.mark.parametrize(
    ("opened", "zone", "expected"),
    [
        # Thursday 23 January, 09:00 UTC.
        ("2025-01-23T09:00", BERLIN, "2025-01-23T09:00"),  # it is 10:00 there
        ("2025-01-23T09:00", NEW_YORK, "2025-01-23T15:00"),  # 04:00: wait until 10:00
        ("2025-01-23T09:00", TOKYO, "2025-01-24T01:00"),  # 18:00: tomorrow
        ("2025-01-23T13:30", BERLIN, "2025-01-23T13:30"),  # 14:30: at once
        ("2025-01-23T15:59", BERLIN, "2025-01-23T15:59"),  # 16:59: at once
        ("2025-01-23T16:00", BERLIN, "2025-01-24T09:00"),  # 17:00: tomorrow
        ("2025-01-24T09:00", TOKYO, "2025-01-27T01:00"),  # Friday 18:00: Monday
        ("2025-01-24T20:00", TOKYO, "2025-01-27T01:00"),  # Saturday there: Monday
        ("2025-01-26T23:00", TOKYO, "2025-01-27T01:00"),  # Monday 08:00 there: today
        ("2025-01-27T02:00", NEW_YORK, "2025-01-27T15:00"),  # Sunday there: Monday
        ("2025-03-28T20:00", BERLIN, "2025-03-31T08:00"),  # over the change to summer time
        ("2025-10-24T20:00", BERLIN, "2025-10-27T09:00"),  # and back
        ("2025-03-07T23:00", NEW_YORK, "2025-03-10T14:00"),
    ],
)
def test_people_are_invited_in_their_own_working_hours(
    opened: str, zone: str, expected: str
) -> None:
    assert calendar.ask_at(utc(opened), zone) == utc(expected)


@given(
    opened=st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from([BERLIN, NEW_YORK, TOKYO, "Australia/Lord_Howe", "Asia/Kathmandu"]),
    hour=st.integers(6, 16),
)
def test_nobody_is_invited_early_at_night_or_on_a_weekend(
    opened: datetime, zone: str, hour: int
) -> None:
    asked = calendar.ask_at(opened, zone, hour)
    local = asked.astimezone(ZoneInfo(zone))
    assert asked >= opened
    assert hour <= local.hour < calendar.INVITING_LATEST_HOUR
    assert calendar.is_working_day(local.date())


def test_a_round_opens_when_the_first_participants_hour_comes() -> None:
    zones = [BERLIN, NEW_YORK, TOKYO]
    assert calendar.opens_at(day("2025-01-23"), zones) == utc("2025-01-23T01:00")
    assert calendar.opens_at(day("2025-01-23"), zones[:2]) == utc("2025-01-23T09:00")
    assert calendar.opens_at(day("2025-01-23"), [], hour=9) == utc("2025-01-23T09:00")


@pytest.mark.parametrize(
    ("opened", "zone", "days_open", "expected"),
    [
        ("2025-01-24T09:00", BERLIN, 10, "2025-02-07T17:00"),
        ("2025-03-20T09:00", BERLIN, 10, "2025-04-03T16:00"),  # over the change of the clock
        ("2025-10-20T09:00", NEW_YORK, 10, "2025-11-03T23:00"),
        ("2025-01-23T16:00", TOKYO, 1, "2025-01-27T09:00"),  # it is Friday there already
        ("2025-01-24T16:00", TOKYO, 1, "2025-01-27T09:00"),  # opened on a Saturday
    ],
)
def test_a_round_closes_at_six_in_the_evening_after_so_many_working_days(
    opened: str, zone: str, days_open: int, expected: str
) -> None:
    assert calendar.closes_at(utc(opened), zone, days_open) == utc(expected)


@pytest.mark.parametrize(
    ("closed", "zone", "expected"),
    [
        ("2025-02-07T17:00", BERLIN, "2025-02-11T09:00"),  # Friday evening: Tuesday
        ("2025-02-08T12:00", BERLIN, "2025-02-11T09:00"),
        ("2025-03-27T17:00", BERLIN, "2025-03-31T08:00"),
        ("2025-02-05T17:00", TOKYO, "2025-02-10T01:00"),  # it is Thursday there already
    ],
)
def test_a_result_publishes_itself_on_the_second_working_morning(
    closed: str, zone: str, expected: str
) -> None:
    assert calendar.publishes_at(utc(closed), zone) == utc(expected)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        calendar.ask_at(datetime(2025, 1, 23, 9), BERLIN)  # noqa: DTZ001


def test_a_round_is_called_by_its_month() -> None:
    assert calendar.round_title(day("2027-01-05")) == "January 2027"
    assert calendar.round_title(day("2025-12-31")) == "December 2025"
