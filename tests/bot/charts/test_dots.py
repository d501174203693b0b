"""The dots, read from their artists."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from bot.charts.dots import dots_figure, x_of
from questionnaires.results import DimensionResult
from tests.disclosed import a_range, a_score, resealed

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]


LAST = "October 2026, same questions"


def drawn(spokes: Sequence[DimensionResult], last: str | None = None) -> Figure:
    title, caption = "Northwind ML, January 2027", "5 of 6 answered"
    return dots_figure(spokes, title=title, caption=caption, last=last)


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


def test_the_last_round_and_the_target_stand_on_the_same_line(spokes: Spokes, find: Find) -> None:
    figure = drawn(spokes((58, 33), before=(55, 40), targets=(3, 1)), last=LAST)

    for name, values in (("dot", (58, 33)), ("last", (55, 40)), ("target", (75, 25))):
        marks = find(figure, name)
        assert [mark.get_xdata()[0] for mark in marks] == [x_of(value) for value in values]
        assert [mark.get_ydata()[0] for mark in marks] == [
            dot.get_ydata()[0] for dot in find(figure, "dot")
        ]
    assert to_hex(find(figure, "target")[0].get_color()).upper() == "#D55E00"
    assert from_top(find(figure, "change")) == ["+3", "-7"]
    assert from_top(find(figure, "value")) == ["58", "33"]


def test_where_nothing_changed_the_last_round_is_seen_around_the_dot(
    spokes: Spokes, find: Find
) -> None:
    figure = drawn(spokes((50,), before=(50,), targets=(2,)), last=LAST)

    (dot,), (last,), (target,) = (find(figure, name) for name in ("dot", "last", "target"))
    assert dot.get_markersize() < last.get_markersize() < target.get_markersize()
    assert from_top(find(figure, "change")) == ["±0"]


def test_a_row_has_no_mark_for_what_it_has_not(spokes: Spokes, find: Find) -> None:
    shown = spokes((58, 50, None), before=(55, None, 60), targets=(None, 3, None))
    figure = drawn(shown, last=LAST)

    assert [len(find(figure, name)) for name in ("dot", "last", "target", "change")] == [2, 1, 1, 1]


def test_a_legend_says_what_the_marks_are_where_there_are_several(
    spokes: Spokes, find: Find
) -> None:
    def said(figure: Figure) -> list[str]:
        return [words.get_text() for words in find(figure, "legend")]

    assert said(drawn(spokes((58,)), last=LAST)) == []
    assert said(drawn(spokes((58,), targets=(3,)))) == ["now", "target"]
    assert said(drawn(spokes((58,), before=(55,)), last=LAST)) == ["now", LAST]
    everything = drawn(spokes((58,), before=(55,), targets=(3,)), last=LAST)
    assert said(everything) == ["now", LAST, "target"]


def test_the_scale_is_the_same_in_every_round(spokes: Spokes, find: Find) -> None:
    first = drawn(spokes((58, 33)))
    second = drawn(spokes((58, 33), before=(55, 40), targets=(3, 1)), last=LAST)

    for name in ("tick", "dot"):
        assert [one.get_xdata()[0] for one in find(first, name)] == [
            one.get_xdata()[0] for one in find(second, name)
        ]


@pytest.mark.parametrize("value", [2, 60, 98])
@pytest.mark.parametrize("count", [3, 6, 9, 12])
@pytest.mark.parametrize("last", [None, LAST])
def test_words_stay_on_the_sheet_and_off_each_other(
    spokes: Spokes,
    find: Find,
    box_of: BoxOf,
    long_names: tuple[str, ...],
    count: int,
    value: float,
    last: str | None,
) -> None:
    before, targets = [96] * count, [3] * count
    shown = spokes([value] * count, names=long_names, before=before, targets=targets)
    figure = drawn(shown, last=last)

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
    values = [box_of(figure, text) for text in find(figure, "value") + find(figure, "change")]
    assert min(box.x0 for box in values) > x_of(100) + 5


def test_a_change_stands_below_a_score_that_leaves_no_room_beside_it(
    spokes: Spokes, find: Find, box_of: BoxOf
) -> None:
    (spoke,) = spokes((50,), before=(38,))
    assert spoke.change is not None
    wide = resealed(spoke, score=a_score(95, "over 90"), change=resealed(spoke.change, points=-100))
    figure = drawn([wide], last=LAST)

    boxes = [box_of(figure, find(figure, name)[0]) for name in ("value", "change")]
    assert not boxes[0].overlaps(boxes[1])
    assert boxes[1].x1 < 600
    assert boxes[1].y1 < boxes[0].y0
