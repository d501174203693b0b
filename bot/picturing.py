"""Which picture a message is, with the words that stand for it. Equal ones are drawn once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot import charts
from bot.charts import captions
from bot.charts.alt_text import alt_text, map_alt_text, trend_alt_text
from questionnaires.conversation import Finish
from questionnaires.messages import Kind
from questionnaires.results import DimensionResult, Result
from questionnaires.trend import Trend, trend_of

SHAPES = {
    Kind.OWN_RADAR: "radar",
    Kind.PREVIEW_RADAR: "radar",
    Kind.RADAR: "radar",
    Kind.STELLAR: "stellar",
    Kind.DOTS: "dots",
    Kind.TREND: "trend",
    Kind.QUESTION_MAP: "map",
    Kind.REHEARSED_RADAR: "radar",
    Kind.REHEARSED_STELLAR: "stellar",
    Kind.REHEARSED_DOTS: "dots",
}
DRAW: dict[str, Callable[..., bytes]] = {
    "radar": charts.draw_radar,
    "stellar": charts.draw_stellar,
    "dots": charts.draw_dots,
    "trend": charts.draw_trend,
    "map": charts.draw_map,
}
BESIDE_LAST = frozenset({"radar", "dots"})  # drawn with the round before
PICTURES_KEPT = 32

About = tuple[DimensionResult, ...] | Trend | Result


@dataclass(frozen=True, slots=True)
class Picture:
    """`about`: what is drawn; `alt`: the same in words. `last`: the round it is compared with."""

    shape: str
    about: About
    title: str
    caption: str
    alt: str
    last: str | None = None


def own_picture(own: Finish) -> Picture:
    """Somebody's own scores, for their own eyes."""
    title = captions.own_title(own)
    caption = captions.own_caption(own)
    return Picture(
        "radar", own.scores, title, caption, alt_text("radar", title, own.scores, own.manner)
    )


def picture_of(result: Result, kind: Kind, past: Sequence[Result] = ()) -> Picture:
    """A result as this kind of message; `past`: for a trend, up to this result, oldest first."""
    shape, title = SHAPES[kind], captions.title_of(result)
    caption = captions.caption_of(result, shape)
    if shape == "trend":
        trend = trend_of(past)
        alt = trend_alt_text(title, trend, result.manner)
        return Picture(shape, trend, title, caption, alt)
    if shape == "map":
        return Picture(shape, result, title, caption, map_alt_text(title, result))
    spokes, last = result.dimensions, captions.last_of(result)
    alt = alt_text(shape, title, spokes, result.manner, last)
    return Picture(shape, spokes, title, caption, alt, last)


@lru_cache(maxsize=PICTURES_KEPT)
def png(picture: Picture) -> bytes:
    """Drawn once, although every facilitator and the channel get it."""
    beside = {"last": picture.last} if picture.shape in BESIDE_LAST else {}
    draw = DRAW[picture.shape]
    return draw(picture.about, title=picture.title, caption=picture.caption, **beside)
