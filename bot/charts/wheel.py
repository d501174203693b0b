"""The wheel that radar and stellar share: spokes clockwise from the top, a rim, its labels.

Geometry and the frame only; what stands on the spokes is drawn by the pictures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import cos, pi, sin, sqrt
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from bot.charts import lettering, style
from bot.charts.style import Box, HorizontalAlignment
from questionnaires.results import DimensionResult

RINGS: Final = (20, 40, 60, 80, 100)
ROOM_HEIGHT: Final = 500.0
WIDEST_LABEL: Final = 168.0  # "Experimentation" is 163
_LARGEST_RIM: Final = 190
_SMALLEST_RIM: Final = 80
_BETWEEN_LABELS: Final = 6.0
_GOOD_ENOUGH: Final = 0.1
_FEW_SPOKES: Final = 8  # so many may have names of three lines

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wheel:
    """0 lies on the hub, 100 on the rim; both are radii in points."""

    x: float
    y: float
    hub: float
    rim: float
    spokes: int

    @property
    def rings(self) -> tuple[int, ...]:
        """The values that have a ring; 0 is one of them where the hub is more than a point."""
        return (0, *RINGS) if self.hub else RINGS

    def angle(self, spoke: float) -> float:
        """Radians clockwise from the top; 0.5 is halfway between the first two spokes."""
        return 2 * pi * spoke / self.spokes

    def radius(self, value: float) -> float:
        """Points from the centre for a value 0..100."""
        return self.hub + (self.rim - self.hub) * value / 100

    def at(self, spoke: float, radius: float) -> Point:
        """The point on a spoke so far from the centre."""
        angle = self.angle(spoke)
        return self.x + radius * sin(angle), self.y + radius * cos(angle)

    def point(self, spoke: float, value: float) -> Point:
        """The point of a value 0..100 on a spoke."""
        return self.at(spoke, self.radius(value))


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at the end of a spoke: the wrapped name, and below it a word or nothing."""

    name: tuple[str, ...]
    below: str = ""
    below_color: str = style.INK

    @property
    def width(self) -> float:
        """Points; the same for every score, so that the wheel is the same in every round."""
        names = [lettering.width(line, style.NAME) for line in self.name]
        return max(*names, lettering.width("under 10", style.VALUE) if self.below else 0)

    @property
    def height(self) -> float:
        below = style.words_height(style.VALUE, 1) if self.below else 0
        return style.words_height(style.NAME, len(self.name)) + below


def name_lines(spoke: DimensionResult, spokes: int) -> tuple[str, ...]:
    """A dimension's name, wrapped for the end of one of so many spokes."""
    name = lettering.first_drawable((spoke.short_title, spoke.title, spoke.id), style.NAME)
    return lettering.wrap_evenly(
        name, WIDEST_LABEL, style.NAME, most=3 if spokes <= _FEW_SPOKES else 2
    )


def fit(
    labels: Sequence[Label], room: Box, *, hub: float, clearance: float
) -> tuple[Wheel, list[Box]]:
    """The largest wheel whose labels stand in the room, apart, and `clearance` off the rim.

    Returns the wheel and a box per label. Both depend on the names and on which labels have
    a word below, never on the scores: pictures of several rounds can be compared.
    """
    for rim in range(_LARGEST_RIM, _SMALLEST_RIM - 1, -2):
        wheel, boxes = _centred(labels, room, hub=hub, rim=rim, clearance=clearance)
        if all(box.within(room) for box in boxes) and _are_apart(boxes):
            break
    return wheel, boxes


def draw_frame(axes: Axes, wheel: Wheel) -> None:
    """Rings and spokes, beneath everything else."""
    for ring in wheel.rings:
        axes.add_patch(
            Circle(
                (wheel.x, wheel.y),
                wheel.radius(ring),
                fill=False,
                edgecolor=style.GRID,
                linewidth=1.4 if ring == RINGS[-1] else 0.9,
                zorder=1,
                gid="ring",
            )
        )
    for spoke in range(wheel.spokes):
        ends = zip(wheel.point(spoke, 0), wheel.point(spoke, 100), strict=True)
        axes.add_line(Line2D(*ends, color=style.GRID, linewidth=0.9, zorder=1, gid="spoke"))


def draw_labels(axes: Axes, wheel: Wheel, labels: Sequence[Label], boxes: Sequence[Box]) -> None:
    """Names and what is below them, each in its box, on the side that faces the wheel."""
    for label, box in zip(labels, boxes, strict=True):
        ha, x = _alignment(box, wheel)
        below_top = box.top - style.words_height(style.NAME, len(label.name))
        style.write(axes, x, box.top, label.name, style.NAME, ha=ha, gid="name")
        if label.below:
            style.write(
                axes,
                x,
                below_top,
                (label.below,),
                style.VALUE,
                ha=ha,
                gid="value",
                color=label.below_color,
            )


def _centred(
    labels: Sequence[Label], room: Box, *, hub: float, rim: float, clearance: float
) -> tuple[Wheel, list[Box]]:
    """A wheel of this size, as much room above it and its labels as below."""
    x = (room.left + room.right) / 2
    trial = Wheel(x, 0, hub, rim, len(labels))
    boxes = _place(labels, trial, clearance)
    top = max(rim, *(box.top for box in boxes))
    bottom = min(-rim, *(box.bottom for box in boxes))
    wheel = replace(trial, y=(room.bottom + room.top - bottom - top) / 2)
    return wheel, _place(labels, wheel, clearance)


def _place(labels: Sequence[Label], wheel: Wheel, clearance: float) -> list[Box]:
    """Each beyond the end of its spoke; on either side stacked so that none overlap."""
    reach = wheel.rim + clearance
    boxes = [_at_end(label, wheel, spoke, reach) for spoke, label in enumerate(labels)]
    half = (wheel.spokes + 1) // 2
    right = range(1, half)
    left = range(wheel.spokes - 1, wheel.spokes - half, -1)
    middle = [boxes[0], *boxes[half : wheel.spokes - half + 1]]
    for side, outwards in ((right, 1), (left, -1)):
        for spoke, box in zip(side, _spread([boxes[spoke] for spoke in side]), strict=True):
            moved = _move_off(box, wheel, reach, outwards)
            boxes[spoke] = _move_beside(moved, middle, outwards)
    return boxes


def _at_end(label: Label, wheel: Wheel, spoke: int, reach: float) -> Box:
    """Beyond the end of a spoke, leaning outwards."""
    angle = wheel.angle(spoke)
    lean_x = max(-1.0, min(1.0, 2 * sin(angle)))
    lean_y = max(-1.0, min(1.0, 1.3 * cos(angle)))
    x, y = wheel.at(spoke, reach)
    x, y = x + lean_x * label.width / 2, y + lean_y * label.height / 2
    return Box(x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2)


def _spread(boxes: Sequence[Box]) -> list[Box]:
    """Boxes from top to bottom, moved up and down until none shares its height with the next."""
    spread = list(boxes)
    for _ in range(60):  # a pass takes away half of what is too much; there are five at most
        excess = 0.0
        for index in range(len(spread) - 1):
            upper, lower = spread[index], spread[index + 1]
            shared = lower.top + _BETWEEN_LABELS - upper.bottom
            if shared > 0:
                spread[index] = upper.moved(0, shared / 2)
                spread[index + 1] = lower.moved(0, -shared / 2)
                excess = max(excess, shared)
        if excess < _GOOD_ENOUGH:
            break
    return spread


def _move_off(box: Box, wheel: Wheel, reach: float, outwards: int) -> Box:
    """Outwards (1: right, -1: left) until the box is `reach` points from the centre."""
    along = max(box.bottom - wheel.y, 0, wheel.y - box.top)
    needed = sqrt(max(reach**2 - along**2, 0))
    inner = box.left - wheel.x if outwards > 0 else wheel.x - box.right
    return box.moved(outwards * max(needed - inner, _BETWEEN_LABELS / 2 - inner, 0), 0)


def _move_beside(box: Box, middle: Sequence[Box], outwards: int) -> Box:
    """Outwards until the box is beside the label right above or below the wheel."""
    for other in middle:
        if box.overlaps(other, gap=_BETWEEN_LABELS):
            inner = other.right - box.left if outwards > 0 else box.right - other.left
            box = box.moved(outwards * (inner + _BETWEEN_LABELS), 0)
    return box


def _are_apart(boxes: Sequence[Box]) -> bool:
    return not any(
        one.overlaps(other, gap=_BETWEEN_LABELS / 2) for one, other in combinations(boxes, 2)
    )


def _alignment(box: Box, wheel: Wheel) -> tuple[HorizontalAlignment, float]:
    """How text in a box is aligned, and at which x."""
    middle = (box.left + box.right) / 2
    quarter = (box.right - box.left) / 4
    if middle > wheel.x + quarter:
        return "left", box.left
    if middle < wheel.x - quarter:
        return "right", box.right
    return "center", middle
