"""The Home tab: what waits for somebody, results of their teams, scorecards they look after."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.blocks import ids, own_data, past, standing, wording
from bot.blocks.message import Content
from bot.blocks.paging import Page
from questionnaires.standings import AtHome, Status, TeamResult

PARTS_MOST = 10
PAGE = 10


def home(seen: AtHome) -> View:
    """At most 100 blocks: of many scorecards ten at a time."""
    blocks = [
        *_for_you(seen),
        *_results(seen.results),
        *(_scorecards(seen.status, seen.page) if seen.status else ()),
        DividerBlock(),
        *_foot(seen),
        *own_data.offer(),
    ]
    return View(type="home", blocks=Content.of("", *blocks).blocks)


def _for_you(seen: AtHome) -> list[Block]:
    """Open rounds. Who has nothing here yet reads what this is, and who can set up a scorecard."""
    head: list[Block] = [HeaderBlock(text="For you")]
    if seen.parts:
        more = len(seen.parts) - PARTS_MOST
        shown = [block for part in seen.parts[:PARTS_MOST] for block in standing.part(part)]
        return [*head, *shown, *([_context(f"and {more} more")] if more > 0 else [])]
    lines = ["Nothing waits for you. When your team is asked, I'll write to you here in Slack."]
    looks_after_some = seen.status is not None and seen.status.standings
    if not seen.results and not looks_after_some:
        lines.insert(0, standing.WHAT_IT_IS)
    if not seen.results and seen.status is None:
        lines.append(f"{wording.people(seen.facilitators)} can set up a scorecard for your team.")
    return [*head, SectionBlock(text="\n".join(lines))]


def _results(results: Sequence[TeamResult]) -> list[Block]:
    if not results:
        return []
    return [
        HeaderBlock(text="Your teams"),
        *(block for one in results for block in _team(one)),
    ]


def _team(one: TeamResult) -> list[Block]:
    scorecard_id = one.round.scorecard_id
    ways = [past.button(scorecard_id), *([past.compare(scorecard_id)] if one.several else [])]
    return [SectionBlock(text=_result(one)), ActionsBlock(elements=ways)]


def _result(one: TeamResult) -> str:
    """Both scores, and no word about a change: two numbers alone cannot prove one."""
    round_ = one.round
    name = f"*{wording.plain(round_.team_name)}*, {round_.title}"
    if one.overall is None and round_.together:
        score = f"{name}: filled in together, not finished"
    elif one.overall is None:
        score = f"{name}: too few answers for a score"
    else:
        score = f"{name}: *{one.overall.text} of 100*"
    if one.overall is not None and one.before is not None:
        title, before = one.before
        score += f" ({title}: {before.text})"
    if one.overall is not None and round_.together:
        score += ", filled in together"
    lines = [f"{score} · posted to <#{round_.results_channel}>"]
    if one.next_on is not None:
        lines.append(f"Next round: {wording.date_(one.next_on)}")
    return "\n".join(lines)


def _scorecards(status: Status, page: int) -> list[Block]:
    head: list[Block] = [DividerBlock(), HeaderBlock(text="Scorecards you look after")]
    if status.stopped:
        head.append(SectionBlock(text=standing.stopped(status.stopped, status.zone)))
    if not status.standings:
        text = "None yet. *New scorecard* sets one up; it takes about a minute."
        return [*head, SectionBlock(text=text)]
    seen = Page.nearest(page, PAGE, len(status.standings))
    shown = status.standings[seen.part]
    found = [
        block for one in shown for block in (DividerBlock(), *standing.scorecard(one, status.zone))
    ]
    return [*head, *found[1:], *seen.turns(ids.HOME_PAGE)]


def _foot(seen: AtHome) -> list[Block]:
    elements: list[InteractiveElement] = []
    if seen.may_set_up:
        none_yet = seen.status is not None and not seen.status.standings
        new = ButtonElement(
            text="New scorecard",
            action_id=ids.NEW_SCORECARD,
            value="new",
            style="primary" if none_yet else None,
        )
        everywhere = ids.of_scorecard(None)
        elements += [
            new,
            ButtonElement(text="Rehearse with me only", action_id=ids.REHEARSE, value="home"),
            ButtonElement(text="See facilitators", action_id=ids.FACILITATORS, value=everywhere),
        ]
    elements.append(ButtonElement(text="Help", action_id=ids.HELP, value="home"))
    return [ActionsBlock(elements=elements)]


def _context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=f"_{text}_")])
