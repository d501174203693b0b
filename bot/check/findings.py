"""What looking came to: one line for each thing that is fine, worth knowing, or wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# As it is typed in the folder of the bot, where no other Python knows the libraries.
BOT = ".venv/bin/python -m bot"


class Mark(StrEnum):
    """Words, so that they also read without colours."""

    FINE = "ok"
    NOTE = "note"
    PROBLEM = "PROBLEM"


COLOURS = {Mark.FINE: "green", Mark.NOTE: "yellow", Mark.PROBLEM: "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """`says`: sentences on one line; of a problem also what to do about it."""

    mark: Mark
    says: str

    @property
    def line(self) -> str:
        return f"{self.mark:<{len(Mark.PROBLEM)}}  {self.says}"


def fine(says: str) -> Finding:
    return Finding(Mark.FINE, says)


def note(says: str) -> Finding:
    return Finding(Mark.NOTE, says)


def problem(says: str) -> Finding:
    return Finding(Mark.PROBLEM, says)


def problems_in(findings: Iterable[Finding]) -> int:
    """How many there are."""
    return sum(one.mark is Mark.PROBLEM for one in findings)


def summary(findings: Iterable[Finding]) -> str:
    """The last line."""
    count = problems_in(findings)
    if count == 0:
        return "No problems. `make run` starts the bot."
    return f"{'1 problem' if count == 1 else f'{count} problems'}. Nothing was changed or sent."
