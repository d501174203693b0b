"""The legend: which mark is what, in words, in rows of its own above the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from bot.charts import lettering, style
from bot.charts.lettering import Face
from bot.charts.style import Box, Sheet

FACE: Final = Face(size=18.5)
_ROW: Final = 26.0
_MARK: Final = 34.0  # width
_MARK_GAP: Final = 7.0
_BETWEEN: Final = 20.0
_HIGHEST_MARK: Final = 15.0  # typographic points; rows keep theirs apart
_FEWEST: Final = 2  # one thing alone needs no legend


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark and its words; `mark` is how its line is drawn (matplotlib's names)."""

    words: str
    mark: Mapping[str, Any]

    @property
    def width(self) -> float:
        return _MARK + _MARK_GAP + lettering.width(self.words, FACE)


def entry(words: str, mark: Mapping[str, Any], *, otherwise: str = "?") -> Entry:
    """Its words cut to one line; `otherwise` stands for words of which nothing can be drawn."""
    drawn = lettering.first_drawable((words, otherwise), FACE)
    room = style.WIDTH - 2 * style.MARGIN - _MARK - _MARK_GAP
    return Entry(lettering.wrap(drawn, room, FACE, most=1)[0], mark)


def height(entries: Sequence[Entry]) -> float:
    """Points that the legend takes, with the air below it; 0 where there is none."""
    rows = _rows(entries)
    return _ROW * len(rows) + style.AIR if rows else 0


def draw(sheet: Sheet, entries: Sequence[Entry]) -> Box:
    """Write it at the top of the sheet's room, and return the room that is left."""
    room = sheet.room
    for index, row in enumerate(_rows(entries)):
        x, y = style.MARGIN, room.top - _ROW * (index + 0.5)
        for one in row:
            _draw_mark(sheet.axes, x, y, one.mark)
            left = x + _MARK + _MARK_GAP
            style.write_at(sheet.axes, left, y, (one.words,), FACE, gid="legend")
            x += one.width + _BETWEEN
    return Box(room.left, room.bottom, room.right, room.top - height(entries))


def _draw_mark(axes: Axes, x: float, y: float, mark: Mapping[str, Any]) -> None:
    low = {**mark, "markersize": min(mark["markersize"], _HIGHEST_MARK)}
    x_of_three = (x, x + _MARK / 2, x + _MARK)
    axes.add_line(Line2D(x_of_three, (y, y, y), markevery=[1], gid="legend mark", zorder=3, **low))


def _rows(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Side by side as long as they fit."""
    if len(entries) < _FEWEST:
        return []
    rows: list[list[Entry]] = []
    left = 0.0
    for one in entries:
        if rows and one.width <= left:
            rows[-1].append(one)
        else:
            rows.append([one])
            left = style.WIDTH - 2 * style.MARGIN
        left -= one.width + _BETWEEN
    return rows
