"""The running index, and the lines that are made of shown results."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.model import Scale
from questionnaires.results import DimensionResult, Result, ShownScore, Verdict
from questionnaires.trend import Trend, index, trend_of
from tests.disclosed import a_change, a_dimension, a_result, a_score, a_since, resealed

MONTHS = ((2026, 1), (2026, 4), (2026, 7), (2026, 10), (2027, 1))
UNDER_5 = a_score(2.5, "under 5")


def to_the_point(value: int) -> ShownScore:
    return a_score(float(value), str(value))


def spoke(score: int | ShownScore | None, change: int | None = None) -> DimensionResult:
    shown = to_the_point(score) if isinstance(score, int) else score
    moved = None
    if change is not None and shown is not None:
        before = to_the_point(round(shown.value) - change)
        moved = a_change(points=change, verdict=Verdict.NO_CLEAR_CHANGE, before=before)
    return a_dimension("data", "Data", "Data", 6, shown, change=moved)


def rounds_of(spokes: Sequence[DimensionResult]) -> list[Result]:
    """One round after the other, each compared with the one before."""
    found: list[Result] = []
    for (year, month), one in zip(MONTHS, spokes, strict=False):
        since = None
        if found:
            since = a_since(
                round_title=found[-1].round_title,
                closed_on=found[-1].closed_on,
                respondents=6,
                overall=None,
                people=6,
                same_people=True,
                can_tell=True,
            )
        found.append(
            a_result(
                method_version=1,
                team_name="Northwind ML",
                round_title=f"{year}-{month:02}",
                closed_on=date(year, month, 20),
                questionnaire="MLOps scorecard",
                questionnaire_version=1,
                scale=Scale.FIVE_LEVELS,
                k=5,
                invited=6,
                respondents=6,
                overall=None,
                overall_level=None,
                overall_range=None,
                weakest=None,
                dimensions=(one,),
                questions=(),
                proposals=(),
                comments=(),
                since=since,
            )
        )
    return found


def points_of(trend: Trend) -> tuple[float | None, ...]:
    return trend.lines[0].points


def test_the_index_adds_changes_to_the_first_score() -> None:
    """The example of method section 9: the score is 63.89 by then, for another question."""
    assert index(50.0, [25 / 3]) == pytest.approx([50.0, 58.33], abs=0.005)


def test_what_is_shown_of_the_index_is_cut_and_nothing_else() -> None:
    assert index(95, [10, -10]) == [95, 100, 95]
    assert index(5, [-10, 10]) == [5, 0, 5]


@given(first=st.floats(0, 100), changes=st.lists(st.floats(-100, 100), max_size=12))
def test_the_index_lies_between_0_and_100_and_has_a_value_for_each_round(
    first: float, changes: list[float]
) -> None:
    found = index(first, changes)

    assert found[0] == first
    assert len(found) == 1 + len(changes)
    assert all(0 <= value <= 100 for value in found)


def test_a_line_begins_at_the_first_score_and_adds_what_changed_since() -> None:
    trend = trend_of(rounds_of([spoke(50), spoke(64, 8), spoke(66, -3)]))

    assert trend.rounds == (
        ("2026-01", date(2026, 1, 20)),
        ("2026-04", date(2026, 4, 20)),
        ("2026-07", date(2026, 7, 20)),
    )
    (line,) = trend.lines
    assert line.points == (50, 58, 55)
    assert line.printed == ("50", "58", "55")
    assert line.runs == (((0, 50), (1, 58), (2, 55)),)


def test_without_a_change_the_line_breaks_and_begins_anew_at_the_score() -> None:
    (line,) = trend_of(rounds_of([spoke(50), spoke(64), spoke(66, 5)])).lines

    assert line.points == (50, 64, 69)
    assert line.runs == (((0, 50),), ((1, 64), (2, 69)))


def test_a_round_without_a_score_is_a_gap_and_the_line_begins_anew_after_it() -> None:
    rounds = [spoke(None), spoke(50), spoke(None), spoke(60, 4), spoke(70, 10)]
    (line,) = trend_of(rounds_of(rounds)).lines

    assert line.points == (None, 50, None, 60, 70)
    assert line.printed == (None, "50", None, "60", "70")
    assert line.runs == (((1, 50),), ((3, 60), (4, 70)))


def test_changes_that_are_counted_from_another_round_are_not_added() -> None:
    first, second, third = rounds_of([spoke(50), spoke(64, 8), spoke(66, 5)])

    assert points_of(trend_of([first, third])) == (50, 66)
    assert points_of(trend_of([first, second, third])) == (50, 58, 63)
    assert second.since is not None
    other_day = resealed(second.since, closed_on=date(2026, 1, 19))
    assert points_of(trend_of([first, resealed(second, since=other_day)])) == (50, 64)


def test_ends_stay_as_blunt_as_scores_are() -> None:
    (line,) = trend_of(rounds_of([spoke(UNDER_5), spoke(30), spoke(9, -27), spoke(5, -9)])).lines

    assert line.points == (2.5, 30, 3, 0)
    assert line.printed == ("under 5", "30", "under 5", "under 5")


def test_the_dimensions_are_those_of_the_latest_round() -> None:
    first, second = rounds_of([spoke(50), spoke(64, 8)])
    new = a_dimension("cost", "Cost", "Cost", 6, to_the_point(40))
    trend = trend_of([first, resealed(second, dimensions=(*second.dimensions, new))])

    assert [(line.short_title, line.points) for line in trend.lines] == [
        ("Data", (50, 58)),
        ("Cost", (None, 40)),
    ]


def test_no_rounds_are_no_lines() -> None:
    assert trend_of([]) == Trend((), ())


@given(
    st.lists(
        st.tuples(st.none() | st.integers(5, 95), st.none() | st.integers(-90, 90)),
        min_size=1,
        max_size=5,
    )
)
def test_the_runs_are_exactly_the_points_that_there_are(
    said: list[tuple[int | None, int | None]],
) -> None:
    (line,) = trend_of(rounds_of([spoke(score, change) for score, change in said])).lines

    there = [(place, value) for place, value in enumerate(line.points) if value is not None]
    assert [pair for run in line.runs for pair in run] == there
    assert all(run for run in line.runs)
    for run in line.runs:
        places = [place for place, _ in run]
        assert places == list(range(places[0], places[0] + len(places)))


def test_a_line_is_a_value() -> None:
    (line,) = trend_of(rounds_of([spoke(50)])).lines

    assert replace(line, short_title="Data") == line
    assert hash(line) == hash(replace(line))
