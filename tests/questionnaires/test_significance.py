"""Method section 10: worked examples, oracles on random data, and what holds for any numbers."""

from collections.abc import Sequence
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import multitest

from questionnaires import significance
from questionnaires.significance import EXACT_MOST, holm, other_people, same_people, smallest_p

SEEDS = range(20)
NO_ROUNDING = 0.0
CHANGES = st.lists(st.integers(-12, 12).map(lambda steps: steps * 25 / 3), min_size=2, max_size=9)


def random_changes(seed: int, people: int, lean: float = 4.0) -> list[float]:
    chance = Random(seed)  # noqa: S311
    return [chance.gauss(lean, 12) for _ in range(people)]


def test_three_people_of_whom_two_rose_prove_nothing() -> None:
    assert same_people([12.5, 12.5, 0]).p == 0.5


def test_six_people_who_all_rose_are_more_than_noise() -> None:
    found = same_people([16.67, 16.66, 8.33, 8.33, 16.66, 8.34])
    assert found.difference == pytest.approx(12.50, abs=0.005)
    assert found.p == 0.03125


def test_holm_counts_the_smallest_as_often_as_there_are_tests() -> None:
    assert holm([0.031, 0.2, 0.5, 0.04, 0.9, 0.03])[5] == pytest.approx(0.18)


@pytest.mark.parametrize("seed", SEEDS)
def test_holm_is_what_statsmodels_computes(seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    ps = [chance.random() ** 3 for _ in range(chance.randint(1, 9))]
    assert holm(ps) == pytest.approx(list(multitest.multipletests(ps, method="holm")[1]))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("people", [2, 5, 8, 12])
def test_the_sign_flip_test_is_scipys_exact_permutation_test(seed: int, people: int) -> None:
    changes = random_changes(seed, people)
    oracle = stats.permutation_test(
        (changes,),
        lambda x, axis: x.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=float("inf"),
    )
    assert same_people(changes).p == pytest.approx(oracle.pvalue)


@given(CHANGES)
def test_the_sign_flip_test_counts_every_pattern_of_signs(changes: Sequence[float]) -> None:
    seen = abs(sum(changes))
    patterns = list(product((-1, 1), repeat=len(changes)))
    as_far = sum(
        abs(sum(sign * one for sign, one in zip(signs, changes, strict=True))) >= seen - 1e-6
        for signs in patterns
    )
    assert same_people(changes).p == pytest.approx(as_far / len(patterns))


@pytest.mark.parametrize("seed", range(5))
def test_beyond_sixteen_people_a_sample_of_patterns_comes_close_to_all(seed: int) -> None:
    changes = random_changes(seed, EXACT_MOST + 1)
    every = stats.permutation_test(
        (changes,),
        lambda x, axis: x.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=float("inf"),
    )
    assert same_people(changes).p == pytest.approx(every.pvalue, abs=0.015)


@pytest.mark.parametrize("people", [EXACT_MOST, EXACT_MOST + 1, 300])
def test_the_order_of_people_never_matters(people: int) -> None:
    changes = random_changes(3, people, lean=1.0)
    others = Random(1).sample(changes, len(changes))  # noqa: S311
    assert same_people(changes) == same_people(others)
    assert other_people(changes, others, 1.0) == other_people(others, changes[::-1], 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_of_the_same_people_is_students(seed: int) -> None:
    changes = random_changes(seed, 7)
    oracle = stats.ttest_1samp(changes, 0).confidence_interval(0.95)
    found = same_people(changes)
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("sizes", [(5, 5), (4, 19), (30, 8)])
def test_other_people_are_compared_as_scipy_does_it(seed: int, sizes: tuple[int, int]) -> None:
    then, now = random_changes(seed, sizes[0]), random_changes(seed + 99, sizes[1], lean=9.0)
    oracle = stats.ttest_ind(now, then, equal_var=False)
    interval = oracle.confidence_interval(0.95)
    found = other_people(then, now, NO_ROUNDING)
    assert found.p == pytest.approx(oracle.pvalue)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_people_who_all_say_the_same_are_not_taken_for_certain() -> None:
    found = other_people([50.0] * 5, [58.0] * 5, rounding=2.0)
    assert 0 < found.p < 0.05
    assert found.low < 8 < found.high


def test_nobody_who_differs_and_nothing_that_moved_is_no_change() -> None:
    assert other_people([50.0] * 5, [50.0] * 5, NO_ROUNDING).p == 1
    assert same_people([0.0] * 6).p == 1


@pytest.mark.parametrize("people", range(2, 17))
def test_the_smallest_p_is_that_of_everybody_moving_the_same_way(people: int) -> None:
    assert smallest_p(people) == same_people([10.0] * people).p


def test_one_person_proves_nothing() -> None:
    with pytest.raises(ValueError, match="says nothing about noise"):
        same_people([12.5])
    with pytest.raises(ValueError, match="says nothing about noise"):
        other_people([50.0], [60.0, 70.0], NO_ROUNDING)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_corrected_p_values_never_shrink_nor_change_places(ps: list[float]) -> None:
    found = holm(ps)
    assert all(0 <= p <= after <= 1 for p, after in zip(ps, found, strict=True))
    ranked = sorted(range(len(ps)), key=lambda place: ps[place])
    assert [found[place] for place in ranked] == sorted(found)


def test_a_sample_of_patterns_is_the_same_every_time() -> None:
    changes = np.array(random_changes(1, 20))
    first, again = (list(significance._random_sums(changes)) for _ in range(2))
    assert [block.tolist() for block in first] == [block.tolist() for block in again]
    assert sum(len(block) for block in first) == 9_999


@pytest.mark.parametrize("people", [17, 64, 65, 128, 1_000])
def test_a_sample_of_patterns_gives_each_person_a_sign_of_their_own(people: int) -> None:
    """Of n people who changed by v, and some more by 2 v: the sum's variance is the squares'."""
    changes = np.array([1.0] * people + [-2.0] * 70)
    sums = np.concatenate(list(significance._random_sums(changes)))
    assert np.abs(sums).max() <= np.abs(changes).sum()
    assert np.mean(sums) == pytest.approx(0, abs=0.05 * np.std(sums))
    assert np.var(sums) == pytest.approx((changes**2).sum(), rel=0.06)
    assert set((sums + people) % 2) == {0}


@pytest.mark.parametrize(("rose", "of"), [(12, 20), (75, 130), (1_040, 2_000)])
def test_a_sample_comes_close_to_what_all_patterns_say(rose: int, of: int) -> None:
    """Where everybody changed by as much, the exact test is that of a fair coin."""
    found = same_people([25.0] * rose + [-25.0] * (of - rose))
    assert found.p == pytest.approx(stats.binomtest(rose, of).pvalue, abs=0.02)
