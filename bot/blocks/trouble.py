"""What facilitators are told unasked: a round that cannot open, a gap, a closed channel."""

from collections.abc import Callable, Mapping
from datetime import datetime

from slack_sdk.models.blocks import SectionBlock

from bot.blocks import wording
from bot.blocks.message import Content
from questionnaires.gaps import Gap, Late
from questionnaires.rounds import Round, Scorecard, SetUp

NAMED_MOST = 3
NEW_ONE = "or set up a new scorecard with `/scorecard start`"

# By the name of the refusal that keeps a round from opening.
WHY_NOT_OPENED: Mapping[str, Callable[[SetUp], str]] = {
    "NobodyToAsk": lambda _: (
        "There is nobody left to ask: bots, guests and deactivated accounts are not. "
        f"Add people to the team's channel or group, {NEW_ONE}."
    ),
    "AudienceUnreadable": lambda set_up: (
        f"I can't see who is in {_channel(set_up)}. Type `/invite` with my name there, {NEW_ONE}."
    ),
    "AudienceArchived": lambda set_up: (
        f"The team's channel {_channel(set_up)} is archived. Unarchive it, {NEW_ONE}."
    ),
    "GroupUnreadable": lambda _: (
        f"The team's user group is switched off or gone. Switch it on again, {NEW_ONE}."
    ),
    "GroupEmpty": lambda _: f"The team's user group is empty. Add people to it, {NEW_ONE}.",
    "GroupsNeedPlan": lambda _: (
        "User groups are part of Slack's paid plans, and this workspace has none. "
        "Set up a new scorecard with a channel: `/scorecard start`."
    ),
    "NoSuchQuestionnaire": lambda _: (
        "Its questions are not installed any more. Ask whoever runs me to put the file back, "
        f"{NEW_ONE}."
    ),
}


def why_not_opened(scorecard: Scorecard) -> str:
    """What keeps a round that is due, and what to do; empty when nothing is known to."""
    say = WHY_NOT_OPENED.get(scorecard.trouble or "")
    return say(scorecard.set_up) if say else ""


def not_opened(scorecard: Scorecard) -> Content:
    """Said once for each round; it is tried again all the time."""
    due = f", due on {wording.date_(scorecard.next_on)}," if scorecard.next_on else ""
    text = (
        f"⚠️ The round of *{wording.plain(scorecard.set_up.team_name)}*{due} has not opened. "
        f"{why_not_opened(scorecard)} I'll open the round as soon as this is mended."
    )
    return Content.of(text, SectionBlock(text=text))


def channel_closed(round_: Round) -> Content:
    """Said when the round opens, while there is time."""
    text = (
        f"⚠️ The round of *{wording.plain(round_.team_name)}* is open, but I can't post its result "
        f"in <#{round_.results_channel}>: the channel is archived, shared with another "
        "organisation, or I am not in it. Unarchive it or type `/invite` with my name there "
        f"before {wording.moment(round_.closes_at, round_.zone)}."
    )
    return Content.of(text, SectionBlock(text=text))


def away(gap: Gap, zone: str) -> Content:
    """I was away from Tue 2 Feb, 03:00 to 09:00. This came late: 4 invitations."""
    text = f"I was away from {_while(gap.began_at, gap.ended_at, zone)}. {_late(gap.late)}"
    return Content.of(text, SectionBlock(text=text))


def _while(began_at: datetime, ended_at: datetime, zone: str) -> str:
    begun, ended = wording.moment(began_at, zone), wording.moment(ended_at, zone)
    same_day = wording.day(began_at, zone) == wording.day(ended_at, zone)
    return f"{begun} to {ended.partition(', ')[2] if same_day else ended}"


def _late(late: Late) -> str:
    parts = []
    if late.invitations:
        parts.append(wording.count(late.invitations, "invitation", "invitations"))
    if late.reminders:
        parts.append(wording.count(late.reminders, "reminder", "reminders"))
    for what, teams in (
        ("opening", late.opened),
        ("closing", late.closed),
        ("posting", late.posted),
    ):
        if teams:
            names = [wording.plain(name) for name in teams[:NAMED_MOST]]
            more = len(teams) - NAMED_MOST
            parts.append(f"{what} {', '.join(names)}{f' and {more} more' if more > 0 else ''}")
    return f"This came late: {wording.listed(parts)}."


def _channel(set_up: SetUp) -> str:
    channel = set_up.audience.channel
    return f"<#{channel}>" if channel else "the team's channel"
