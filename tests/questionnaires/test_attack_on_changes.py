"""Method section 7, the attack on two rounds: what does a change give away beside both results?

The attacker sees everything that is shown of both, and knows the method. Three questions: does a
change over a part of the questions tell what everybody said to one of them; would the change of
those who answered both tell what the one who joined said; does the verdict?
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from questionnaires import change
from questionnaires.change import Sitting
from questionnaires.disclosure import blunting, disclose
from questionnaires.disclosure.changes import Before
from questionnaires.model import POINTS_PER_LEVEL, Answer, Questionnaire, Rater
from questionnaires.results import NoChange, Result, Verdict
from questionnaires.scoring import measure
from tests.conftest import Measured

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Floats = NDArray[np.float64]
Rows = list[list[int]]

OLD, NEW = ("q1", "q2", "q3"), ("q1", "q2", "q4")
ROUNDS = 40
SHUFFLES = 200


@pytest.mark.parametrize(
    ("people", "k"),
    [
        (3, 3),
        pytest.param(4, 4, marks=pytest.mark.slow),
        pytest.param(5, 5, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("now", [("q1", "q2"), NEW], ids=["gone", "replaced"])
def test_a_change_over_a_part_of_the_questions_tells_nobodys_answer(
    build: Build, say: Say, measured: Measured, now: Sequence[str], people: int, k: int
) -> None:
    chance = Random(f"{people} {now}")  # noqa: S311 - rounds for a test
    shown = hidden = would_tell = tell = 0
    for _ in range(ROUNDS):
        then_rows, now_rows = rows(chance, people, 3), rows(chance, people, len(now))
        shown_now = the_second(build, say, (OLD, now), (then_rows, now_rows), k)
        (found,) = shown_now.dimensions
        points = exact_points(then_rows, now_rows)
        told = settled(then_rows, now_rows, points)
        hidden += found.no_change is NoChange.GIVES_ANSWERS_AWAY
        would_tell += told
        if found.change is not None:
            assert found.change.points == points
            shown += 1
            tell += told
    measured(
        f"attack on changes, {len(OLD)} questions then, {len(now)} now, {people} people, k = {k}: "
        f"of {ROUNDS} rounds {shown} show a change and {tell} of these tell somebody's answer; "
        f"{would_tell} would if it were always shown, {hidden} hide it"
    )
    assert shown > 0
    assert tell == 0


def rows(chance: Random, people: int, questions: int) -> Rows:
    """Near one level, often an end: people who nearly agree are the easiest to find out."""
    means = [chance.choice((0, 0, 1, 2, 3, 4, 4)) for _ in range(questions)]
    return [
        [min(4, max(0, mean + chance.choice((0, 0, 0, 1, -1)))) for mean in means]
        for _ in range(people)
    ]


def exact_points(then_rows: Rows, now_rows: Rows) -> int:
    """The change over the first two questions, in whole points."""
    sums = [sum(row[0] + row[1] for row in found) for found in (then_rows, now_rows)]
    return int(np.floor((sums[1] - sums[0]) * POINTS_PER_LEVEL / (2 * len(now_rows)) + 0.5 + 1e-9))


def the_second(
    build: Build,
    say: Say,
    names: tuple[Sequence[str], Sequence[str]],
    both: tuple[Rows, Rows],
    k: int,
    people: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> Result:
    """The second round as it is shown beside the first."""
    sittings = []
    for ids, found, who in zip(names, both, people, strict=True):
        small = build(ids)
        numbers = list(who) or list(range(1, len(found) + 1))
        answers = [
            replace(one, participant=numbers[one.participant - 1]) for one in say(ids, *found)
        ]
        raters = [Rater(number) for number in numbers]
        measured = measure(small, raters, answers, invited=len(raters))
        sittings.append(Sitting(small, measured, raters, answers))
    then, now = sittings
    compared = change.compare(then, now, since=1, k=k)
    before = Before(shown_of(then, k, None), then.measurement, then.questionnaire)
    return shown_of(replace(now, measurement=replace(now.measurement, change=compared)), k, before)


def shown_of(sitting: Sitting, k: int, before: Before | None) -> Result:
    return disclose(
        sitting.measurement,
        sitting.questionnaire,
        k=k,
        team_name="Northwind ML",
        round_title="January 2027",
        closed_on=date(2027, 1, 5),
        comments=(),
        before=before,
    )


def settled(then_rows: Rows, now_rows: Rows, points: int) -> bool:
    """Whether in all rounds that show these numbers everybody said 0, or 4, to one question.

    Every pair of rounds is looked at, by the sums of each question: with fewer than five levels
    nothing but levels, scores and the change is shown.
    """
    people = len(then_rows)
    totals = np.arange(4 * people + 1, dtype=float)
    truth = [int(column.sum()) for column in (*np.transpose(then_rows), *np.transpose(now_rows))]
    halves = half_levels(totals * POINTS_PER_LEVEL / people)
    fitting = [totals[halves == halves[total]] for total in truth]
    grid = np.meshgrid(*fitting, indexing="ij", sparse=True)
    old, new = grid[: len(OLD)], grid[len(OLD) :]
    per_question = POINTS_PER_LEVEL / people
    fits = np.ones(np.broadcast_shapes(*(axis.shape for axis in grid)), dtype=bool)
    for sums, rows_ in ((old, then_rows), (new, now_rows)):
        score = sum(sums) * per_question / len(sums)
        seen = np.mean(rows_) * POINTS_PER_LEVEL
        fits &= printed(np.asarray(score)) == printed(np.array(seen))
    moved = (new[0] + new[1] - old[0] - old[1]) * per_question / 2
    fits &= np.floor(moved + 0.5 + 1e-9) == points
    return any(
        set(fitting[axis][np.unique(np.nonzero(fits)[axis])]) in ({0.0}, {4.0 * people})
        for axis in range(len(fitting))
    )


def printed(points: Floats) -> Floats:
    """As scores are printed; the two ends as -1 and 101."""
    whole = np.floor(points + 0.5 + 1e-9)
    return np.where(points < 5 - 1e-9, -1, np.where(points > 95 + 1e-9, 101, whole))


def half_levels(points: Floats) -> Floats:
    return np.array([blunting.half_level(one) for one in points])


@pytest.mark.slow
def test_the_change_of_those_who_answered_both_would_tell_what_who_joined_said(
    measured: Measured,
) -> None:
    """Nine of ten answer both times, one leaves and one joins; three questions."""
    both, each = 9, 12
    common = np.arange(both * each + 1)
    person = np.arange(each + 1)
    points = POINTS_PER_LEVEL / 3
    kinds: dict[tuple[float, float, float], set[int]] = {}
    chance = np.random.default_rng(1)
    for then in chance.choice(common, 4, replace=False):
        for now, gone, joined in product(common, person, person):
            shown = (
                float(printed(np.array(points * (then + gone) / (both + 1)))),
                float(printed(np.array(points * (now + joined) / (both + 1)))),
                float(np.floor(points * (now - then) / both + 0.5)),
            )
            kinds.setdefault(shown, set()).add(int(joined))
    told = sum(found in ({0}, {each}) for found in kinds.values())
    measured(
        f"attack on changes: were the change of those who answered both printed, {told:,} of "
        f"{len(kinds):,} kinds of results would tell all that the one who joined said"
    )
    assert told > 0, "then it could be printed"


@pytest.mark.slow
def test_nor_does_the_verdict_tell_what_who_joined_said(
    build: Build, say: Say, measured: Measured
) -> None:
    """What is shown of one round is the same whoever said what. The verdict is not: it depends on
    who said what before. So there has to be a round with the same answers and the same verdict in
    which the one who joined said something else."""
    chance = Random(7)  # noqa: S311 - rounds for a test
    people = (range(1, 11), range(2, 12))
    verdicts: list[Verdict | None] = []
    unresolved = 0
    for _ in range(ROUNDS):
        then, now = rows(chance, 10, 3), rows(chance, 10, 3)
        now[-1] = [chance.choice((0, 4))] * 3
        shown = the_second(build, say, (OLD, OLD), (then, now), 5, people)
        found = shown.dimensions[0].change
        verdicts.append(None if found is None else found.verdict)
        unresolved += not any(
            the_second(build, say, (OLD, OLD), (then, other), 5, people) == shown
            for other in with_another_last(now, chance)
        )
    changed, unclear = (verdicts.count(one) for one in (Verdict.CHANGED, Verdict.NO_CLEAR_CHANGE))
    measured(
        f"attack on verdicts: of {ROUNDS} pairs of rounds, after which one of ten joined at an "
        f"end ({changed} changed, {unclear} not clearly), {unresolved} tell what they said"
    )
    assert changed > 0
    assert unclear > 0
    assert unresolved == 0


def with_another_last(now: Rows, chance: Random) -> Iterator[Rows]:
    """As many levels of each question together, and the last one said something else: first with
    the rows of others, then with levels that pass from one to another, one by one."""
    for _ in range(SHUFFLES):
        yield chance.sample(now, len(now))
    for _ in range(SHUFFLES):
        moved = [list(row) for row in now]
        passed(moved, len(now) - 1, chance)
        for _ in range(chance.randrange(4)):
            passed(moved, chance.randrange(len(now)), chance)
        yield moved


def passed(rows_: Rows, giver: int, chance: Random) -> None:
    """One level of one question from or to somebody else, where both stay on the scale."""
    taker, question, by = chance.randrange(len(rows_)), chance.randrange(3), chance.choice((1, -1))
    levels = rows_[giver][question] - by, rows_[taker][question] + by
    if taker != giver and all(0 <= level <= 4 for level in levels):
        rows_[giver][question], rows_[taker][question] = levels
