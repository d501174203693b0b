"""The stellar picture, read from its artists."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import atan2, hypot, pi
from typing import Any

import pytest
from matplotlib import colormaps
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.charts import shades
from bot.charts.stellar import stellar_figure
from questionnaires.results import DimensionResult

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]

SIX = (58, 50, 71, 62, 33, 46)
LOOKS: list[list[float | None]] = [
    [58, 50, 71, 62, 33, 46, 80, 12, 40, 97, 3, 66],
    [58, None, 71, None, 33, 46, None, None, 80, 20, 60, 40],
    [2] * 12,
    [98] * 12,
    [20] * 12,
    [60] * 12,
]


def drawn(spokes: Sequence[DimensionResult]) -> Figure:
    return stellar_figure(spokes, title="Northwind ML, January 2027", caption="5 of 6 answered")


def rings(figure: Figure, find: Find) -> list[tuple[float, int]]:
    """Radius and value of every ring, from the inside."""
    radii = sorted(ring.get_radius() for ring in find(figure, "ring"))
    step = (radii[-1] - radii[0]) / 100
    return [(radius, round((radius - radii[0]) / step)) for radius in radii]


def distance(box: Bbox, x: float, y: float) -> float:
    """Points from a point to the nearest of a box."""
    return hypot(max(box.x0 - x, 0, x - box.x1), max(box.y0 - y, 0, y - box.y1))


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


@pytest.mark.parametrize("count", range(3, 13))
def test_a_spike_starts_at_the_ring_of_0_and_is_as_long_as_its_score(
    spokes: Spokes, find: Find, count: int
) -> None:
    values = [20 + 5 * index for index in range(count)]
    figure = drawn(spokes(values))

    (zero, _), *_, (hundred, _) = radii = rings(figure, find)
    assert [value for _, value in radii] == [0, 20, 40, 60, 80, 100]
    x, y = find(figure, "ring")[0].get_center()
    for spike, value in zip(find(figure, "spike"), values, strict=True):
        left, tip, right, _ = spike.get_xy()
        foot_x, foot_y = (left + right) / 2
        assert hypot(foot_x - x, foot_y - y) == pytest.approx(zero)
        length = hypot(tip[0] - foot_x, tip[1] - foot_y)
        assert length == pytest.approx((hundred - zero) * value / 100)


def test_every_ring_has_its_number_once(spokes: Spokes, find: Find) -> None:
    for values in (SIX, (58, None, 71), (60,) * 6, (98,) * 6, (2,) * 6, (None,) * 6):
        said = [label.get_text() for label in find(drawn(spokes(values)), "ring label")]
        assert sorted(said, key=int) == ["0", "20", "40", "60", "80", "100"]


@pytest.mark.parametrize("look", LOOKS, ids=["mixed", "gaps", "lowest", "highest", "20", "60"])
@pytest.mark.parametrize("count", [3, 6, 9, 12])
@pytest.mark.parametrize("are_long", [False, True], ids=["short", "long"])
def test_a_ring_label_is_near_its_ring_and_never_over_a_spike_a_disc_or_a_name(
    *,
    spokes: Spokes,
    find: Find,
    box_of: BoxOf,
    long_names: tuple[str, ...],
    look: list[float | None],
    count: int,
    are_long: bool,
) -> None:
    names = {"names": long_names} if are_long else {}
    figure = drawn(spokes(look[:count], **names))

    labels = {int(label.get_text()): box_of(figure, label) for label in find(figure, "ring label")}
    assert labels.keys() >= ({0} if are_long else {0, 100})
    x, y = find(figure, "ring")[0].get_center()
    radius_of = {value: radius for radius, value in rings(figure, find)}
    for value in labels.keys() - {0}:
        box = labels[value]
        away = hypot((box.x0 + box.x1) / 2 - x, (box.y0 + box.y1) / 2 - y)
        assert away == pytest.approx(radius_of[value], abs=4.5)
    others = [box_of(figure, text) for name in ("name", "value") for text in find(figure, name)]
    for one, other in combinations([*labels.values(), *others], 2):
        assert not one.overlaps(other)
    for box in labels.values():
        for spike in find(figure, "spike"):
            assert not Path(spike.get_xy()).intersects_bbox(box)
        for disc in find(figure, "disc"):
            assert distance(box, *disc.get_center()) > disc.get_radius()


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
    ground = shades.colour(value)

    lightness = sorted(shades._luminance(side) for side in (ground, shades.text_colour(ground)))
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
        assert all(distance(box, x, y) > disc.get_radius() for box in names)
