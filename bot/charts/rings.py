"""Ring labels: what radar and stellar share of them. Where one is free, each picture knows."""

from collections.abc import Mapping
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bot.charts import lettering, style
from bot.charts.style import Box
from bot.charts.wheel import Wheel

GAP: Final = 3.0  # around a ring label


def label_box(frame: Wheel, ring: int, spoke: float, shift: float) -> Box:
    """Where a ring's number stands at so many spokes from the top, `shift` points further out."""
    return box_at(*frame.at(spoke, frame.radius(ring) + shift), ring)


def box_at(x: float, y: float, ring: int) -> Box:
    """What a ring's number covers when its middle is there."""
    half_width = lettering.width(str(ring), style.SCALE) / 2
    half_height = style.SCALE.size * style.HALF_CAPITAL
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def draw_labels(axes: Axes, boxes: Mapping[int, Box]) -> None:
    """Numbers on white, which interrupts the rings beneath but nothing that is drawn above."""
    for ring, box in boxes.items():
        axes.add_patch(
            Rectangle(
                (box.left, box.bottom),
                box.right - box.left,
                box.top - box.bottom,
                facecolor=style.PAPER,
                zorder=2,
                gid="ring label ground",
            )
        )
        style.write_at(
            axes,
            (box.left + box.right) / 2,
            (box.bottom + box.top) / 2,
            (str(ring),),
            style.SCALE,
            ha="center",
            gid="ring label",
            color=style.QUIET,
        )
