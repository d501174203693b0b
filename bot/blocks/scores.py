"""Scores as lines: the bar first, so that a long name wraps harmlessly on a phone."""

from collections.abc import Sequence

from bot.blocks import change_words, wording
from questionnaires.results import DimensionResult

BAR_CELLS = 10


def score_lines(dimensions: Sequence[DimensionResult]) -> str:
    """One line each: bar, score, name, and the change where there is one."""
    return "\n".join(_score_line(dimension) for dimension in dimensions)


def bar(value: float) -> str:
    """A score of 0..100 as ten cells."""
    full = int(value / 100 * BAR_CELLS + 0.5)
    return "█" * full + "░" * (BAR_CELLS - full)


def _score_line(dimension: DimensionResult) -> str:
    name = wording.plain(dimension.short_title)
    if dimension.score is None:
        return f"`{'·' * BAR_CELLS}` {name}: too few answers"
    differ = " · views differ" if dimension.views_differ else ""
    bar_, score = bar(dimension.score.value), dimension.score.text
    return f"`{bar_}` *{score}* {name}{change_words.in_line(dimension.change)}{differ}"
