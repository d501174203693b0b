"""A picture in words, for people who do not see it: every score, in reading order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.charts.captions import TOGETHER, months
from bot.charts.layers import Layer, Name, layers
from bot.charts.levels import rows_of
from questionnaires.results import DimensionResult, Result
from questionnaires.rounds import Manner
from questionnaires.trend import Trend, TrendLine

LIMIT: Final = 1000  # characters; Slack refuses more
_TITLE_LIMIT: Final = 200
_LAST_LIMIT: Final = 80
KINDS: Final = {
    "radar": "Radar chart",
    "stellar": "Stellar chart",
    "dots": "Dot chart",
    "trend": "Trend chart",
    "map": "Question map",
}
NOT_AVAILABLE: Final = "n/a"
_LAYERED: Final = frozenset({"radar", "dots"})


def alt_text(
    kind: str,
    title: str,
    spokes: Sequence[DimensionResult],
    manner: Manner = Manner.APART,
    last: str | None = None,
) -> str:
    """Describe a picture in at most 1000 characters; `kind` is "radar", "stellar" or "dots".

    What is drawn besides the scores is in brackets. Dimensions stand in the order given, whole
    ones only: should they not fit, the last words say how many are left out. Raises KeyError for
    an unknown kind.
    """
    shown = {layer.name: layer for layer in layers(spokes, last)} if kind in _LAYERED else {}
    since = ""
    if "last" in shown:
        words = _cut(_one_line(shown["last"].words), _LAST_LIMIT)
        since = f", in brackets the change since {words}"
    parts = []
    for spoke in spokes:
        brackets = ", ".join(_besides(kind, spoke, shown))
        said = f"{_score(spoke)} ({brackets})" if brackets else _score(spoke)
        parts.append(f"{_one_line(spoke.short_title)} {said}")
    return _listed(_head(f"{KINDS[kind]}, scores from 0 to 100", manner, title, since), parts, ",")


def trend_alt_text(title: str, trend: Trend, manner: Manner = Manner.APART) -> str:
    """Every value of every line, oldest first; the first and the last where that is too long."""
    first, last = months((trend.rounds[0][1], trend.rounds[-1][1]))
    count = len(trend.rounds)
    rounds = f", over {count} rounds, {first} to {last}" if count > 1 else f", {first}"
    head = _head(f"{KINDS['trend']}, scores from 0 to 100", manner, title, rounds)
    every = [
        f"{_one_line(line.short_title)} {', '.join(one or NOT_AVAILABLE for one in line.printed)}"
        for line in trend.lines
    ]
    ends = [f"{_one_line(line.short_title)} {_from_to(line)}" for line in trend.lines]
    return _listed(head, every if _fits(head, every) else ends, ";")


def map_alt_text(title: str, result: Result) -> str:
    """Every question with its level; dimensions with their levels in order if that is too long."""
    found = list(rows_of(result))
    head = _head(f"{KINDS['map']}, levels from 0 to 4", result.manner, title)
    named = [
        f"{_one_line(dimension.short_title)}: "
        + ", ".join(f"{_one_line(row.name)} {row.said}" for row in rows)
        for dimension, rows in found
    ]
    levels = [
        f"{_one_line(dimension.short_title)} {', '.join(row.said for row in rows)}"
        for dimension, rows in found
    ]
    return _listed(head, named if _fits(head, named) else levels, ";")


def _head(what: str, manner: Manner, title: str, more: str = "") -> str:
    together = f", {TOGETHER}" if manner is Manner.TOGETHER else ""
    return f"{what}{together}{more}. {_cut(_one_line(title), _TITLE_LIMIT)}:"


def _listed(head: str, parts: Sequence[str], separator: str) -> str:
    """As many whole parts as fit, and how many do not."""
    text = head
    for done, part in enumerate(parts):
        left = len(parts) - done
        rest = f" and {left} more."
        said = f" {part}{separator if left > 1 else '.'}"
        if len(text) + len(said) + len(rest) > LIMIT:
            return text + rest
        text += said
    return text


def _fits(head: str, parts: Sequence[str]) -> bool:
    rest = len(f" and {len(parts)} more.")
    return len(head) + sum(len(part) + 2 for part in parts) + rest <= LIMIT


def _from_to(line: TrendLine) -> str:
    there = [one for one in line.printed if one is not None]
    return f"from {there[0]} to {line.printed[-1] or NOT_AVAILABLE}" if there else NOT_AVAILABLE


def _score(spoke: DimensionResult) -> str:
    return NOT_AVAILABLE if spoke.score is None else spoke.score.text


def _besides(kind: str, spoke: DimensionResult, shown: Mapping[Name, Layer]) -> Iterator[str]:
    """The change, the range and the target, where the picture shows them."""
    if "last" in shown and spoke.change is not None:
        yield spoke.change.text
    if kind == "dots" and spoke.score is not None and spoke.range is not None:
        yield f"range {spoke.range.low} to {spoke.range.high}"
    if "target" in shown and (target := shown["target"].value_of(spoke)) is not None:
        yield f"target {target:.0f}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
