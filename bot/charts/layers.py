"""What radar, dots and their alt text tell besides the score: the last round, and the target.

No matplotlib here; how a layer looks, each picture knows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from questionnaires.model import POINTS_PER_LEVEL
from questionnaires.results import DimensionResult

Name = Literal["now", "last", "target"]
LAST_OTHERWISE: Final = "the round before"  # for a title that the font has no letters for


def score_now(spoke: DimensionResult) -> float | None:
    """0..100, None for a gap; so are the two below."""
    return None if spoke.score is None else spoke.score.value


def score_before(spoke: DimensionResult) -> float | None:
    """In the last round, on the measure of this one; a gap where nothing can be compared."""
    return None if spoke.change is None else spoke.change.before.value


def target_of(spoke: DimensionResult) -> float | None:
    """The team's own, else a gap."""
    return None if spoke.target is None else float(POINTS_PER_LEVEL * spoke.target)


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the things that are drawn for every dimension, and its words in the legend."""

    name: Name
    words: str
    value_of: Callable[[DimensionResult], float | None]


def layers(spokes: Sequence[DimensionResult], last: str | None) -> tuple[Layer, ...]:
    """Now; the last round, where it has words (`last`) and any score; and targets, if any."""
    found = [Layer("now", "now", score_now)]
    if last is not None and any(score_before(spoke) is not None for spoke in spokes):
        found.append(Layer("last", last, score_before))
    if any(target_of(spoke) is not None for spoke in spokes):
        found.append(Layer("target", "target", target_of))
    return tuple(found)
