"""The card that turns: one question, and the reasons why it does not apply."""

from functools import lru_cache

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    SectionBlock,
)

from bot.blocks import ending, ids, rehearsal, roles, saving, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires.conversation import Card, Face, RoleQuestion, Stored
from questionnaires.model import Kind, Scale
from questionnaires.rounds import Manner

BUTTON_MOST = 75
READY_CARDS = 1_024  # most people see the same cards; building one takes longer than storing
RULES = {
    Scale.FIVE_LEVELS: "Pick the highest line that is fully true.",
    Scale.YES_PARTLY_NO: "Don't know is a good answer too.",
}
AGREE = {**RULES, Scale.FIVE_LEVELS: "Agree on the highest fully true line."}  # for a team
YES_PARTLY_NO = {
    4: "This is true, or nearly so.",
    2: "This is true for some models, or only sometimes.",
    0: "This is not true yet.",
}


def face(shown: Face, saved: Stored | None = None) -> Content:
    """What the one message shows now."""
    if isinstance(shown, RoleQuestion):
        return roles.question(shown)
    if isinstance(shown, Card):
        return card(shown, saved)
    if shown.manner is Manner.REHEARSAL:
        return rehearsal.finish(shown, saving.line(saved))
    return ending.finish(shown, saved)


@lru_cache(maxsize=READY_CARDS)
def card(shown: Card, saved: Stored | None = None) -> Content:
    """One question: what was saved, where we are, the statement, the levels, the buttons."""
    question = shown.question
    head = [
        *saving.line(saved, removed=shown.comment is None),
        _progress(shown),
        f"*{wording.plain(question.statement)}*",
    ]
    levels = [
        *(_level_line(shown, level) for level in shown.scale.offered),
        *_not_a_level(shown),
    ]
    together = shown.manner is Manner.TOGETHER
    note = f"{shown.period} {(AGREE if together else RULES)[shown.scale]}"
    whose = "The team's note" if together else "Your comment"
    remark = (
        f"\n{whose}: {wording.escaped(wording.cut(shown.comment, 200))}" if shown.comment else ""
    )
    return Content.of(
        _spoken(shown, saved),
        SectionBlock(text="\n".join(head)),
        SectionBlock(text="\n".join(levels)),
        ActionsBlock(elements=_level_buttons(shown)),
        ActionsBlock(elements=_other_buttons(shown)),
        ContextBlock(elements=[MarkdownTextObject(text=f"_{wording.plain(note)}_{remark}")]),
    )


def reasons(shown: Card) -> Content:
    """The card after "Doesn't apply": ready reasons, another reason, back."""
    question = shown.question
    ready = [
        ButtonElement(
            text=wording.cut(reason, BUTTON_MOST),
            action_id=f"{ids.REASON}.{number}",
            value=Spot(shown.round_id, question.id, number).value,
        )
        for number, reason in enumerate(question.not_applicable)
    ]
    spot = Spot(shown.round_id, question.id).value
    rest: list[InteractiveElement] = [
        ButtonElement(text="Another reason", action_id=ids.OTHER_REASON, value=spot),
        ButtonElement(text="Back", action_id=ids.SHOW_CARD, value=spot),
    ]
    title = (
        f"{_progress(shown)}\n*{wording.plain(question.statement)}*\n"
        "Why doesn't this apply to your team?"
    )
    return Content.of(
        f"Why doesn't this apply? {wording.escaped(question.statement)}",
        SectionBlock(text=title),
        ActionsBlock(elements=[*ready, *rest]),
    )


def _progress(shown: Card) -> str:
    """Deployment 2 of 3 · 11/18 · together; a rehearsal says so in no more words."""
    name, many = wording.plain(shown.dimension.short_title), len(shown.dimension.asked)
    if shown.manner is Manner.REHEARSAL:
        dimension = f"{rehearsal.MARK} · {name} {shown.place}/{many}"
    else:
        dimension = f"{name} {shown.place} of {many}"
    manner = " · together" if shown.manner is Manner.TOGETHER else ""
    return f"{dimension} · {shown.number}/{shown.of}{manner}"


def _whose_answer(shown: Card) -> str:
    return "the team's answer" if shown.manner is Manner.TOGETHER else "your answer"


def _line(shown: Card, level: int) -> str:
    """What a level says: its own line, or what yes, partly and no mean everywhere."""
    if shown.scale is Scale.YES_PARTLY_NO:
        return YES_PARTLY_NO[level]
    return shown.question.levels[level]


def _level_line(shown: Card, level: int) -> str:
    chosen = shown.rating is not None and shown.rating.level == level
    name, line = wording.level(level, shown.scale), wording.escaped(_line(shown, level))
    return f"*{name}*  {line}" + (f"  ← _{_whose_answer(shown)}_" if chosen else "")


def _not_a_level(shown: Card) -> list[str]:
    earlier = shown.rating
    if earlier is None or earlier.kind is Kind.LEVEL:
        return []
    reason = f" ({wording.escaped(wording.cut(earlier.reason, 200))})" if earlier.reason else ""
    return [
        f"_{_whose_answer(shown).capitalize()}: {wording.rating(earlier, shown.scale)}_{reason}"
    ]


def _level_buttons(shown: Card) -> list[ButtonElement]:
    return [
        ButtonElement(
            text=wording.level(level, shown.scale),
            action_id=f"{ids.LEVEL}.{level}",
            value=Spot(shown.round_id, shown.question.id, level).value,
            accessibility_label=wording.cut(_named_line(shown, level), BUTTON_MOST),
        )
        for level in shown.scale.offered
    ]


def _named_line(shown: Card, level: int) -> str:
    """2: At least one model."""
    return f"{wording.level(level, shown.scale)}: {_line(shown, level)}"


def _other_buttons(shown: Card) -> list[ButtonElement]:
    spot = Spot(shown.round_id, shown.question.id).value
    comment = "Change comment" if shown.comment else "Comment"
    buttons = [
        ButtonElement(text="Don't know", action_id=ids.DONT_KNOW, value=spot),
        ButtonElement(text="Doesn't apply", action_id=ids.DOESNT_APPLY, value=spot),
        ButtonElement(text="Back", action_id=ids.BACK, value=spot),
        ButtonElement(text=comment, action_id=ids.COMMENT, value=spot),
        ButtonElement(text="Who sees what?", action_id=ids.WHO_SEES_WHAT, value=spot),
    ]
    if shown.manner is Manner.REHEARSAL:
        buttons.append(rehearsal.end_button(shown.round_id))
    leads_back = shown.number > 1 or shown.done
    return [button for button in buttons if leads_back or button.action_id != ids.BACK]


def _spoken(shown: Card, saved: Stored | None) -> str:
    """The whole card as a screen reader says it and a notification shows it."""
    levels = " ".join(_named_line(shown, level) for level in shown.scale.offered)
    before = "".join(saving.line(saved, removed=shown.comment is None)).strip("_")
    manner = ", together" if shown.manner is Manner.TOGETHER else ""
    mark = f"{rehearsal.MARK}. " if shown.manner is Manner.REHEARSAL else ""
    number = f"{mark}Question {shown.number} of {shown.of}{manner}."
    said = f"{shown.question.statement} {levels}"
    whose = _whose_answer(shown).capitalize()
    earlier = f"{whose}: {wording.rating(shown.rating, shown.scale)}." if shown.rating else ""
    parts = (f"{before}." if before else "", number, wording.escaped(said), earlier)
    return " ".join(part for part in parts if part)
