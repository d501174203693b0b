"""The radar: scores as an outline on the wheel, beside the last round and targets, if any."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, product
from typing import Final

from matplotlib.figure import Figure

from bot.charts import legend, outlines, rings, style, wheel
from bot.charts.layers import LAST_OTHERWISE, layers
from bot.charts.outlines import Outline
from bot.charts.style import Box
from bot.charts.wheel import Label, Wheel
from questionnaires.results import DimensionResult

_SHIFTS: Final = (  # of ring labels from their rings, outwards
    (0,),
    (0, 4, -4, 8, -8),
    (0, 4, -4, 8, -8, 12, -12, 16, -16),
)
_PLACES: Final = (0.5, 0.36, 0.64, 0.22, 0.78)  # between two spokes, the best first

IsFree = Callable[[Box], bool]


def radar_figure(
    spokes: Sequence[DimensionResult], *, caption: str, title: str, last: str | None = None
) -> Figure:
    """Draw one spoke per dimension, clockwise from the top in the order given.

    About 1200 x 1200 pixels. Scores stand below the names, outside the wheel, so that no line
    ever crosses one. A gap breaks an outline; then nothing is filled. `last` says which round the
    changes are counted from. With more than one outline a legend says which is which.
    """
    shown = layers(spokes, last)
    entries = [
        legend.entry(layer.words, outlines.MARKS[layer.name], otherwise=LAST_OTHERWISE)
        for layer in shown
    ]
    height = wheel.ROOM_HEIGHT + legend.height(entries)
    sheet = style.new_sheet(height, title=title, caption=caption)
    room = legend.draw(sheet, entries)
    labels = [_label(spoke, len(spokes)) for spoke in spokes]
    frame, boxes = wheel.fit(labels, room, hub=0, clearance=10)
    wheel.draw_frame(sheet.axes, frame)
    wheel.draw_labels(sheet.axes, frame, labels, boxes)
    lines = [outlines.outline(layer, spokes, frame) for layer in shown]
    for line in lines:
        outlines.draw(sheet.axes, line)
    rings.draw_labels(sheet.axes, _ring_labels(frame, lines, boxes))
    return sheet.figure


def _label(spoke: DimensionResult, spokes: int) -> Label:
    if spoke.score is None:
        return Label(wheel.name_lines(spoke, spokes), style.NOT_AVAILABLE, style.QUIET)
    return Label(wheel.name_lines(spoke, spokes), spoke.score.text, style.BLUE)


def _ring_labels(frame: Wheel, lines: Sequence[Outline], taken: Sequence[Box]) -> Mapping[int, Box]:
    """Between the first two spokes where the outlines and the names leave all five free.

    On the rings and halfway if they can all be, else some of them a little further out or in,
    then nearer to a spoke; at the very last not all between the same two spokes, and without
    the ones that fit nowhere.
    """

    def is_free(box: Box) -> bool:
        return not any(box.overlaps(other, gap=rings.GAP) for other in taken) and not any(
            line.is_near(box) for line in lines
        )

    sectors = range(frame.spokes)
    halfway = ((shifts, (0.5,), sector) for shifts, sector in product(_SHIFTS, sectors))
    beside = ((_SHIFTS[-1], _PLACES, sector) for sector in sectors)
    for shifts, places, sector in chain(halfway, beside):
        choices = [
            [box for box in _boxes(frame, ring, sector, places, shifts) if is_free(box)]
            for ring in wheel.RINGS
        ]
        chosen = _first_apart(choices) if all(choices) else None
        if chosen is not None:
            return dict(zip(wheel.RINGS, chosen, strict=True))
    return _anywhere(frame, is_free)


def _anywhere(frame: Wheel, is_free: IsFree) -> Mapping[int, Box]:
    """Each ring's number wherever one fits, from the rim inwards."""
    chosen: dict[int, Box] = {}
    for ring in reversed(wheel.RINGS):
        fitting = (
            box
            for sector in range(frame.spokes)
            for box in _boxes(frame, ring, sector, _PLACES, _SHIFTS[-1])
            if is_free(box)
            and not any(box.overlaps(other, gap=rings.GAP) for other in chosen.values())
        )
        found = next(fitting, None)
        if found is not None:
            chosen[ring] = found
    return dict(sorted(chosen.items()))


def _boxes(
    frame: Wheel, ring: int, sector: int, places: Sequence[float], shifts: Sequence[float]
) -> list[Box]:
    return [
        rings.label_box(frame, ring, sector + place, shift)
        for place, shift in product(places, shifts)
    ]


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
