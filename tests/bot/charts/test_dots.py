"""The dots, read from their artists."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from bot.charts.dots import dots_figure, x_of
from questionnaires.results import DimensionResult
from tests.disclosed import a_range

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]


def drawn(spokes: Sequence[DimensionResult]) -> Figure:
    return dots_figure(spokes, title="Northwind ML, January 2027", caption="5 of 6 answered")


def from_top(artists: Sequence[Any]) -> list[str]:
    """Texts from the top of the sheet to its foot."""
    return [text.get_text() for text in sorted(artists, key=lambda text: -text.get_position()[1])]


def test_rows_go_from_the_highest_score_to_the_lowest_and_gaps_come_last(
    spokes: Spokes, find: Find
) -> None:
    figure = drawn(spokes((58, None, 71, 58, 2)))

    names = from_top(find(figure, "name"))
    assert names == ["Development", "Governance", "Deployment", "Monitoring", "Data"]
    assert from_top(find(figure, "value")) == ["71", "58", "58", "under 5", "n/a"]


def test_dots_lie_on_one_fixed_scale(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes((20, 80, None)))

    dots = [dot.get_xdata()[0] for dot in find(figure, "dot")]
    assert dots == pytest.approx([x_of(80), x_of(20)])
    ticks = {tick.get_text(): tick.get_position()[0] for tick in find(figure, "tick label")}
    assert ticks == {str(tick): x_of(tick) for tick in (0, 20, 40, 60, 80, 100)}


def test_a_range_is_a_line_where_there_is_one(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes((58, 50, None), ranges=(a_range(51, 66), None, None)))

    (line,) = find(figure, "range")
    assert tuple(line.get_xdata()) == (x_of(51), x_of(66))
    assert line.get_ydata()[0] == line.get_ydata()[1] == find(figure, "dot")[0].get_ydata()[0]


@pytest.mark.parametrize("value", [2, 60, 98])
@pytest.mark.parametrize("count", [3, 6, 12])
def test_words_stay_on_the_sheet_and_off_each_other(
    spokes: Spokes,
    box_of: BoxOf,
    long_names: tuple[str, ...],
    count: int,
    value: float,
) -> None:
    figure = drawn(spokes([value] * count, names=long_names))

    boxes = [box_of(figure, text) for text in figure.axes[0].texts]
    assert all(0 < box.x0 < box.x1 < 600 for box in boxes)
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    names = max(
        box.x1
        for box, text in zip(boxes, figure.axes[0].texts, strict=True)
        if text.get_gid() == "name"
    )
    assert names < x_of(0)
