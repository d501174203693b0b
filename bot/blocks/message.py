"""What a message is made of: blocks to look at, and text for notifications and screen readers."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

TEXT_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Content:
    """`text` carries all that matters: where it is given, screen readers skip the blocks."""

    text: str
    blocks: list[dict[str, Any]]

    @classmethod
    def of(cls, text: str, *blocks: Block) -> "Content":
        """`text` is escaped by its writer where people's words are in it."""
        return cls(text[:TEXT_MOST], [block.to_dict() for block in blocks])

    def carrying(self, key: str) -> "Content":
        """The same with the outbox key as its first block_id, by which it can be found again."""
        first, *rest = self.blocks
        return Content(self.text, [{**first, "block_id": key}, *rest])
