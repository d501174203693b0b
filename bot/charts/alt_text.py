"""A picture in words, for people who do not see it: every score, in reading order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.charts.captions import TOGETHER
from bot.charts.layers import Layer, Name, layers, points
from questionnaires.results import DimensionResult
from questionnaires.rounds import Manner

LIMIT: Final = 1000  # characters; Slack refuses more
_TITLE_LIMIT: Final = 200
_LAST_LIMIT: Final = 80
KINDS: Final = {"radar": "Radar chart", "stellar": "Stellar chart", "dots": "Dot chart"}
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
    together = f", {TOGETHER}" if manner is Manner.TOGETHER else ""
    since = ""
    if "last" in shown:
        words = _cut(_one_line(shown["last"].words), _LAST_LIMIT)
        since = f", in brackets the change since {words}"
    text = f"{KINDS[kind]}, scores from 0 to 100{together}{since}. "
    text += f"{_cut(_one_line(title), _TITLE_LIMIT)}:"
    for done, spoke in enumerate(spokes):
        left = len(spokes) - done
        rest = f" and {left} more."
        brackets = ", ".join(_besides(kind, spoke, shown))
        said = f"{_score(spoke)} ({brackets})" if brackets else _score(spoke)
        part = f" {_one_line(spoke.short_title)} {said}{',' if left > 1 else '.'}"
        if len(text) + len(part) + len(rest) > LIMIT:
            return text + rest
        text += part
    return text


def _score(spoke: DimensionResult) -> str:
    return "n/a" if spoke.score is None else spoke.score.text


def _besides(kind: str, spoke: DimensionResult, shown: Mapping[Name, Layer]) -> Iterator[str]:
    """The change, the range and the target, where the picture shows them."""
    if "last" in shown and spoke.change is not None:
        yield points(spoke.change)
    if kind == "dots" and spoke.score is not None and spoke.range is not None:
        yield f"range {spoke.range.low} to {spoke.range.high}"
    if "target" in shown and (target := shown["target"].value_of(spoke)) is not None:
        yield f"target {target:.0f}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
