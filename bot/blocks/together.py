"""Filling in together, as it is offered and confirmed: one person enters what the team agreed."""

from collections.abc import Mapping

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from bot.blocks import ids, wording
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.rounds import Manner
from questionnaires.standings import Draft, Started

MANNERS: Mapping[Manner, str] = {
    Manner.APART: "Everybody on their own",
    Manner.TOGETHER: "Together: one person enters what the team agreed",
}
OFFERED_BELOW = 5  # people: so few answers show little, and a meeting is soon held


def offer(draft: Draft) -> list[Block]:
    """To fill in together instead, where so few would be asked."""
    if draft.set_up.together or draft.people >= OFFERED_BELOW:
        return []
    few = draft.people < LEAST_RESPONDENTS
    who = "So few people get scores if they" if few else "A small team can also"
    text = (
        f"{who} *fill in together*: one person enters what you agreed in a meeting. "
        "The result says so."
    )
    button = ButtonElement(
        text="Fill in together instead", action_id=ids.FILL_IN_TOGETHER, value="together"
    )
    return [SectionBlock(text=text), ActionsBlock(elements=[button])]


def plan(draft: Draft, *, goes_to: str, repeats: str) -> list[str]:
    """What is about to happen where one person is written to. No minutes: they talk about it."""
    set_up = draft.set_up
    who = f"the {draft.people} people" if draft.people > 1 else "the team"
    when = (
        f"at {set_up.hour}:00 on {wording.date_(draft.opens_on)}"
        if draft.opens_on
        else ("now, or in your next working hours")
    )
    return [
        f"*This asks you to fill in what {who} agreed* for *{wording.plain(set_up.team_name)}*.",
        f"You get one direct message with {draft.questions} questions, {when}. "
        "I write to nobody else. A meeting is the best place to go through them.",
        f"The round closes on *{wording.moment(draft.closes_at, set_up.zone)}* "
        f"({wording.plain(set_up.zone)}), or earlier when everything is filled in.",
        goes_to,
        'The result says "filled in together" and shows the scores, the level of each question '
        "and your comments as you enter them. It can't say how sure a score is or where views "
        "differ.",
        repeats,
    ]


def started(about: Started, dates: str) -> str:
    """`dates` of the rounds to come, as they are said."""
    round_, team = about.round, wording.plain(about.team_name)
    if round_ is None:
        return (
            f"*{team}* is set up, to be filled in together: I ask you from "
            f"{wording.date_(about.upcoming[0])} on, and nobody else. Next rounds: {dates}.\n"
            "My Home tab and `/scorecard status` show and change what is planned."
        )
    following = f" Next rounds: {dates}." if about.upcoming else ""
    return (
        f"*{team}* is open, to be filled in together: I ask you, and nobody else, until "
        f"{wording.moment(round_.closes_at, round_.zone)}.{following}\n"
        "My Home tab and `/scorecard status` let you close it early. "
        "You see the result before it is posted."
    )
