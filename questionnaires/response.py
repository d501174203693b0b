"""How far those who answered stand for all who were asked: method section 7. For exports only."""

from math import sqrt

from questionnaires.model import LEVELS, POINTS_PER_LEVEL

# The two-sided 95 % point of the normal distribution, as scipy.stats.norm.ppf(.975) gives it.
Z = 1.959963984540054
POINTS_MOST = LEVELS[-1] * POINTS_PER_LEVEL


def wilson(answered: int, invited: int) -> tuple[float, float]:
    """The 95 % interval of the share that answers, 0..1: 6 of 8 gives (.409, .929).

    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212. Unlike the share plus and minus
    its error it stays within 0..1, and is of use for few people. Raises ValueError for more
    answers than people, and for nobody.
    """
    share = _share(answered, invited)
    middle = share + Z**2 / (2 * invited)
    spread = Z * sqrt(share * (1 - share) / invited + Z**2 / (4 * invited**2))
    whole = 1 + Z**2 / invited
    low = 0.0 if answered == 0 else (middle - spread) / whole
    high = 1.0 if answered == invited else (middle + spread) / whole
    return low, high


def bounds(score: float, answered: int, invited: int) -> tuple[float, float]:
    """Where a score of 0..100 would stand if the silent had all said the lowest, or the highest.

    50 by 6 of 8 gives (37.5, 62.5). Nothing is assumed of the silent: the worst-case bounds of
    Manski, C. F. (1989): Anatomy of the selection problem, Journal of Human Resources 24,
    343-360. Raises ValueError as `wilson`.
    """
    share = _share(answered, invited)
    return share * score, share * score + (1 - share) * POINTS_MOST


def _share(answered: int, invited: int) -> float:
    if not 0 <= answered <= invited or invited == 0:
        raise ValueError(f"{answered} of {invited} people cannot have answered")
    return answered / invited
