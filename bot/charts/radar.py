"""The radar: scores as an outline on the wheel."""

from collections.abc import Sequence
from itertools import pairwise, product
from math import nan
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from bot.charts import rings, style, wheel
from bot.charts.style import Box
from bot.charts.wheel import Label, Wheel
from questionnaires.results import DimensionResult

_MARKER: Final = 6.0  # diameter, typographic points
_SHIFTS: Final = (  # of ring labels from their rings, outwards
    (0,),
    (0, 4, -4, 8, -8),
    (0, 4, -4, 8, -8, 12, -12, 16, -16),
)
_LINE_REACH: Final = 3.0  # from the middle of the outline: half its width, and some air
_MARKER_REACH: Final = 5.0


def radar_figure(spokes: Sequence[DimensionResult], *, caption: str, title: str) -> Figure:
    """Draw one spoke per dimension, clockwise from the top in the order given.

    About 1200 x 1200 pixels. Scores stand below the names, outside the wheel, so that no line
    ever crosses one. A gap breaks the outline; then nothing is filled.
    """
    sheet = style.new_sheet(wheel.ROOM_HEIGHT, title=title, caption=caption)
    labels = [_label(spoke, len(spokes)) for spoke in spokes]
    frame, boxes = wheel.fit(labels, sheet.room, hub=0, clearance=10)
    wheel.draw_frame(sheet.axes, frame)
    wheel.draw_labels(sheet.axes, frame, labels, boxes)
    outline = _outline(spokes, frame)
    _draw_outline(sheet.axes, outline)
    numbers = _ring_label_boxes(frame, outline, boxes)
    rings.draw_labels(sheet.axes, dict(zip(wheel.RINGS, numbers, strict=True)))
    return sheet.figure


def _label(spoke: DimensionResult, spokes: int) -> Label:
    if spoke.score is None:
        return Label(wheel.name_lines(spoke, spokes), style.NOT_AVAILABLE, style.QUIET)
    return Label(wheel.name_lines(spoke, spokes), spoke.score.text, style.BLUE)


def _outline(spokes: Sequence[DimensionResult], frame: Wheel) -> NDArray[np.float64]:
    """Corners, the first repeated at the end; NaN where a dimension has no score."""
    corners = [
        (nan, nan) if spoke.score is None else frame.point(index, spoke.score.value)
        for index, spoke in enumerate(spokes)
    ]
    return np.array([*corners, corners[0]])


def _draw_outline(axes: Axes, outline: NDArray[np.float64]) -> None:
    """NaN corners break the line; a corner without neighbours is left as a marker."""
    if not np.isnan(outline).any():
        axes.add_patch(
            Polygon(outline, facecolor=style.BLUE_FILL, edgecolor="none", zorder=3, gid="fill")
        )
    axes.add_line(
        Line2D(
            outline[:, 0],
            outline[:, 1],
            color=style.BLUE,
            linewidth=2.2,
            marker="o",
            markersize=_MARKER,
            markeredgewidth=0,
            solid_joinstyle="round",
            zorder=4,
            gid="outline",
        )
    )


def _ring_label_boxes(
    frame: Wheel, outline: NDArray[np.float64], taken: Sequence[Box]
) -> Sequence[Box]:
    """Between the first two spokes where the outline and the names leave all five free.

    On the rings if they can all be, else some of them a little further out or in; at the
    very last not all between the same two spokes.
    """
    line = _dense(outline)

    def free(ring: int, sector: int, shifts: Sequence[float]) -> list[Box]:
        boxes = (rings.label_box(frame, ring, sector + 0.5, shift) for shift in shifts)
        return [box for box in boxes if not _is_hit(box, line, outline, taken)]

    sectors = range(frame.spokes)
    for shifts, sector in product(_SHIFTS, sectors):
        chosen = _first_apart([free(ring, sector, shifts) for ring in wheel.RINGS])
        if chosen is not None:
            return chosen
    anywhere = [
        [box for sector in sectors for box in free(ring, sector, _SHIFTS[-1])]
        or [rings.label_box(frame, ring, 0.5, 0)]
        for ring in wheel.RINGS
    ]
    return _first_apart(anywhere) or [boxes[0] for boxes in anywhere]


def _first_apart(
    choices: Sequence[Sequence[Box]], chosen: tuple[Box, ...] = ()
) -> tuple[Box, ...] | None:
    """One box of each choice, earlier ones first, so that no two touch."""
    if not choices:
        return chosen
    for box in choices[0]:
        if not any(box.overlaps(other, gap=rings.GAP) for other in chosen):
            found = _first_apart(choices[1:], (*chosen, box))
            if found is not None:
                return found
    return None


def _dense(outline: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points along the outline, two points of the sheet apart at most."""
    edges = [
        np.linspace(start, end, 2 + int(np.hypot(*(end - start)) / 2))
        for start, end in pairwise(outline)
        if np.isfinite([start, end]).all()
    ]
    return np.concatenate([outline, *edges])


def _is_hit(
    box: Box,
    line: NDArray[np.float64],
    corners: NDArray[np.float64],
    taken: Sequence[Box],
) -> bool:
    if any(box.overlaps(other, gap=rings.GAP) for other in taken):
        return True
    return _is_near(box, line, _LINE_REACH) or _is_near(box, corners, _MARKER_REACH)


def _is_near(box: Box, points: NDArray[np.float64], reach: float) -> bool:
    beyond = np.maximum((box.left, box.bottom) - points, points - (box.right, box.top))
    distances = np.hypot(*np.maximum(beyond, 0).T)
    return bool((distances < reach).any())
