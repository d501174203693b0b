"""What check and diff say of a questionnaire, in sentences."""

from collections.abc import Iterator

from bot.blocks import wording
from bot.by_file import cards
from questionnaires import conversation, difference
from questionnaires.difference import COMMON_LEAST, Difference, Reworked, Trend
from questionnaires.model import Question, Questionnaire, Tier

TIERS = {Tier.CORE: "core", Tier.DEEP_DIVE: "deep dive"}


def size(questionnaire: Questionnaire) -> str:
    """18 questions, about 9 min, and 30 for deep dives"""
    asked = len(questionnaire.core)
    deeper = sum(len(one.questions) for one in questionnaire.dimensions) - asked
    minutes = conversation.minutes(asked, questionnaire.scale)
    more = f", and {deeper} for deep dives" if deeper else ""
    return f"{wording.count(asked, 'question', 'questions')}, about {minutes} min{more}"


def right(questionnaire: Questionnaire) -> str:
    """What is worth knowing of a file in which nothing is wrong."""
    longest = max(cards.every(questionnaire), key=lambda one: one.words)
    return (
        f"{questionnaire.id} version {questionnaire.version}: {size(questionnaire)}. The longest "
        f"card is {longest.question.id} with {longest.words} words."
    )


def too_long(shown: cards.Shown) -> str:
    return (
        f"The card of {shown.question.id} has {shown.words} words. Cards with at most "
        f"{cards.WORDS_MOST} are read to the end."
    )


def diff(old: Questionnaire, new: Questionnaire, *, was_asked: bool) -> Iterator[str]:
    """All of it: what differs, what stays comparable, and the number."""
    found = difference.compare(old, new)
    asked = ", as it was asked," if was_asked else ""
    yield f"{old.id} version {old.version}{asked} -> {new.id} version {new.version}"
    yield ""
    yield from differences(found)
    yield ""
    if old.id == new.id:
        yield from trends(found)
        yield ""
    yield version(old, new, was_asked=was_asked)


def differences(found: Difference) -> Iterator[str]:
    """One line for each thing that is there, gone or otherwise."""
    for one, where in found.added:
        yield f"new      {_named(one)} ({TIERS[one.tier]}, {where})"
    for one, where in found.removed:
        yield f"gone     {_named(one)} ({TIERS[one.tier]}, {where})"
    for reworked in found.reworked:
        yield f"changed  {_named(reworked.question)}: {'; '.join(_parts(reworked))}"
    for title, fields in found.dimensions:
        yield f"changed  dimension {title}: {', '.join(fields)}"
    if found.head:
        yield f"changed  at the top: {', '.join(found.head)}"
    if found.reordered:
        yield "changed  the order of asking"
    if found.is_none:
        yield "Nothing that people read or that counts is different."


def trends(found: Difference) -> Iterator[str]:
    """What stays comparable, and with which questions one has to be careful."""
    yield (
        "Trends compare core questions that are asked both times under the same id: at least "
        f"{COMMON_LEAST} in a dimension, and half of each version's."
    )
    yield from map(_trend, found.trends)
    if words := [one.question.id for one in found.reworked if one.reads_otherwise]:
        yield (
            f"Other words under the same id: {', '.join(words)}. That is right where the meaning "
            "stays. What means something else needs a new id, or a trend compares two questions."
        )


def version(old: Questionnaire, new: Questionnaire, *, was_asked: bool) -> str:
    """Whether the number has to be raised."""
    if old.id != new.id:
        return (
            f"{old.id} and {new.id} are two questionnaires, and each scorecard stays with the one "
            "it was set up with: no trend leads from one to the other."
        )
    needed = difference.version_needed(old, new)
    if old.digest == new.digest:
        return "Both say the same, letter by letter."
    if needed is None:
        return f"Version {new.version} comes after {old.version}: the number is right."
    known = "has been" if was_asked else "may have been"
    return (
        f"Version {old.version} {known} asked, and what was asked never changes, comments in the "
        f"file included: write version = {needed}."
    )


def _named(question: Question) -> str:
    return f"{question.id} {question.short_title}"


def _parts(reworked: Reworked) -> Iterator[str]:
    if reworked.fields:
        yield ", ".join(reworked.fields)
    if reworked.dimension:
        there, here = reworked.dimension
        yield f"moved from {there} to {here}"
    if reworked.tier:
        yield " -> ".join(TIERS[one] for one in reworked.tier)
    if reworked.importance:
        yield "importance " + " -> ".join(map(str, reworked.importance))


def _trend(trend: Trend) -> str:
    verdict = "comparable" if trend.holds else "NOT comparable"
    return (
        f"  {trend.dimension}: {verdict}, {trend.common} in common of {trend.before} before and "
        f"{trend.now} now"
    )
