"""What /scorecard answers: welcome, help, status, and somebody's own part."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    SectionBlock,
)

from bot.blocks import ids, manage, scores, trouble, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires import conversation
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.rounds import (
    LEFT_WORKSPACE,
    ParticipantState,
    Participation,
    RoundState,
    ScorecardState,
)
from questionnaires.standings import (
    OpenRound,
    OwnPart,
    OwnStatus,
    ScorecardStanding,
    Status,
    Stopped,
    Welcome,
)

STATUS_MOST = 23
# Slack's words for somebody whom no message reaches, in ours.
UNREACHABLE = {
    LEFT_WORKSPACE: "left the workspace",
    "user_disabled": "left the workspace",
    "is_inactive": "left the workspace",
    "channel_not_found": "not found in Slack",
    "user_not_found": "not found in Slack",
    "user_not_visible": "in another organisation",
    "cannot_dm_bot": "a bot",
    "messages_tab_disabled": "takes no messages from apps",
    "ekm_access_denied": "blocked by an admin",
}
CLOSABLE_MOST = 45
PARTS_MOST = 20

WHAT_IT_IS = (
    "*MLOps scorecard* asks a team how its ML work really runs and shows where it stands in "
    "six dimensions, from 0 to 100."
)
HELP = (
    f"{WHAT_IT_IS}\n"
    "My *Home* tab has all of this with buttons; *Answer my scorecard*, among Slack's shortcuts, "
    "brings your next question.\n"
    "`/scorecard`  what waits for you\n"
    "`/scorecard my`  your open questions and your own scores\n"
    "`/scorecard results`  your teams' results; with a team's name, and a number, one round's\n"
    "`/scorecard data`  get your answers as a file, or erase them\n"
    "`/scorecard help`  this list\n"
    "For facilitators:\n"
    "`/scorecard start`  set up a team and open a round\n"
    "`/scorecard rehearse`  try it out alone, with made-up colleagues\n"
    "`/scorecard status`  how many have answered, what comes next; remind, pause, skip, edit, "
    "export\n"
    "`/scorecard close`  close a round early\n"
    "`/scorecard facilitators`  see and change who may do all this"
)
STAND = "My Home tab and `/scorecard status` show how your scorecards stand."


def help_() -> Content:
    return Content.of(HELP, SectionBlock(text=HELP))


def unknown(word: str) -> Content:
    """A word behind the command that means nothing."""
    text = f"I don't know `/scorecard {wording.plain(word[:30])}`.\n{HELP}"
    return Content.of(text, SectionBlock(text=text))


def welcome(seen: Welcome) -> Content:
    """What waits for somebody, and for a facilitator the way to a new scorecard."""
    blocks: list[Block] = [block for part in seen.waiting[:PARTS_MOST] for block in _waiting(part)]
    blocks += _more(len(seen.waiting) - PARTS_MOST)
    if seen.facilitator:
        new = ButtonElement(text="New scorecard", action_id=ids.NEW_SCORECARD, value="new")
        text = (
            "Set up a scorecard for a team, or see on my Home tab, or with `/scorecard status`, "
            "how all of them stand."
        )
        blocks += [SectionBlock(text=text), ActionsBlock(elements=[new])]
    elif seen.looks_after_some:
        blocks.append(SectionBlock(text=STAND))
    elif not seen.waiting:
        who = wording.people(seen.facilitators) if seen.facilitators else "A facilitator"
        text = f"Nothing waits for you. {who} can set up a scorecard for your team."
        blocks.append(SectionBlock(text=text))
    blocks.append(SectionBlock(text="`/scorecard help` lists what I can do."))
    return Content.read_out(*blocks)


def own(parts: Sequence[OwnPart]) -> Content:
    """Somebody's open questions with the way on, and their own scores where they are done."""
    return Content.read_out(*_own(parts))


def status(seen: Status | OwnStatus) -> Content:
    """How many have answered, and what comes next; never who. Others see their own part."""
    if isinstance(seen, OwnStatus):
        who = wording.people(seen.facilitators)
        intro = f"Only the facilitators see how many have answered: {who}. Your own part:"
        return Content.read_out(SectionBlock(text=intro), *_own(seen.parts))
    refused = [SectionBlock(text=stopped(seen.stopped, seen.zone))] if seen.stopped else []
    if not seen.standings:
        text = "No scorecard yet. `/scorecard start` sets one up; it takes about a minute."
        return Content.read_out(*refused, SectionBlock(text=text))
    shown = seen.standings[:STATUS_MOST]
    blocks = [block for one in shown for block in scorecard(one, seen.zone)]
    return Content.read_out(*refused, *blocks, *_more(len(seen.standings) - STATUS_MOST))


def scorecard(one: ScorecardStanding, zone: str) -> list[Block]:
    """How it stands, and what can be done with it; `zone` is who looks at it's own."""
    return [
        SectionBlock(text=_standing(one, zone), accessory=manage.menu(one)),
        manage.buttons(one),
    ]


def closable(open_rounds: Sequence[OpenRound]) -> Content:
    """One button for each round that can be closed."""
    text = "Closing ends the round for everybody and computes the result. It can't be opened again."
    blocks = [_closable(one) for one in open_rounds[:CLOSABLE_MOST]]
    more = _more(len(open_rounds) - CLOSABLE_MOST)
    return Content.read_out(SectionBlock(text=text), *blocks, *more)


def closed(team_name: str) -> Content:
    text = (
        f"*{wording.plain(team_name)}* is closed. Its facilitators get the result as a direct "
        "message; nothing is posted yet."
    )
    return Content.of(text, SectionBlock(text=text))


def card_on_its_way(team_name: str) -> Content:
    text = (
        f"Your card for *{wording.plain(team_name)}* is at the bottom of our direct messages: "
        "my *Messages* tab."
    )
    return Content.of(text, SectionBlock(text=text))


def _closable(one: OpenRound) -> Block:
    return SectionBlock(text=_round_line(one), accessory=manage.close(one))


def _more(left: int) -> list[Block]:
    return [SectionBlock(text=f"_and {left} more_")] if left > 0 else []


def _own(parts: Sequence[OwnPart]) -> list[Block]:
    if not parts:
        text = (
            "Nothing waits for you, and you have not answered in any round yet. "
            "When your team is asked, I'll write to you here in Slack."
        )
        return [SectionBlock(text=text)]
    blocks: list[Block] = []
    for one in parts[:PARTS_MOST]:
        blocks += part(one)
    return blocks + _more(len(parts) - PARTS_MOST)


def part(own: OwnPart) -> list[Block]:
    """What is left to answer in a round with the way on, or one's own scores in it."""
    unfinished = own.round.state is RoundState.OPEN and own.answered < own.of
    return _waiting(own) if unfinished else _finished(own)


def _waiting(part: OwnPart) -> list[Block]:
    """Who skipped is not asked again, and finds the way back."""
    skipped = part.state is ParticipantState.SKIPPED
    button = ButtonElement(
        text="Answer now" if skipped else "Continue" if part.answered else "Start",
        action_id=ids.BRING_CARD,
        value=Spot(part.round.id).value,
        style=None if skipped else "primary",
    )
    return [SectionBlock(text=_waits(part, skipped=skipped)), ActionsBlock(elements=[button])]


def _waits(part: OwnPart, *, skipped: bool) -> str:
    team = f"*{wording.plain(part.round.team_name)}*"
    until = wording.moment(part.round.closes_at, part.zone)
    if skipped:
        return f"{team}: you skipped this round; you can still answer until {until}"
    left = wording.count(part.of - part.answered, "question", "questions")
    minutes = conversation.minutes(part.of - part.answered, part.scale)
    how = "to fill in together" if part.round.together else f"left (about {minutes} min)"
    return f"{team}: {left} {how}, until {until}"


def _finished(part: OwnPart) -> list[Block]:
    round_ = part.round
    is_open = round_.state is RoundState.OPEN
    until = f"open until {wording.moment(round_.closes_at, part.zone)}" if is_open else "closed"
    whose = "The team's scores, filled in together" if round_.together else "Your own scores"
    title = f"*{wording.plain(round_.team_name)}*, {round_.title}, {until}. {whose}:"
    blocks: list[Block] = [SectionBlock(text=f"{title}\n{scores.score_lines(part.scores)}")]
    if is_open:
        button = ButtonElement(
            text="Change my answers", action_id=ids.BRING_CARD, value=Spot(round_.id).value
        )
        blocks.append(ActionsBlock(elements=[button]))
    return blocks


def stopped(stopped: Stopped, zone: str) -> str:
    return (
        f"⚠️ Slack has refused my token ({wording.plain(stopped.why)}) since "
        f"{wording.moment(stopped.since, zone)}: nothing goes out, and nothing is lost until "
        f"{wording.day(stopped.erased_at, zone)}, when everything is erased. "
        "Whoever runs me has to install the app again, and start me with the new token."
    )


def _standing(standing: ScorecardStanding, zone: str) -> str:
    """The round, how many have answered, what comes next and when, and the next dates."""
    scorecard, latest = standing.scorecard, standing.latest
    name = scorecard.set_up.team_name
    lines = [_round_line(latest, name) if latest else f"*{wording.plain(name)}*"]
    if scorecard.state is ScorecardState.PAUSED:
        lines.append("Paused: no round opens and nobody is reminded until you resume it.")
    elif standing.reminds_at is not None:
        first = wording.day(standing.reminds_at, zone)
        lines.append(f"Next: reminders, from {first} on, in people's working hours")
    lines.append(_coming(standing))
    return "\n".join(filter(None, lines))


def _coming(standing: ScorecardStanding) -> str:
    scorecard, latest = standing.scorecard, standing.latest
    if scorecard.state is ScorecardState.PAUSED:
        return ""
    if not scorecard.upcoming:
        return "No more rounds are planned."
    if not standing.overdue:
        dates = wording.listed([wording.date_(day) for day in scorecard.upcoming])
        return f"Next {'rounds' if len(scorecard.upcoming) > 1 else 'round'}: {dates}"
    due = wording.date_(scorecard.upcoming[0])
    if latest and latest.round.state is RoundState.OPEN:
        return f"The next round was due on {due}; it opens when this one is closed."
    why = trouble.why_not_opened(scorecard) or "I try again every few minutes."
    return f"⚠️ A round was due on {due} and has not opened. {why}"


def _round_line(one: OpenRound, name: str | None = None) -> str:
    """`name`: what its team is called by now; a round keeps the name under which it was asked."""
    round_, seen = one.round, one.participation
    together = ", filled in together" if round_.together else ""
    renamed = f" (asked as {wording.plain(round_.team_name)})"
    as_ = renamed if name not in (None, round_.team_name) else ""
    title = f"*{wording.plain(name or round_.team_name)}*, {round_.title}{as_}{together}"
    if round_.state is RoundState.OPEN:
        until = wording.moment(round_.closes_at, round_.zone)
        late = ", opened late" if round_.opened_late else ""
        far = (_filling_in(one),) if round_.together else (_participation(seen), _missing(one))
        return "\n".join(filter(None, (f"{title}: open until {until}{late}", *far)))
    if round_.state is RoundState.CLOSED:
        if round_.publishes_at is None:
            return f"{title}: closed, but I couldn't post the result; it waits for Post now"
        by_itself = wording.moment(round_.publishes_at, round_.zone)
        return (
            f"{title}: closed; I post the result on {by_itself}, or as soon as you press Post now"
        )
    return f"{title}: posted to <#{round_.results_channel}>"


def _missing(one: OpenRound) -> str:
    """What more answers would bring; nothing once all can be shown."""
    finished = one.participation.finished
    for least, what in (
        (LEAST_RESPONDENTS, "scores"),
        (one.round.k, "question details and comments"),
    ):
        if finished < least:
            left = least - finished
            return f"_{wording.count(left, 'more answer unlocks', 'more answers unlock')} {what}._"
    return ""


def _filling_in(one: OpenRound) -> str:
    """Where one person enters what the team agreed, their way is the team's: nothing is counted."""
    seen = one.participation
    if seen.finished:
        return "All is filled in."
    if seen.unreachable:
        return _participation(seen)
    if seen.skipped:
        return "Who was asked to fill it in has skipped."
    return "Begun, not all is filled in yet." if seen.started else "Nothing is filled in yet."


def _participation(seen: Participation) -> str:
    """How far people are, and how many nobody can write to and why; never who."""
    line = (
        f"{seen.finished} of {seen.invited} finished, {seen.started} started, "
        f"{seen.skipped} skipped"
    )
    out_of_reach = sum(seen.unreachable.values())
    if not out_of_reach:
        return line
    why = wording.listed([UNREACHABLE.get(code, code) for code in seen.unreachable])
    return f"{line}, {out_of_reach} out of reach ({why})"
