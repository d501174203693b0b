"""The dots: dimensions sorted by score, each with its range, the last round and its target."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.charts import legend, lettering, style
from bot.charts.layers import LAST_OTHERWISE, Name, layers
from bot.charts.style import Box
from questionnaires.results import DimensionResult, ShownRange

_ROW: Final = 52.0
_TICKS: Final = (0, 20, 40, 60, 80, 100)
_TICKS_HEIGHT: Final = 34.0
_NAMES_END: Final = 204.0
_ZERO: Final = 222.0  # x of 0
_HUNDRED: Final = 430.0  # x of 100
_VALUES: Final = 450.0  # x where scores start
_CHANGES: Final = style.WIDTH - style.MARGIN  # x where changes end
_BESIDE: Final = 8.0  # between the two, at least
_NO_LINE: Final = {"linestyle": "none"}
MARKS: Final[Mapping[Name, Mapping[str, Any]]] = {
    "now": _NO_LINE | {"color": style.BLUE, "marker": "o", "markersize": 13, "markeredgewidth": 0},
    # Larger than the dot of now: where both are the same it is seen around it.
    "last": _NO_LINE
    | {
        "color": style.BEFORE,
        "marker": "o",
        "markersize": 15.5,
        "markerfacecolor": "none",  # the range shows through
        "markeredgewidth": 1.8,
    },
    # Higher than both, for the same reason.
    "target": _NO_LINE
    | {"color": style.TARGET, "marker": "|", "markersize": 25, "markeredgewidth": 3.2},
}
_GIDS: Final[Mapping[Name, str]] = {"now": "dot", "last": "last", "target": "target"}
_ORDER: Final[Mapping[Name, float]] = {"now": 4, "last": 3.6, "target": 3.4}  # of drawing


def dots_figure(
    spokes: Sequence[DimensionResult], *, caption: str, title: str, last: str | None = None
) -> Figure:
    """Draw one row per dimension, the best on top; without a score they are last, as "n/a".

    1200 pixels wide, 104 more in height for each dimension. Equal scores keep their order.
    `last` says which round the changes, printed beside the scores, are counted from.
    """
    shown = layers(spokes, last)
    entries = [
        legend.entry(layer.words, MARKS[layer.name], otherwise=LAST_OTHERWISE) for layer in shown
    ]
    height = _TICKS_HEIGHT + _ROW * len(spokes) + legend.height(entries)
    sheet = style.new_sheet(height, title=title, caption=caption)
    room = legend.draw(sheet, entries)
    rows = Box(_ZERO, room.bottom + _TICKS_HEIGHT, _HUNDRED, room.top)
    _draw_scale(sheet.axes, rows)
    for index, spoke in enumerate(in_order(spokes)):
        y = rows.top - _ROW * (index + 0.5)
        _write_row(sheet.axes, y, spoke, has_last=any(layer.name == "last" for layer in shown))
        _draw_range(sheet.axes, y, spoke.range)
        for layer in shown:
            _draw_mark(sheet.axes, y, layer.name, layer.value_of(spoke))
    return sheet.figure


def in_order(spokes: Sequence[DimensionResult]) -> list[DimensionResult]:
    """From the highest score to the lowest, then those without one."""
    return sorted(
        spokes, key=lambda spoke: float("inf") if spoke.score is None else -spoke.score.value
    )


def x_of(value: float) -> float:
    """Where a value 0..100 lies on the sheet."""
    return _ZERO + (_HUNDRED - _ZERO) * value / 100


def _draw_scale(axes: Axes, rows: Box) -> None:
    for tick in _TICKS:
        x = x_of(tick)
        axes.add_line(
            Line2D(
                (x, x),
                (rows.bottom, rows.top),
                color=style.GRID,
                linewidth=0.9,
                zorder=1,
                gid="tick",
            )
        )
        style.write(
            axes,
            x,
            rows.bottom - 4,
            (str(tick),),
            style.SCALE,
            ha="center",
            gid="tick label",
            color=style.QUIET,
        )


def _write_row(axes: Axes, y: float, spoke: DimensionResult, *, has_last: bool) -> None:
    """The change stands beside the score, or below one that is too wide ("under 10")."""
    name = lettering.first_drawable((spoke.short_title, spoke.title, spoke.id), style.NAME)
    lines = lettering.wrap_evenly(name, _NAMES_END - style.MARGIN, style.NAME, most=2)
    style.write_at(axes, style.MARGIN, y, lines, style.NAME, gid="name")
    value, color = style.NOT_AVAILABLE, style.QUIET
    if spoke.score is not None:
        value, color = spoke.score.text, style.BLUE
    value_y = y
    if has_last and spoke.change is not None:
        change = spoke.change.text
        left = _CHANGES - lettering.width(change, style.SCALE)
        change_y = y
        if _VALUES + lettering.width(value, style.VALUE) + _BESIDE > left:
            value_y, change_y = y + style.SCALE.size / 2, y - style.VALUE.size / 2
        style.write_at(
            axes,
            _CHANGES,
            change_y,
            (change,),
            style.SCALE,
            ha="right",
            gid="change",
            color=style.QUIET,
        )
    style.write_at(axes, _VALUES, value_y, (value,), style.VALUE, gid="value", color=color)


def _draw_range(axes: Axes, y: float, shown: ShownRange | None) -> None:
    if shown is None:
        return
    axes.add_line(
        Line2D(
            (x_of(shown.low), x_of(shown.high)),
            (y, y),
            color=style.BLUE,
            alpha=0.35,
            linewidth=6,
            solid_capstyle="round",
            zorder=3,
            gid="range",
        )
    )


def _draw_mark(axes: Axes, y: float, layer: Name, value: float | None) -> None:
    if value is None:
        return
    axes.add_line(
        Line2D((x_of(value),), (y,), zorder=_ORDER[layer], gid=_GIDS[layer], **MARKS[layer])
    )
