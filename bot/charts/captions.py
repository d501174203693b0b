"""The words around a picture: its title and its caption. No matplotlib here."""

from collections.abc import Callable
from typing import Final

from questionnaires.results import Result

SEPARATOR = " · "


def title_of(result: Result) -> str:
    """Team and round: "Northwind ML, January 2027"."""
    return f"{result.team_name}, {result.round_title}"


def caption_of(result: Result, kind: str) -> str:
    """What the scores rest on, and what the picture is; `kind` is as for alt_text.

    Answered of invited, questionnaire and version, closing day, what is seen. Raises KeyError
    for an unknown kind.
    """
    closed_on = result.closed_on
    return SEPARATOR.join(
        (
            f"{result.respondents} of {result.invited} answered",
            f"{result.questionnaire}, version {result.questionnaire_version}",
            f"{closed_on.day} {closed_on:%b %Y}",
            SEEN[kind](result),
        )
    )


def _sorted_scores(result: Result) -> str:
    has_ranges = any(one.range is not None for one in result.dimensions)
    return f"scores from high to low{', with their ranges' if has_ranges else ''}"


SEEN: Final[dict[str, Callable[[Result], str]]] = {
    "radar": lambda _: "scores",
    "stellar": lambda _: "scores as a star, blue is low, yellow is high",
    "dots": _sorted_scores,
}
