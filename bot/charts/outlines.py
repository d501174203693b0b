"""The lines of a radar: solid for now, dashed for the last round, dotted for the target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from bot.charts import style
from bot.charts.layers import Layer, Name
from bot.charts.style import Box
from bot.charts.wheel import Wheel
from questionnaires.results import DimensionResult

MARKS: Final[Mapping[Name, Mapping[str, Any]]] = {
    "now": {
        "color": style.BLUE,
        "linewidth": 2.2,
        "marker": "o",
        "markersize": 6.0,  # diameter, typographic points
        "markeredgewidth": 0,
    },
    "last": {
        "color": style.BEFORE,
        "linewidth": 1.6,
        "linestyle": (0, (4, 2.4)),
        "marker": "o",
        "markersize": 5.0,
        "markerfacecolor": style.PAPER,
        "markeredgewidth": 1.3,
    },
    "target": {
        "color": style.TARGET,
        "linewidth": 2.0,
        "linestyle": (0, (1, 1.6)),
        "marker": "D",
        "markersize": 4.6,
        "markeredgewidth": 0,
    },
}
_GIDS: Final[Mapping[Name, str]] = {"now": "outline", "last": "last", "target": "target"}
_ORDER: Final[Mapping[Name, float]] = {"now": 4, "last": 3.6, "target": 3.4}  # of drawing
_LINE_REACH: Final = 3.0  # from the middle of an outline: half its width, and some air
_MARKER_REACH: Final = 5.0

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outline:
    """One line around the hub: its corners, the first again at the end. NaN is a gap."""

    layer: Name
    corners: Points
    line: Points

    def is_near(self, box: Box) -> bool:
        """Whether it comes nearer than what a ring label keeps around it."""
        return _is_near(box, self.line, _LINE_REACH) or _is_near(box, self.corners, _MARKER_REACH)


def outline(layer: Layer, spokes: Sequence[DimensionResult], frame: Wheel) -> Outline:
    """A layer on the wheel, with a gap where a dimension has no value in it."""
    found = [
        (nan, nan) if (value := layer.value_of(spoke)) is None else frame.point(index, value)
        for index, spoke in enumerate(spokes)
    ]
    corners = np.array([*found, found[0]])
    return Outline(layer.name, corners, _dense(corners))


def draw(axes: Axes, shown: Outline) -> None:
    """Every corner has a marker: one between two gaps has nothing else. Only now is filled."""
    if shown.layer == "now" and not np.isnan(shown.corners).any():
        axes.add_patch(
            Polygon(
                shown.corners, facecolor=style.BLUE_FILL, edgecolor="none", zorder=3, gid="fill"
            )
        )
    axes.add_line(
        Line2D(
            shown.corners[:, 0],
            shown.corners[:, 1],
            solid_joinstyle="round",
            zorder=_ORDER[shown.layer],
            gid=_GIDS[shown.layer],
            **MARKS[shown.layer],
        )
    )


def _dense(corners: Points) -> Points:
    """Points along the outline, two points of the sheet apart at most."""
    edges = [
        np.linspace(start, end, 2 + int(np.hypot(*(end - start)) / 2))
        for start, end in pairwise(corners)
        if np.isfinite([start, end]).all()
    ]
    return np.concatenate([corners, *edges])


def _is_near(box: Box, points: Points, reach: float) -> bool:
    beyond = np.maximum((box.left, box.bottom) - points, points - (box.right, box.top))
    distances = np.hypot(*np.maximum(beyond, 0).T)
    return bool((distances < reach).any())
