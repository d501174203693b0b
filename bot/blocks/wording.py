"""How names, days, scores and counts are written, the same everywhere."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from questionnaires.calendar import zone_of
from questionnaires.model import Kind, Rating, Scale

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED_MOST = 10
YES_PARTLY_NO = {4: "Yes", 2: "Partly", 0: "No"}

# An underscore inside a word formats nothing. Overrides of direction would turn our words too.
_MARKS = re.compile(r"[*~`\u202a-\u202e\u2066-\u2069]|(?<![^\W_])_|_(?![^\W_])")
_HALF = re.compile(r"(&\w*|<[^<>]*)$")


def escaped(text: str) -> str:
    """Text by people, safe inside mrkdwn: nothing in it pings, links or formats as Slack's."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """Text by people inside bold or italics: one line, without marks that would end it early."""
    return escaped(" ".join(_MARKS.sub("", text).split()))


def cut(text: str, most: int) -> str:
    """Text that is not escaped yet, or shown as it is, in at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def within(text: str, most: int) -> str:
    """Escaped text in at most so many characters, with no entity and no reference left half."""
    return text if len(text) <= most else _HALF.sub("", text[: most - 1]) + "…"


def quoted(text: str) -> str:
    """Text by people as a quotation, line by line."""
    return "\n".join(f"> {escaped(line)}" for line in text.splitlines() or [""])


def day(at: datetime, zone: str) -> str:
    """Fri 7 Feb"""
    return near_day(at.astimezone(zone_of(zone)))


def near_day(on: date) -> str:
    """Fri 7 Feb, as moments are written; for days that are too near for a year."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def moment(at: datetime, zone: str) -> str:
    """Fri 7 Feb, 18:00"""
    return f"{day(at, zone)}, {at.astimezone(zone_of(zone)):%H:%M}"


def date_(on: date) -> str:
    """4 May 2027"""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def count(number: int, one: str, many: str) -> str:
    """1 person, 8 people"""
    return f"{number} {one if number == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """a, b and c"""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def people(user_ids: Sequence[str], *also: str) -> str:
    """@Amara, @Ben and 3 more; `also` before them; nobody yet"""
    named = [f"<@{user_id}>" for user_id in user_ids[:NAMED_MOST]]
    more = len(user_ids) - NAMED_MOST
    return listed([*also, *named, *([f"{more} more"] if more > 0 else [])] or ["nobody yet"])


def rating(given: Rating, scale: Scale) -> str:
    """How an answer is read back: 2 or partly, don't know, doesn't apply."""
    if given.level is not None:
        return level(given.level, scale).lower()
    return "don't know" if given.kind is Kind.DONT_KNOW else "doesn't apply"


def level(number: int, scale: Scale) -> str:
    """What a level is called on a button: 2, Partly."""
    return str(number) if scale is Scale.FIVE_LEVELS else YES_PARTLY_NO[number]
