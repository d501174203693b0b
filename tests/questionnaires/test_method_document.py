"""docs/method.md: every line of its tables is computed, and comes out as it is written there."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from questionnaires import calendar
from questionnaires.calendar import Cadence, Weekend, zone_of

PAPER = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")


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


def rows() -> list[tuple[str, list[str]]]:
    """Every row of every table, with the name of its first column."""
    found = []
    for table in re.findall(r"^\|.*\n\| ---.*\n(?:\|.*\n?)+", PAPER, re.MULTILINE):
        head, _, *lines = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
        ]
        found += [(head[0], line) for line in lines]
    return found


@pytest.mark.parametrize(("table", "row"), rows())
def test_a_line_of_the_document_is_what_the_rule_gives(table: str, row: list[str]) -> None:
    given, rule = TABLES[table]
    assert rule(*row[:given]) == row[given:]


def test_every_rule_has_a_table_and_three_zones_are_in_them() -> None:
    assert {table for table, _ in rows()} == set(TABLES)
    zones = {cell for _, row in rows() for cell in row if "/" in cell}
    assert {"Europe/Berlin", "America/New_York", "Asia/Tokyo"} <= zones
