"""Made-up colleagues for a rehearsal: what they answer, and how many there are. Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from questionnaires.model import LEVELS, Questionnaire, Rating
from questionnaires.roles import ASKED_FROM, Role
from questionnaires.rounds import Round

# Enough for levels of single questions and comments, few enough to be made up at once.
COLLEAGUES = range(4, 12)
COLLEAGUES_DEFAULT = 7
LASTS = timedelta(hours=24)
KEPT_MOST = 2 * LASTS
NAME = "Rehearsal"

# How mature the made-up team is on the levels 0..4, and how far apart its people see things.
MATURITY = (1.0, 3.0)
QUESTIONS_DIFFER = 0.5
PEOPLE_DIFFER = 0.4
HOW_OFTEN_UNKNOWN = 0.05
COMMENTS = (
    "A made-up comment: this works for our newest model, not for the older ones.",
    "A made-up comment: I know this by hearsay only.",
)


class Ending(StrEnum):
    """Why a rehearsal is over: its result is there, a day has passed, its questions were edited
    meanwhile, or it was ended by hand.
    """

    DONE = "done"
    LAPSED = "lapsed"
    EDITED = "edited"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody made up who has finished: an answer to every core question, maybe a comment.

    `user_id` is nobody's in Slack. `role`: only where roles are asked.
    """

    user_id: str
    ratings: Mapping[str, Rating]
    comment: tuple[str, str] | None = None
    role: Role | None = None


def called(team_name: str | None) -> str:
    """The name that heads everything in a rehearsal; None: of no team in particular."""
    return NAME if team_name is None else f"{NAME} · {team_name}"


def colleagues_of(people: int, k: int) -> int:
    """How many are made up where so many would be asked, the one who rehearses among them.

    Enough for what is shown from `k` people on.
    """
    return min(max(people - 1, k - 1, COLLEAGUES[0]), COLLEAGUES[-1])


def is_overdue(round_: Round, now: datetime) -> bool:
    """Whether it has to go now, said or not: nothing is kept, also when Slack is away for long."""
    return now >= round_.opened_at + KEPT_MOST


def ending_of(round_: Round, *, has_result: bool) -> Ending:
    """Why a rehearsal that is closed is over."""
    if has_result:
        return Ending.DONE
    lapsed = round_.closed_at is None or round_.closed_at >= round_.closes_at
    return Ending.LAPSED if lapsed else Ending.EDITED


def colleagues(questionnaire: Questionnaire, number: int, seed: int) -> tuple[Colleague, ...]:
    """So many made-up people; the same seed gives the same answers."""
    chance = Random(f"rehearsal {seed}")  # noqa: S311
    mature = _maturity(questionnaire, chance)
    commented = chance.sample(questionnaire.core, len(COMMENTS))
    roles = tuple(Role) if number + 1 >= ASKED_FROM else (None,)
    return tuple(
        Colleague(
            user_id=f"made-up-{place + 1}",
            ratings=_ratings(questionnaire, mature, place, chance),
            comment=(commented[place].id, COMMENTS[place]) if place < len(COMMENTS) else None,
            role=roles[place % len(roles)],
        )
        for place in range(number)
    )


def _maturity(questionnaire: Questionnaire, chance: Random) -> dict[str, float]:
    """By question: of a dimension much the same, of its questions a little apart."""
    found = {}
    for dimension in questionnaire.dimensions:
        here = chance.uniform(*MATURITY)
        for question in dimension.core:
            found[question.id] = here + chance.gauss(0, QUESTIONS_DIFFER)
    return found


def _ratings(
    questionnaire: Questionnaire, mature: Mapping[str, float], place: int, chance: Random
) -> dict[str, Rating]:
    lean = chance.gauss(0, PEOPLE_DIFFER)
    asked = questionnaire.core
    found = {
        question.id: _rating(questionnaire, mature[question.id] + lean, chance)
        for question in asked
    }
    if place == 0:  # however chance falls, this answer is seen
        found[chance.choice(asked).id] = Rating.dont_know()
    return found


def _rating(questionnaire: Questionnaire, felt: float, chance: Random) -> Rating:
    """The level that is offered nearest to what somebody feels; some do not know."""
    felt += chance.gauss(0, PEOPLE_DIFFER)
    if chance.random() < HOW_OFTEN_UNKNOWN:
        return Rating.dont_know()
    felt = min(max(felt, LEVELS[0]), LEVELS[-1])
    nearest = min(questionnaire.scale.offered, key=lambda level: abs(level - felt))
    return Rating.of_level(nearest)
