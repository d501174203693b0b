"""A picture in words, for people who do not see it: every score, in reading order."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.charts.captions import TOGETHER
from questionnaires.results import DimensionResult
from questionnaires.rounds import Manner

LIMIT: Final = 1000  # characters; Slack refuses more
_TITLE_LIMIT: Final = 200


def _score(spoke: DimensionResult) -> str:
    return "n/a" if spoke.score is None else spoke.score.text


def _score_and_range(spoke: DimensionResult) -> str:
    if spoke.score is None or spoke.range is None:
        return _score(spoke)
    return f"{spoke.score.text} (range {spoke.range.low} to {spoke.range.high})"


KINDS: Final[dict[str, tuple[str, Callable[[DimensionResult], str]]]] = {
    "radar": ("Radar chart", _score),
    "stellar": ("Stellar chart", _score),
    "dots": ("Dot chart", _score_and_range),
}


def alt_text(
    kind: str, title: str, spokes: Sequence[DimensionResult], manner: Manner = Manner.APART
) -> str:
    """Describe a picture in at most 1000 characters; `kind` is "radar", "stellar" or "dots".

    Dimensions stand in the order given, whole ones only: should they not fit, the last
    words say how many are left out. Raises KeyError for an unknown kind.
    """
    name, describe = KINDS[kind]
    together = f", {TOGETHER}" if manner is Manner.TOGETHER else ""
    text = f"{name}, scores from 0 to 100{together}. {_cut(_one_line(title), _TITLE_LIMIT)}:"
    for done, spoke in enumerate(spokes):
        left = len(spokes) - done
        rest = f" and {left} more."
        part = f" {_one_line(spoke.short_title)} {describe(spoke)}{',' if left > 1 else '.'}"
        if len(text) + len(part) + len(rest) > LIMIT:
            return text + rest
        text += part
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
