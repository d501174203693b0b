"""A scorecard's history: which facilitator did what, day by day, the newest first."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.blocks import wording
from questionnaires.acts import Act, Deed, History
from questionnaires.calendar import zone_of

# A section holds 3,000 characters, and a line of these at most some 200.
LINES_MOST = 12

WORDS = {
    Act.SET_UP: "set {it} up",
    Act.EDITED: "edited {it}",
    Act.TAILORED: "saved the questions, version {version}",
    Act.NAMED: "named {whom} a facilitator{of_all}",
    Act.TAKEN_OUT: "took {whom} out of the facilitators{of_all}",
    Act.OPENED: "opened {round} by hand",
    Act.REMINDED: "reminded people of {round}",
    Act.EXTENDED: "extended {round} to {near_day}",
    Act.SKIPPED: "skipped the round of {day}",
    Act.PAUSED: "paused {it}",
    Act.RESUMED: "resumed {it}",
    Act.CLOSED: "closed {round} by hand",
    Act.HID_COMMENT: "hid a comment of {round}",
    Act.SHOWED_COMMENT: "showed a hidden comment of {round} again",
    Act.POSTED: "posted the result of {round} by hand",
    Act.EXPORTED: "exported {results}",
}


def modal(seen: History) -> View:
    team = wording.plain(seen.team_name)
    if not seen.deeds:
        text = f"Nothing yet. What facilitators do with *{team}* will stand here."
        return _view([SectionBlock(text=text)])
    head = f"What facilitators did with *{team}*, the newest first, in your time zone."
    return _view([SectionBlock(text=head), *_days(seen), _foot(seen.earlier)])


def did(deed: Deed, *, whom: str, it: str = "it") -> str:
    """What somebody did, as it goes on after who did it; `whom`, `it`: as they are called here."""
    said = WORDS[deed.what].format(
        it=it,
        round=deed.round_title,
        results=f"the result of {deed.round_title}" if deed.round_title else "all results",
        version=deed.version,
        day=deed.day and wording.date_(deed.day),
        near_day=deed.day and wording.near_day(deed.day),
        whom=whom,
        of_all="" if deed.team_name else " of all scorecards",
    )
    opened = deed.what is Act.SET_UP and deed.round_title
    return f"{said} and opened {deed.round_title}" if opened else said


def _line(deed: Deed) -> str:
    return f"<@{deed.by}> {did(deed, whom=f'<@{deed.whom}>')}"


def _days(seen: History) -> Iterator[Block]:
    """*18 Jan 2027*, and below it what was done on that day"""
    zone = zone_of(seen.zone)
    for day, deeds in groupby(seen.deeds, lambda deed: deed.at.astimezone(zone).date()):
        lines = [f"{deed.at.astimezone(zone):%H:%M}  {_line(deed)}" for deed in deeds]
        lines.insert(0, f"*{wording.date_(day)}*")
        for start in range(0, len(lines), LINES_MOST):
            yield SectionBlock(text="\n".join(lines[start : start + LINES_MOST]))


def _foot(earlier: int) -> Block:
    by_itself = "Rounds that I opened, closed or posted by myself are not listed."
    before = f"And {earlier} earlier. " if earlier else ""
    return ContextBlock(elements=[MarkdownTextObject(text=before + by_itself)])


def _view(blocks: Iterable[Block]) -> View:
    return View(type="modal", title="History", close="Close", blocks=list(blocks))
