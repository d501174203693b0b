"""A reminder, and what it turns into when somebody wants no more of them."""

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from bot.blocks import ids, invitation, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires import conversation
from questionnaires.conversation import Reminder
from questionnaires.rounds import Manner, Round


def reminder(about: Reminder) -> Content:
    """How much is left and until when; two of these come by themselves, and no more."""
    begun = about.left < about.of
    team = wording.plain(about.team_name)
    minutes = f"about {conversation.minutes(about.left, about.scale)} min"
    until = wording.moment(about.closes_at, about.zone)
    left = wording.count(about.left, "question", "questions")
    greeting = "As promised, " if about.wished else ""
    text = (
        f"{greeting}*{team}*: {left} {'left' if begun else 'for you'} ({minutes}), until {until}."
    )
    if about.manner is Manner.TOGETHER:
        whose = "left for you and your team" if begun else "for you and your team"
        text = f"{greeting}*{team}*, filled in together: {left} {whose}, until {until}."
    if not about.wished:
        how_often = "This is the last reminder." if about.last else "I remind you twice at most."
        text = f"{text}\n_{how_often}_"
    spot = Spot(about.round_id).value
    buttons = [
        ButtonElement(
            text="Continue" if begun else "Start",
            action_id=ids.START,
            value=spot,
            style="primary",
        ),
        ButtonElement(text="Remind me tomorrow", action_id=ids.REMIND_TOMORROW, value=spot),
        ButtonElement(text="No more reminders", action_id=ids.NO_MORE_REMINDERS, value=spot),
    ]
    return Content.of(text, SectionBlock(text=text), ActionsBlock(elements=buttons))


def no_more(round_: Round, zone: str) -> Content:
    """The reminder after "No more reminders"."""
    sentence = (
        f"No more reminders for *{wording.plain(round_.team_name)}* this round. "
        f"You can still answer until {wording.moment(round_.closes_at, zone)}."
    )
    return invitation.turned(round_.id, sentence)
