"""Refusals about results of rounds that are over; all others are in questionnaires/errors.py."""

from dataclasses import dataclass

from questionnaires.errors import Refusal


@dataclass(eq=False)
class NoSuchTeam(Refusal):
    """`text`: what was typed; `teams`: the names of those whose results are theirs to read."""

    text: str
    teams: tuple[str, ...]


class AmbiguousTeam(NoSuchTeam):
    """`teams`: the names that it is a part of."""


@dataclass(eq=False)
class NotTheirResults(Refusal):
    """`facilitators`: user ids of those who may show them."""

    team_name: str
    facilitators: tuple[str, ...]


@dataclass(eq=False)
class NoSuchRound(Refusal):
    """`rounds`: number and title of those that have a result to be read, the latest first.

    `waits`: there is one of this number, open, or closed and not posted yet.
    """

    team_name: str
    number: int
    rounds: tuple[tuple[int, str], ...]
    waits: bool = False


class ResultGone(Refusal):
    """A result that is no longer there to be read, or never was theirs."""
