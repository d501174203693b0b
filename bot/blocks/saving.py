"""The first line of the one message that turns: what a press has just saved."""

from bot.blocks import roles, wording
from questionnaires.conversation import SavedRole, Stored


def line(saved: Stored | None, *, removed: bool = False) -> list[str]:
    """At most one line. `removed`: the comment that was saved is an empty one."""
    if saved is None:
        return []
    if isinstance(saved, SavedRole):
        return [f"_Saved: {roles.NAMES[saved.role]}_"]
    question = wording.plain(saved.question)
    if saved.rating is None:
        return [f"_{'Removed' if removed else 'Saved'}: your comment on {question}_"]
    return [f"_Saved {question}: {wording.rating(saved.rating, saved.scale)}_"]
