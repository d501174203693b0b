"""Wilson's interval, and the bounds for the silent: worked examples, scipy, properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from questionnaires.response import Z, bounds, wilson

CLOSE = 1e-9


@st.composite
def some_answered(draw: st.DrawFn) -> tuple[int, int]:
    invited = draw(st.integers(1, 2_000))
    return draw(st.integers(0, invited)), invited


def test_six_of_eight_is_the_worked_example() -> None:
    assert [round(end, 3) for end in wilson(6, 8)] == [0.409, 0.929]
    assert bounds(50, 6, 8) == (37.5, 62.5)


@pytest.mark.parametrize(
    ("answered", "invited", "low", "high"),
    [(0, 8, 0, 0.324), (8, 8, 0.676, 1), (1, 1, 0.207, 1), (50, 100, 0.404, 0.596)],
)
def test_the_interval_by_hand(answered: int, invited: int, low: float, high: float) -> None:
    assert wilson(answered, invited) == pytest.approx((low, high), abs=0.0006)


def test_the_constant_is_the_normal_distributions() -> None:
    assert pytest.approx(norm.ppf(0.975), abs=CLOSE) == Z


@given(some_answered())
def test_the_interval_is_the_one_that_scipy_gives(counted: tuple[int, int]) -> None:
    expected = binomtest(*counted).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(*counted) == pytest.approx((expected.low, expected.high), abs=CLOSE)


@given(some_answered())
def test_the_interval_lies_within_nothing_and_everybody_and_holds_the_share(
    counted: tuple[int, int],
) -> None:
    low, high = wilson(*counted)
    assert 0 <= low <= counted[0] / counted[1] <= high <= 1
    assert low < high


@given(some_answered())
def test_the_other_way_round_it_is_the_interval_of_the_silent(counted: tuple[int, int]) -> None:
    answered, invited = counted
    low, high = wilson(invited - answered, invited)
    assert wilson(answered, invited) == pytest.approx((1 - high, 1 - low), abs=CLOSE)


@given(st.integers(0, 100), some_answered())
def test_the_bounds_hold_the_score_and_are_as_wide_as_the_silent_are_many(
    score: int, counted: tuple[int, int]
) -> None:
    answered, invited = counted
    low, high = bounds(score, answered, invited)
    assert -CLOSE <= low <= score + CLOSE
    assert score - CLOSE <= high <= 100 + CLOSE
    assert high - low == pytest.approx(100 * (invited - answered) / invited)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=9), st.integers(0, 5))
def test_the_bounds_are_the_score_once_the_silent_have_spoken(
    levels: list[int], silent: int
) -> None:
    everybody = len(levels) + silent
    low, high = bounds(25 * sum(levels) / len(levels), len(levels), everybody)
    assert low == pytest.approx(25 * sum([*levels, *[0] * silent]) / everybody)
    assert high == pytest.approx(25 * sum([*levels, *[4] * silent]) / everybody)


@pytest.mark.parametrize(("answered", "invited"), [(0, 0), (3, 2), (-1, 2)])
def test_more_answers_than_people_are_refused(answered: int, invited: int) -> None:
    with pytest.raises(ValueError, match="cannot have answered"):
        wilson(answered, invited)
    with pytest.raises(ValueError, match="cannot have answered"):
        bounds(50, answered, invited)
