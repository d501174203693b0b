"""A rehearsal: asked first, invited to, done, its result, and over. Each says what it is."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.blocks import details as in_thread
from bot.blocks import ids, result, scores, wording
from bot.blocks import invitation as real
from bot.blocks.form import questions
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from bot.blocks.set_up import Return
from questionnaires import conversation, rehearsal
from questionnaires.conversation import Finish, Invitation
from questionnaires.model import Questionnaire
from questionnaires.rehearsal import Ending
from questionnaires.results import Result

MARK = rehearsal.NAME
WHY_OVER = {
    Ending.DONE: "*The rehearsal is over.*",
    Ending.LAPSED: "*The rehearsal is over*: a day has passed.",
    Ending.EDITED: "*The rehearsal is over*: its questions have changed.",
    Ending.BY_HAND: "*The rehearsal is over.*",
}
NOTHING_KEPT = "Nothing was kept: all answers are deleted. Only these messages are left."


def ask(choices: Sequence[Questionnaire], back: Return) -> View:
    """What will happen; which questions, where there are several."""
    text = (
        f"I send the questions to you only. {rehearsal.COLLEAGUES_DEFAULT} made-up colleagues "
        "answer beside you, and the result comes to our direct messages. Nothing is kept."
    )
    several = [questions(choices)] if len(choices) > 1 else []
    return View(
        type="modal",
        callback_id=ids.REHEARSE_MODAL,
        title="Rehearse with me only",
        submit="Start",
        close="Cancel",
        private_metadata=back.metadata,
        blocks=[SectionBlock(text=text), *several],
    )


def begun(*, from_set_up: bool = False) -> Content:
    """What is said where it was wished for."""
    waits = " Your set-up waits here." if from_set_up else ""
    text = f"The rehearsal is in our direct messages.{waits}"
    return Content.of(text, SectionBlock(text=text))


def invitation(asked: Invitation) -> Content:
    """What everybody would get, marked as what it is: at most 60 words without the buttons."""
    others = wording.count(
        asked.colleagues, "made-up colleague answers", "made-up colleagues answer"
    )
    hint = f"Only you get this; {others}; nothing is kept."
    minutes = f"about {conversation.minutes(asked.questions, asked.scale)} min"
    until = wording.moment(asked.closes_at, asked.zone)
    promised = real.promise(asked)
    promise = f"In a real round {promised[:1].lower()}{promised[1:]}"
    title = wording.plain(asked.questionnaire_title)
    lines = (
        f"*{wording.plain(asked.team_name)} · {title}*",
        hint,
        f"*{asked.questions} questions · {minutes} · one tap each* · until {until}",
        f"_{promise}_",
    )
    spot = Spot(asked.round_id).value
    buttons = [
        ButtonElement(text="Start", action_id=ids.START, value=spot, style="primary"),
        end_button(asked.round_id),
        ButtonElement(text="Who sees what?", action_id=ids.WHO_SEES_WHAT, value=spot),
    ]
    text = (
        f"{wording.plain(asked.team_name)}. {hint} {asked.questions} questions, {minutes}, "
        f"one tap each, until {until}. {promise}"
    )
    return Content.of(text, SectionBlock(text="\n".join(lines)), ActionsBlock(elements=buttons))


def end_button(round_id: int) -> ButtonElement:
    return ButtonElement(
        text="End rehearsal", action_id=ids.END_REHEARSAL, value=Spot(round_id).value
    )


def finish(shown: Finish, saved: Sequence[str]) -> Content:
    """The end of the questions; nothing can be changed, for the result is there at once."""
    team = wording.plain(shown.team_name)
    lines = [
        *saved,
        f"*{team}*: done, thank you! That was the last of {len(shown.answers)} questions.",
        "Your own scores, seen by nobody else:",
        scores.score_lines(shown.scores),
        "In a real round you could still change an answer now, and say what you would fix first. "
        "Here the result comes at once: see below.",
    ]
    own = [
        f"{wording.plain(one.title)}: {one.score.text if one.score else 'too few answers'}"
        for one in shown.scores
    ]
    return Content.of(
        f"{team}. Done, thank you! Your own scores: {', '.join(own)}. The result follows.",
        SectionBlock(text="\n".join(lines)),
    )


def summary(shown: Result, channel: str) -> Content:
    """The summary as a channel would read it; pictures and details follow."""
    where = f"<#{channel}>" if channel else "the results channel"
    before = (
        f"*{MARK}.* You have all answered. In a real round {where} would read this, with the "
        "radar below it; the other pictures and the details would stand in its thread."
    )
    said = result.summary(shown)
    head = Content.of(f"{before} {said.text}", SectionBlock(text=before), DividerBlock())
    return Content(head.text, [*head.blocks, *said.blocks])


def details(shown: Result) -> Content:
    """The details as they would stand in the thread."""
    before = f"*{wording.plain(shown.team_name)}*: the details"
    said = in_thread.details(shown)
    head = Content.of(f"{before}\n{said.text}", SectionBlock(text=before))
    return Content(head.text, [*head.blocks, *said.blocks])


def over(why: Ending) -> Content:
    """The last sentence of a rehearsal, with the way to the real thing and to another one.

    On a phone the set-up behind which it was begun is closed by now.
    """
    text = f"{WHY_OVER[why]} {NOTHING_KEPT}"
    ways_on: Block = ActionsBlock(
        elements=[
            ButtonElement(text="New scorecard", action_id=ids.NEW_SCORECARD, value="new"),
            ButtonElement(text="Rehearse again", action_id=ids.REHEARSE, value="again"),
        ]
    )
    return Content.of(text, SectionBlock(text=text), ways_on)
