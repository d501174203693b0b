"""Method section 7, the attack on roles: what do two roles' scores give away beside all the rest?

There are too many rounds of ten people to play them all through. So the attacker takes what is
shown of one round and asks of every role and question whether all its people must have said 0, or
4: whether no other table of sums fits the question levels, the dimension scores and the
scores of the roles.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import product
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from questionnaires.disclosure import disclose
from questionnaires.disclosure.blunting import (
    COARSE_STEP,
    blunt_score,
    half_level,
    high_end,
    level_text,
    low_end,
)
from questionnaires.disclosure.groups import visible
from questionnaires.model import POINTS_PER_LEVEL, Answer, Questionnaire, Rater, Scale
from questionnaires.results import QuestionResult, Result, ShownScore
from questionnaires.roles import Role
from questionnaires.scoring import measure
from tests.conftest import Measured

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Row = tuple[int, ...]
# How much two roles may have said together, one axis for each: True where it fits what is shown.
Table = NDArray[np.bool_]
Bits = NDArray[np.bool_]  # by total

EACH, LEVEL_MOST = 5, 4
CAP = EACH * LEVEL_MOST
DIMENSIONS = (("a1", "a2", "a3"), ("b1", "b2", "b3"))
NAMES = tuple(name for names in DIMENSIONS for name in names)
ROUNDS = 60
BOTH_ROLES = (*[Role.PLATFORM] * EACH, *[Role.PRODUCT] * EACH)
HALF = 0.5


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 5, "b": 5}, {"a", "b"}),  # 5 of 10
        ({"a": 5, "b": 3}, set()),  # 5 of 8
        ({"a": 4, "b": 16}, set()),  # 4 of 20, and then nobody but they would be left out
        ({"a": 5}, {"a"}),  # 5 of 5
        ({"a": 6, "b": 5, "c": 2}, {"a"}),  # b goes with c, which alone could be worked out
        ({"a": 6, "b": 5, "c": 2, "d": 3}, {"a", "b"}),
        ({"a": 6, None: 5}, {"a", None}),
        ({}, set()),
    ],
)
def test_a_group_is_shown_when_it_and_all_the_others_are_enough(
    sizes: dict[str | None, int], shown: set[str | None]
) -> None:
    assert visible(sizes, 5) == shown


def test_each_role_that_enough_people_hold_has_a_score_of_its_own(build: Build, say: Say) -> None:
    high, low = [(3, 3, 3, 3, 3, 3)] * EACH, [(1, 1, 1, 2, 2, 2)] * EACH
    shown = show(build, say, [*high, *low])
    assert [(one.role, one.people, one.score.text) for one in shown.roles] == [
        (Role.PLATFORM, 5, "75"),
        (Role.PRODUCT, 5, "40"),
    ]


@pytest.mark.parametrize("missing", [(0, 1, 2), (3, 4, 5)])
def test_a_role_is_shown_in_no_dimension_in_which_it_is_too_few(
    build: Build, say: Say, missing: tuple[int, ...]
) -> None:
    last = tuple(None if place in missing else 1 for place in range(6))
    rows = [*[(3, 3, 3, 3, 3, 3)] * EACH, *[(1, 1, 1, 2, 2, 2)] * (EACH - 1), last]
    assert show(build, say, rows).roles == ()


def test_roles_stay_hidden_beside_a_score_that_is_blunt(build: Build, say: Say) -> None:
    rows = [(4, 4, 4, 3, 3, 3)] * EACH + [(4, 4, 4, 1, 1, 1)] * EACH
    shown = show(build, say, rows)
    assert shown.dimensions[0].score is not None
    assert shown.dimensions[0].score.text == "over 95"
    assert shown.roles == ()


def test_roles_stay_hidden_when_one_of_them_is_at_an_end(build: Build, say: Say) -> None:
    rows = [(4, 4, 4, 4, 4, 4)] * EACH + [(1, 1, 1, 2, 2, 2)] * EACH
    shown = show(build, say, rows)
    assert shown.overall is not None
    assert shown.overall.text == "69"
    assert shown.roles == ()


def test_who_told_no_role_is_no_role_and_counts_among_the_others(build: Build, say: Say) -> None:
    rows = [(3, 3, 3, 3, 3, 3)] * EACH + [(1, 1, 1, 2, 2, 2)] * EACH
    roles = [*[Role.PLATFORM] * EACH, *[None] * EACH]
    shown = show(build, say, rows, roles)
    assert [one.role for one in shown.roles] == [Role.PLATFORM]
    assert not shown.by_role


def test_nobodys_answer_follows_from_the_scores_of_roles(
    build: Build, say: Say, measured: Measured
) -> None:
    chance = Random(7)  # noqa: S311
    shown = [show(build, say, rows) for rows in rounds(chance)]
    with_roles = sum(bool(result.roles) for result in shown)
    settled = sum(settles(result) for result in shown if sharp(result))
    measured(
        f"attack on roles: {settled} of {len(shown)} rounds of 5 and 5 people tell what a role "
        f"answered; {with_roles} of them show scores of both roles"
    )
    assert ROUNDS / 3 < with_roles < ROUNDS
    assert settled == 0


def test_the_attacker_finds_what_one_dimension_alone_would_give_away() -> None:
    """Two questions, 6 levels in each from 5 and 5 people, and the roles at 60 and 0 points."""
    six = both(np.arange(2 * CAP + 1) == 6)
    anything = np.full((2 * CAP + 1, 2 * CAP + 1), fill_value=True)
    first_alone = np.zeros_like(anything)
    first_alone[12, 0] = True
    assert forced([six, six], anything, np.array([[True]]), first_alone)
    assert not forced([six, six], anything, np.array([[True]]), anything)


def show(
    build: Build,
    say: Say,
    rows: Sequence[Sequence[int | None]],
    roles: Sequence[Role | None] = BOTH_ROLES,
) -> Result:
    small = build(*DIMENSIONS)
    raters = [Rater(place + 1, role) for place, role in enumerate(roles)]
    return disclose(
        measure(small, raters, say(NAMES, *rows), invited=len(rows)),
        small,
        k=5,
        team_name="Northwind ML",
        round_title="January 2025",
        closed_on=date(2025, 2, 7),
        comments=(),
    )


def rounds(chance: Random) -> Iterator[list[Row]]:
    """Roles of one mind and torn ones, at both ends and in between, alike and far apart."""
    for _ in range(ROUNDS):
        yield [
            row
            for _ in range(2)
            for row in people(chance, chance.uniform(-0.5, 4.5), chance.choice((0, 0.3, 0.8)))
        ]


def people(chance: Random, mature: float, apart: float) -> list[Row]:
    here = [mature + chance.gauss(0, chance.choice((0, 1))) for _ in NAMES]
    return [
        tuple(min(max(round(felt + chance.gauss(0, apart)), 0), LEVEL_MOST) for felt in here)
        for _ in range(EACH)
    ]


def settles(result: Result) -> bool:
    """Whether some role must have given nothing but 0, or nothing but 4, to some question."""
    shown = {question.id: question for question in result.questions}
    fits = fitting(result)  # the overall score is made of the shown ones and tells nothing more
    dimensions = [[both(sums_of(shown[name])) for name in names] for names in DIMENSIONS]
    scores = [both(shown_as(one.score, 3, 2 * EACH)) for one in result.dimensions]
    wholes = [together(*given) & score for given, score in zip(dimensions, scores, strict=True)]
    return any(
        forced(dimensions[place], scores[place], wholes[1 - place], fits) for place in range(2)
    )


def sharp(result: Result) -> bool:
    """Whether roles are hidden for no other reason than that one of them is at an end."""
    in_full = all(one.score and one.score.text.isdigit() for one in result.dimensions)
    return in_full and all(question.level for question in result.questions)


def fitting(result: Result) -> Table:
    """The totals of the two roles; that they are hidden says that one of them is at an end."""
    if result.roles:
        first, second = (
            shown_as(role.score, len(NAMES), EACH, COARSE_STEP) for role in result.roles
        )
        return np.outer(first, second)
    ends = (low_end(Scale.FIVE_LEVELS), high_end(Scale.FIVE_LEVELS))
    at_end = np.any([shown_as(end, len(NAMES), EACH) for end in ends], axis=0)
    either: Table = np.add.outer(at_end, at_end)
    return either


def sums_of(question: QuestionResult) -> Bits:
    """What all ten may have said to it together, in levels."""
    means = (total / (2 * EACH) * POINTS_PER_LEVEL for total in range(2 * CAP + 1))
    return np.array(
        [question.level in (None, level_text(half_level(mean))) for mean in means], dtype=bool
    )


def shown_as(score: ShownScore | None, questions: int, people: int, step: int = 1) -> Bits:
    """The totals of levels that come to a score which is shown so."""
    most = people * questions * LEVEL_MOST
    points = (total / people / questions * POINTS_PER_LEVEL for total in range(most + 1))
    return np.array(
        [blunt_score(it, Scale.FIVE_LEVELS, step) == score for it in points], dtype=bool
    )


def both(totals: Bits) -> Table:
    """What two roles may each have said, given what they said together."""
    each = np.arange((len(totals) + 1) // 2)
    found: Table = totals[np.add.outer(each, each)]
    return found


def together(*tables: Table) -> Table:
    """What the roles may have said to several questions."""
    return reduce(lambda one, other: fftconvolve(one * 1.0, other * 1.0) > HALF, tables)


def forced(questions: Sequence[Table], score: Table, others: Table, fits: Table) -> bool:
    """Whether in every table that fits, one role has given one question 0 or 4 throughout.

    `score`: what fits the score of these questions' dimension; `others`: the other dimensions.
    """
    for place, role, end in product(range(len(questions)), range(2), (0, CAP)):
        elsewhere = questions[place].copy()
        elsewhere[(end, slice(None)) if role == 0 else (slice(None), end)] = False
        rest = (*questions[:place], *questions[place + 1 :])
        if not (together(together(elsewhere, *rest) & score, others) & fits).any():
            return True
    return False
