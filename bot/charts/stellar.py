"""The stellar picture: one tapering spike per dimension, its score in a disc at the tip."""

from collections.abc import Sequence
from math import pi, sin
from typing import Final

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon

from bot.charts import style, wheel
from bot.charts.lettering import Face
from bot.charts.wheel import Label, Wheel
from questionnaires.results import DimensionResult, ShownScore

_DISC: Final = 18.0  # radius
_FACE: Final = Face(size=19, bold=True)
_FITS: Final = 2  # characters in a disc; ">95" needs more, far out, where there is room
_WIDE_DISC: Final = 21.5
_WIDE_FACE: Final = Face(size=18.5)
_SCALE: Final = colormaps["cividis"]
_LINEAR_BELOW: Final = 0.04045
_DARK_BELOW: Final = 0.179  # relative luminance where white and black text are equally readable


def stellar_figure(spokes: Sequence[DimensionResult], *, caption: str, title: str) -> Figure:
    """Draw one spike per dimension, clockwise from the top in the order given.

    About 1200 x 1200 pixels. Colours mean the same in every picture: cividis over 0..100. The
    spikes start from a hub just large enough to keep the discs of lowest scores apart.
    """
    sheet = style.new_sheet(wheel.ROOM_HEIGHT, title=title, caption=caption)
    labels = [_label(spoke, len(spokes)) for spoke in spokes]
    hub = (_DISC + 0.5) / sin(pi / max(len(spokes), 3))
    frame, boxes = wheel.fit(labels, sheet.room, hub=hub, clearance=_WIDE_DISC + 4)
    wheel.draw_frame(sheet.axes, frame)
    wheel.draw_labels(sheet.axes, frame, labels, boxes)
    for index, spoke in enumerate(spokes):
        if spoke.score is not None:
            _draw_spike(sheet.axes, frame, index, spoke.score)
    return sheet.figure


def colour(value: float) -> str:
    """Cividis on the fixed scale 0..100, as "#rrggbb"."""
    return to_hex(_SCALE(value / 100))


def text_colour(ground: str) -> str:
    """Black or white, whichever reads better on the ground ("#rrggbb")."""
    return style.PAPER if _luminance(ground) < _DARK_BELOW else style.INK


def _label(spoke: DimensionResult, spokes: int) -> Label:
    if spoke.score is None:
        return Label(wheel.name_lines(spoke, spokes), style.NOT_AVAILABLE, style.QUIET)
    return Label(wheel.name_lines(spoke, spokes))


def _draw_spike(axes: Axes, frame: Wheel, spoke: int, score: ShownScore) -> None:
    ground = colour(score.value)
    x, y = frame.point(spoke, score.value)
    text = _short(score.text)
    radius, face = (_DISC, _FACE) if len(text) <= _FITS else (_WIDE_DISC, _WIDE_FACE)
    spike = Polygon(_spike(frame, spoke, (x, y)), zorder=3, gid="spike")
    disc = Circle((x, y), radius, zorder=4, gid="disc")
    for patch in (spike, disc):
        patch.set(facecolor=ground, edgecolor=style.QUIET, linewidth=0.7)
        axes.add_patch(patch)
    style.write_at(
        axes,
        x,
        y,
        (text,),
        face,
        ha="center",
        gid="value",
        color=text_colour(ground),
    )


def _spike(frame: Wheel, spoke: int, tip: tuple[float, float]) -> list[tuple[float, float]]:
    """From the centre, widest at the hub, to the tip."""
    shoulder = frame.hub * 0.55
    return [
        (frame.x, frame.y),
        frame.at(spoke - 0.5, shoulder),
        tip,
        frame.at(spoke + 0.5, shoulder),
    ]


def _short(text: str) -> str:
    """What fits a disc: "under 5" becomes "<5", "over 95" becomes ">95"."""
    return text.replace("under ", "<").replace("over ", ">")


def _luminance(ground: str) -> float:
    """Relative luminance 0..1 as WCAG 2 defines it."""
    channels = (int(ground[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
