"""The radar, read from its artists."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import atan2, hypot, pi
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.charts.radar import radar_figure
from questionnaires.results import DimensionResult

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]

SIX = (58, 50, 71, 62, 33, 46)
TITLE = "Northwind Machine Learning Platform, January to March 2027"
CAPTION = "5 of 6 answered · MLOps scorecard, version 1 · 21 Jan 2027"
WORDS = ("title", "caption", "name", "value", "ring label")


def drawn(spokes: Sequence[DimensionResult]) -> Figure:
    return radar_figure(spokes, title=TITLE, caption=CAPTION)


def rim(figure: Figure, find: Find) -> tuple[float, float, float]:
    """x, y and radius of 100."""
    outermost = max(find(figure, "ring"), key=lambda ring: ring.get_radius())
    return (*outermost.get_center(), outermost.get_radius())


def test_the_outline_is_one_closed_solid_blue_line(spokes: Spokes, find: Find) -> None:
    (outline,) = find(drawn(spokes(SIX)), "outline")

    x, y = outline.get_data()
    assert len(x) == 7
    assert (x[0], y[0]) == (x[-1], y[-1])
    assert to_hex(outline.get_color()).upper() == "#0072B2"
    assert outline.get_linestyle() == "-"


@pytest.mark.parametrize("count", range(3, 13))
def test_spokes_start_at_the_top_and_go_clockwise_in_the_order_given(
    spokes: Spokes, find: Find, count: int
) -> None:
    values = [20 + 5 * index for index in range(count)]
    figure = drawn(spokes(values))

    centre_x, centre_y, radius = rim(figure, find)
    x, y = find(figure, "outline")[0].get_data()
    for index, value in enumerate(values):
        across, up = x[index] - centre_x, y[index] - centre_y
        assert atan2(across, up) % (2 * pi) == pytest.approx(2 * pi * index / count, abs=1e-9)
        assert hypot(across, up) == pytest.approx(radius * value / 100)


def test_the_radius_does_not_stretch_to_the_scores(spokes: Spokes, find: Find) -> None:
    low, high = drawn(spokes([5] * 6)), drawn(spokes([95] * 6))

    assert rim(low, find) == rim(high, find)


def test_rings_stand_at_every_twenty_and_are_labelled_once(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes(SIX))

    radius = rim(figure, find)[2]
    rings = [100 * ring.get_radius() / radius for ring in find(figure, "ring")]
    assert rings == pytest.approx([20, 40, 60, 80, 100])
    labels = [label.get_text() for label in find(figure, "ring label")]
    assert labels == ["20", "40", "60", "80", "100"]


def test_every_score_is_printed_as_it_may_be_shown(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes((58, 2, 98, None)))

    values = [value.get_text() for value in find(figure, "value")]
    assert values == ["58", "under 5", "over 95", "n/a"]


def test_a_full_outline_is_lightly_filled(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes(SIX))

    (fill,) = find(figure, "fill")
    (outline,) = find(figure, "outline")
    assert to_rgba(fill.get_facecolor())[3] < 0.25
    assert np.allclose(fill.get_xy()[:7], np.transpose(outline.get_data()))


def test_a_gap_breaks_the_outline_and_takes_the_fill_away(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes((58, None, 71, None, 33, 46)))

    assert find(figure, "fill") == []
    (outline,) = find(figure, "outline")
    has_corner = np.isfinite(outline.get_xdata()).tolist()
    assert has_corner == [True, False, True, False, True, True, True]
    assert outline.get_marker() == "o"  # which shows 71, alone between two gaps


def test_a_gap_at_the_top_leaves_the_outline_open_there(spokes: Spokes, find: Find) -> None:
    (outline,) = find(drawn(spokes((None, 50, 71, 62, 33, 46))), "outline")

    x = outline.get_xdata()
    assert np.isnan([x[0], x[-1]]).all()
    assert np.isfinite(x[1:-1]).all()


def test_nothing_scored_is_an_empty_wheel(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes([None] * 6))

    assert [value.get_text() for value in find(figure, "value")] == ["n/a"] * 6
    assert np.isnan(find(figure, "outline")[0].get_xydata()).all()


LOOKS: list[list[float | None]] = [
    [58, 50, 71, 62, 33, 46, 80, 12, 40, 97, 3, 66],
    [58, None, 71, None, 33, 46, None, None, 80, 20, 60, 40],
    [2] * 12,
    [98] * 12,
    [20] * 12,
    [60] * 12,
]


@pytest.mark.parametrize("look", LOOKS, ids=["mixed", "gaps", "lowest", "highest", "20", "60"])
@pytest.mark.parametrize("count", [3, 6, 7, 12])
@pytest.mark.parametrize("are_long", [False, True], ids=["short", "long"])
def test_words_stay_on_the_sheet_and_off_each_other_and_off_the_lines(
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

    boxes = {word: [box_of(figure, text) for text in find(figure, word)] for word in WORDS}
    width, height = figure.axes[0].get_xlim()[1], figure.axes[0].get_ylim()[1]
    everything = [box for group in boxes.values() for box in group]
    for box in everything:
        assert 0 < box.x0 < box.x1 < width
        assert 0 < box.y0 < box.y1 < height
    for one, other in combinations(everything, 2):
        assert not one.overlaps(other)
    assert_off_the_outline(figure, find, boxes["ring label"])
    assert_off_the_wheel(rim(figure, find), boxes["name"] + boxes["value"])


def assert_off_the_outline(figure: Figure, find: Find, boxes: Sequence[Bbox]) -> None:
    corners = find(figure, "outline")[0].get_xydata()
    for start, end in pairwise(corners):
        if np.isfinite([start, end]).all():
            edge = Path([start, end])
            assert not any(edge.intersects_bbox(box, filled=False) for box in boxes)


def assert_off_the_wheel(wheel: tuple[float, float, float], boxes: Sequence[Bbox]) -> None:
    x, y, radius = wheel
    for box in boxes:
        across = max(box.x0 - x, 0, x - box.x1)
        along = max(box.y0 - y, 0, y - box.y1)
        assert hypot(across, along) > radius + 3


def test_words_are_legible_on_a_phone(spokes: Spokes) -> None:
    figure = drawn(spokes(SIX))

    pixels_per_point = figure.dpi / 72 * 360 / (figure.get_figwidth() * figure.dpi)
    sizes = {float(text.get_fontsize()) * pixels_per_point for text in figure.axes[0].texts}
    assert min(sizes) >= 11


def test_the_paper_is_white_and_opaque(spokes: Spokes) -> None:
    assert to_rgba(drawn(spokes(SIX)).get_facecolor()) == (1, 1, 1, 1)
