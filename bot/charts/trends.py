"""The trend: one small panel per dimension, all on the same scale, with its last value printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.charts import captions, lettering, style
from bot.charts.style import Box, HorizontalAlignment
from questionnaires.trend import Trend, TrendLine

_COLUMNS: Final = ((66.0, 306.0), (340.0, 580.0))  # left and right of the panels
_SCALE_ENDS: Final = 56.0  # x where the numbers of the scale end
_TICKS: Final = (0, 50, 100)
_PLOT: Final = 92.0  # height of 0..100
_INSET: Final = 9.0  # of the first and the last round
_ABOVE_PLOT: Final = 11.0  # half of the number at its top, and air
_DATES: Final = 34.0
_ALONE: Final = 7.0  # a marker without a line
_BETWEEN_ROWS: Final = 4.0


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one dimension stands. `plot` holds 0..100 and the rounds from left to right."""

    line: TrendLine
    name: tuple[str, ...]
    plot: Box
    rounds: int

    def x(self, place: int) -> float:
        """One round alone stands in the middle."""
        left, right = self.plot.left + _INSET, self.plot.right - _INSET
        return left + (right - left) * (place / (self.rounds - 1) if self.rounds > 1 else 0.5)

    def y(self, value: float) -> float:
        return self.plot.bottom + (self.plot.top - self.plot.bottom) * value / 100


def trend_figure(trend: Trend, *, caption: str, title: str) -> Figure:
    """Draw two panels side by side, in the order of the lines, rounds from left to right.

    1200 pixels wide. A round without a value breaks the line, and so does one that nothing
    compares with the one before it; a value alone between two breaks is a marker.
    """
    names = [_name(line) for line in trend.lines]
    rows = [names[start : start + 2] for start in range(0, len(names), 2)]
    heights = [_header(max(map(len, row))) + _PLOT + _DATES for row in rows]
    height = sum(heights) + _BETWEEN_ROWS * (len(rows) - 1)
    sheet = style.new_sheet(height, title=title, caption=caption)
    panels = _laid_out(trend, names, heights, sheet.room.top)
    for place, panel in enumerate(panels):
        is_left, is_lowest = place % 2 == 0, place + 2 >= len(panels)
        _draw_scale(sheet.axes, panel, is_labelled=is_left)
        _write_header(sheet.axes, panel)
        _draw_line(sheet.axes, panel)
        if is_lowest:
            _write_dates(sheet.axes, panel, [closed_on for _, closed_on in trend.rounds])
    return sheet.figure


def _name(line: TrendLine) -> tuple[str, ...]:
    name = lettering.first_drawable((line.short_title, line.dimension_id), style.NAME)
    left, right = _COLUMNS[0]
    return lettering.wrap_evenly(name, right - left, style.NAME, most=2)


def _header(lines: int) -> float:
    """Height of a name of so many lines, with the value below it."""
    words = style.words_height(style.NAME, lines) + style.words_height(style.VALUE, 1)
    return words + _ABOVE_PLOT


def _laid_out(
    trend: Trend, names: Sequence[tuple[str, ...]], heights: Sequence[float], top: float
) -> list[_Panel]:
    panels = []
    for place, (line, name) in enumerate(zip(trend.lines, names, strict=True)):
        row, column = divmod(place, 2)
        left, right = _COLUMNS[column]
        bottom = top - sum(heights[: row + 1]) - _BETWEEN_ROWS * row + _DATES
        plot = Box(left, bottom, right, bottom + _PLOT)
        panels.append(_Panel(line, name, plot, len(trend.rounds)))
    return panels


def _draw_scale(axes: Axes, panel: _Panel, *, is_labelled: bool) -> None:
    for tick in _TICKS:
        y = panel.y(tick)
        ends = (panel.plot.left, panel.plot.right)
        axes.add_line(Line2D(ends, (y, y), color=style.GRID, linewidth=0.9, zorder=1, gid="tick"))
        if is_labelled:
            style.write_at(
                axes,
                _SCALE_ENDS,
                y,
                (str(tick),),
                style.SCALE,
                ha="right",
                gid="tick label",
                color=style.QUIET,
            )


def _write_header(axes: Axes, panel: _Panel) -> None:
    """Name and last value, close above the plot."""
    value = panel.line.printed[-1] if panel.line.printed else None
    left, above = panel.plot.left, panel.plot.top + _ABOVE_PLOT
    value_top = above + style.words_height(style.VALUE, 1)
    style.write(
        axes,
        left,
        value_top,
        (style.NOT_AVAILABLE if value is None else value,),
        style.VALUE,
        gid="value",
        color=style.QUIET if value is None else style.BLUE,
    )
    name_top = value_top + style.words_height(style.NAME, len(panel.name))
    style.write(axes, left, name_top, panel.name, style.NAME, gid="name")


def _draw_line(axes: Axes, panel: _Panel) -> None:
    for run in panel.line.runs:
        axes.add_line(
            Line2D(
                [panel.x(place) for place, _ in run],
                [panel.y(value) for _, value in run],
                color=style.BLUE,
                linewidth=2.2,
                marker="o",
                markersize=4.5 if len(run) > 1 else _ALONE,
                markeredgewidth=0,
                solid_joinstyle="round",
                zorder=3,
                gid="run",
            )
        )
    last = panel.line.points[-1] if panel.line.points else None
    if last is not None:
        axes.add_line(
            Line2D(
                (panel.x(panel.rounds - 1),),
                (panel.y(last),),
                color=style.BLUE,
                marker="o",
                markersize=9,
                markeredgewidth=0,
                linestyle="none",
                zorder=4,
                gid="last dot",
            )
        )


def _write_dates(axes: Axes, panel: _Panel, days: Sequence[date]) -> None:
    """The first and the last round's, below the lowest panel of each column."""
    if not days:
        return
    first, last = captions.months((days[0], days[-1]))
    places: list[tuple[str, float, HorizontalAlignment]] = [
        (first, panel.plot.left, "left"),
        (last, panel.plot.right, "right"),
    ]
    if len(days) == 1:
        places = [(first, panel.x(0), "center")]
    top = panel.plot.bottom - _ABOVE_PLOT
    for day, x, ha in places:
        style.write(axes, x, top, (day,), style.SCALE, ha=ha, gid="date", color=style.QUIET)
