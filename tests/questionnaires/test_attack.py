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
from questionnaires.disclosure.floors import K_DEFAULT, K_LEAST_OF_THREE
from questionnaires.model import Answer, Questionnaire, Rater, Scale
from questionnaires.results import Result
from questionnaires.scoring import measure
from questionnaires.tailoring import Tailoring, tailored
from tests.conftest import Measured

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Row = tuple[int, ...]
Rows = tuple[Row, ...]
NAMES = ("q1", "q2")
SHARE_MOST = 0.01
# What docs/privacy.md says of one who answered, by people who answer on five levels and by k.
KNOWN = {3: "9 %", 5: "0.6 %"}


@pytest.mark.parametrize(
    ("scale", "people", "k"),
    [
        (Scale.FIVE_LEVELS, 3, 3),
        (Scale.FIVE_LEVELS, 3, 5),
        pytest.param(Scale.FIVE_LEVELS, 4, 4, marks=pytest.mark.slow),
        pytest.param(Scale.FIVE_LEVELS, 5, 5, marks=pytest.mark.slow),
        (Scale.YES_PARTLY_NO, 3, 3),
        (Scale.YES_PARTLY_NO, 3, 7),
        (Scale.YES_PARTLY_NO, 4, 7),
        (Scale.YES_PARTLY_NO, 5, 7),
        (Scale.YES_PARTLY_NO, 6, 7),
        (Scale.YES_PARTLY_NO, 7, 7),
    ],
)
def test_nobodys_answer_follows_from_what_is_shown(
    build: Build, say: Say, measured: Measured, scale: Scale, people: int, k: int
) -> None:
    small = build(NAMES, scale=scale)
    seen: dict[Result, list[Rows]] = defaultdict(list)
    for rows in combinations_with_replacement(list(product(scale.offered, repeat=2)), people):
        seen[show(small, say(NAMES, *rows), people, k)].append(rows)
    settled = [shown for shown, rounds in seen.items() if settles(list(map(levels_of, rounds)))]
    share = share_known_to_one_of_them(list(seen.values()))
    measured(
        f"attack, {scale.value}, {people} people, k = {k}: {sum(map(len, seen.values())):,} rounds "
        f"look like {len(seen)} kinds of results; an outsider knows somebody's answer in "
        f"{len(settled)} of them, one who answered knows {share:.2%} of the others' answers"
    )
    assert settled == []
    if people >= k >= least_safe(scale):
        assert share <= SHARE_MOST
    if people == k and scale is Scale.FIVE_LEVELS and k in KNOWN:
        assert f"{100 * share:.1g} %" == KNOWN[k]


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


def least_safe(scale: Scale) -> int:
    """From which k on one who answered learns next to nothing: the default of each scale."""
    return K_DEFAULT if scale is Scale.FIVE_LEVELS else K_LEAST_OF_THREE


def levels_of(rows: Rows) -> tuple[frozenset[int], ...]:
    """Which levels each question got."""
    return tuple(frozenset(column) for column in zip(*rows, strict=True))


def share_known_to_one_of_them(kinds: Sequence[Sequence[Rows]]) -> float:
    """Of all answers of others, those that follow for somebody who knows what they said.

    `kinds`: the rounds that show the same. An answer follows when all others gave the same level
    to that question in each of the rounds in which somebody answered like the one who attacks.
    """
    known = answers = 0
    for rounds in kinds:
        others: dict[Row, list[set[int]]] = defaultdict(lambda: [set() for _ in NAMES])
        for rows in rounds:
            for row in set(rows):
                left = list(rows)
                left.remove(row)
                for place, levels in enumerate(others[row]):
                    levels.update(other[place] for other in left)
        for rows in rounds:
            others_of_one = len(rows) - 1
            for row in rows:
                answers += others_of_one * len(NAMES)
                known += others_of_one * sum(len(levels) == 1 for levels in others[row])
    return known / answers


def settles(rounds: Sequence[tuple[frozenset[int], ...]]) -> bool:
    """`rounds`: which levels each question got, in every round that shows the same."""
    return any(len(frozenset().union(*levels)) == 1 for levels in zip(*rounds, strict=True))
