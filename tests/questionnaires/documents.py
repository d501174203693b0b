"""The pages in docs/, for tests that compute them again: their tables, how they write numbers."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
NONE = "-"
TABLE = re.compile(r"^\|.*\n\| ---.*\n(?:\|.*\n?)+", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(text: str) -> list[tuple[str, list[str]]]:
    """Every row of every table, with the name of its first column."""
    found = []
    for table in TABLE.findall(text):
        head, _, *lines = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
        ]
        found += [(head[0], line) for line in lines]
    return found


def to(places: int, number: float | None) -> str:
    return NONE if number is None else f"{number:.{places}f}"


def short(number: float) -> str:
    """.31 instead of 0.31, as probabilities are written."""
    return f"{number:.5f}".rstrip("0").removeprefix("0") if number < 1 else "1"
