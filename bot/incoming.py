"""Whether what came from Slack has the shape that listeners read: looked at before Bolt is.

Slack's own clients send nothing else. Bolt fails over a list of presses that is empty, even while
it reports that; so what has another shape is acknowledged, noted, and goes no further.
"""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncBoltRequest

log = structlog.get_logger()

Check = Callable[[Any], bool]

WORD_MOST = 255
LINK_MOST = 500  # a modal carries one, among at most 3,000 characters


def is_whole(body: object) -> bool:
    """Whether Bolt and listeners can read it; what they do not hear of at all is not."""
    if not isinstance(body, dict) or not _is_read_by_bolt(body):
        return False
    kind = body.get("type")
    if "command" in body:
        return kind is None and _COMMAND(body)
    check = SHAPES.get(kind) if isinstance(kind, str) else None
    return check is not None and check(body)


def _is_read_by_bolt(body: dict[str, Any]) -> bool:
    """It looks for workspace, user and channel in a dozen places, and trusts all of them."""
    try:
        AsyncBoltRequest(body=body, mode="socket_mode")
    except (TypeError, AttributeError, LookupError, ValueError):
        return False
    return True


def note(body: object) -> None:
    """What kind of thing it says to be, if it is one that we know; nothing else of it."""
    kind = body.get("type") if isinstance(body, dict) else None
    known = kind if isinstance(kind, str) and kind in SHAPES else "unknown"
    log.warning("request not understood", kind=known)


def _text(found: object) -> bool:
    """Characters that a database and a request can hold: half of a pair is none."""
    return isinstance(found, str) and not any("\ud800" <= one <= "\udfff" for one in found)


def _word(found: object) -> bool:
    """An id or a name: not empty, not long, and without what a database refuses."""
    if not (isinstance(found, str) and _text(found)):
        return False
    return 0 < len(found) <= WORD_MOST and "\0" not in found


def _link(found: object) -> bool:
    """Where to answer, or the leave to; empty on what gives none."""
    return isinstance(found, str) and found.isascii() and len(found) <= LINK_MOST


def _maybe(check: Check) -> Check:
    return lambda found: found is None or check(found)


def _each(check: Check) -> Check:
    return lambda found: isinstance(found, list) and all(map(check, found))


def _all(check: Check) -> Check:
    """Whatever the names are under which it stands."""
    return lambda found: isinstance(found, dict) and all(map(check, found.values()))


def _with(*checks: Mapping[str, Check], **more: Check) -> Check:
    """These fields; others are nobody's business. One that is missing is None."""
    wanted = [one for part in (*checks, more) for one in part.items()]
    return lambda found: (
        isinstance(found, dict) and all(check(found.get(name)) for name, check in wanted)
    )


_OPTION = _with(value=_text)
_CHOSEN: Mapping[str, Check] = {
    "option": _maybe(_OPTION),
    "options": _maybe(_each(_OPTION)),
    "users": _maybe(_each(_word)),
    "conversation": _maybe(_word),
    "date": _maybe(_word),
}
_ENTERED: Mapping[str, Check] = {
    "value": _maybe(_text),
    **{f"selected_{what}": check for what, check in _CHOSEN.items()},
}
_STARTS: Mapping[str, Check] = {
    "initial_value": _maybe(_text),
    **{f"initial_{what}": check for what, check in _CHOSEN.items()},
}
_INPUT = _with(type=_word, block_id=_word, element=_with(_STARTS))


def _block(found: object) -> bool:
    """Only inputs are read."""
    is_input = isinstance(found, dict) and found.get("type") == "input"
    return _INPUT(found) if is_input else isinstance(found, dict)


_FROM: Mapping[str, Check] = {
    "team": _with(id=_word),
    "user": _with(id=_word),
    "trigger_id": _maybe(_link),
    "response_url": _maybe(_link),
}
_STATE = _with(values=_all(_all(_with(_ENTERED))))
_VIEW = _with(
    id=_word,
    type=_word,
    callback_id=_text,  # empty on a Home tab
    hash=_maybe(_word),
    root_view_id=_maybe(_word),
    private_metadata=_text,
    blocks=_each(_block),
    state=_maybe(_STATE),
)
_ACTION = _with(_ENTERED, action_id=_word)

_COMMAND = _with(
    command=_word, text=_maybe(_text), team_id=_word, user_id=_word, channel_id=_maybe(_word),
    trigger_id=_maybe(_link), response_url=_maybe(_link),
)  # fmt: skip


def _pressed(found: object) -> bool:
    """At least one press."""
    return _each(_ACTION)(found) and bool(found)


def _hangs(found: object) -> bool:
    """A message is known by its channel and its time; a view by neither."""
    if isinstance(found, dict) and "message_ts" in found:
        return _with(message_ts=_word, channel_id=_word)(found)
    return isinstance(found, dict)


SHAPES: Mapping[str, Check] = {
    "block_actions": _with(_FROM, actions=_pressed, container=_maybe(_hangs), view=_maybe(_VIEW)),
    "view_submission": _with(_FROM, view=_VIEW),
    "shortcut": _with(_FROM, callback_id=_word),
    "event_callback": _with(event=_with(type=_word)),
    "url_verification": _with(challenge=_text),
}
