"""Method section 7, the attack: somebody who knows the method and everything that is shown.

All rounds of a small size are played through. Without knowing anybody's answers, nobody's may
follow from what is shown. People are interchangeable here, so an answer follows exactly when all
rounds that show the same have everybody on one level.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations_with_replacement, product

import pytest

from questionnaires.disclosure import disclose
from questionnaires.model import Answer, Questionnaire, Rater, Scale
from questionnaires.results import Result
from questionnaires.scoring import measure
from questionnaires.tailoring import Tailoring, tailored

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
NAMES = ("q1", "q2")


@pytest.mark.parametrize(
    ("scale", "people", "k"),
    [
        (Scale.FIVE_LEVELS, 3, 3),
        (Scale.FIVE_LEVELS, 3, 5),
        pytest.param(Scale.FIVE_LEVELS, 4, 4, marks=pytest.mark.slow),
        (Scale.YES_PARTLY_NO, 3, 3),
        (Scale.YES_PARTLY_NO, 3, 5),
        (Scale.YES_PARTLY_NO, 4, 4),
        (Scale.YES_PARTLY_NO, 5, 5),
        (Scale.YES_PARTLY_NO, 6, 5),
    ],
)
def test_nobodys_answer_follows_from_what_is_shown(
    build: Build, say: Say, scale: Scale, people: int, k: int
) -> None:
    small = build(NAMES, scale=scale)
    seen: dict[Result, set[tuple[frozenset[int], ...]]] = defaultdict(set)
    for rows in combinations_with_replacement(list(product(scale.offered, repeat=2)), people):
        seen[show(small, say(NAMES, *rows), people, k)].add(
            tuple(frozenset(column) for column in zip(*rows, strict=True))
        )
    settled = [shown for shown, rounds in seen.items() if settles(list(rounds))]
    assert settled == []


@pytest.mark.parametrize(
    ("importance", "people", "k"),
    [((3, 1), 3, 3), ((3, 1), 3, 5), ((2, 1), 3, 3), ((1, 2), 3, 3), ((3, 2), 3, 3)],
)
def test_nor_when_a_team_weighs_its_questions(
    build: Build, say: Say, importance: tuple[int, int], people: int, k: int
) -> None:
    own = dict(zip(NAMES, importance, strict=True))
    small = tailored(build(NAMES), Tailoring(importance=own))
    seen: dict[Result, set[tuple[frozenset[int], ...]]] = defaultdict(set)
    for rows in combinations_with_replacement(list(product(range(5), repeat=2)), people):
        seen[show(small, say(NAMES, *rows), people, k)].add(
            tuple(frozenset(column) for column in zip(*rows, strict=True))
        )
    assert [shown for shown, rounds in seen.items() if settles(list(rounds))] == []


def show(small: Questionnaire, answers: list[Answer], people: int, k: int) -> Result:
    raters = [Rater(place + 1) for place in range(people)]
    return disclose(
        measure(small, raters, answers, invited=people),
        small,
        k=k,
        team_name="Northwind ML",
        round_title="January 2025",
        closed_on=date(2025, 2, 7),
        comments=(),
    )


def settles(rounds: Sequence[tuple[frozenset[int], ...]]) -> bool:
    """`rounds`: which levels each question got, in every round that shows the same."""
    return any(len(frozenset().union(*levels)) == 1 for levels in zip(*rounds, strict=True))
