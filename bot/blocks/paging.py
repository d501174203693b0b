"""Long lists, a page at a time: what of them is seen, and the buttons that turn the page."""

from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One of the pages, from 0, of a list of `many` of which each shows `size`."""

    number: int
    size: int
    many: int

    @classmethod
    def nearest(cls, wanted: int, size: int, many: int) -> "Page":
        """The list may have become shorter since a button was shown."""
        last = max(-(-many // size) - 1, 0)
        return cls(min(max(wanted, 0), last), size, many)

    @property
    def part(self) -> slice:
        """What of the list is on it."""
        return slice(self.number * self.size, (self.number + 1) * self.size)

    def turns(self, action_id: str) -> list[Block]:
        """Which part it is, and the way to others; nothing where there is one page only.

        The action id carries the page behind a dot.
        """
        if self.many <= self.size:
            return []
        first, last = self.part.start + 1, min(self.part.stop, self.many)
        buttons: list[InteractiveElement] = []
        if self.number > 0:
            buttons.append(_turn("Previous", action_id, self.number - 1))
        if self.part.stop < self.many:
            buttons.append(_turn("Next", action_id, self.number + 1))
        said = MarkdownTextObject(text=f"_{first} to {last} of {self.many}_")
        return [ContextBlock(elements=[said]), ActionsBlock(elements=buttons)]


def _turn(text: str, action_id: str, page: int) -> ButtonElement:
    return ButtonElement(text=text, action_id=f"{action_id}.{page}", value=str(page))
