"""How sure a score is: its 95 % range, the rater as unit (method section 4)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from math import fsum, sqrt

from questionnaires.means import in_scale
from questionnaires.measurements import Range
from questionnaires.model import LEVELS, POINTS_PER_LEVEL
from questionnaires.panel import Panel, Scored
from questionnaires.tally import raters_of

_UPPER = 0.975

Weighted = Sequence[tuple[float, Scored]]


def around(score: float, weighted: Weighted, panel: Panel) -> Range | None:
    """95 % range around a score in points, pooled within roles.

    `weighted`: the questions that made the score. None when there are no more raters than roles.
    The error never falls below one answer of rounding, 25 / sqrt(12 n Q) on five levels,
    50 / sqrt(12 n Q) for yes, partly and no.
    """
    raters = list(raters_of(found.levels for _, found in weighted))
    sizes = Counter(panel.roles[who] for who in raters)
    freedom = len(raters) - len(sizes)
    if freedom < 1:
        return None
    variance = fsum(apart**2 for apart in _deviations(weighted, raters, panel)) / freedom
    total = fsum(panel.weight(role) for role in sizes)
    shares = fsum((panel.weight(role) / total) ** 2 / size for role, size in sizes.items())
    rounding = POINTS_PER_LEVEL * panel.scale.step / sqrt(12 * len(raters) * len(weighted))
    error = max(sqrt(variance * shares), rounding)
    reach = student_t(freedom) * error
    return Range(in_scale(score - reach), in_scale(score + reach), error, freedom)


def _deviations(weighted: Weighted, raters: Sequence[int], panel: Panel) -> Iterator[float]:
    """How far each rater is from the means of their role, over the questions they rated.

    Question by question, with a table of what each level of each role comes to: so the work on
    single answers is looking up, and adding 0 for those that are missing. Sums are exact.
    """
    held = [panel.roles[who] for who in raters]
    roles = set(held)
    pulls, weights = [], []
    for weight, found in weighted:
        rated = list(map(found.levels.get, raters))
        pull: dict[tuple[str | None, int | None], float] = {
            (role, level): weight * (level * POINTS_PER_LEVEL - mean)
            for role, mean in found.role_means.items()
            for level in LEVELS
        }
        pull |= {(role, None): 0.0 for role in roles}
        weighs = {None: 0.0} | dict.fromkeys(LEVELS, weight)
        pulls.append(map(pull.__getitem__, zip(held, rated, strict=True)))
        weights.append(map(weighs.__getitem__, rated))
    of_raters = zip(zip(*pulls, strict=True), zip(*weights, strict=True), strict=True)
    return (fsum(pull) / fsum(weight) for pull, weight in of_raters)


@cache
def student_t(freedom: float) -> float:
    """Two-sided 95 % quantile of Student's t: what scipy.stats.t.ppf calls, without its second
    of loading, which would be spent while somebody waits for a round to close.
    """
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(freedom, _UPPER))
