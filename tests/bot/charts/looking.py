"""Made-up scores, and ways to look at the artists of a figure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from questionnaires.model import Scale
from questionnaires.results import (
    DimensionResult,
    QuestionResult,
    Result,
    ShownChange,
    ShownRange,
    ShownScore,
    Verdict,
)
from questionnaires.trend import Trend, TrendLine
from tests.disclosed import a_change, a_dimension, a_question, a_result, a_score

NAMES = (
    "Governance",
    "Data",
    "Development",
    "Deployment",
    "Monitoring",
    "Improvement",
    "Security",
    "People",
    "Cost",
    "Testing",
    "Documentation",
    "Platform",
)
LONG_NAMES = (
    "Experimentation tracking",
    "Reproducibility & audits",
    "Data and model lifecycle",
    "Responsible AI practices",
    "Infrastructure-as-a-code",
    "Continuous improvements!",
    "Stakeholder conversation",
    "Feature store management",
    "Cost and capacity limits",
    "Documentation, knowledge",
    "Incident response drills",
    "Security and permissions",
)


def _shown(value: float | None) -> ShownScore | None:
    if value is None:
        return None
    if value < 5:
        return a_score(2.5, "under 5")
    if value > 95:
        return a_score(97.5, "over 95")
    return a_score(value, f"{value:.0f}")


def _change(now: float | None, before: float | None) -> ShownChange | None:
    shown = _shown(before)
    if now is None or before is None or shown is None:
        return None
    verdict = Verdict.NO_CLEAR_CHANGE
    return a_change(points=round(now - before), verdict=verdict, before=shown)


def spokes_of(
    values: Sequence[float | None],
    names: Sequence[str] = NAMES,
    ranges: Sequence[ShownRange | None] = (),
    before: Sequence[float | None] = (),
    targets: Sequence[int | None] = (),
) -> list[DimensionResult]:
    """Builds spokes from values, with short names unless told otherwise.

    `before`: the scores of the last round; `targets`: levels 0 to 4.
    """
    return [
        a_dimension(
            id=f"dimension_{index}",
            title=name,
            short_title=name,
            raters=0 if value is None else 6,
            score=_shown(value),
            range=ranges[index] if ranges else None,
            change=_change(value, before[index]) if before else None,
            target=targets[index] if targets else None,
        )
        for index, (value, name) in enumerate(zip(values, names, strict=False))
    ]


def trend_with(
    lines: Sequence[Sequence[float | None]],
    names: Sequence[str] = NAMES,
    anew: Sequence[int] = (),
    year: int = 2024,
) -> Trend:
    """A line per row of values, one a quarter; `anew`: places at which every line breaks."""
    count = max(map(len, lines), default=0)
    rounds = tuple(
        (f"Round {place}", date(year + place // 4, 1 + 3 * (place % 4), 20))
        for place in range(count)
    )
    return Trend(
        rounds,
        tuple(
            _trend_line(index, name, values, anew)
            for index, (values, name) in enumerate(zip(lines, names, strict=False))
        ),
    )


def _trend_line(
    index: int, name: str, values: Sequence[float | None], anew: Sequence[int]
) -> TrendLine:
    shown = [_shown(value) for value in values]
    starts = tuple(
        place
        for place, value in enumerate(values)
        if value is not None and (place == 0 or values[place - 1] is None or place in anew)
    )
    return TrendLine(
        f"dimension_{index}",
        name,
        tuple(None if one is None else one.value for one in shown),
        tuple(None if one is None else one.text for one in shown),
        starts,
    )


def map_of(
    dimensions: Sequence[DimensionResult], questions: Sequence[QuestionResult] = ()
) -> Result:
    """What a question map is drawn of."""
    return a_result(
        method_version=1,
        team_name="Northwind ML",
        round_title="January 2027",
        closed_on=date(2027, 1, 20),
        questionnaire="MLOps scorecard",
        questionnaire_version=1,
        scale=Scale.FIVE_LEVELS,
        k=5,
        invited=6,
        respondents=5,
        overall=None,
        overall_level=None,
        overall_range=None,
        weakest=None,
        dimensions=tuple(dimensions),
        questions=tuple(questions),
        proposals=(),
        comments=(),
    )


def question_of(
    dimension: DimensionResult,
    name: str,
    level: str | None = None,
    *,
    answered: int = 5,
    applicable: bool = True,
    find_out_first: bool = False,
    deep_dive: bool = False,
) -> QuestionResult:
    return a_question(
        id=f"{dimension.id} {name}",
        dimension_id=dimension.id,
        short_title=name,
        answered=answered,
        applicable=applicable,
        level=level,
        agreement=None,
        find_out_first=find_out_first,
        deep_dive=deep_dive,
    )


def find_in(figure: Figure, gid: str) -> list[Any]:
    """All artists of a figure with a gid, in the order in which they were added."""
    return figure.findobj(lambda artist: artist.get_gid() == gid)


def ink_of(figure: Figure, text: Text) -> Bbox:
    """The box of a text's ink in points of the sheet."""
    # Text.get_window_extent makes every line as high as one with a "p" in it.
    canvas: Any = figure.canvas
    width, height, descent = canvas.get_renderer().get_text_width_height_descent(
        text.get_text(), text.get_fontproperties(), ismath=False
    )
    pixels_per_point = figure.get_figwidth() * figure.dpi / 600
    width, height, descent = (size / pixels_per_point for size in (width, height, descent))
    x, y = text.get_position()
    left = x - {"left": 0, "center": width / 2, "right": width}[text.get_horizontalalignment()]
    return Bbox.from_bounds(left, y - descent, width, height)
