"""Comments before a result is posted: as the thread will show them, each with a way to hide it."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ButtonElement, SectionBlock
from slack_sdk.models.views import View

from bot.blocks import ids, wording
from bot.blocks.carried import packed, row_id, unpacked
from bot.blocks.details import COMMENTS_MOST, notes, remark
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from bot.blocks.paging import Page
from questionnaires.results import HideableComment, Result
from questionnaires.rounds import Round

PAGE = 20
MARK = "*Hidden* · "


@dataclass(frozen=True, slots=True)
class Opened:
    """What the modal carries: whose comments, and which page of them is seen."""

    round_id: int
    page: int = 0

    @property
    def metadata(self) -> str:
        return packed(self.round_id, self.page)

    @classmethod
    def parse(cls, metadata: str) -> "Opened":
        """Raises StalePress."""
        round_id, page = unpacked(metadata, int, int)
        return cls(row_id(round_id), page)


def see_comments(result: Result, round_id: int) -> list[ButtonElement]:
    """The way to them, where there are any."""
    if not (result.comments or result.comments_hidden):
        return []
    return [
        ButtonElement(
            text="See notes" if result.together else "See comments",
            action_id=ids.SEE_COMMENTS,
            value=Spot(round_id).value,
        )
    ]


def modal(round_: Round, comments: Sequence[HideableComment], page: int = 0) -> View:
    """All of them in the order of the thread, hidden ones in their places."""
    seen = Page.nearest(page, PAGE, len(comments))
    blocks = [
        SectionBlock(text=_head(round_, comments)),
        *(_remark(one) for one in comments[seen.part]),
        *seen.turns(ids.COMMENTS_PAGE),
    ]
    return View(
        type="modal",
        title="Notes" if round_.together else "Comments",
        close="Done",
        private_metadata=Opened(round_.id, seen.number).metadata,
        blocks=Content.of("", *blocks).blocks,
    )


def _remark(one: HideableComment) -> SectionBlock:
    action_id = ids.SHOW_COMMENT if one.hidden else ids.HIDE_COMMENT
    button = ButtonElement(
        text="Show again" if one.hidden else "Hide", action_id=action_id, value=one.digest
    )
    return SectionBlock(text=remark(one.comment, MARK if one.hidden else ""), accessory=button)


def _head(round_: Round, comments: Sequence[HideableComment]) -> str:
    """What the thread will show, what it will say of the rest, and until when that can change."""
    team = f"*{wording.plain(round_.team_name)}*, {wording.plain(round_.title)}"
    if not comments:
        what = "notes" if round_.together else "comments"
        return f"{team}: there are no {what} to be shown."
    how = "as they were entered" if round_.together else "in this order and without names"
    lines = [
        f"{team}: the thread below the result shows these, {how}. Hide what should not be read "
        "there, such as a person's name. What reads the same is hidden together.",
        _how_many(comments, together=round_.together),
    ]
    shown = sum(not one.hidden for one in comments)
    if shown > COMMENTS_MOST:
        lines.append(
            f"The thread has room for the first {COMMENTS_MOST} that are not hidden, and says "
            "how many more there are."
        )
    lines.append(
        "Exported files leave hidden ones out, too. Once the result is posted, this can't be "
        "changed."
    )
    return "\n".join(lines)


def _how_many(comments: Sequence[HideableComment], *, together: bool) -> str:
    hidden = sum(one.hidden for one in comments)
    if not hidden:
        return "*Nothing is hidden.*"
    of = notes(len(comments), together=together)
    return f"*{hidden} of {of} {'is' if hidden == 1 else 'are'} hidden; the thread will say so.*"
