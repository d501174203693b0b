"""What the same people think a quarter later: the work of one dimension shows, the rest wavers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle
from random import Random
from statistics import fmean

from bot.demo.colleagues import chance
from bot.demo.minds import DONT_KNOW, Mind
from questionnaires.model import LEVELS, Dimension, Questionnaire

# The weakest of the first result. In the quarter after it, the team did what that said to do.
RISEN = "monitoring-and-evaluation"
# So many levels up, drawn for each person and question: everybody has noticed.
RISES = (1, 1, 1, 1, 2)
# Elsewhere nothing has happened, and nobody gives quite the same answers twice.
WAVERS = (-1, 0, 0, 0, 0, 1)
HOW_FAR_NEW_ONES_LIE = 0.5

REMARKS = (
    ("MON-1", "Since February we look at the numbers of two models every Monday."),
    ("GOV-5", "Five of our seven live models have a name beside them now."),
    ("MON-2", "We sat beside three users. One of them had never believed a result."),
    ("DAT-6", "The data of January is still there. Nobody has tried December."),
    ("IMP-4", "Nobody has ever switched a model off here."),
)
WISHES = (
    "Numbers for the two models that nobody measures yet.",
    "An owner for the two models that have none.",
    "Keep the data of each version for a year.",
)


def a_quarter_later(
    before: Mapping[str, Mind], questionnaire: Questionnaire, seed: int
) -> dict[str, Mind]:
    """By user id, in the same order. Who did not answer then does not answer now.

    `questionnaire`: what is asked now. Who had no level for a question has none again.
    """
    remarks, wishes = cycle(REMARKS), cycle(WISHES)
    return {
        user_id: replace(
            mind,
            said=dict(_said(mind, questionnaire, chance(f"{user_id}, a quarter later", seed))),
            thinks_again=None,
            corrected="",
            remark=mind.remark and next(remarks),
            wish=mind.wish and next(wishes),
        )
        for user_id, mind in before.items()
    }


def _said(mind: Mind, questionnaire: Questionnaire, rng: Random) -> Iterator[tuple[str, str]]:
    before = (
        mind.said if mind.thinks_again is None else {**mind.said, mind.thinks_again: mind.corrected}
    )
    for dimension in questionnaire.dimensions:
        for question in dimension.core:
            words = before.get(question.id) or _of_a_new_one(before, dimension, rng)
            moved = rng.choice(RISES if dimension.id == RISEN else WAVERS)
            yield question.id, _level(int(words) + moved) if words.isdecimal() else words


def _of_a_new_one(before: Mapping[str, str], dimension: Dimension, rng: Random) -> str:
    """Close to what somebody has said of the same dimension."""
    kept = (before.get(question.id, "") for question in dimension.core)
    levels = [int(words) for words in kept if words.isdecimal()]
    if not levels:
        return DONT_KNOW
    return _level(fmean(levels) + rng.gauss(0, HOW_FAR_NEW_ONES_LIE))


def _level(felt: float) -> str:
    return str(min(max(round(felt), LEVELS[0]), LEVELS[-1]))
