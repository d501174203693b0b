"""The house style: colours, sizes, fixed margins, and the sheet every picture is drawn on.

All lengths are points of a sheet 600 wide, y upwards; a point is two pixels of the PNG.
At the width of a phone (360 pixels) a text of 18.4 points is 11 pixels high.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.charts import lettering
from bot.charts.captions import SEPARATOR
from bot.charts.lettering import Face

WIDTH: Final = 600.0
MARGIN: Final = 20.0
AIR: Final = 12.0  # between words and picture

PAPER: Final = "#ffffff"
INK: Final = "#1d1c1d"
QUIET: Final = "#5c5c5c"  # 6.7 : 1 on white
GRID: Final = "#d5d5d5"
BLUE: Final = "#0072B2"
BLUE_FILL: Final = "#0072B226"
BEFORE: Final = "#6b6b6b"  # the last round
TARGET: Final = "#D55E00"  # vermilion

TITLE: Final = Face(size=24, bold=True)
NAME: Final = Face(size=19)
VALUE: Final = Face(size=22, bold=True)
SCALE: Final = Face(size=18.5)
CAPTION: Final = Face(size=18.5)

LINE_SPACING: Final = 1.2
HALF_CAPITAL: Final = 0.365  # of the size, in the bundled font
NOT_AVAILABLE: Final = "n/a"

HorizontalAlignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Box", *, gap: float = 0) -> bool:
        """Whether the two come nearer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.bottom < other.top + gap
            and other.bottom < self.top + gap
        )

    def moved(self, right: float, up: float) -> "Box":
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure whose one pair of axes counts in points; `room` is left between the words."""

    figure: Figure
    axes: Axes
    room: Box


def new_sheet(room_height: float, *, title: str, caption: str) -> Sheet:
    """White paper with its title on top, its caption at the foot, and so much room between.

    The height of the whole follows from the lines: at most two of the title, three of the caption.
    """
    title_lines = lettering.wrap(title, WIDTH - 2 * MARGIN, TITLE, most=2)
    caption_lines = lettering.wrap(
        caption, WIDTH - 2 * MARGIN, CAPTION, most=3, separator=SEPARATOR
    )
    bottom = MARGIN + words_height(CAPTION, len(caption_lines)) + AIR
    top = bottom + room_height
    height = top + AIR + words_height(TITLE, len(title_lines)) + MARGIN
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=200, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    write(axes, MARGIN, height - MARGIN, title_lines, TITLE, gid="title")
    write(axes, MARGIN, bottom - AIR, caption_lines, CAPTION, gid="caption", color=QUIET)
    return Sheet(figure, axes, Box(MARGIN / 2, bottom, WIDTH - MARGIN / 2, top))


def words_height(face: Face, lines: int) -> float:
    """Points that so many lines take."""
    return lines * face.size * LINE_SPACING


def write(
    axes: Axes,
    x: float,
    top: float,
    lines: Sequence[str],
    face: Face,
    *,
    gid: str,
    ha: HorizontalAlignment = "left",
    color: str = INK,
    zorder: float = 6,
) -> None:
    """Write plain lines from `top` downwards, evenly spaced whatever letters they have.

    `$` and the like mean nothing. Each line is a text of its own, all with the same gid.
    """
    line_height = words_height(face, 1)
    first = top - line_height / 2 - face.size * HALF_CAPITAL
    for index, line in enumerate(lines):
        axes.text(
            x,
            first - index * line_height,
            line,
            color=color,
            fontproperties=lettering.font(face),
            ha=ha,
            va="baseline",
            parse_math=False,
            gid=gid,
            zorder=zorder,
        )


def write_at(
    axes: Axes,
    x: float,
    y: float,
    lines: Sequence[str],
    face: Face,
    *,
    gid: str,
    ha: HorizontalAlignment = "left",
    color: str = INK,
) -> None:
    """Write lines whose capitals and digits are centred on the height `y`."""
    top = y + words_height(face, len(lines)) / 2
    write(axes, x, top, lines, face, gid=gid, ha=ha, color=color)
