"""docs/calendar.md: every line of its tables is computed, and comes out as it is written there."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import pytest

from questionnaires import calendar
from questionnaires.calendar import Cadence, Weekend, zone_of
from tests.questionnaires.documents import page, rows

ROWS = rows(page("calendar.md"))


def instant(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def shown(at: datetime, zone: str = "UTC") -> str:
    return f"{at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"


def next_round(first: str, repeat: str, weekend: str, held_on: str) -> list[str]:
    days = Weekend(weekend).days
    found = calendar.next_round(
        date.fromisoformat(first), Cadence(repeat), date.fromisoformat(held_on), days
    )
    return [found.isoformat() if found else "none"]


def asked(opens: str, zone: str) -> list[str]:
    at = calendar.ask_at(instant(opens), zone)
    return [shown(at, zone), shown(at)]


def local_hour(day: str, hour: str, zone: str) -> list[str]:
    at = calendar.at_local_hour(date.fromisoformat(day), int(hour), zone)
    return [shown(at, zone), shown(at)]


def reminded(at: str, zone: str) -> list[str]:
    return [shown(one) for one in calendar.reminders_at(instant(at), zone)]


def closes(opened: str, zone: str, days: str) -> list[str]:
    return [shown(calendar.closes_at(instant(opened), zone, int(days)))]


def posted(closed: str, zone: str) -> list[str]:
    return [shown(calendar.publishes_at(instant(closed), zone))]


# By the first column: how many columns are given, and what computes the others.
TABLES: Mapping[str, tuple[int, Callable[..., list[str]]]] = {
    "First day": (4, next_round),
    "Opens (UTC)": (2, asked),
    "Day": (3, local_hour),
    "Asked (UTC)": (2, reminded),
    "Opened (UTC)": (3, closes),
    "Closed (UTC)": (2, posted),
}


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_a_line_of_the_document_is_what_the_rule_gives(table: str, row: list[str]) -> None:
    given, rule = TABLES[table]
    assert rule(*row[:given]) == row[given:]


def test_every_rule_has_a_table_and_three_zones_are_in_them() -> None:
    assert {table for table, _ in ROWS} == set(TABLES)
    zones = {cell for _, row in ROWS for cell in row if "/" in cell}
    assert {"Europe/Berlin", "America/New_York", "Asia/Tokyo"} <= zones
