"""All pictures in all their cases, side by side: what docs/pictures.md shows.

Run: make pictures
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Final

from matplotlib.colors import to_hex, to_rgb
from PIL import Image, ImageDraw, ImageFont

from bot import charts
from bot.charts import captions, lettering, shades, style
from bot.charts.lettering import Face
from questionnaires import catalog
from questionnaires.results import DimensionResult, QuestionResult, Result
from tests.bot.charts.looking import (
    LONG_NAMES,
    NAMES,
    map_of,
    question_of,
    spokes_of,
    trend_with,
)
from tests.disclosed import a_range, a_since, resealed

FOLDER: Final = Path(__file__).parents[3] / "docs" / "pictures"
WIDTH: Final = 1248
LARGE, SMALL = 1200, 360  # pixels: a desktop with a fine screen, a phone
COLUMNS: Final = 3
EDGE: Final = (WIDTH - LARGE) // 2
GAP: Final = (WIDTH - COLUMNS * SMALL) // (COLUMNS + 1)
LABEL: Final = 34
WHITE, DARK = "#ffffff", "#1A1D21"  # what Slack puts around pictures
WORDS_ON: Final = {WHITE: "#1d1c1d", DARK: "#e8e8e8"}
SCORECARD: Final = catalog.load_all()["mlops-scorecard"]
TITLE: Final = "Northwind ML, January 2027"
LAST: Final = "October 2026, same questions"
SINCE: Final = a_since(
    round_title="October 2026",
    closed_on=date(2026, 10, 20),
    respondents=5,
    overall=None,
    people=5,
    same_people=True,
    can_tell=False,
)
NOW: Final = (58, 50, 71, 62, 33, 46, 80, 12, 40, 97, 3, 66)
BEFORE: Final = (44, 52, 67, 50, 33, 44, 70, 20, 44, 90, 9, 60)
TARGETS: Final = (3, 3, 3, 4, 2, 3, 4, 2, 3, 4, 1, 3)
RANGES: Final = (9, 8, 6, 12, 13, 11, 7, 9, 12, 5, 5, 10)  # half of each
EARLIER: Final = (4, 9, 7, 14)  # points below now, further back
MISSING: Final = (1, 3, 6, 7)
LEVELS: Final = ("2.5", "2", "1.5", "3", "1", "about 4", "2", "about 0", "2.5")


@dataclass(frozen=True, slots=True)
class Case:
    """How many dimensions, of which kind. `value`: one for all of them."""

    label: str
    count: int = 6
    names: Sequence[str] = NAMES
    value: int | None = None
    has_gaps: bool = False
    is_first: bool = False

    @property
    def questions(self) -> int:
        """Of each dimension: 48 of twelve, which is as many as we have."""
        return 4 if self.count == len(NAMES) else 3

    def values(self, usual: Sequence[int]) -> list[int | None]:
        found: list[int | None] = [
            one if self.value is None else self.value for one in usual[: self.count]
        ]
        return [
            None if self.has_gaps and place in MISSING else one for place, one in enumerate(found)
        ]

    @property
    def spokes(self) -> list[DimensionResult]:
        now = self.values(NOW)
        before = [] if self.is_first else self.values(BEFORE)
        ranges = [
            None
            if one is None or not 5 <= one <= 95
            else a_range(max(0, one - half), min(100, one + half))
            for one, half in zip(now, RANGES, strict=False)
        ]
        return spokes_of(
            now, self.names, ranges=ranges, before=before, targets=() if self.is_first else TARGETS
        )


CASES: Final = (
    Case("6 dimensions"),
    Case("a first round", is_first=True),
    Case("3 dimensions", count=3),
    Case("9 dimensions", count=9),
    Case("12 dimensions", count=12),
    Case("12 long names", count=12, names=LONG_NAMES),
    Case("missing dimensions", has_gaps=True),
    Case("all lowest", value=2),
    Case("all highest", value=98),
)
ALIKE: Final = frozenset({"stellar", "map"})  # in a first round as in any other
ON_DARK: Final = ("6 dimensions", "missing dimensions", "all lowest")


def result_of(case: Case, questions: Sequence[QuestionResult] = ()) -> Result:
    result = map_of(case.spokes, questions)
    return result if case.is_first else resealed(result, since=SINCE)


def radar(case: Case) -> bytes:
    caption = captions.caption_of(result_of(case), "radar")
    return charts.draw_radar(case.spokes, title=TITLE, caption=caption, last=LAST)


def dots(case: Case) -> bytes:
    caption = captions.caption_of(result_of(case), "dots")
    return charts.draw_dots(case.spokes, title=TITLE, caption=caption, last=LAST)


def stellar(case: Case) -> bytes:
    caption = captions.caption_of(result_of(case), "stellar")
    return charts.draw_stellar(case.spokes, title=TITLE, caption=caption)


def trend(case: Case) -> bytes:
    """Five rounds, or one. With gaps, a dimension is missing now and another was before."""
    lines: list[list[float | None]] = []
    for place, now in enumerate(case.values(NOW)):
        if case.value is not None:
            lines.append([now] * 5)
            continue
        end = NOW[place]
        line = [max(3, end - below * (3 - place % 4)) for below in reversed(EARLIER)]
        known: list[float | None] = [*line, now]
        if case.has_gaps and place % 2 == 0:
            known[2] = None
        lines.append(known[-1:] if case.is_first else known)
    shown = trend_with(lines, case.names, year=2027 if case.is_first else 2026)
    caption = captions.caption_of(result_of(case), "trend")
    return charts.draw_trend(shown, title=TITLE, caption=caption)


def question_map(case: Case) -> bytes:
    """Our own questions, as often as needed; with gaps, some without a level."""
    further = [one for part in SCORECARD.dimensions for one in part.further]
    ours = [one.short_title for one in (*SCORECARD.core, *further)]
    ends = {2: "about 0", 98: "about 4"}
    asked: list[QuestionResult] = []
    for spoke in case.spokes:
        for _ in range(case.questions):
            place = len(asked)
            name = ours[place % len(ours)]
            if case.names is LONG_NAMES:
                name = shorten(f"{name} of each live model we have", 40, placeholder="")
            level = LEVELS[place % len(LEVELS)] if case.value is None else ends[case.value]
            if case.has_gaps and place % 4 == 1:
                asked.append(
                    question_of(
                        spoke,
                        name,
                        answered=3,
                        applicable=place % 8 == 1,
                        find_out_first=place % 3 == 0,
                    )
                )
            else:
                asked.append(question_of(spoke, name, level))
    result = result_of(case, asked)
    return charts.draw_map(result, title=TITLE, caption=captions.caption_of(result, "map"))


SHEETS: Final[Mapping[str, Callable[[Case], bytes]]] = {
    "radar": radar,
    "dots": dots,
    "stellar": stellar,
    "trend": trend,
    "map": question_map,
}


def sheet(draw: Callable[[Case], bytes], cases: Sequence[Case]) -> Image.Image:
    """The first case large, all of them small on white, and some of them small on dark."""
    pictures = [Image.open(BytesIO(draw(case))).convert("RGB") for case in cases]
    small = [scaled(picture, SMALL) for picture in pictures]
    labels = [case.label for case in cases]
    dark = [place for place, label in enumerate(labels) if label in ON_DARK]
    bands = (
        band([scaled(pictures[0], LARGE)], [f"{cases[0].label}, {LARGE} pixels wide"], WHITE, 1),
        band(small, labels, WHITE, COLUMNS),
        band([small[place] for place in dark], [labels[place] for place in dark], DARK, COLUMNS),
    )
    whole = Image.new("RGB", (WIDTH, sum(one.height for one in bands)), WHITE)
    top = 0
    for one in bands:
        whole.paste(one, (0, top))
        top += one.height
    return whole


def band(
    pictures: Sequence[Image.Image], labels: Sequence[str], ground: str, columns: int
) -> Image.Image:
    """Rows of pictures, each below its label."""
    gap = EDGE if columns == 1 else GAP
    rows = [
        range(start, min(start + columns, len(pictures)))
        for start in range(0, len(pictures), columns)
    ]
    heights = [max(pictures[place].height for place in row) + LABEL + gap for row in rows]
    whole = Image.new("RGB", (WIDTH, sum(heights) + gap), ground)
    pen = ImageDraw.Draw(whole)
    font = ImageFont.truetype(str(lettering.font(Face(size=20)).get_file()), 17)
    top = gap
    for row, height in zip(rows, heights, strict=True):
        for column, place in enumerate(row):
            left = gap + column * (pictures[place].width + gap)
            pen.text((left, top + 4), labels[place], fill=WORDS_ON[ground], font=font)
            whole.paste(pictures[place], (left, top + LABEL))
            frame = (
                left - 1,
                top + LABEL - 1,
                left + pictures[place].width,
                top + LABEL + pictures[place].height,
            )
            pen.rectangle(frame, outline="#d5d5d5")
        top += height
    return whole


def scaled(picture: Image.Image, width: int) -> Image.Image:
    size = (width, round(picture.height * width / picture.width))
    return picture.resize(size, Image.Resampling.LANCZOS)


def house_colours() -> Image.Image:
    """A palette: what pictures are drawn with, on the way to the paper, and shades of scores."""
    solid = (style.INK, style.QUIET, style.BLUE, style.TARGET, WHITE)
    mixed = [blend(colour, WHITE, step / 6) for colour in solid for step in range(6)]
    edges = [blend(DARK, WHITE, step / 3) for step in range(3)]
    filled = blend(style.BLUE, WHITE, 1 - 0x26 / 0xFF)
    inside = [blend(colour, to_hex(filled), 0.5) for colour in (style.GRID, style.BLUE)]
    shaded = [to_rgb(shades.colour(value)) for value in (*range(0, 100, 5), 2.5, 97.5, 6.25, 93.75)]
    others = [to_rgb(style.GRID), blend(style.GRID, WHITE, 0.5), blend(style.BLUE, WHITE, 0.65)]
    colours = [*mixed, *edges, filled, *inside, *shaded, *others]
    palette = Image.new("P", (1, 1))
    palette.putpalette([round(255 * part) for colour in colours for part in colour])
    return palette


def blend(colour: str, other: str, share: float) -> tuple[float, float, float]:
    """So much of the other."""
    red, green, blue = (
        one * (1 - share) + two * share
        for one, two in zip(to_rgb(colour), to_rgb(other), strict=True)
    )
    return red, green, blue


def main(
    folder: Path,
    sheets: Mapping[str, Callable[[Case], bytes]] = SHEETS,
    cases: Sequence[Case] = CASES,
) -> None:
    """Write sheet-radar.png and the others; fewer colours make small files."""
    palette = house_colours()
    for name, draw in sheets.items():
        shown = [case for case in cases if not (case.is_first and name in ALIKE)]
        drawn = sheet(draw, shown).quantize(palette=palette, dither=Image.Dither.NONE)
        drawn.save(folder / f"sheet-{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
