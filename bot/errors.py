"""From a refusal to a sentence that says what to do next, shown where the person is looking.

The only @app.error; its English, but for sentences about past results: those are in_vain's.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.models.blocks import SectionBlock

from bot import in_vain
from bot.blocks import ids, wording
from bot.blocks.message import Content
from bot.blocks.notice import notice
from bot.replies import Replies, ReplyTo
from bot.verdicts import TROUBLE, UNREACHABLE, Fate, verdict
from questionnaires import errors as refusals
from questionnaires.errors import Refusal

log = structlog.get_logger()

OURS = (
    "Something went wrong on my side. Nothing you answered before is lost; "
    "please try again in a minute."
)

# Somebody has closed the modal or looks at a later one, or we were slower than Slack waits.
TOO_LATE = frozenset(
    {
        "not_found",
        "hash_conflict",
        "push_limit_reached",
        "expired_trigger_id",
        "exchanged_trigger_id",
        "invalid_trigger_id",
        "trigger_expired",
        "trigger_exchanged",
    }
)

# What a button or a modal is refused with that was shown to somebody else.
NOT_THEIRS = (refusals.NotFacilitator, refusals.NotInRound)

NAMED_MOST = 3
SLACKS = "Slack isn't answering me right now. Nothing is lost; please try again in a minute."


def _closed_channel(e: refusals.ResultsChannelClosed) -> str:
    return (
        f"I can't post in <#{e.channel}>. Type `/invite` with my name there, "
        "then press Next again, or choose another channel."
    )


def _not_facilitator(e: refusals.NotFacilitator) -> str:
    of_all, yours = "", ""
    if e.of_some:
        of_all = " of all scorecards"
        yours = " Yours are on my Home tab and in `/scorecard status`."
    ask = "Ask one of them." if len(e.facilitators) > 1 else "Ask them."
    who = wording.people(e.facilitators)
    return f"Only facilitators{of_all} can do this: {who}. {ask}{yours}"


def _meanwhile(e: refusals.ScorecardChanged) -> str:
    by = f"<@{e.by}>" if e.by else "a round that opened"
    return f"Meanwhile {by} has changed {wording.plain(e.team_name)}"


def _who(e: refusals.CannotFacilitate) -> str:
    """Ops Bot, Gil Guest and 3 more"""
    named = [wording.plain(name) for name in e.names[:NAMED_MOST]]
    more = len(e.names) + e.unknown - len(named)
    if not named:
        return "a person I don't know yet" if more == 1 else "people I don't know yet"
    return wording.listed([*named, *([f"{more} more"] if more else [])])


SENTENCES: Mapping[type[Refusal], Callable[[Any], str]] = {
    **in_vain.SENTENCES,
    refusals.StalePress: lambda _: (
        "This is from an older version of me. Type `/scorecard` to go on where you were."
    ),
    refusals.NoSuchQuestion: lambda _: (
        "This question isn't asked in this round. Type `/scorecard my` to go on where you were."
    ),
    refusals.LevelOutOfScale: lambda _: "Pick a level from 0 to 4.",
    refusals.ReasonMissing: lambda _: "Say in a few words why this doesn't apply to your team.",
    refusals.CommentTooLong: lambda e: (
        f"That is {e.given} characters; at most {e.most} fit. Please shorten it."
    ),
    refusals.NotFacilitator: _not_facilitator,
    refusals.CannotFacilitate: lambda e: (
        f"Choose somebody else instead of {_who(e)}: facilitators are active members of this "
        "workspace, not guests or bots."
    ),
    refusals.NoSuchQuestionnaire: lambda _: (
        "These questions are no longer there. Choose others from the list."
    ),
    refusals.TeamNameMissing: lambda _: "Enter a name, for example the team's.",
    refusals.TeamNameTooLong: lambda e: (
        f"That is {e.given} characters; at most {e.most} fit. Choose a shorter name."
    ),
    refusals.ScorecardExists: lambda e: (
        f"There is already a scorecard called {wording.plain(e.team_name)}. "
        "Choose another name, or see `/scorecard status` for its next round."
    ),
    refusals.DaysOpenOutOfRange: lambda e: f"Choose from {e.least} to {e.most} working days.",
    refusals.DaysOpenTooLong: lambda e: (
        f"The next round would open before this one closes. At most {e.most} working days fit; "
        "choose fewer, or repeat less often."
    ),
    refusals.HourOutOfRange: lambda e: f"Choose a full hour from {e.first} to {e.last}.",
    refusals.NextDayMissing: lambda _: (
        "Choose a day for the next round, or Only once under Repeat."
    ),
    refusals.ScorecardChanged: lambda e: (
        f"{_meanwhile(e)}, so nothing was saved. "
        "Close this and press Next again: the form shows what has changed."
    ),
    refusals.PlanChanged: lambda e: (
        f"{_meanwhile(e)}, so nobody was asked. Choose Open a round now again: "
        "it says what the round would be like now."
    ),
    refusals.FirstDayPassed: lambda e: (
        f"This day is over. Choose {wording.date_(e.today)} (today) or a later day."
    ),
    refusals.EverybodyAskedLately: lambda e: (
        "Everybody was asked these questions less than 30 days ago. "
        f"Please try again on {wording.date_(e.from_)} or later."
    ),
    refusals.AudienceArchived: lambda e: (
        f"<#{e.channel}> is archived. Choose the channel that the team uses now."
    ),
    refusals.GroupUnreadable: lambda _: (
        "I can't read this user group: it is switched off or gone. "
        "Choose another one, or a channel."
    ),
    refusals.GroupEmpty: lambda _: (
        "There is nobody in this user group. Add people to it, or choose a channel or people."
    ),
    refusals.GroupsNeedPlan: lambda _: (
        "User groups are part of Slack's paid plans, and this workspace has none. "
        "Choose a channel or people instead."
    ),
    refusals.NobodyToAsk: lambda _: (
        "There is nobody to ask: choose a channel with people in it, or people. "
        "Bots and deactivated accounts are left out, guests too unless you ask them."
    ),
    refusals.AudienceUnreadable: lambda e: (
        f"I can't see who is in <#{e.channel}>. Type `/invite` with my name there, "
        "then press Next again, or choose people instead."
    ),
    refusals.ResultsChannelClosed: _closed_channel,
    refusals.ResultsChannelArchived: lambda e: (
        f"<#{e.channel}> is archived. Choose a channel that people read."
    ),
    refusals.ResultsChannelShared: lambda e: (
        f"<#{e.channel}> is shared with another organisation, which would read the result. "
        "Choose a channel of your own."
    ),
    refusals.NothingTailored: lambda e: (
        "No changes wait to be saved: they were saved before, or taken back. *Questions* in "
        f"`/scorecard status` shows how those of {wording.plain(e.team_name)} stand."
    ),
    refusals.SetUpGone: lambda _: (
        "This set-up is already confirmed, or no longer there. "
        "`/scorecard status` shows your scorecards; `/scorecard start` sets up a new one."
    ),
    refusals.NoSuchScorecard: lambda _: (
        "This scorecard is no longer there. `/scorecard status` shows those that are."
    ),
    refusals.Paused: lambda e: (
        f"{wording.plain(e.team_name)} is paused, so I write to nobody. "
        "Resume it in `/scorecard status` first."
    ),
    refusals.NotPaused: lambda e: (
        f"{wording.plain(e.team_name)} is already resumed. "
        "`/scorecard status` shows its next round."
    ),
    refusals.NothingToSkip: lambda e: (
        f"This round is already skipped or open. The next one: {wording.date_(e.next_on)}."
        if e.next_on
        else "This round is already skipped or open, and no more are planned."
    ),
    refusals.RoundIsOpen: lambda e: (
        f"A round of {wording.plain(e.team_name)} is open. "
        "Close it with `/scorecard close`, then open another one."
    ),
    refusals.DeadlineMoved: lambda e: (
        "Somebody has moved the deadline meanwhile: the round is now open until "
        f"{wording.moment(e.closes_at, e.zone)}. Choose Extend this round again to move it further."
    ),
    refusals.NoRoomToExtend: lambda e: (
        f"The next round opens on {wording.date_(e.next_on)}, and this one has to be closed by "
        "then. Skip that one first, then extend this one."
        if e.next_on
        else "This round has been open for as long as a round can be: 40 working days. "
        "Whoever isn't done in time is asked again next time."
    ),
    refusals.NobodyToRemind: lambda e: (
        f"There is nobody to remind for {wording.plain(e.team_name)} today: everybody has finished "
        "or skipped, wants no reminder, has had two, has heard from me today, or will "
        "when their working day begins."
    ),
    refusals.RoundClosed: lambda e: (
        f"The round of {wording.plain(e.team_name)} closed on "
        f"{wording.moment(e.closed_at, e.zone)}. What you answered before counts; thank you."
    ),
    refusals.TooLateToRemind: lambda e: (
        f"The round closes on {wording.moment(e.closes_at, e.zone)}, before I could ask again. "
        "Start now; you can stop at any question and go on later."
    ),
    refusals.NotInRound: lambda _: (
        "Nothing was saved: you were not asked in this round, or it was a rehearsal that is over. "
        "The facilitator can include you next time."
    ),
    refusals.Left: lambda _: "This person can't be asked any more.",
    refusals.LeftAlone: lambda _: "This person gets nothing more in this round.",
    refusals.AskedBefore: lambda _: "This person is already asked.",
    refusals.Superseded: lambda _: "A newer message has taken the place of this one.",
    refusals.NoOpenRound: lambda _: (
        "No round is open. Open one in `/scorecard status`, or set up a team with "
        "`/scorecard start`."
    ),
    refusals.RoundNotClosed: lambda _: (
        "This round has no result yet. Close it with `/scorecard close`; the result follows."
    ),
    refusals.NothingToExport: lambda e: (
        f"No round of {wording.plain(e.team_name)} is closed yet, so there is nothing to export. "
        "Close one with `/scorecard close`; its result follows."
    ),
    refusals.AlreadyPosted: lambda e: (
        f"The result of {wording.plain(e.team_name)} is already posted to <#{e.channel}>."
    ),
}


def sentence(error: Exception) -> str:
    """What the person reads."""
    if isinstance(error, Refusal):
        return SENTENCES[type(error)](error)
    if isinstance(error, TROUBLE):
        return SLACKS
    return OURS


def content(error: Exception) -> Content:
    text = sentence(error)
    return Content.of(text, SectionBlock(text=text))


def register(app: AsyncApp, replies: Replies) -> None:
    @app.error
    async def say_why(error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Answer a refusal, or an error of ours, where the person is looking.

        Listeners do nothing after ack() that can fail (bot/afterwards.py), so an answer to
        Slack is still owed here.
        """
        if body.get("type") == "view_submission":
            _note(error, ids.known(body["view"]["callback_id"]))
            return BoltResponse(status=200, body=in_modal(error, body["view"]))
        if "command" in body:
            _note(error)
            return BoltResponse(status=200, body=in_command(error))
        await say(replies, ReplyTo.of(body), error, about=_pressed(body))
        return BoltResponse(status=200, body="")


async def say(replies: Replies, to: ReplyTo, error: Exception, *, about: str = "") -> None:
    """Say an error beside what was pressed, to the person who pressed.

    `about`: the name of the button, one of ours.
    """
    _note(error, about)
    try:
        await replies.say(to, content(error))
    except TROUBLE as away:
        log.warning("a press was not answered", problem=verdict(away).problem)


def _pressed(body: dict[str, Any]) -> str:
    actions = body.get("actions")
    return ids.known(actions[0]["action_id"]) if actions else ""


def _note(error: Exception, about: str = "") -> None:
    """A refusal is no news, unless somebody used what was shown to others: that is told without
    who it was. Slack being away is worth a line; an error of ours needs its trace.

    Commands can be typed by everybody, and are about nothing that was shown.
    """
    if isinstance(error, Refusal):
        forged = bool(about) and isinstance(error, NOT_THEIRS)
        tell = log.info if forged else log.debug
        tell("press refused", why=type(error).__name__, **({"about": about} if about else {}))
        return
    if isinstance(error, TROUBLE):
        found = verdict(error)
        if found.fate is not Fate.NEVER or found.problem in TOO_LATE | UNREACHABLE:
            log.warning("Slack failed a press", problem=found.problem)
            return
    log.error("something failed", exc_info=error)


def in_command(error: Exception) -> dict[str, Any]:
    shown = content(error)
    return {"response_type": "ephemeral", "text": shown.text, "blocks": shown.blocks}


def in_modal(error: Exception, view: Mapping[str, Any]) -> dict[str, Any]:
    """Under the field that the refusal names when it is in the modal, else in its place."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    # What fails for a moment leaves the modal as it is: nothing typed is lost.
    field = error.field if isinstance(error, Refusal) else next(iter(inputs), None)
    text = sentence(error)
    if field in inputs:
        return {"response_action": "errors", "errors": {field: _without_marks(text)}}
    sorry = notice(content(error), "Not done")
    return {"response_action": "update", "view": sorry.to_dict()}


def _without_marks(text: str) -> str:
    """An error under a field is plain text: marks and mentions would be read as they are."""
    named = re.sub(r"<#\w+>", "this channel", text.replace("`", ""))
    return html.unescape(named[:1].upper() + named[1:])
