"""Two rounds of a team beside each other: which ones, both scores, and what has changed."""

from collections.abc import Iterator, Mapping

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks import change_words, ids, wording
from bot.blocks.message import Content
from questionnaires.past import Choices, Compared
from questionnaires.results import DimensionResult, NoChange, Result, ShownScore
from questionnaires.rounds import Round, RoundState

OF_CHOSEN = {
    **change_words.WHY_NONE,
    NoChange.GIVES_ANSWERS_AWAY: (
        "the questions are not all the same, and from several pairs of rounds single answers "
        "could be worked out"
    ),
}
SECTION_MOST = 3_000


def form(choices: Choices) -> View:
    """The latest round and the one before it, unless somebody chooses others."""
    text = (
        f"*{wording.plain(choices.team_name)}*: choose two rounds. "
        "The later one is measured against the earlier one."
    )
    return View(
        type="modal",
        callback_id=ids.COMPARE_MODAL,
        title="Compare",
        submit="Compare",
        close="Close",
        blocks=[
            SectionBlock(text=text),
            _select(ids.THIS_ROUND, "This round", choices, 0),
            _select(ids.WITH_ROUND, "With this one", choices, 1),
        ],
    )


def comparison(seen: Compared) -> View:
    blocks: list[Block] = [
        SectionBlock(text=_head(seen)),
        SectionBlock(text=wording.within("\n".join(_lines(seen)), SECTION_MOST)),
    ]
    if told := "\n".join(_told(seen)):
        blocks.append(SectionBlock(text=wording.within(told, SECTION_MOST)))
    if seen.chosen and seen.now.since and seen.now.since.can_tell:
        chance = "_Among many pairs some differ by chance: choose yours before you look._"
        blocks.append(ContextBlock(elements=[MarkdownTextObject(text=chance)]))
    return View(
        type="modal", title="Compare", close="Back", blocks=Content.read_out(*blocks).blocks
    )


def _select(field: str, label: str, choices: Choices, first: int) -> InputBlock:
    options = [Option(text=_named(one), value=str(one.id)) for one in choices.rounds]
    select = StaticSelectElement(
        action_id=ids.INPUT, options=options, initial_option=options[first]
    )
    return InputBlock(block_id=field, label=label, element=select)


def _named(round_: Round) -> str:
    waits = "" if round_.state is RoundState.PUBLISHED else ", not posted"
    return f"{round_.number} · {round_.title}{waits}"


def _head(seen: Compared) -> str:
    then, now = seen.then, seen.now
    team = wording.plain(now.team_name)
    who = _who(now) if _who(then) == _who(now) else f"{_who(then)} → {_who(now)}"
    return (
        f"*{team}: {wording.plain(then.round_title)} → {wording.plain(now.round_title)}*\n"
        f"*{_both(then.overall, now.overall)}* of 100 · {who}"
    )


def _who(result: Result) -> str:
    if result.together:
        return "filled in together"
    return f"{result.respondents} of {result.invited} answered"


def _lines(seen: Compared) -> Iterator[str]:
    """*25 → 75* Governance *+50*, as the later round orders them; below, what is asked no more."""
    before = {one.id: one for one in seen.then.dimensions}
    for one in seen.now.dimensions:
        name = wording.plain(one.short_title)
        if one.id not in before:
            yield f"*{_text(one.score)}* {name} · new"
            continue
        both = _both(before[one.id].score, one.score)
        yield f"*{both}* {name}{change_words.in_line(one.change)}"
    now = {one.id for one in seen.now.dimensions}
    for one in before.values():
        if one.id not in now:
            yield f"*{_text(one.score)}* {wording.plain(one.short_title)} · not asked any more"


def _both(then: ShownScore | None, now: ShownScore | None) -> str:
    return f"{_text(then)} → {_text(now)}"


def _text(score: ShownScore | None) -> str:
    return "no score" if score is None else score.text


def _told(seen: Compared) -> Iterator[str]:
    """What is more than noise, said once; and why some dimensions have no number."""
    reasons = OF_CHOSEN if seen.chosen else change_words.WHY_NONE
    without = {
        reasons[reason]: found
        for reason in NoChange
        if (found := [one for one in seen.now.dimensions if one.no_change is reason])
    }
    if not any(one.change for one in seen.now.dimensions):
        yield f"Nothing to compare, because {_why(without)}."
        return
    yield change_words.sentence(seen.now, None)
    for why, found in without.items():
        yield f"No change is shown for {change_words.names(found)}: {why}."


def _why(without: Mapping[str, list[DimensionResult]]) -> str:
    """One reason for all, or each with the dimensions that it holds for."""
    if len(without) <= 1:
        return "".join(without) or "no dimension has a score in both rounds"
    return "; ".join(f"in {change_words.names(found)} {why}" for why, found in without.items())
