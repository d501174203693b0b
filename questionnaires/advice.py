"""What to do about which question, from what is shown of a round. Nothing else is read.

Method section 8: the formulas are in priority, what is sealed of it in disclosure/proposals.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires import priority
from questionnaires.model import LEVELS, Dimension, Question, Questionnaire
from questionnaires.priority import TARGET
from questionnaires.results import Agreement, ProposalKind
from questionnaires.scoring import level_of

STANDS_FROM = 2
_AGREEMENT = (Agreement.HIGH, Agreement.MEDIUM, None, Agreement.LOW)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of one question; `level` None below the floor, `agreement` where not shown."""

    level: float | None
    agreement: Agreement | None
    find_out_first: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """One question and what to do about it; `points`: its priority, None where nothing ranks it.

    `step` None: no level is shown of it, so nobody can say what the next one is.
    """

    kind: ProposalKind
    question: Question
    step: str | None
    points: float | None


def ranked(questionnaire: Questionnaire, seen: Mapping[str, Seen]) -> tuple[Advice, ...]:
    """Everything below its target, most urgent first; `seen` by question id.

    Priority descending, then effort, then agreement, then the order of asking. A question whose
    prerequisite is shown below 2 gives way to it. What many don't know and has no level comes
    first: it cannot be ranked. Where every target is reached, what could still be better.
    """
    ids = [question.id for question in questionnaire.asked if question.id in seen]
    unknown = [name for name in ids if seen[name].level is None and seen[name].find_out_first]
    below = [name for name in ids if _points(questionnaire, name, seen) > 0]
    if not below:
        below = [name for name in ids if (seen[name].level or LEVELS[-1]) < LEVELS[-1]]
    needed = (_first_needed(questionnaire, name, seen) for name in below)
    # The sort is stable, so equals keep the order of asking.
    ordered = sorted(dict.fromkeys(needed), key=lambda name: _order(questionnaire, name, seen))
    return tuple(_advice(questionnaire, name, seen) for name in (*unknown, *ordered))


def unranked(dimension: Dimension, score: float) -> tuple[Advice, ...]:
    """Next steps in the order of asking, all for the level named beside the dimension's score.

    For rounds too small to show any question: the steps say nothing about single ones.
    """
    level = min(level_of(score), LEVELS[-1] - 1)
    return tuple(
        Advice(ProposalKind.DO_NEXT, question, question.next_step(level), None)
        for question in dimension.core
    )


def _advice(questionnaire: Questionnaire, name: str, seen: Mapping[str, Seen]) -> Advice:
    question, found = questionnaire.question(name), seen[name]
    if found.find_out_first:
        kind = ProposalKind.FIND_OUT_FIRST
    elif found.agreement is Agreement.LOW:
        kind = ProposalKind.AGREE_FIRST
    else:
        kind = ProposalKind.DO_NEXT
    if found.level is None:
        return Advice(kind, question, None, None)
    step = question.next_step(min(found.level, LEVELS[-1] - 1))
    return Advice(kind, question, step, _points(questionnaire, name, seen))


def _order(
    questionnaire: Questionnaire, name: str, seen: Mapping[str, Seen]
) -> tuple[float, int, int]:
    points = _points(questionnaire, name, seen)
    effort = questionnaire.question(name).effort
    return -points, effort, _AGREEMENT.index(seen[name].agreement)


def _points(questionnaire: Questionnaire, name: str, seen: Mapping[str, Seen]) -> float:
    """0 also where no level is shown."""
    level = seen[name].level
    if level is None:
        return 0.0
    target = questionnaire.dimension_of(name).target
    below = priority.gap(level, TARGET if target is None else target)
    return priority.priority(below, questionnaire.question(name).importance)


def _first_needed(questionnaire: Questionnaire, name: str, seen: Mapping[str, Seen]) -> str:
    """The question itself, or the first of its prerequisites, theirs included, below 2."""
    return next(_below(questionnaire, name, seen), name)


def _below(questionnaire: Questionnaire, name: str, seen: Mapping[str, Seen]) -> Iterator[str]:
    for needed in questionnaire.question(name).depends_on:
        level = seen[needed].level if needed in seen else None
        if level is not None and level < STANDS_FROM:
            yield _first_needed(questionnaire, needed, seen)
