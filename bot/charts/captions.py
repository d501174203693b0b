"""The words around a picture: its title and its caption. No matplotlib here."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from questionnaires.conversation import Finish
from questionnaires.results import Result
from questionnaires.rounds import Manner

SEPARATOR = " · "
TOGETHER = "filled in together"


def title_of(result: Result) -> str:
    """Team and round: "Northwind ML, January 2027"."""
    return f"{result.team_name}, {result.round_title}"


def own_title(own: Finish) -> str:
    """Above the picture that comes with the last answer."""
    if own.manner is Manner.TOGETHER:
        return f"{own.team_name}: the team's scores"
    return f"{own.team_name}: your own scores"


def own_caption(own: Finish) -> str:
    seen = TOGETHER if own.manner is Manner.TOGETHER else "seen by nobody else"
    return f"{own.round_title}{SEPARATOR}{seen}"


def last_of(result: Result) -> str | None:
    """The round that changes are counted from, as pictures name it; None where there is none."""
    return None if result.since is None else f"{result.since.round_title}, same questions"


def caption_of(result: Result, kind: str) -> str:
    """What the scores rest on, and what the picture is; `kind` is as for alt_text.

    Answered of invited, or that it was filled in together; questionnaire and version, whether
    tailored, closing day, what is seen. Raises KeyError for an unknown kind.
    """
    closed_on = result.closed_on
    return SEPARATOR.join(
        (
            TOGETHER if result.together else f"{result.respondents} of {result.invited} answered",
            f"{result.questionnaire}, version {result.questionnaire_version}"
            f"{', tailored' if result.tailored else ''}",
            f"{closed_on.day} {closed_on:%b %Y}",
            SEEN[kind](result),
        )
    )


def months(days: Sequence[date]) -> list[str]:
    """Days, short: "Oct 2026"; "6 Oct" for each where two of them are in the same month."""
    named = [f"{day:%b %Y}" for day in days]
    if len(set(named)) == len(set(days)):
        return named
    return [f"{day.day} {day:%b}" for day in days]


def _sorted_scores(result: Result) -> str:
    """With what stands beside them, where there is any of it."""
    has_ranges = any(one.range is not None for one in result.dimensions)
    has_changes = result.since and any(one.change is not None for one in result.dimensions)
    beside = [*(["ranges"] if has_ranges else []), *(["changes"] if has_changes else [])]
    return f"scores from high to low{', with their ' if beside else ''}{' and '.join(beside)}"


SEEN: Final[dict[str, Callable[[Result], str]]] = {
    "radar": lambda _: "0 in the middle, 100 at the rim",
    "stellar": lambda _: "scores as a star, blue is low, yellow is high",
    "dots": _sorted_scores,
    "trend": lambda _: (
        "each line starts at a score and adds the changes since, over the same questions"
    ),
    "map": lambda _: "level of each question from 0 to 4, blue is low, yellow is high",
}
