"""docs/method.md: every line of its tables is computed, and comes out as it is written there."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from math import fsum

import pytest

from questionnaires import (
    agreement,
    change,
    priority,
    response,
    scoring,
    significance,
    trend,
)
from questionnaires.change import Sitting
from questionnaires.disclosure import blunting, disclose, groups
from questionnaires.measurements import DimensionCell, Measurement
from questionnaires.model import (
    LEVEL_WORDS,
    LEVELS,
    POINTS_PER_LEVEL,
    Answer,
    Questionnaire,
    Rater,
    Scale,
)
from questionnaires.results import Result
from questionnaires.tailoring import Tailoring, tailored
from tests.questionnaires.conftest import _questionnaire as build
from tests.questionnaires.documents import NONE, page, rows, short, to
from tests.questionnaires.test_method_example import EXAMPLE_TABLES
from tests.worked_example import CLOSED, JANUARY, OCTOBER, K, rating

PAPER = page("method.md")
NAMES = ("q1", "q2", "q3")
FREE = None  # a cell of words
Row = list[str | None]


def numbers(said: str) -> list[float]:
    return [float(one) for one in re.findall(r"-?[\d.]*\d", said)]


def people(said: str) -> list[list[str]]:
    """ "3 2 1 · 2 2 0": what each person said to each question."""
    return [one.split() for one in said.split("·")]


def sitting(said: Sequence[Sequence[str]], names: Sequence[str] = NAMES) -> Sitting:
    """Of one dimension."""
    asked = build(names)
    raters = [Rater(number) for number, _ in enumerate(said, 1)]
    answers = [
        Answer(rater.participant, name, rating(word))
        for rater, words in zip(raters, said, strict=True)
        for name, word in zip(names, words, strict=True)
    ]
    measured = scoring.measure(asked, raters, answers, invited=len(raters))
    return Sitting(asked, measured, raters, answers)


def measured(said: str) -> tuple[Measurement, DimensionCell]:
    found = sitting(people(said)).measurement
    return found, found.dimensions[0]


def shown(asked: Questionnaire, found: Measurement) -> Result:
    return disclose(
        found,
        asked,
        k=K,
        team_name="Northwind ML",
        round_title=JANUARY,
        closed_on=CLOSED[JANUARY],
        comments=(),
    )


def level(said: str) -> Row:
    return [str(POINTS_PER_LEVEL * int(said)), LEVEL_WORDS[int(said)], FREE]


def level_named(score: str) -> Row:
    return [str(scoring.level_of(float(score)))]


def scored(said: str) -> Row:
    found, dimension = measured(said)
    means = ", ".join(
        f"{cell.mean:.4g}" if cell.mean is not None else NONE for cell in found.questions
    )
    return [FREE, means, to(2, dimension.score), to(2, dimension.floor_score)]


def by_roles(one: str, other: str) -> Row:
    names = NAMES[:2]
    levels = [[word] * 2 for word in (*one.split(), *other.split())]
    roles = ["a"] * len(one.split()) + ["b"] * len(other.split())
    found = sitting(levels, names)
    raters = [Rater(number, role) for number, role in enumerate(roles, 1)]
    given = found.answers or ()
    by_people = scoring.measure(found.questionnaire, found.raters, given, invited=len(raters))
    evenly = scoring.measure_with_roles(
        found.questionnaire, raters, given, invited=len(raters), role_weights={}
    )
    counted = scoring.measure(found.questionnaire, raters, given, invited=len(raters))
    return [to(2, one.overall) for one in (by_people, evenly, counted)]


def whole(said: str) -> Row:
    scores = numbers(said)
    asked = build(*[(f"q{place}",) for place, _ in enumerate(scores)])
    cells = [
        DimensionCell(f"d{place}", 5, score, score, None, None)
        for place, score in enumerate(scores)
    ]
    weakest = scoring.weakest_of(cells)
    assert weakest is not None
    lowest = scores[int(weakest.removeprefix("d"))]
    return [to(2, scoring.overall_of(asked, cells)), f"{lowest:g}"]


def sure(said: str) -> Row:
    found = sitting(people(said))
    cell = found.measurement.dimensions[0]
    span = cell.range
    assert span is not None
    seen = shown(found.questionnaire, found.measurement).dimensions[0].range
    return [
        to(2, cell.score),
        to(2, span.standard_error),
        str(span.degrees_of_freedom),
        f"{span.low:.2f} to {span.high:.2f}",
        "no" if seen is None else f"{seen.low} to {seen.high}",
    ]


def agreed(said: str) -> Row:
    levels = [int(word) for word in said.split()]
    deviation = agreement.average_deviation(levels)
    return [to(2, deviation), agreement.band(deviation, max(levels) - min(levels))]


def within(said: str) -> Row:
    r = measured(said)[1].agreement
    return [to(2, r), "yes" if agreement.views_differ(r) else "no"]


def like_for_like(then: str, now: str) -> Row:
    before, after = sitting(people(then)), sitting(people(now), ("q1", "q2", "q4"))
    found = change.compare(before, after, since=1, k=K).dimensions[0].everybodys
    first, second = (one.measurement.dimensions[0].score for one in (before, after))
    assert first is not None
    assert second is not None
    assert found is not None
    figures = (
        *(first, second, second - first, found),
        change.composition(first, second, found),
        trend.index(first, [found])[-1],
    )
    return [to(2, figure) for figure in figures]


def line(start: str, changes: str) -> Row:
    return [", ".join(f"{one:g}" for one in trend.index(float(start), numbers(changes))[1:])]


def compared(then: str, now: str, both: str) -> Row:
    """So many people, of whom `both` have the same numbers in both rounds."""
    rounds = [sitting([["2", "2", "2"]] * int(many)) for many in (then, now)]
    joined = int(now) - int(both)
    raters = [
        Rater(one.participant + 100 * (one.participant <= joined)) for one in rounds[1].raters
    ]
    second = sitting([["2", "2", "2"]] * int(now))
    moved = Sitting(
        second.questionnaire,
        second.measurement,
        raters,
        [
            Answer(raters[one.participant - 1].participant, one.question_id, one.rating)
            for one in second.answers or ()
        ],
    )
    found = change.compare(rounds[0], moved, since=1, k=K)
    assert found.people == int(both)
    return ["with themselves" if found.same_people else "as two groups"]


def flipped(said: str) -> Row:
    found = significance.same_people(numbers(said))
    return [to(2, found.difference), short(found.p)]


def others(then: str, now: str) -> Row:
    before, after = numbers(then), numbers(now)
    shares = (POINTS_PER_LEVEL**2 / (12 * len(means) * 3) for means in (before, after))
    found = significance.other_people(before, after, rounding=fsum(shares) ** 0.5)
    return [to(2, found.difference), short(found.p)]


def corrected(said: str) -> Row:
    return [", ".join(short(one) for one in significance.holm(numbers(said)))]


def needed(dimensions: str) -> Row:
    reached = (
        n
        for n in count(2)
        if int(dimensions) * significance.smallest_p(n) < significance.SIGNIFICANT_BELOW
    )
    return [str(next(reached))]


def printed(score: str) -> Row:
    points, scale = float(score), Scale.FIVE_LEVELS
    coarse = blunting.blunt_score(points, scale, blunting.COARSE_STEP)
    return [blunting.blunt_score(points, scale).text, coarse.text]


def half(mean: str) -> Row:
    return [blunting.level_text(blunting.half_level(POINTS_PER_LEVEL * float(mean)))]


def role_shown(role: str, everybody: str) -> Row:
    sizes: dict[str | None, int] = {"one": int(role), "others": int(everybody) - int(role)}
    return ["yes" if "one" in groups.visible(sizes, K) else "no"]


def urgent(level_: str, target: str, importance: str) -> Row:
    below = priority.gap(float(level_), int(target))
    return [f"{below:g}", to(2, priority.priority(below, int(importance)))]


def weighed(importance: str) -> Row:
    asked = tailored(build(NAMES), Tailoring(importance={"q1": int(importance)}))
    said = [["4", "2", "1"]] * K
    found = sitting(said)
    score = scoring.measure(asked, found.raters, found.answers or (), invited=K).overall
    return [f"{asked.question('q1').weight:g}", to(1, score)]


def silent(answered: str, invited: str) -> Row:
    low, high = response.wilson(int(answered), int(invited))
    least, most = response.bounds(50, int(answered), int(invited))
    return [f"{low:.3f} to {high:.3f}", f"{least:.1f} to {most:.1f}"]


# By the first column: how many columns are given, and what computes the others.
TABLES: Mapping[str, tuple[int, Callable[..., Row]]] = {
    "Level": (1, level),
    "Score": (1, level_named),
    "Three people's answers": (1, scored),
    "One role": (2, by_roles),
    "Six scores": (1, whole),
    "Levels of each person": (1, sure),
    "Levels": (1, agreed),
    "Answers to three questions": (1, within),
    "Then: questions 1, 2, 3": (2, like_for_like),
    "Line starts at": (2, line),
    "Answered then": (3, compared),
    "Change of each person": (1, flipped),
    "Means then": (2, others),
    "p of each": (1, corrected),
    "Dimensions compared": (1, needed),
    "Exact score": (1, printed),
    "Mean level": (1, half),
    "With the role": (2, role_shown),
    "Level shown": (3, urgent),
    "Importance chosen for the first": (1, weighed),
    "Answered": (2, silent),
}
GIVEN = {OCTOBER, JANUARY}
IN_WORDS = {"It says", "It may say", "So many answered", "Reason", "Limit"}


@pytest.mark.parametrize(("table", "row"), [one for one in rows(PAPER) if one[0] in TABLES])
def test_a_line_of_the_document_is_what_the_method_gives(table: str, row: list[str]) -> None:
    given, rule = TABLES[table]
    found = rule(*row[:given])
    words = row[given:]
    assert [said if one is FREE else one for one, said in zip(found, words, strict=True)] == words


def test_every_table_is_computed_or_has_words_only() -> None:
    known = {*TABLES, *EXAMPLE_TABLES, *GIVEN, *IN_WORDS}
    assert {table for table, _ in rows(PAPER)} == known


def test_five_answers_said_equally_often_have_a_variance_of_two() -> None:
    alike = [[one for one in LEVELS for _ in range(1_000)]]
    assert agreement.within_group(alike, Scale.FIVE_LEVELS) == pytest.approx(0, abs=0.001)
