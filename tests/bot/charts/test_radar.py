"""The radar, read from its artists."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import atan2, hypot, pi
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.charts.radar import radar_figure
from questionnaires.results import DimensionResult
from tests.bot.charts import looking

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]

SIX = (58, 50, 71, 62, 33, 46)
TITLE = "Northwind Machine Learning Platform, January to March 2027"
CAPTION = "5 of 6 answered · MLOps scorecard, version 1 · 21 Jan 2027"
WORDS = ("title", "caption", "legend", "name", "value", "ring label")
OUTLINES = ("outline", "last", "target")
LAST = "October 2026, same questions"


def drawn(spokes: Sequence[DimensionResult], last: str | None = None) -> Figure:
    return radar_figure(spokes, title=TITLE, caption=CAPTION, last=last)


def texts(artists: Sequence[Any]) -> list[str]:
    return [artist.get_text() for artist in artists]


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


def test_the_last_round_is_a_dashed_grey_line_without_fill_or_values(
    spokes: Spokes, find: Find
) -> None:
    figure = drawn(spokes(SIX, before=(55, 52, 67, 50, 33, 44)), last=LAST)

    (line,) = find(figure, "last")
    x, y, radius = rim(figure, find)
    distances = [hypot(across - x, up - y) for across, up in line.get_xydata()]
    assert distances == pytest.approx(
        [radius * value / 100 for value in (55, 52, 67, 50, 33, 44, 55)]
    )
    assert line.is_dashed()
    assert len(set(to_rgba(line.get_color())[:3])) == 1  # grey
    assert texts(find(figure, "value")) == [str(value) for value in SIX]
    (fill,) = find(figure, "fill")
    assert np.allclose(fill.get_xy()[:7], find(figure, "outline")[0].get_xydata())


def test_the_target_is_a_dotted_vermilion_line_25_points_a_level(
    spokes: Spokes, find: Find
) -> None:
    figure = drawn(spokes(SIX, targets=(3, 2, 4, 1, 3, 0)))

    (line,) = find(figure, "target")
    x, y, radius = rim(figure, find)
    distances = [hypot(across - x, up - y) for across, up in line.get_xydata()]
    assert distances == pytest.approx(
        [radius * value / 100 for value in (75, 50, 100, 25, 75, 0, 75)]
    )
    assert line.is_dashed()
    assert to_hex(line.get_color()).upper() == "#D55E00"


def test_a_dimension_without_a_change_or_a_target_is_a_gap_there_and_only_there(
    spokes: Spokes, find: Find
) -> None:
    shown = spokes(SIX, before=(55, None, 67, 50, None, 44), targets=(None, None, 3) + (None,) * 3)
    figure = drawn(shown, last=LAST)

    there = {name: np.isfinite(find(figure, name)[0].get_xdata()).tolist() for name in OUTLINES}
    assert there["outline"] == [True] * 7
    assert there["last"] == [True, False, True, True, False, True, True]
    assert there["target"] == [False, False, True, False, False, False, False]
    assert find(figure, "target")[0].get_marker() == "D"  # or a target alone would not be seen
    assert find(figure, "fill") != []


def test_a_legend_says_which_line_is_which_where_there_is_more_than_one(
    spokes: Spokes, find: Find
) -> None:
    before, targets = (55, 52, 67, 50, 33, 44), (3,) * 6
    looks = {
        (): drawn(spokes(SIX), last=LAST),
        ("now", LAST): drawn(spokes(SIX, before=before), last=LAST),
        ("now", "target"): drawn(spokes(SIX, targets=targets)),
        ("now", LAST, "target"): drawn(spokes(SIX, before=before, targets=targets), last=LAST),
    }
    for words, figure in looks.items():
        assert tuple(texts(find(figure, "legend"))) == words
        outlines = [line for name in OUTLINES for line in find(figure, name)]
        for mark, line in zip(find(figure, "legend mark"), outlines, strict=bool(words)):
            assert mark.get_color() == line.get_color()
            assert mark.get_linestyle() == line.get_linestyle()
            assert mark.get_marker() == line.get_marker()


def test_without_a_round_before_changes_are_not_drawn(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes(SIX, before=SIX))

    assert find(figure, "last") == []


@pytest.mark.parametrize("last", ["W" * 200, "検索", "$x^2$ and more, same questions", ""])
def test_any_title_of_the_last_round_has_its_line_in_the_legend(
    spokes: Spokes, find: Find, box_of: BoxOf, last: str
) -> None:
    figure = drawn(spokes(SIX, before=SIX, targets=(3,) * 6), last=last)

    assert all(texts(find(figure, "legend")))
    assert len(find(figure, "legend")) == 3
    assert_readable(figure, find, box_of)


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

    assert_readable(figure, find, box_of)
    assert texts(find(figure, "ring label")) == ["20", "40", "60", "80", "100"]


BEFORE: list[float | None] = [40, 60, 71, None, 2, 50, 98, 30, None, 90, 10, 60]
TARGETS: list[int | None] = [3, 2, 4, 3, None, 1, 3, 0, 4, 2, 3, None]


@pytest.mark.parametrize("look", LOOKS, ids=["mixed", "gaps", "lowest", "highest", "20", "60"])
@pytest.mark.parametrize("count", [3, 6, 9, 12])
@pytest.mark.parametrize("are_long", [False, True], ids=["short", "long"])
def test_words_stay_off_the_lines_of_the_last_round_and_of_the_target_too(
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
    shown = spokes(look[:count], before=BEFORE, targets=TARGETS, **names)

    assert_readable(drawn(shown, last=LAST), find, box_of)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), count=st.integers(3, 12), are_long=st.booleans())
def test_no_number_of_a_ring_is_over_a_line_whatever_the_scores(
    *, data: st.DataObject, count: int, are_long: bool
) -> None:
    values = st.lists(st.none() | st.integers(0, 100), min_size=count, max_size=count)
    levels = st.lists(st.none() | st.integers(0, 4), min_size=count, max_size=count)
    names = looking.LONG_NAMES if are_long else looking.NAMES
    shown = looking.spokes_of(
        data.draw(values), names, before=data.draw(values), targets=data.draw(levels)
    )

    figure = drawn(shown, last=LAST)
    assert_readable(figure, looking.find_in, looking.ink_of)
    assert "100" in texts(looking.find_in(figure, "ring label"))


def assert_readable(figure: Figure, find: Find, box_of: BoxOf) -> None:
    """No word leaves the sheet or meets another word, an outline or the wheel."""
    boxes = {word: [box_of(figure, text) for text in find(figure, word)] for word in WORDS}
    width, height = figure.axes[0].get_xlim()[1], figure.axes[0].get_ylim()[1]
    everything = [box for group in boxes.values() for box in group]
    for box in everything:
        assert 0 < box.x0 < box.x1 < width
        assert 0 < box.y0 < box.y1 < height
    for one, other in combinations(everything, 2):
        assert not one.overlaps(other)
    assert_off_the_outlines(figure, find, boxes["ring label"])
    assert_off_the_wheel(
        rim(figure, find), boxes["title"] + boxes["legend"] + boxes["name"] + boxes["value"]
    )


def assert_off_the_outlines(figure: Figure, find: Find, boxes: Sequence[Bbox]) -> None:
    for name in OUTLINES:
        for line in find(figure, name):
            for start, end in pairwise(line.get_xydata()):
                if np.isfinite([start, end]).all():
                    edge = Path([start, end])
                    assert not any(edge.intersects_bbox(box, filled=False) for box in boxes)
            for x, y in line.get_xydata():
                assert not any(box.contains(x, y) for box in boxes)


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
