"""Change or noise: method section 10. Numbers in; p values, intervals and corrections out.

Each test gives the same bits for its numbers in any order: they are sorted first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, isfinite, sqrt
from typing import TYPE_CHECKING

from questionnaires.ranges import student_t

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SIGNIFICANT_BELOW = 0.05
EXACT_MOST = 16
SAMPLED_PATTERNS = 9_999
PEOPLE_LEAST = 2  # one says nothing about how far they differ
_SEED = 20_270_118
_AT_ONCE = 512
_COINS = 64
_ALL_COINS = 2**_COINS - 1
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Tested:
    """A difference of means: `p` two-sided, `low` and `high` its 95 % interval."""

    difference: float
    low: float
    high: float
    p: float


def same_people(changes: Sequence[float]) -> Tested:
    """Of one change for each person: exact sign-flip test (Fisher 1935), interval by Student's t.

    If nothing had changed, each person's change could as well have had the other sign: p is the
    share of all 2^n patterns of signs whose sum is as far from 0 as the one seen. Beyond
    EXACT_MOST people the share is of SAMPLED_PATTERNS, drawn from a fixed seed, and the one seen.
    At least two changes, else ValueError.
    """
    if len(changes) < PEOPLE_LEAST:
        raise ValueError("one change says nothing about noise")
    ordered = sorted(changes)
    mean = fsum(ordered) / len(ordered)
    error = sqrt(_variance(ordered, mean) / len(ordered))
    reach = student_t(len(ordered) - 1) * error
    return Tested(mean, mean - reach, mean + reach, _sign_flip(ordered))


def other_people(then: Sequence[float], now: Sequence[float], rounding: float) -> Tested:
    """Of a mean for each person, of different people: Welch's unequal variances t-test (1947).

    `rounding`: the standard error never falls below it, so that people who all say the same are
    not taken for certain. Each time two means at least, else ValueError.
    """
    if min(len(then), len(now)) < PEOPLE_LEAST:
        raise ValueError("one person says nothing about noise")
    means = [fsum(values) / len(values) for values in (then, now)]
    parts = [
        _variance(sorted(values), mean) / len(values)
        for values, mean in zip((then, now), means, strict=True)
    ]
    error, freedom = sqrt(sum(parts)), _welch_freedom(parts, (len(then), len(now)))
    error = max(error, rounding)
    difference = means[1] - means[0]
    reach = student_t(freedom) * error
    from scipy.special import stdtr  # noqa: PLC0415 - slow to load, and few rounds need it

    p = 2 * float(stdtr(freedom, -abs(difference) / error)) if error else 1.0
    return Tested(difference, difference - reach, difference + reach, p)


def holm(ps: Sequence[float]) -> list[float]:
    """Holm's step-down correction (1979) of p values, in the order given; at most 1."""
    adjusted = [0.0] * len(ps)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
        least = max(least, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = least
    return adjusted


def smallest_p(people: int) -> float:
    """What the sign-flip test reaches when all of so many people changed the same way."""
    return float(2.0 ** (1 - people))


def _sign_flip(ordered: Sequence[float]) -> float:
    import numpy as np  # noqa: PLC0415 - slow to load, and few rounds need it

    changes = np.array(ordered)
    # A little less than what was seen: the same sum in another order differs in its last digit.
    seen = abs(fsum(ordered)) - _ROUNDING * fsum(map(abs, ordered))
    if len(ordered) <= EXACT_MOST:
        sums = _every_pattern(len(ordered)) @ changes
        return float(np.mean(np.abs(sums) >= seen))
    as_far = sum(int(np.count_nonzero(np.abs(sums) >= seen)) for sums in _random_sums(changes))
    return (1 + as_far) / (1 + SAMPLED_PATTERNS)


@cache
def _every_pattern(people: int) -> "Floats":
    """Signs -1 and 1 in rows. The first is always 1: each pattern has its mirror image."""
    import numpy as np  # noqa: PLC0415

    bits = np.arange(2 ** (people - 1))[:, None] >> np.arange(people) & 1
    return np.asarray(1 - 2 * bits, dtype=np.float64)


def _random_sums(changes: "Floats") -> "Iterator[Floats]":
    """The sums of SAMPLED_PATTERNS random patterns in blocks, the same for the same changes.

    People who changed by as much need no sign each: how many of their coins, 64 in a word, show
    heads says what they add up to.
    """
    import numpy as np  # noqa: PLC0415

    values, people = np.unique(np.abs(changes), return_counts=True)
    words = -(-people // _COINS)
    ends = np.cumsum(words)
    coins_used = np.full(ends[-1], _ALL_COINS, dtype=np.uint64)
    coins_used[ends - 1] >>= (words * _COINS - people).astype(np.uint64)
    drawn = np.random.default_rng(_SEED)
    for start in range(0, SAMPLED_PATTERNS, _AT_ONCE):
        rows = min(_AT_ONCE, SAMPLED_PATTERNS - start)
        thrown = drawn.integers(0, _ALL_COINS, (rows, ends[-1]), dtype=np.uint64, endpoint=True)
        heads = np.bitwise_count(thrown & coins_used)
        of_values = np.add.reduceat(heads, ends - words, axis=1, dtype=np.int64)
        yield np.asarray((2 * of_values - people) @ values, dtype=np.float64)


def _variance(ordered: Sequence[float], mean: float) -> float:
    return fsum((value - mean) ** 2 for value in ordered) / (len(ordered) - 1)


def _welch_freedom(parts: Sequence[float], sizes: Sequence[int]) -> float:
    """Degrees of freedom by Welch and Satterthwaite; of all people where nobody differs."""
    below = sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
    found = sum(parts) ** 2 / below if below else float("nan")
    return found if isfinite(found) else float(sum(sizes) - len(sizes))
