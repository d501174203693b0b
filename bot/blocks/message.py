"""What a message is made of: blocks to look at, and text for notifications and screen readers."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.blocks import wording

TEXT_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Content:
    """`text` carries all that matters: where it is given, screen readers skip the blocks."""

    text: str
    blocks: list[dict[str, Any]]

    @classmethod
    def of(cls, text: str, *blocks: Block) -> "Content":
        """`text` is escaped by its writer where people's words are in it."""
        shown = [_as_written(block.to_dict()) for block in blocks]
        return cls(wording.within(text, TEXT_MOST), shown)

    @classmethod
    def read_out(cls, *blocks: Block) -> "Content":
        """`text` is what the blocks say, from the first to the last."""
        shown = cls.of("", *blocks)
        said = "\n".join(text for block in shown.blocks for text in _texts(block))
        return cls(wording.within(said, TEXT_MOST), shown.blocks)

    def carrying(self, key: str) -> "Content":
        """The same with the outbox key as its first block_id, by which it can be found again."""
        first, *rest = self.blocks
        return Content(self.text, [{**first, "block_id": key}, *rest])


def _as_written(part: Any) -> Any:
    """Nothing but our own marks means anything: an @here that somebody typed pings nobody."""
    if isinstance(part, list):
        return [_as_written(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {name: _as_written(value) for name, value in part.items()}
    return {**inner, "verbatim": True} if part.get("type") == "mrkdwn" else inner


def _texts(block: dict[str, Any]) -> list[str]:
    """The words of a section or a context; buttons are read out by themselves."""
    texts = [block.get("text"), *(block.get("elements", ()) if block["type"] == "context" else ())]
    return [str(text["text"]) for text in texts if text]
