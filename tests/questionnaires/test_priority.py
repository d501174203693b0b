"""Method section 8: the worked examples, and what holds for any levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.priority import (
    Urgency,
    gap,
    is_confirmed,
    priority,
    share_reached,
    urgency,
)

LEVELS = st.integers(0, 400).map(lambda hundredths: hundredths / 100)
TARGETS = st.integers(0, 4)


@pytest.mark.parametrize(
    ("points", "below", "expected"), [(75, 0, 0), (175 / 3, 2 / 3, 7.41), (25, 2, 33.33)]
)
def test_the_wider_the_gap_to_the_target_the_higher_the_priority(
    points: float, below: float, expected: float
) -> None:
    assert gap(points / 25) == pytest.approx(below)
    assert priority(gap(points / 25)) == pytest.approx(expected, abs=0.005)


def test_the_widest_gap_with_the_usual_importance_is_a_hundred_and_more_is_not_shown() -> None:
    assert priority(gap(0, target=4)) == 100
    assert priority(gap(0, target=4), importance=3) == 100
    assert priority(gap(0, target=4), importance=1) == 50


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (100, Urgency.HIGH),
        (50, Urgency.HIGH),
        (49.9, Urgency.MEDIUM),
        (25, Urgency.MEDIUM),
        (24.9, Urgency.LOW),
        (0.1, Urgency.LOW),
        (0, Urgency.NONE),
    ],
)
def test_urgency_has_three_steps_and_none(points: float, expected: Urgency) -> None:
    assert urgency(points) is expected


def test_the_share_of_the_targets_that_is_reached() -> None:
    assert share_reached([(3, 3), (7 / 3, 3), (1, 3)]) == pytest.approx(0.704, abs=0.0005)
    assert share_reached([(4, 3), (3.5, 3)]) == 1
    assert share_reached([(2, 0)]) is None
    assert share_reached([]) is None


@pytest.mark.parametrize(
    ("promised", "level", "worked"),
    [(3, 2.5, "yes"), (3, 2.4, "no"), (4, 3.5, "yes"), (5, 3.5, "yes"), (1, 0, "no")],
)
def test_an_action_worked_when_the_level_is_at_most_half_a_level_short(
    promised: float, level: float, worked: str
) -> None:
    assert is_confirmed(promised, level) is (worked == "yes")


@given(LEVELS, TARGETS, st.sampled_from([1, 2, 3]))
def test_a_priority_is_from_0_to_100_and_never_falls_with_the_gap(
    level: float, target: int, importance: int
) -> None:
    found = priority(gap(level, target), importance)
    assert 0 <= found <= 100
    assert priority(gap(level, target) + 0.5, importance) >= found
    assert (found == 0) is (level >= target)


@given(st.lists(st.tuples(LEVELS, st.integers(1, 4)), min_size=1))
def test_the_share_that_is_reached_is_from_0_to_1(pairs: list[tuple[float, int]]) -> None:
    share = share_reached(pairs)
    assert share is not None
    assert -1e-9 <= share <= 1 + 1e-9
