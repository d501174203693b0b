"""What Slack keeps between a screen and a press on it: short lists, read strictly."""

import json
from types import UnionType
from typing import Any

from questionnaires.errors import StalePress

# A modal carries 3,000; some of it may grow when another modal is opened from it.
CARRIED_MOST = 2_900
# No database holds larger ones, and says so with an error of its own.
ROW_IDS = range(1, 2**31)


def packed(*parts: object) -> str:
    return json.dumps(parts, separators=(",", ":"))


def unpacked(text: str, *kinds: type | UnionType) -> list[Any]:
    """The parts as they were packed; to Python true is 1, here it is not.

    Raises StalePress when it is nothing that this version of the bot wrote.
    """
    try:
        parts = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        raise StalePress from None
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise StalePress
    for part, kind in zip(parts, kinds, strict=True):
        if isinstance(part, bool) or not isinstance(part, kind):
            raise StalePress
    if len(packed(*parts)) > CARRIED_MOST:
        raise StalePress
    return parts


def row_id(number: int) -> int:
    """The number itself. Raises StalePress for one that is no row's."""
    if number not in ROW_IDS:
        raise StalePress
    return number


def any_row_id(number: int | None) -> int | None:
    """The same, where there may be none."""
    return None if number is None else row_id(number)
