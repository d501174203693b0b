"""Posting a result again or elsewhere: where to, who reads it there, and that it is on its way."""

from dataclasses import dataclass

from slack_sdk.models.blocks import ButtonElement, SectionBlock
from slack_sdk.models.views import View

from bot.blocks import form, ids, wording
from bot.blocks.carried import packed, row_id, unpacked
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires.rounds import Round, RoundState


@dataclass(frozen=True, slots=True)
class Posting:
    """What these modals carry. `times`: how often the result was sent when it was opened."""

    round_id: int
    times: int
    response_url: str
    channel: str = ""

    @property
    def metadata(self) -> str:
        return packed(self.round_id, self.times, self.response_url, self.channel)

    @classmethod
    def parse(cls, metadata: str) -> "Posting":
        """Raises StalePress."""
        round_id, times, response_url, channel = unpacked(metadata, int, int, str, str)
        return cls(row_id(round_id), times, response_url, channel)


def button(round_id: int, *, again: bool = True) -> ButtonElement:
    text = "Post again" if again else "Post elsewhere"
    return ButtonElement(text=text, action_id=ids.POST_AGAIN, value=Spot(round_id).value)


def ask(round_: Round, posting: Posting) -> View:
    return View(
        type="modal",
        callback_id=ids.POST_AGAIN_MODAL,
        title=_title(round_),
        submit="Next",
        close="Cancel",
        private_metadata=posting.metadata,
        blocks=[
            SectionBlock(text=f"{_named(round_)}: scores, pictures and details."),
            form.results_channel(round_.results_channel),
        ],
    )


def confirm(round_: Round, posting: Posting, readers: int | None) -> View:
    """Who reads it there; and what people were told when they were asked."""
    where = f"<#{posting.channel}>"
    members = f" ({wording.count(readers, 'member', 'members')})" if readers else ""
    lines = [f"{_named(round_)} goes to {where}{members} at once."]
    if posting.channel != round_.results_channel:
        told = "where results go"
        if round_.results_readers is not None:  # else it was posted elsewhere than they were told
            told = f"that results go to <#{round_.results_channel}>"
        lines.append(f"⚠️ People were told {told}. Tell them before you show it to others.")
    lines.append("*History* will say that you posted it.")
    return View(
        type="modal",
        callback_id=ids.POST_AGAIN_CONFIRM_MODAL,
        title=_title(round_),
        submit="Post now",
        close="Cancel",
        private_metadata=posting.metadata,
        blocks=[SectionBlock(text=line) for line in lines],
    )


def posted(round_: Round, channel: str) -> Content:
    text = f"{_named(round_)} goes to <#{channel}> now."
    return Content.of(text, SectionBlock(text=text))


def _title(round_: Round) -> str:
    return "Post elsewhere" if round_.state is RoundState.CLOSED else "Post again"


def _named(round_: Round) -> str:
    return f"*{wording.plain(round_.team_name)}, {wording.plain(round_.title)}*"
