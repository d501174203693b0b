"""The stellar picture, read from its artists."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import atan2, hypot, pi
from typing import Any

import pytest
from matplotlib import colormaps
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from bot.charts import stellar
from bot.charts.stellar import stellar_figure
from questionnaires.results import DimensionResult

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]

SIX = (58, 50, 71, 62, 33, 46)


def drawn(spokes: Sequence[DimensionResult]) -> Figure:
    return stellar_figure(spokes, title="Northwind ML, January 2027", caption="5 of 6 answered")


@pytest.mark.parametrize("count", range(3, 13))
def test_spikes_start_at_the_top_and_go_clockwise_in_the_order_given(
    spokes: Spokes, find: Find, count: int
) -> None:
    values = [20 + 5 * index for index in range(count)]
    figure = drawn(spokes(values))

    centre_x, centre_y = find(figure, "ring")[0].get_center()
    lengths = []
    for index, disc in enumerate(find(figure, "disc")):
        across, up = disc.get_center()[0] - centre_x, disc.get_center()[1] - centre_y
        assert atan2(across, up) % (2 * pi) == pytest.approx(2 * pi * index / count, abs=1e-9)
        lengths.append(hypot(across, up))
    steps = [after - before for before, after in pairwise(lengths)]
    assert steps == pytest.approx([steps[0]] * (count - 1))  # in proportion to the scores
    assert steps[0] > 0


def test_every_spike_ends_in_a_disc_with_its_score(
    spokes: Spokes, find: Find, box_of: BoxOf
) -> None:
    figure = drawn(spokes((58, 2, 98)))

    values = find(figure, "value")
    assert [value.get_text() for value in values] == ["58", "<5", ">95"]
    for spike, disc, value in zip(find(figure, "spike"), find(figure, "disc"), values, strict=True):
        x, y = disc.get_center()
        assert any(corner == pytest.approx((x, y)) for corner in spike.get_xy())
        box = box_of(figure, value)
        corners = [(corner_x - x, corner_y - y) for corner_x, corner_y in box.corners()]
        assert max(hypot(*corner) for corner in corners) < disc.get_radius() + 3


def test_colours_mean_the_same_in_every_picture(spokes: Spokes, find: Find) -> None:
    alone, among_higher = drawn(spokes((33, 33, 33))), drawn(spokes((33, 90, 98)))

    expected = to_hex(colormaps["cividis"](0.33))
    for figure in (alone, among_higher):
        assert to_hex(find(figure, "spike")[0].get_facecolor()) == expected
        assert to_hex(find(figure, "disc")[0].get_facecolor()) == expected


@pytest.mark.parametrize("value", [2.5, *range(5, 100, 5), 97.5])
def test_scores_are_readable_on_their_colour(value: float) -> None:
    ground = stellar.colour(value)

    lightness = sorted(stellar._luminance(side) for side in (ground, stellar.text_colour(ground)))
    assert (lightness[1] + 0.05) / (lightness[0] + 0.05) > 3.9  # large bold text needs 3


def test_a_gap_has_no_spike_but_says_so(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes((58, None, 71, None)))

    assert len(find(figure, "spike")) == len(find(figure, "disc")) == 2
    assert [value.get_text() for value in find(figure, "value")].count("n/a") == 2


@pytest.mark.parametrize("value", [2, 20, 60, 98])
@pytest.mark.parametrize("count", [3, 6, 9, 12])
def test_discs_touch_neither_each_other_nor_names(
    *,
    spokes: Spokes,
    find: Find,
    box_of: BoxOf,
    long_names: tuple[str, ...],
    count: int,
    value: float,
) -> None:
    figure = drawn(spokes([value] * count, names=long_names))

    discs = find(figure, "disc")
    for one, other in combinations(discs, 2):
        apart = hypot(*(a - b for a, b in zip(one.get_center(), other.get_center(), strict=True)))
        assert apart > one.get_radius() + other.get_radius()
    names = [box_of(figure, name) for name in find(figure, "name")]
    for disc in discs:
        x, y = disc.get_center()
        for box in names:
            across = max(box.x0 - x, 0, x - box.x1)
            along = max(box.y0 - y, 0, y - box.y1)
            assert hypot(across, along) > disc.get_radius()
