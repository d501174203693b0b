"""Tailored questions in words: what changes, what others changed, what is still wanting."""

from bot.blocks import wording
from questionnaires.desk import Change, DeepDiveChange, Differences, Meanwhile, TargetChange
from questionnaires.model import LEVEL_WORDS, Dimension
from questionnaires.tailoring import CORE_LEAST, Problem, TooFewAsked

SECTION_MOST = 3_000


def differences(found: Differences) -> list[str]:
    """A paragraph for each dimension."""
    return [
        wording.within(
            "\n".join(
                [
                    f"*{wording.plain(dimension.title)}*",
                    *(f"• {_change(dimension, change)}" for change in changes),
                ]
            ),
            SECTION_MOST,
        )
        for dimension, changes in found
    ]


def _change(dimension: Dimension, change: Change) -> str:
    if isinstance(change, TargetChange):
        return f"Target: {target(change.was)} → {target(change.becomes)}"
    if isinstance(change, DeepDiveChange):
        further = wording.count(len(dimension.further), "further question", "further questions")
        return f"Deep dive: {further}, once" if change.starts else "No deep dive"
    name = wording.plain(change.question.short_title)
    if isinstance(change.becomes, str):
        now = "still not asked, but" if isinstance(change.was, str) else "not asked any more,"
        return f"{name}: {now} because: {wording.plain(change.becomes) or '(no reason yet)'}"
    if isinstance(change.was, str):
        return f"{name}: asked again, importance {change.becomes}"
    return f"{name}: importance {change.was} → {change.becomes}"


def target(level: int | None) -> str:
    return "none" if level is None else f"{LEVEL_WORDS[level]} ({level})"


def meanwhile(found: Meanwhile) -> str:
    """⚠️ @Ben has changed the questions while you did: what, in words."""
    people = [one for one in found.by if one is not None]
    who = f"{wording.people(people)} changed" if people else "A round that opened changed"
    lines = "\n".join(differences(found.changes)) or "Nothing that can be seen here."
    lines = wording.within(lines, SECTION_MOST - 500)
    text = (
        f"⚠️ *{who} these questions while you were at it:*\n{lines}\n"
        "Your own changes go on from there, and nothing of them is saved yet."
    )
    return wording.within(text, SECTION_MOST)


def problem(one: Problem) -> str:
    dimension = wording.plain(one.dimension.short_title)
    if isinstance(one, TooFewAsked):
        return f"Leave at least {CORE_LEAST} questions of {dimension} asked."
    title = wording.plain(one.question.short_title)
    return f"Say why “{title}” is not asked ({dimension})."
