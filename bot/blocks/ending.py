"""The end of the card: one's own scores, every answer one press from being changed, one wish."""

import json
from collections.abc import Sequence
from itertools import groupby

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    Option,
    SectionBlock,
    StaticSelectElement,
)

from bot.blocks import ids, roles, saving, scores, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires.conversation import Finish, OwnAnswer, Stored
from questionnaires.rounds import Manner

LABEL_MOST = 75  # of a button, of what it is called for those who hear it, of an option
BUTTONS_MOST = 25  # in one block
OPTIONS_MOST = 100
# Slack names no limit for all blocks of a message together; it has refused about 13,000.
CHARACTERS_MOST = 12_000


def finish(shown: Finish, stored: Stored | None = None) -> Content:
    """Every question has an answer: what came of it first, then each answer.

    Where the answers are too many for buttons of their own, a list offers them.
    """
    pressed = _finish(shown, stored, "Press one to change it", _buttons(shown))
    if len(json.dumps(pressed.blocks, ensure_ascii=False)) <= CHARACTERS_MOST:
        return pressed
    chosen = [ActionsBlock(elements=[_list(shown)])]
    return _finish(shown, stored, "You can change any of them", chosen)


def _finish(shown: Finish, stored: Stored | None, how: str, answers: Sequence[Block]) -> Content:
    until = wording.moment(shown.closes_at, shown.zone)
    head = [
        *saving.line(stored),
        f"*Done, thank you!* All {len(shown.answers)} answers for "
        f"*{wording.plain(shown.team_name)}* are saved.",
        f"{_whose_scores(shown)}, {_seen_by(shown)}:",
        scores.score_lines(shown.scores),
    ]
    change = f"*{_whose_answers(shown)}.* {how} until the round closes, {until} at the latest."
    return Content.of(
        _spoken(shown, stored, until),
        SectionBlock(text="\n".join(head)),
        *_wish(shown),
        SectionBlock(text=change),
        *answers,
        *_role(shown),
    )


def _whose_scores(shown: Finish) -> str:
    return "The team's scores" if shown.manner is Manner.TOGETHER else "Your own scores"


def _whose_answers(shown: Finish) -> str:
    return "The team's answers" if shown.manner is Manner.TOGETHER else "Your answers"


def _seen_by(shown: Finish) -> str:
    return "filled in together" if shown.manner is Manner.TOGETHER else "seen by nobody else"


def _wish(shown: Finish) -> list[Block]:
    asks = "Change what you'd fix first" if shown.fix_first else "What would you fix first?"
    button = ButtonElement(text=asks, action_id=ids.FIX_FIRST, value=Spot(shown.round_id).value)
    blocks: list[Block] = [ActionsBlock(elements=[button])]
    if shown.fix_first:
        wish = f"You'd fix first: {wording.escaped(wording.cut(shown.fix_first, 300))}"
        blocks.insert(0, ContextBlock(elements=[MarkdownTextObject(text=wish)]))
    return blocks


def _buttons(shown: Finish) -> list[Block]:
    """Dimension by dimension, one button for each answer."""
    blocks: list[Block] = []
    numbered = list(enumerate(shown.answers))
    for dimension, answers in groupby(numbered, lambda one: one[1].dimension):
        name = MarkdownTextObject(text=f"*{wording.plain(dimension)}*")
        blocks.append(ContextBlock(elements=[name]))
        buttons = [_button(shown, number, answer) for number, answer in answers]
        blocks += [
            ActionsBlock(elements=buttons[first : first + BUTTONS_MOST])
            for first in range(0, len(buttons), BUTTONS_MOST)
        ]
    return blocks


def _button(shown: Finish, number: int, answer: OwnAnswer) -> ButtonElement:
    """2 · Undoing a bad update: the answer first, since a phone cuts long words on a button."""
    said = wording.rating(answer.rating, shown.scale)
    return ButtonElement(
        text=wording.cut(f"{said[0].upper()}{said[1:]} · {answer.short_title}", LABEL_MOST),
        action_id=f"{ids.CHANGE}.{number}",
        value=Spot(shown.round_id, answer.question_id).value,
        accessibility_label=wording.cut(
            f"Change {answer.label}, now {said}: {answer.short_title}", LABEL_MOST
        ),
    )


def _list(shown: Finish) -> StaticSelectElement:
    return StaticSelectElement(
        placeholder="Change an answer",
        action_id=ids.CHANGE,
        options=[_option(shown, one) for one in shown.answers[:OPTIONS_MOST]],
    )


def _option(shown: Finish, answer: OwnAnswer) -> Option:
    said = wording.rating(answer.rating, shown.scale)
    return Option(
        text=wording.cut(f"{answer.label} (now {said}): {answer.short_title}", LABEL_MOST),
        value=Spot(shown.round_id, answer.question_id).value,
    )


def _role(shown: Finish) -> list[Block]:
    """What somebody said that they do, where it counts."""
    if not shown.asks_role:
        return []
    told = f"*{roles.NAMES[shown.role]}*" if shown.role else "none chosen"
    button = ButtonElement(
        text="Change" if shown.role else "Choose",
        action_id=ids.CHANGE_ROLE,
        value=Spot(shown.round_id).value,
        accessibility_label=f"{'Change' if shown.role else 'Choose'} your role",
    )
    return [SectionBlock(text=f"Your role: {told}", accessory=button)]


def _spoken(shown: Finish, stored: Stored | None, until: str) -> str:
    """All of it, as a screen reader says it: the answers last, for they may be cut."""
    before = "".join(saving.line(stored)).strip("_")
    scores = ", ".join(
        f"{wording.plain(one.title)}: {one.score.text if one.score else 'too few answers'}"
        for one in shown.scores
    )
    answers = ", ".join(
        f"{wording.plain(one.label)}: {wording.rating(one.rating, shown.scale)}"
        for one in shown.answers
    )
    parts = (
        f"{before}." if before else "",
        f"Done, thank you! {_whose_scores(shown)}: {scores}.",
        f"You can change any answer until {until}.",
        f"Your role: {roles.NAMES[shown.role]}." if shown.role else "",
        f"{_whose_answers(shown)}: {answers}.",
    )
    return " ".join(part for part in parts if part)
