"""The stellar picture: one tapering spike per dimension, its score in a disc at the tip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.charts import rings, shades, style, wheel
from bot.charts.lettering import Face
from bot.charts.style import Box
from bot.charts.wheel import Label, Point, Wheel
from questionnaires.results import DimensionResult, ShownScore

_DISC: Final = 18.0  # radius
_FOOT: Final = 13.0  # half of what is widest of a spike
_SMALLEST_HUB: Final = 32.0  # leaves room for its 0 between discs
_FACE: Final = Face(size=19, bold=True)
_FITS: Final = 2  # characters in a disc; ">95" needs more, far out, where there is room
_WIDE_DISC: Final = 21.5
_WIDE_FACE: Final = Face(size=18.5)
_SHIFTS: Final = (0, 4, -4)  # of ring labels from their rings, outwards


@dataclass(frozen=True, slots=True)
class _Spike:
    """One dimension laid out: the corners of its spike, and the disc at the tip."""

    corners: tuple[Point, Point, Point]
    radius: float
    face: Face
    text: str
    ground: str

    @property
    def tip(self) -> Point:
        return self.corners[1]

    def is_near(self, box: Box) -> bool:
        """Whether spike or disc come nearer than what a ring label keeps around it."""
        (x, y), gap = self.tip, rings.GAP
        across = max(box.left - x, 0, x - box.right)
        along = max(box.bottom - y, 0, y - box.top)
        wide = Bbox.from_extents(box.left - gap, box.bottom - gap, box.right + gap, box.top + gap)
        body = Path((*self.corners, self.corners[0]))
        return hypot(across, along) < self.radius + gap or body.intersects_bbox(wide)


def stellar_figure(spokes: Sequence[DimensionResult], *, caption: str, title: str) -> Figure:
    """Draw one spike per dimension, clockwise from the top in the order given.

    About 1200 x 1200 pixels. Colours mean the same in every picture: cividis over 0..100. 0 is
    a ring of its own, large enough to keep the discs of lowest scores apart; so a spike is as
    long as its score is high.
    """
    sheet = style.new_sheet(wheel.ROOM_HEIGHT, title=title, caption=caption)
    labels = [_label(spoke, len(spokes)) for spoke in spokes]
    hub = max(_SMALLEST_HUB, (_DISC + 0.5) / sin(pi / max(len(spokes), 3)))
    frame, boxes = wheel.fit(labels, sheet.room, hub=hub, clearance=_WIDE_DISC + 4)
    wheel.draw_frame(sheet.axes, frame)
    wheel.draw_labels(sheet.axes, frame, labels, boxes)
    spikes = [
        _laid_out(frame, index, spoke.score)
        for index, spoke in enumerate(spokes)
        if spoke.score is not None
    ]
    for spike in spikes:
        _draw_spike(sheet.axes, spike)
    rings.draw_labels(sheet.axes, _ring_labels(frame, spikes, boxes))
    return sheet.figure


def _label(spoke: DimensionResult, spokes: int) -> Label:
    if spoke.score is None:
        return Label(wheel.name_lines(spoke, spokes), style.NOT_AVAILABLE, style.QUIET)
    return Label(wheel.name_lines(spoke, spokes))


def _laid_out(frame: Wheel, spoke: int, score: ShownScore) -> _Spike:
    """From the hub, where it is widest, to the tip."""
    x, y = frame.point(spoke, 0)
    angle = frame.angle(spoke)
    across, along = _FOOT * cos(angle), _FOOT * -sin(angle)
    corners = (
        (x - across, y - along),
        frame.point(spoke, score.value),
        (x + across, y + along),
    )
    text = _short(score.text)
    radius, face = (_DISC, _FACE) if len(text) <= _FITS else (_WIDE_DISC, _WIDE_FACE)
    return _Spike(corners, radius, face, text, shades.colour(score.value))


def _draw_spike(axes: Axes, spike: _Spike) -> None:
    body = Polygon(spike.corners, zorder=3, gid="spike")
    disc = Circle(spike.tip, spike.radius, zorder=4, gid="disc")
    for patch in (body, disc):
        patch.set(facecolor=spike.ground, edgecolor=style.QUIET, linewidth=0.7)
        axes.add_patch(patch)
    style.write_at(
        axes,
        *spike.tip,
        (spike.text,),
        spike.face,
        ha="center",
        gid="value",
        color=shades.text_colour(spike.ground),
    )


def _ring_labels(frame: Wheel, spikes: Sequence[_Spike], taken: Sequence[Box]) -> dict[int, Box]:
    """0 in the middle, the others between the two spokes that leave room for most of them.

    A ring goes without its number where discs and spikes leave no room: crowded rings do, and
    one on which every disc lies, which says the same.
    """
    zero = {0: rings.box_at(frame.x, frame.y, 0)}

    def is_free(box: Box) -> bool:
        return not any(box.overlaps(other, gap=rings.GAP) for other in taken) and not any(
            spike.is_near(box) for spike in spikes
        )

    sectors = (_labels_between(frame, sector, is_free) for sector in range(frame.spokes))
    return zero | max(sectors, key=len)


def _labels_between(frame: Wheel, sector: int, is_free: Callable[[Box], bool]) -> dict[int, Box]:
    """The numbers that fit between two spokes, from the rim inwards."""
    chosen: dict[int, Box] = {}
    for ring in reversed(wheel.RINGS):
        for shift in _SHIFTS:
            box = rings.label_box(frame, ring, sector + 0.5, shift)
            apart = not any(box.overlaps(other, gap=rings.GAP) for other in chosen.values())
            if apart and is_free(box):
                chosen[ring] = box
                break
    return chosen


def _short(text: str) -> str:
    """What fits a disc: "under 5" becomes "<5", "over 95" becomes ">95"."""
    return text.replace("under ", "<").replace("over ", ">")
