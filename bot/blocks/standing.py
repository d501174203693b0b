"""What /scorecard answers: welcome, help, status, and somebody's own part."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from bot.blocks import ids, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires import conversation
from questionnaires.rounds import RoundState
from questionnaires.standings import OpenRound, OwnPart, ScorecardStanding, Welcome

STATUS_MOST = 45
CLOSABLE_MOST = 20

HELP = (
    "*MLOps scorecard* asks a team how its ML work really runs and shows where it stands in "
    "six dimensions, from 0 to 100.\n"
    "`/scorecard`  what waits for you\n"
    "`/scorecard my`  your open questions and your own scores\n"
    "`/scorecard status`  how many have answered (facilitators)\n"
    "`/scorecard start`  set up a team and open a round (facilitators)\n"
    "`/scorecard close`  end a round early (facilitators)\n"
    "`/scorecard help`  this list"
)


def help_() -> Content:
    return Content.of(HELP, SectionBlock(text=HELP))


def unknown(word: str) -> Content:
    """A word behind the command that means nothing."""
    text = f"I don't know `/scorecard {wording.plain(word[:30])}`.\n{HELP}"
    return Content.of(text, SectionBlock(text=text))


def welcome(seen: Welcome) -> Content:
    """What waits for somebody, and for a facilitator the way to a new scorecard."""
    blocks: list[Block] = [block for part in seen.waiting for block in _waiting(part)]
    if seen.facilitator:
        new = ButtonElement(text="New scorecard", action_id=ids.NEW_SCORECARD, value="new")
        text = "Set up a scorecard for a team, or see how the others stand: `/scorecard status`."
        blocks += [SectionBlock(text=text), ActionsBlock(elements=[new])]
    elif not seen.waiting:
        named = [f"<@{user_id}>" for user_id in seen.facilitators[:10]]
        who = wording.listed(named or ["A facilitator"])
        text = f"Nothing waits for you. {who} can set up a scorecard for your team."
        blocks.append(SectionBlock(text=text))
    blocks.append(SectionBlock(text="`/scorecard help` lists what I can do."))
    return Content.of("MLOps scorecard: what waits for you.", *blocks)


def own(parts: Sequence[OwnPart]) -> Content:
    """Somebody's open questions with the way on, and their own scores where they are done."""
    if not parts:
        text = "You were not asked in any round yet. When you are, I write to you here in Slack."
        return Content.of(text, SectionBlock(text=text))
    blocks: list[Block] = []
    for part in parts:
        unfinished = part.round.state is RoundState.OPEN and part.answered < part.of
        blocks += _waiting(part) if unfinished else _finished(part)
    return Content.of("Your own part in the scorecards, seen by nobody else.", *blocks)


def status(standings: Sequence[ScorecardStanding]) -> Content:
    """How many have answered, and what comes next; never who."""
    if not standings:
        text = "No scorecard yet. `/scorecard start` sets one up; it takes about a minute."
        return Content.of(text, SectionBlock(text=text))
    shown = [_standing(standing) for standing in standings[:STATUS_MOST]]
    left = len(standings) - STATUS_MOST
    if left > 0:
        shown.append(f"_and {left} more_")
    return Content.of("\n".join(shown), *(SectionBlock(text=text) for text in shown))


def closable(open_rounds: Sequence[OpenRound]) -> Content:
    """One button for each round that can be closed."""
    blocks: list[Block] = []
    for one in open_rounds[:CLOSABLE_MOST]:
        button = ButtonElement(
            text="Close this round",
            action_id=ids.CLOSE_ROUND,
            value=Spot(one.round.id).value,
            style="danger",
        )
        blocks += [SectionBlock(text=_round_line(one)), ActionsBlock(elements=[button])]
    text = (
        "Closing ends the round for everybody, and the result is computed. "
        "It can't be opened again."
    )
    return Content.of(text, SectionBlock(text=text), *blocks)


def closed(team_name: str) -> Content:
    text = (
        f"*{wording.plain(team_name)}* is closed. The result comes to you as a direct message, "
        "as it will look; nothing is posted yet."
    )
    return Content.of(text, SectionBlock(text=text))


def card_on_its_way(team_name: str) -> Content:
    text = f"Your card for *{wording.plain(team_name)}* is at the bottom of our direct messages."
    return Content.of(text, SectionBlock(text=text))


def _waiting(part: OwnPart) -> list[Block]:
    left = wording.count(part.of - part.answered, "question", "questions")
    minutes = conversation.minutes(part.of - part.answered)
    text = f"*{wording.plain(part.round.team_name)}*: {left} left (about {minutes} min)"
    button = ButtonElement(
        text="Continue" if part.answered else "Start",
        action_id=ids.BRING_CARD,
        value=Spot(part.round.id).value,
        style="primary",
    )
    return [SectionBlock(text=text), ActionsBlock(elements=[button])]


def _finished(part: OwnPart) -> list[Block]:
    round_ = part.round
    is_open = round_.state is RoundState.OPEN
    until = f"open until {wording.moment(round_.closes_at, part.zone)}" if is_open else "closed"
    title = f"*{wording.plain(round_.team_name)}*, {round_.title}, {until}. Your own scores:"
    blocks: list[Block] = [SectionBlock(text=f"{title}\n{wording.score_lines(part.scores)}")]
    if is_open:
        button = ButtonElement(
            text="Change my answers", action_id=ids.BRING_CARD, value=Spot(round_.id).value
        )
        blocks.append(ActionsBlock(elements=[button]))
    return blocks


def _standing(standing: ScorecardStanding) -> str:
    scorecard, latest = standing.scorecard, standing.latest
    name = f"*{wording.plain(scorecard.set_up.team_name)}*"
    lines = [_round_line(latest) if latest else name]
    if standing.overdue and scorecard.next_on:
        lines.append(
            f":warning: A round was due on {wording.date_(scorecard.next_on)}, but I can't find "
            "anybody to ask. Type `/invite` with my name in the team's channel, "
            "or check who is in it."
        )
    elif scorecard.next_on:
        lines.append(f"Next round: {wording.date_(scorecard.next_on)}")
    return "\n".join(lines)


def _round_line(one: OpenRound) -> str:
    round_, seen = one.round, one.participation
    title = f"*{wording.plain(round_.team_name)}*, {round_.title}"
    if round_.state is RoundState.OPEN:
        until = wording.moment(round_.closes_at, round_.zone)
        return (
            f"{title}: open until {until}\n{seen.finished} of {seen.invited} finished, "
            f"{seen.started} started, {seen.skipped} skipped"
        )
    if round_.state is RoundState.CLOSED:
        by_itself = (
            f"posts itself on {wording.moment(round_.publishes_at, round_.zone)}"
            if round_.publishes_at
            else "was not posted yet"
        )
        return f"{title}: closed, waits for Post now ({by_itself})"
    return f"{title}: posted to <#{round_.results_channel}>"
