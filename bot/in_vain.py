"""What is said of results that somebody asks for in vain: sentences, as in bot/errors.py."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.blocks import wording
from questionnaires import in_vain as refusals
from questionnaires.errors import Refusal

LISTED_MOST = 12
TYPED_MOST = 40


def _some(names: Sequence[str]) -> str:
    """Search, Fraud and 3 more"""
    more = len(names) - LISTED_MOST
    named = [wording.plain(name) for name in names[:LISTED_MOST]]
    return wording.listed([*named, *([f"{more} more"] if more > 0 else [])])


def _no_such_team(e: refusals.NoSuchTeam) -> str:
    typed = wording.within(wording.plain(e.text), TYPED_MOST) or "that"
    if not e.teams:
        return f"I know no team called {typed}. `/scorecard results` lists what you can read."
    return (
        f"I know no team called {typed} whose results you can read. There are: {_some(e.teams)}. "
        "Type one of these names behind `/scorecard results`."
    )


def _no_such_round(e: refusals.NoSuchRound) -> str:
    """There is no round 9 of Northwind ML. There are: 1 (October 2026) and 2 (January 2027)."""
    team = wording.plain(e.team_name)
    if not e.rounds:
        return (
            f"{team} has no result for you to read yet. `/scorecard results` says when one comes."
        )
    head = f"There is no round {e.number} of {team}"
    if e.waits:
        head = f"The result of round {e.number} of {team} is not posted yet"
    if e.elsewhere:
        head = f"The result of round {e.number} of {team} was not posted here"
    latest = e.rounds[:LISTED_MOST]
    older = len(e.rounds) - len(latest)
    named = [f"{number} ({title})" for number, title in reversed(latest)]
    known = wording.listed([*([f"{older} older"] if older else []), *named])
    verb = "There is" if len(e.rounds) == 1 else "There are"
    return f"{head}. {verb}: {known}. Type one of these numbers instead."


APART: Mapping[refusals.Apart, str] = {
    refusals.Apart.ONE_TOGETHER: (
        "{title} was filled in together by the team, and in the other round everybody answered "
        "alone"
    ),
    refusals.Apart.OTHER_SCALE: (
        "{title} was answered with yes, partly or no, and the other round on five levels"
    ),
    refusals.Apart.TOO_FEW: "there are too few answers for a score in {title}",
    refusals.Apart.OTHER_QUESTIONS: (
        "too few of the questions in {title} were asked in the other round, too"
    ),
}

SENTENCES: Mapping[type[Refusal], Callable[[Any], str]] = {
    refusals.NoSuchTeam: _no_such_team,
    refusals.AmbiguousTeam: lambda e: (
        f"There is more than one team with that in its name: {_some(e.teams)}. "
        "Type more of the name behind `/scorecard results`."
    ),
    refusals.NotTheirResults: lambda e: (
        f"The results of {wording.plain(e.team_name)} are for the people it asks and its "
        f"facilitators: {wording.people(e.facilitators)}. Ask one of them, or type the same in "
        "the channel where they are posted."
    ),
    refusals.NoSuchRound: _no_such_round,
    refusals.NothingToCompare: lambda e: (
        f"Nothing to compare, because {APART[e.why].format(title=wording.plain(e.round_title))}. "
        "Choose another round."
    ),
    refusals.SameRound: lambda _: (
        "This is the same round twice. Choose another one to compare it with."
    ),
    refusals.OneResultOnly: lambda e: (
        f"Nothing to compare yet, because {wording.plain(e.team_name)} has fewer than two results "
        "for you to read. Please try again after its next round."
    ),
    refusals.ResultGone: lambda _: (
        "This result is not there for you to read. `/scorecard results` lists those that are."
    ),
}
