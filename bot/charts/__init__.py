"""Pictures of a result: values in, PNG bytes out. No storage, no Slack.

Importing this package does not load matplotlib (slow, and most processes never draw);
the first picture does. Each picture is 1200 pixels wide, meant to be shown at 600 or less.
"""

from collections.abc import Sequence

from questionnaires.results import DimensionResult, Result
from questionnaires.trend import Trend


def draw_radar(
    spokes: Sequence[DimensionResult], *, title: str, caption: str, last: str | None = None
) -> bytes:
    """PNG of the scores as an outline on a wheel; spokes clockwise from the top, as given.

    `last` says in words which round the changes are counted from; None draws no such round.
    """
    from bot.charts import png, radar  # noqa: PLC0415 - loads matplotlib

    return png.png(radar.radar_figure(spokes, title=title, caption=caption, last=last))


def draw_stellar(spokes: Sequence[DimensionResult], *, title: str, caption: str) -> bytes:
    """PNG of the scores as one coloured spike each; clockwise from the top, as given."""
    from bot.charts import png, stellar  # noqa: PLC0415 - loads matplotlib

    return png.png(stellar.stellar_figure(spokes, title=title, caption=caption))


def draw_dots(
    spokes: Sequence[DimensionResult], *, title: str, caption: str, last: str | None = None
) -> bytes:
    """PNG of the scores as dots with their ranges, the best first, gaps last; `last` as above."""
    from bot.charts import dots, png  # noqa: PLC0415 - loads matplotlib

    return png.png(dots.dots_figure(spokes, title=title, caption=caption, last=last))


def draw_trend(trend: Trend, *, title: str, caption: str) -> bytes:
    """PNG of how each dimension moved over the rounds; panels in the order of its lines."""
    from bot.charts import png, trends  # noqa: PLC0415 - loads matplotlib

    return png.png(trends.trend_figure(trend, title=title, caption=caption))


def draw_map(result: Result, *, title: str, caption: str) -> bytes:
    """PNG of every question's level as number and shade, by dimension."""
    from bot.charts import png, question_map  # noqa: PLC0415 - loads matplotlib

    return png.png(question_map.map_figure(result, title=title, caption=caption))
