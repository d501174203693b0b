"""The dots: dimensions sorted by score, each with its range when it has one."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.charts import lettering, style
from bot.charts.style import Box
from questionnaires.results import DimensionResult, ShownRange

_ROW: Final = 52.0
_TICKS: Final = (0, 20, 40, 60, 80, 100)
_TICKS_HEIGHT: Final = 34.0
_NAMES_END: Final = 204.0
_ZERO: Final = 222.0  # x of 0
_HUNDRED: Final = 460.0  # x of 100
_VALUES: Final = 480.0  # x where scores start


def dots_figure(spokes: Sequence[DimensionResult], *, caption: str, title: str) -> Figure:
    """Draw one row per dimension, the best on top; without a score they are last, as "n/a".

    1200 pixels wide, 104 more in height for each dimension. Equal scores keep their order.
    """
    sheet = style.new_sheet(_TICKS_HEIGHT + _ROW * len(spokes), title=title, caption=caption)
    rows = Box(_ZERO, sheet.room.bottom + _TICKS_HEIGHT, _HUNDRED, sheet.room.top)
    _draw_scale(sheet.axes, rows)
    for index, spoke in enumerate(in_order(spokes)):
        _draw_row(sheet.axes, rows.top - _ROW * (index + 0.5), spoke)
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


def _draw_row(axes: Axes, y: float, spoke: DimensionResult) -> None:
    name = lettering.first_drawable((spoke.short_title, spoke.title, spoke.id), style.NAME)
    lines = lettering.wrap_evenly(name, _NAMES_END - style.MARGIN, style.NAME, most=2)
    style.write_at(axes, style.MARGIN, y, lines, style.NAME, gid="name")
    if spoke.score is None:
        value, color = style.NOT_AVAILABLE, style.QUIET
    else:
        value, color = spoke.score.text, style.BLUE
        _draw_dot(axes, y, spoke.score.value, spoke.range)
    style.write_at(axes, _VALUES, y, (value,), style.VALUE, gid="value", color=color)


def _draw_dot(axes: Axes, y: float, value: float, shown: ShownRange | None) -> None:
    if shown is not None:
        ends = (x_of(shown.low), x_of(shown.high))
        axes.add_line(
            Line2D(
                ends,
                (y, y),
                color=style.BLUE,
                alpha=0.35,
                linewidth=6,
                solid_capstyle="round",
                zorder=3,
                gid="range",
            )
        )
    axes.add_line(
        Line2D(
            (x_of(value),),
            (y,),
            color=style.BLUE,
            marker="o",
            markersize=13,
            markeredgewidth=0,
            linestyle="none",
            zorder=4,
            gid="dot",
        )
    )
