"""The first message of a round, and what it turns into when somebody is not starting now."""

from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from bot.blocks import ids, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires import conversation
from questionnaires.conversation import Invitation
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.rounds import Manner, Round

NO_CHANNEL = "The results channel"  # in a rehearsal without a set-up


def invitation(asked: Invitation) -> Content:
    """Who asks, how long, until when, who will see what: at most 60 words without the buttons."""
    if asked.manner is Manner.TOGETHER:
        return _to_fill_in(asked)
    team = wording.plain(asked.team_name)
    greeting = "As promised:" if asked.again else "Hi!"
    minutes = f"about {conversation.minutes(asked.questions, asked.scale)} min"
    until = wording.moment(asked.closes_at, asked.zone)
    who = "You asked yourself" if asked.by_self else f"<@{asked.asked_by}> asks you"
    others = wording.count(asked.colleagues, "colleague", "colleagues")
    asks = f"{who}{f' and {others}' if asked.colleagues else ''} how your ML work really runs."
    lines = (
        f"*{wording.plain(asked.questionnaire_title)} · {team}*",
        f"{greeting} {asks}",
        f"*{asked.questions} questions · {minutes} · one tap each* · until {until}",
        f"_{promise(asked)}_",
    )
    text = (
        f"{team}: {asks} {asked.questions} questions, {minutes}, one tap each, until {until}. "
        f"{promise(asked)}"
    )
    return Content.of(text, SectionBlock(text="\n".join(lines)), _buttons(asked.round_id))


def _buttons(round_id: int) -> ActionsBlock:
    spot = Spot(round_id).value
    buttons = [
        ButtonElement(text="Start", action_id=ids.START, value=spot, style="primary"),
        ButtonElement(text="Remind me tomorrow", action_id=ids.REMIND_TOMORROW, value=spot),
        ButtonElement(text="Skip this round", action_id=ids.SKIP, value=spot),
        ButtonElement(text="Who sees what?", action_id=ids.WHO_SEES_WHAT, value=spot),
    ]
    return ActionsBlock(elements=buttons)


def _to_fill_in(asked: Invitation) -> Content:
    """To the one person who enters what the team agreed. No minutes: they talk about it."""
    team, title = wording.plain(asked.team_name), wording.plain(asked.questionnaire_title)
    greeting = "As promised:" if asked.again else "Hi!"
    does = "you fill in what the team agreed, best in a meeting."
    why = "" if asked.by_self else f" <@{asked.asked_by}> has left, so I ask you."
    until = wording.moment(asked.closes_at, asked.zone)
    members = asked.results_readers
    readers = f" ({wording.count(members, 'member', 'members')})" if members else ""
    promise = (
        f"<#{asked.results_channel}>{readers} sees the agreed levels, the scores and the comments "
        "as you enter them. Nothing is anonymous here."
    )
    lines = (
        f"*{title} · {team}, together*",
        f"{greeting} {does if asked.again else f'{does[:1].upper()}{does[1:]}'}{why}",
        f"*{asked.questions} questions · one tap each* · until {until}",
        f"_{promise}_",
    )
    text = (
        f"{team}, together: {does}{why} {asked.questions} questions, one tap each, until {until}. "
        f"{promise}"
    )
    return Content.of(text, SectionBlock(text="\n".join(lines)), _buttons(asked.round_id))


def promise(asked: Invitation) -> str:
    """Who will see what; the round's own k, under which single questions stay hidden."""
    members = asked.results_readers
    readers = f" ({wording.count(members, 'member', 'members')})" if members else ""
    shown = (
        f"group scores from {LEAST_RESPONDENTS} people on, single questions and comments "
        f"from {asked.k}"
        if asked.k > LEAST_RESPONDENTS
        else f"group scores, single questions and comments from {asked.k} people on"
    )
    channel = f"<#{asked.results_channel}>{readers}" if asked.results_channel else NO_CHANNEL
    return f"Nobody else in Slack sees your own answers. {channel} sees {shown}."


def asked_again(round_id: int, at: datetime, zone: str) -> Content:
    """The invitation after "Remind me tomorrow"."""
    sentence = f"Good, I'll ask you again on {wording.moment(at, zone)}."
    return turned(round_id, sentence)


def skipped(round_: Round, zone: str) -> Content:
    """The invitation after "Skip this round"."""
    sentence = (
        f"Skipped for *{wording.plain(round_.team_name)}*: nothing more comes this round. "
        f"You can still answer until {wording.moment(round_.closes_at, zone)}."
    )
    return turned(round_.id, sentence)


def turned(round_id: int, sentence: str) -> Content:
    """An answer to a press, with the way back to the questions."""
    start = ButtonElement(text="Answer now", action_id=ids.START, value=Spot(round_id).value)
    return Content.of(sentence, SectionBlock(text=sentence), ActionsBlock(elements=[start]))
