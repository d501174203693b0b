"""The three modals in which a respondent writes: a comment, another reason, the one wish."""

from dataclasses import dataclass

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.blocks import ids
from bot.blocks.carried import packed, unpacked
from bot.blocks.ids import Spot
from questionnaires.conversation import Card
from questionnaires.model import COMMENT_MOST
from questionnaires.rounds import Manner

REASON_MOST = 300


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a modal was opened: the card it belongs to, and how that card can be turned."""

    spot: Spot
    response_url: str

    @property
    def metadata(self) -> str:
        return packed(self.spot.value, self.response_url)

    @classmethod
    def parse(cls, metadata: str) -> "Origin":
        """Raises StalePress."""
        spot, response_url = unpacked(metadata, str, str)
        return cls(Spot.parse(spot), response_url)


def comment(card: Card, origin: Origin) -> View:
    """A remark on one question; sent empty it takes the remark back."""
    return _modal(
        origin,
        callback_id=ids.COMMENT_MODAL,
        title="Comment",
        field=ids.COMMENT_FIELD,
        label=card.question.statement,
        hint=f"{_shown(card.manner, 'among the other comments')} Save it empty to remove it.",
        initial=card.comment,
        optional=True,
    )


def reason(card: Card, origin: Origin) -> View:
    """Why a question does not apply, in own words."""
    return _modal(
        origin,
        callback_id=ids.REASON_MODAL,
        title="Doesn't apply",
        field=ids.REASON_FIELD,
        label=f"Why doesn't this apply? {card.question.statement}",
        most=REASON_MOST,
    )


def fix_first(wish: str | None, origin: Origin, manner: Manner = Manner.APART) -> View:
    """The one optional question at the end."""
    return _modal(
        origin,
        callback_id=ids.FIX_FIRST_MODAL,
        title="What to fix first",
        field=ids.COMMENT_FIELD,
        label="What would you fix first?",
        hint=_shown(manner, "among the comments"),
        initial=wish,
        optional=True,
    )


def _shown(manner: Manner, where: str) -> str:
    """Who will read it, and as whose."""
    if manner is Manner.TOGETHER:
        return "Shown with the result as the team's note, as you write it."
    return (
        f"Shown without your name {where}, if enough people answer. "
        "Names and details in it can still give you away."
    )


def _modal(
    origin: Origin,
    *,
    callback_id: str,
    title: str,
    field: str,
    label: str,
    hint: str | None = None,
    initial: str | None = None,
    optional: bool = False,
    most: int = COMMENT_MOST,
) -> View:
    text = PlainTextInputElement(
        action_id=ids.INPUT, multiline=True, max_length=most, initial_value=initial
    )
    field_block = InputBlock(
        block_id=field, label=label, hint=hint, optional=optional, element=text
    )
    return View(
        type="modal",
        callback_id=callback_id,
        title=title,
        submit="Save",
        close="Cancel",
        private_metadata=origin.metadata,
        blocks=[field_block],
    )
