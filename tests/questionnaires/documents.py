"""Tables of the pages in docs/, for tests that compute them again."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
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
