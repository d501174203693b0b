"""The first line of the one message that turns: what a press has just saved."""

from bot.blocks import wording
from questionnaires.conversation import Saved


def line(saved: Saved | None, *, removed: bool = False) -> list[str]:
    """At most one line. `removed`: the comment that was saved is an empty one."""
    if saved is None:
        return []
    question = wording.plain(saved.question)
    if saved.rating is None:
        return [f"_{'Removed' if removed else 'Saved'}: your comment on {question}_"]
    return [f"_Saved {question}: {wording.rating(saved.rating, saved.scale)}_"]
