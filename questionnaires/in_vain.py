"""Refusals about results of rounds that are over; all others are in questionnaires/errors.py."""

from dataclasses import dataclass
from enum import StrEnum

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

    `waits`: there is one of this number, open, or closed and not posted yet. `elsewhere`: its
    result is posted, but not where they ask, and they may read it nowhere else.
    """

    team_name: str
    number: int
    rounds: tuple[tuple[int, str], ...]
    waits: bool = False
    elsewhere: bool = False


class ResultGone(Refusal):
    """A result that is no longer there to be read, or never was theirs."""


class Apart(StrEnum):
    """Why two rounds have nothing in common that could be compared."""

    ONE_TOGETHER = "one_together"
    OTHER_SCALE = "other_scale"
    TOO_FEW = "too_few"
    OTHER_QUESTIONS = "other_questions"


@dataclass(eq=False)
class NothingToCompare(Refusal):
    """`round_title`: of the one that is the reason, where one is."""

    field = "with_round"

    why: Apart
    round_title: str


class SameRound(Refusal):
    """A round was to be compared with itself."""

    field = "with_round"


@dataclass(eq=False)
class OneResultOnly(Refusal):
    team_name: str
