"""The method's figures on random answers, against numpy, scipy and statsmodels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from questionnaires.agreement import average_deviation, within_group
from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Questionnaire, Rater, Scale
from questionnaires.scoring import measure

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Floats = NDArray[np.float64]

SEEDS = range(25)
DIMENSIONS = (("a1", "a2", "a3", "a4"), ("b1", "b2", "b3"), ("c1", "c2", "c3", "c4", "c5"))
NAMES = [name for names in DIMENSIONS for name in names]
PLACES = [[NAMES.index(name) for name in names] for names in DIMENSIONS]
ROLES = ("data_science", "platform", "product")
SCALES = (Scale.FIVE_LEVELS, Scale.YES_PARTLY_NO)


@dataclass(frozen=True)
class Answered:
    """One round: what we make of it, and its points by rater and question, else not a number.

    `roles`: the number of each rater's role. `weights`: of questions, and of dimensions.
    """

    found: Measurement
    points: Floats
    roles: NDArray[np.int_]
    weights: Floats
    dimension_weights: Floats

    @property
    def means(self) -> Floats:
        """Of the questions: roles first, then all roles evenly."""
        held = [self.points[self.roles == role] for role in np.unique(self.roles)]
        return np.asarray(np.mean([np.nanmean(rows, axis=0) for rows in held], axis=0))

    @property
    def scores(self) -> Floats:
        return np.array(
            [np.average(self.means[part], weights=self.weights[part]) for part in PLACES]
        )

    def rater_means(self, part: Sequence[int]) -> Floats:
        """Of each rater's own levels in one dimension; raters without any are left out."""
        rows = self.points[:, part]
        given = ~np.isnan(rows)
        rows, given = rows[given.any(axis=1)], given[given.any(axis=1)]
        weights = given * self.weights[part]
        return np.asarray((np.nan_to_num(rows) * weights).sum(axis=1) / weights.sum(axis=1))


@pytest.fixture
def answered(build: Build, say: Say) -> Callable[..., Answered]:
    """A random round; `missing`: the share of "don't know" and of questions left out."""

    def make(
        seed: int,
        *,
        people: int,
        roles: Sequence[str | None] = (None,),
        missing: float = 0.0,
        weighted: bool = False,
        scale: Scale = Scale.FIVE_LEVELS,
    ) -> Answered:
        dice = Random(seed)  # noqa: S311
        drawn = [dice.choice((0.5, 1.0, 3.0)) if weighted else 1.0 for _ in NAMES]
        of_dimensions = [dice.choice((0.7, 1.0, 2.0)) if weighted else 1.0 for _ in DIMENSIONS]
        rows = [
            [
                dice.choice(("dk", None)) if dice.random() < missing else dice.choice(scale.offered)
                for _ in NAMES
            ]
            for _ in range(people)
        ]
        changed: Mapping[str, Mapping[str, object]] = {
            name: {"weight": weight} for name, weight in zip(NAMES, drawn, strict=True)
        }
        asked = build(*DIMENSIONS, changed=changed, weights=of_dimensions, scale=scale)
        raters = [Rater(place + 1, roles[place % len(roles)]) for place in range(people)]
        points = [[25.0 * it if isinstance(it, int) else np.nan for it in row] for row in rows]
        return Answered(
            measure(asked, raters, say(NAMES, *rows), invited=people),
            np.array(points),
            np.array([place % len(roles) for place in range(people)]),
            np.array(drawn),
            np.array(of_dimensions),
        )

    return make


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("roles", [(None,), ROLES])
@pytest.mark.parametrize("scale", SCALES)
def test_means_and_scores_are_those_of_numpy(
    answered: Callable[..., Answered], seed: int, roles: Sequence[str | None], scale: Scale
) -> None:
    it = answered(seed, people=30, roles=roles, missing=0.2, weighted=True, scale=scale)
    assert it.found.by_role is (len(roles) > 1)
    assert [cell.mean for cell in it.found.questions] == pytest.approx(list(it.means))
    assert [cell.score for cell in it.found.dimensions] == pytest.approx(list(it.scores))
    overall = np.average(it.scores, weights=it.dimension_weights)
    assert it.found.overall == pytest.approx(overall)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("people", [5, 9, 40])
def test_a_range_of_one_role_is_the_interval_of_the_raters_own_means(
    answered: Callable[..., Answered], seed: int, people: int
) -> None:
    """Where everybody answered everything, by statsmodels twice: as a mean, and as a regression."""
    it = answered(seed, people=people)
    for cell, part in zip(it.found.dimensions, PLACES, strict=True):
        own = it.rater_means(part)
        assert cell.range is not None
        rounding = 25 / np.sqrt(12 * people * len(part))
        assert cell.range.standard_error == pytest.approx(max(stats.sem(own), rounding))
        if stats.sem(own) < rounding:
            continue
        shown = (cell.range.low, cell.range.high)
        by_mean = DescrStatsW(own).tconfint_mean()
        [by_regression] = sm.OLS(own, np.ones_like(own)).fit().conf_int()
        for low, high in (by_mean, by_regression):
            assert shown == pytest.approx((max(low, 0), min(high, 100)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("roles", "missing"), [((None,), 0.2), (ROLES, 0.0), (ROLES, 0.2)])
def test_a_range_pools_within_roles_and_leaves_out_what_is_missing(
    answered: Callable[..., Answered], seed: int, roles: Sequence[str | None], missing: float
) -> None:
    """Section 4 as numpy writes it, with the quantile of scipy.stats."""
    it = answered(seed, people=31, roles=roles, missing=missing, weighted=True)
    for cell, part, score in zip(it.found.dimensions, PLACES, it.scores, strict=True):
        apart = it.points[:, part].copy()
        for role in np.unique(it.roles):
            apart[it.roles == role] -= np.nanmean(apart[it.roles == role], axis=0)
        weights = ~np.isnan(apart) * it.weights[part]
        rated = weights.any(axis=1)
        own = (np.nan_to_num(apart) * weights).sum(axis=1)[rated] / weights.sum(axis=1)[rated]
        sizes = np.bincount(it.roles[rated])
        freedom = rated.sum() - len(sizes)
        error = np.sqrt((own**2).sum() / freedom * np.mean(1 / sizes) / len(sizes))
        low, high = stats.t.interval(0.95, freedom, loc=score, scale=error)
        assert cell.range is not None
        assert cell.range.degrees_of_freedom == freedom
        assert cell.range.standard_error == pytest.approx(error)
        assert (cell.range.low, cell.range.high) == pytest.approx((max(low, 0), min(high, 100)))


@pytest.mark.parametrize("seed", SEEDS)
def test_roles_that_count_evenly_have_the_error_of_a_regression_on_roles(
    answered: Callable[..., Answered], seed: int
) -> None:
    """Where everybody answered everything: the mean of the roles' coefficients, by statsmodels."""
    it = answered(seed, people=30, roles=ROLES)
    held = (it.roles[:, None] == np.arange(len(ROLES))).astype(float)
    evenly = np.full((1, len(ROLES)), 1 / len(ROLES))
    for cell, part in zip(it.found.dimensions, PLACES, strict=True):
        tested = sm.OLS(it.rater_means(part), held).fit().t_test(evenly)
        [[low, high]] = tested.conf_int()
        assert cell.range is not None
        assert cell.score == pytest.approx(tested.effect[0])
        assert cell.range.standard_error == pytest.approx(tested.sd[0][0])
        assert (cell.range.low, cell.range.high) == pytest.approx((max(low, 0), min(high, 100)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("scale", SCALES)
def test_agreement_is_that_of_the_formulas(
    answered: Callable[..., Answered], seed: int, scale: Scale
) -> None:
    """r* by Lindell, and the mean distance from the mean; nobody's answer stands in for another."""
    it = answered(seed, people=12, missing=0.25, scale=scale)
    levels = it.points / 25
    evenly = np.var(scale.offered)
    for cell, part in zip(it.found.dimensions, PLACES, strict=True):
        by_numpy = 1 - np.nanvar(levels[:, part], axis=0, ddof=1).mean() / evenly
        assert cell.agreement == pytest.approx(by_numpy)
    for question, given in zip(it.found.questions, levels.T, strict=True):
        known = given[~np.isnan(given)]
        assert question.average_deviation == pytest.approx(np.abs(known - known.mean()).mean())
        assert question.spread == np.ptp(known)


@pytest.mark.parametrize("seed", SEEDS)
def test_agreement_of_any_levels_is_that_of_the_formulas(seed: int) -> None:
    dice = Random(seed)  # noqa: S311
    questions = [dice.choices(range(5), k=dice.randint(2, 300)) for _ in range(dice.randint(1, 9))]
    by_numpy = 1 - np.mean([np.var(levels, ddof=1) for levels in questions]) / 2
    assert within_group(questions, Scale.FIVE_LEVELS) == pytest.approx(by_numpy)
    for levels in questions:
        expected = np.abs(np.array(levels) - np.mean(levels)).mean()
        assert average_deviation(levels) == pytest.approx(expected)
