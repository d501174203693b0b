"""The trend, read from its artists."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from matplotlib.figure import Figure

from bot.charts.trends import trend_figure
from questionnaires.trend import Trend
from tests.bot.charts.looking import LONG_NAMES, NAMES, find_in, ink_of, trend_with

CAPTION = (
    "5 of 6 answered · MLOps scorecard, version 1 · 21 Jan 2027 · "
    "each line starts at a score and adds the changes since, over the same questions"
)


def drawn(trend: Trend) -> Figure:
    return trend_figure(trend, title="Northwind ML, January 2027", caption=CAPTION)


def texts(figure: Figure, gid: str) -> list[str]:
    return [text.get_text() for text in find_in(figure, gid)]


def scale_of(figure: Figure) -> list[tuple[float, float]]:
    """Heights of 0 and 100 of each panel."""
    heights = [tick.get_ydata()[0] for tick in find_in(figure, "tick")]
    return list(zip(heights[::3], heights[2::3], strict=True))


def values_in(figure: Figure, run: Any, panel: int) -> list[float]:
    zero, hundred = scale_of(figure)[panel]
    return [100 * (y - zero) / (hundred - zero) for y in run.get_ydata()]


def test_each_dimension_has_its_panel_with_its_last_value_printed() -> None:
    figure = drawn(trend_with([(50, 58), (2, 2), (20, 97), (40, None)]))

    assert texts(figure, "name") == ["Governance", "Data", "Development", "Deployment"]
    assert texts(figure, "value") == ["58", "under 5", "over 95", "n/a"]
    assert len(find_in(figure, "last dot")) == 3


def test_rounds_go_from_left_to_right_evenly_and_values_upwards() -> None:
    figure = drawn(trend_with([(20, 40, 35)]))

    (run,) = find_in(figure, "run")
    steps = [after - before for before, after in pairwise(run.get_xdata())]
    assert steps[0] == pytest.approx(steps[1])
    assert steps[0] > 0
    assert values_in(figure, run, 0) == pytest.approx([20, 40, 35])


@pytest.mark.parametrize(("value", "height"), [(2, 2.5), (98, 97.5), (40, 40)])
def test_the_scale_goes_from_0_to_100_whatever_the_values(value: float, height: float) -> None:
    figure = drawn(trend_with([(value, value, value)] * 6))

    assert len({round(top - bottom, 6) for bottom, top in scale_of(figure)}) == 1
    assert texts(figure, "tick label") == ["0", "50", "100"] * 3  # beside the left panels
    for panel, run in enumerate(find_in(figure, "run")):
        assert values_in(figure, run, panel) == pytest.approx([height] * 3)


def test_a_round_without_a_value_breaks_the_line() -> None:
    figure = drawn(trend_with([(20, 30, None, 40, 50)]))

    runs = find_in(figure, "run")
    assert [values_in(figure, run, 0) for run in runs] == [
        pytest.approx([20, 30]),
        pytest.approx([40, 50]),
    ]
    between = runs[1].get_xdata()[0] - runs[0].get_xdata()[1]
    step = runs[0].get_xdata()[1] - runs[0].get_xdata()[0]
    assert between == pytest.approx(2 * step)


def test_what_nothing_compares_with_the_round_before_begins_a_line_of_its_own() -> None:
    figure = drawn(trend_with([(20, 30, 60, 70)], anew=(2,)))

    assert [values_in(figure, run, 0) for run in find_in(figure, "run")] == [
        pytest.approx([20, 30]),
        pytest.approx([60, 70]),
    ]


def test_a_value_alone_is_a_marker_larger_than_those_on_a_line() -> None:
    figure = drawn(trend_with([(40, None, 45, 50)]))

    alone, joined = find_in(figure, "run")
    assert len(alone.get_xdata()) == 1
    assert alone.get_marker() == "o"
    assert alone.get_markersize() > joined.get_markersize()


def test_a_dimension_never_scored_is_an_empty_panel() -> None:
    figure = drawn(trend_with([(None, None)]))

    assert find_in(figure, "run") == find_in(figure, "last dot") == []
    assert texts(figure, "value") == ["n/a"]


@pytest.mark.parametrize(("count", "dates"), [(1, 1), (2, 2), (3, 2), (12, 2)])
def test_the_first_and_the_last_round_are_dated_below_each_column(count: int, dates: int) -> None:
    figure = drawn(trend_with([(50,) * count] * 3))

    said = texts(figure, "date")
    assert len(said) == 2 * dates
    assert said[0] == "Jan 2024"


def test_two_rounds_of_one_month_are_dated_by_their_days() -> None:
    trend = trend_with([(50, 58)])
    day = trend.rounds[0][1]
    figure = drawn(Trend((("a", day), ("b", day.replace(day=30))), trend.lines))

    assert texts(figure, "date") == ["20 Jan", "30 Jan"]


LOOKS: dict[str, tuple[float | None, ...]] = {
    "usual": (50, 58, 61, 59, 64),
    "gaps": (None, 58, None, 59, None),
    "lowest": (2, 2, 2, 2, 2),
    "highest": (98, 98, 98, 98, 98),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [3, 6, 9, 12])
@pytest.mark.parametrize("names", [NAMES, LONG_NAMES], ids=["short", "long"])
def test_words_stay_on_the_sheet_off_each_other_and_off_the_lines(
    look: str, count: int, names: tuple[str, ...]
) -> None:
    figure = drawn(trend_with([LOOKS[look]] * count, names))

    height = figure.axes[0].get_ylim()[1]
    boxes = [ink_of(figure, text) for text in figure.axes[0].texts]
    assert all(0 < box.x0 < box.x1 < 600 and 0 < box.y0 < box.y1 < height for box in boxes)
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    lines = [*find_in(figure, "tick"), *find_in(figure, "run"), *find_in(figure, "last dot")]
    for line in lines:
        path = line.get_path()
        assert not any(path.intersects_bbox(box, filled=False) for box in boxes)
        assert not any(box.contains(x, y) for box in boxes for x, y in line.get_xydata())


def test_words_are_legible_on_a_phone() -> None:
    figure = drawn(trend_with([(50, 58)] * 6))

    pixels_per_point = figure.dpi / 72 * 360 / (figure.get_figwidth() * figure.dpi)
    assert min(float(text.get_fontsize()) for text in figure.axes[0].texts) * pixels_per_point >= 11
