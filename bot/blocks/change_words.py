"""What is different from the round before: a number in each line, and one sentence for all."""

from collections.abc import Sequence
from datetime import date

from bot.blocks import wording
from questionnaires.calendar import MONTHS
from questionnaires.results import (
    DimensionResult,
    NoChange,
    Result,
    ShownChange,
    Since,
    Verdict,
    signed,
)

WHY_NONE = {
    NoChange.NO_SCORE_BEFORE: "too few answers then",
    NoChange.OTHER_QUESTIONS: "the questions are others, or count otherwise",
    NoChange.COUNTED_OTHERWISE: "each role counted the same in one of the two rounds only",
    NoChange.NEAR_AN_END: "a score near 0 or 100 is shown roughly",
    NoChange.GIVES_ANSWERS_AWAY: "beside both scores it would tell single answers",
}


# So few people prove nothing. More could, but are not looked at below the number that a round
# shows everything from.
FEW_PROVE_NOTHING = 4


def in_line(change: ShownChange | None) -> str:
    """Behind a name; bold when it is more than noise."""
    if change is None:
        return ""
    return f" *{change.text}*" if change.verdict is Verdict.CHANGED else f" {change.text}"


def sentence(result: Result, next_on: date | None) -> str:
    """Said once: what changed and whether that is more than noise, or that this is the start."""
    since = result.since
    if since is None:
        return _starting_point(next_on)
    title = wording.plain(since.round_title)
    if not any(one.change for one in result.dimensions):
        return f"Nothing to compare with {title}, because {_why_none(result)}."
    if result.together:
        return f"Numbers behind the names: since {title}. One set of answers can't prove a change."
    if since.answers_erased:
        return f"Since {title}. Answers were erased, so nothing says what is more than noise."
    if not since.can_tell:
        return f"Since {title}{_too_few(result, since)}."
    return _verdict(result, since, title)


def besides(dimension: DimensionResult) -> list[str]:
    """What moved a score besides its change, so that two posts side by side make sense."""
    change = dimension.change
    if change is None or not change.composition:
        return []
    return [
        f"_{change.text} over the questions asked both times, and "
        f"{signed(change.composition)} by those that are new, gone or count otherwise_"
    ]


def why_not(result: Result) -> list[str]:
    """One line for each reason why dimensions stand beside no change."""
    if result.since is None:
        return []
    title = wording.plain(result.since.round_title)
    return [
        f"The change since {title} in {names(found)}: {WHY_NONE[reason]}."
        for reason in NoChange
        if (found := [one for one in result.dimensions if one.no_change is reason])
    ]


def _too_few(result: Result, since: Since) -> str:
    people = since.people if since.same_people else min(result.respondents, since.respondents)
    if FEW_PROVE_NOTHING < people < result.k:
        return f". What is more than noise is told from {result.k} people on"
    return f": with {wording.count(people, 'person', 'people')} one round cannot prove a change"


def _verdict(result: Result, since: Since, title: str) -> str:
    found = [(one, one.change) for one in result.dimensions if one.change]
    changed = [(one, change) for one, change in found if change.verdict is Verdict.CHANGED]
    others = "" if since.same_people else ", answered by partly other people"
    # Where no number stands, nothing is said of it: it may have changed, or was not tested.
    hidden = any(one.no_change for one in result.dimensions)
    if not changed:
        where = " in the numbers shown" if hidden else ""
        return f"No clear change since {title}{where}{others}."
    named = wording.listed(
        [f"*{wording.plain(one.short_title)} {change.text}*" for one, change in changed]
    )
    others_too = "No clear change in the other numbers" if hidden else "Elsewhere no clear change"
    rest = f" {others_too}." if len(changed) < len(found) else ""
    return f"Changed since {title}{others}: {named}.{rest}"


def _starting_point(next_on: date | None) -> str:
    if next_on is None:
        return "Your starting point: another round would be measured against it."
    return f"Your starting point. Next round: {MONTHS[next_on.month - 1]} {next_on.year}."


def _why_none(result: Result) -> str:
    reasons = [one.no_change for one in result.dimensions if one.no_change]
    return WHY_NONE[max(NoChange, key=reasons.count)]


def names(dimensions: Sequence[DimensionResult]) -> str:
    return wording.listed([wording.plain(one.short_title) for one in dimensions])
