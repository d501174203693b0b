"""The question map: every question with its level as a number and as a shade."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from bot.charts import lettering, shades, style
from bot.charts.lettering import Face
from bot.charts.levels import DEEP_DIVE, Row, about, rows_of
from questionnaires.model import POINTS_PER_LEVEL
from questionnaires.results import Result

_HEAD: Final = Face(size=20, bold=True)
_LEVEL: Final = Face(size=20, bold=True)
_CELLS: Final = (446.0, style.WIDTH - style.MARGIN)  # left and right
_NAMES_END: Final = 436.0
_AROUND_NAME: Final = 11.0  # above and below, together
_AROUND_HEAD: Final = 16.0
_ABOVE_HEAD: Final = 11.0  # of those
_SEAM: Final = 1.5  # paper between two cells


@dataclass(frozen=True, slots=True)
class _Strip:
    """One line of the map: a question with its cell, or what stands above some of them."""

    lines: tuple[str, ...]
    face: Face = style.NAME
    row: Row | None = None

    @property
    def height(self) -> float:
        around = _AROUND_HEAD if self.face is _HEAD else _AROUND_NAME
        return style.words_height(self.face, len(self.lines)) + around


def map_figure(result: Result, *, caption: str, title: str) -> Figure:
    """Draw the questions below one another, by dimension, in the order of asking.

    1200 pixels wide, 70 more in height for most questions. Shades are cividis over the
    levels 0 to 4 in every picture. Where no level is shown, a word says why, without a shade.
    """
    strips = list(_strips(result))
    height = sum(strip.height for strip in strips)
    sheet = style.new_sheet(height, title=title, caption=caption)
    top = sheet.room.top
    for strip in strips:
        _draw(sheet.axes, strip, top)
        top -= strip.height
    return sheet.figure


def _strips(result: Result) -> Iterator[_Strip]:
    for dimension, rows in rows_of(result):
        name = (dimension.short_title, dimension.title, dimension.id)
        yield _Strip(_wrapped(name, _HEAD, style.WIDTH - style.MARGIN), _HEAD)
        is_deeper = False
        for row in rows:
            if row.deep_dive and not is_deeper:
                is_deeper = True
                yield _Strip((DEEP_DIVE,), style.SCALE)
            yield _Strip(_wrapped((row.name,), style.NAME, _NAMES_END), row=row)


def _wrapped(names: Sequence[str], face: Face, end: float) -> tuple[str, ...]:
    drawn = lettering.first_drawable(names, face)
    return lettering.wrap(drawn, end - style.MARGIN, face, most=2)


def _draw(axes: Axes, strip: _Strip, top: float) -> None:
    bottom, middle = top - strip.height, top - strip.height / 2
    if strip.face is _HEAD:
        style.write(axes, style.MARGIN, top - _ABOVE_HEAD, strip.lines, _HEAD, gid="dimension")
        return
    if strip.row is None:
        style.write_at(
            axes,
            style.MARGIN,
            middle,
            strip.lines,
            strip.face,
            gid="heading",
            color=style.QUIET,
        )
        return
    style.write_at(axes, style.MARGIN, middle, strip.lines, style.NAME, gid="name")
    ends = (style.MARGIN, _CELLS[1])
    axes.add_line(
        Line2D(ends, (bottom, bottom), color=style.GRID, linewidth=0.7, zorder=1, gid="rule")
    )
    _draw_cell(axes, strip.row, bottom, top)


def _draw_cell(axes: Axes, row: Row, bottom: float, top: float) -> None:
    left, right = _CELLS
    face, color = style.SCALE, style.QUIET
    if row.has_level:
        ground = shades.colour(POINTS_PER_LEVEL * about(row.said))
        face, color = _LEVEL, shades.text_colour(ground)
        axes.add_patch(
            Rectangle(
                (left, bottom + _SEAM),
                right - left,
                top - bottom - 2 * _SEAM,
                facecolor=ground,
                edgecolor="none",
                zorder=2,
                gid="cell",
            )
        )
    style.write_at(
        axes,
        (left + right) / 2,
        (bottom + top) / 2,
        (row.said,),
        face,
        ha="center",
        gid="level" if row.has_level else "no level",
        color=color,
    )
