"""Block Kit's limits for blocks, messages and views, as tables and a few rules that span them.

Not here: elements (`elements`), whether a `slack_file` exists (`posts`), and what a
person reads (`reading`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sandbox.checks import (
    FINE,
    Check,
    Problem,
    anything,
    distinct,
    flag,
    many,
    one_of,
    record,
    string,
    tagged,
    under,
    whole,
)
from sandbox.elements import (
    ACCESSORY,
    ACTIONS,
    FEEDBACK,
    INPUTS,
    NOTES,
    PICTURE_SOURCE,
    one_picture,
    plain,
    text,
)

Surface = Literal["message", "modal", "home"]
MARKDOWN_TOGETHER = 12_000
TABLES_TOGETHER = 10_000
VIEW_BYTES = 250_000


def _text_or_fields(block: dict[str, Any]) -> Sequence[Problem]:
    return FINE if "text" in block or "fields" in block else (("", "must have text or fields"),)


def _distinct_actions(block: dict[str, Any]) -> Sequence[Problem]:
    ids = [e["action_id"] for e in block["elements"] if "action_id" in e]
    return distinct(ids, "action_id", "/elements")


def _block(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *also: Check
) -> Check:
    return record(
        {"type": anything, **required}, {"block_id": string(255), **(optional or {})}, *also
    )


CELL = tagged(
    {
        "raw_text": record({"type": anything, "text": string(10_000)}),
        "raw_number": record({"type": anything, "value": anything}, {"text": string(255)}),
        "rich_text": anything,
    }
)
EVERYWHERE: Mapping[str, Check] = {
    "section": _block(
        {},
        {
            "text": text(3000),
            "fields": many(text(2000), 1, 10),
            "accessory": ACCESSORY,
            "expand": flag,
        },
        _text_or_fields,
    ),
    "header": _block({"text": plain(150)}, {"level": whole(1, 4)}),
    "divider": _block({}),
    "context": _block({"elements": many(NOTES, 1, 10)}),
    "actions": _block({"elements": many(ACTIONS, 1, 25)}, None, _distinct_actions),
    "image": _block(
        {"alt_text": string(2000, 1)}, {**PICTURE_SOURCE, "title": plain(2000)}, one_picture
    ),
    "input": _block(
        {"label": plain(2000), "element": INPUTS},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": _block({"elements": many(anything, 1, 1000)}),
    "video": _block(
        {
            "alt_text": string(2000, 1),
            "title": plain(200),
            "video_url": string(3000),
            "thumbnail_url": string(3000),
        },
        {
            "title_url": string(3000),
            "description": plain(200),
            "author_name": string(50),
            "provider_name": string(50),
            "provider_icon_url": string(3000),
        },
    ),
}
TABLE = _block({"rows": many(many(CELL, 1, 20), 1, 100)}, {"column_settings": anything})
BLOCKS: Mapping[str, Check] = {
    "message": tagged(
        {
            **EVERYWHERE,
            "table": TABLE,
            "markdown": _block({"text": string(12_000, 1)}),
            "context_actions": _block({"elements": many(FEEDBACK, 1, 5)}, None, _distinct_actions),
        }
    ),
    "modal": tagged(
        {
            **EVERYWHERE,
            "alert": _block(
                {"text": text(200)},
                {"level": one_of("default", "info", "warning", "error", "success")},
            ),
        }
    ),
    "home": tagged({**EVERYWHERE, "table": TABLE}),
}


def _distinct_blocks(blocks: list[dict[str, Any]]) -> Sequence[Problem]:
    return distinct([block["block_id"] for block in blocks if "block_id" in block], "block_id")


def _markdown_together(blocks: list[dict[str, Any]]) -> Sequence[Problem]:
    together = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if together > MARKDOWN_TOGETHER:
        return (("", f"markdown blocks may hold {MARKDOWN_TOGETHER} characters together"),)
    return FINE


def _tables_together(blocks: list[dict[str, Any]]) -> Sequence[Problem]:
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > 1:
        return (("", "only one table block is allowed"),)
    cells = (cell for table in tables for row in table["rows"] for cell in row)
    if sum(len(str(cell.get("text", ""))) for cell in cells) > TABLES_TOGETHER:
        return (("", f"tables may hold {TABLES_TOGETHER} characters together"),)
    return FINE


_LISTS: Mapping[str, Check] = {
    "message": many(BLOCKS["message"], 0, 50),
    "modal": many(BLOCKS["modal"], 0, 100),
    "home": many(BLOCKS["home"], 0, 100),
}
_TOGETHER = (_distinct_blocks, _markdown_together, _tables_together)


def block_problems(blocks: Any, surface: Surface) -> Sequence[Problem]:
    """All that Slack would refuse in a list of blocks; pointers start at the list."""
    problems = _LISTS[surface](blocks)
    if problems:
        return problems
    return [problem for rule in _TOGETHER for problem in rule(blocks)]


def _submit_for_inputs(view: dict[str, Any]) -> Sequence[Problem]:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        return (("/submit", "a view with input blocks needs a submit button"),)
    return FINE


_VIEW: Mapping[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_VIEWS = tagged(
    {
        "modal": record(
            {"type": anything, "title": plain(24), "blocks": lambda b: block_problems(b, "modal")},
            {
                **_VIEW,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
            _submit_for_inputs,
        ),
        "home": record(
            {"type": anything, "blocks": lambda b: block_problems(b, "home")},
            _VIEW,
        ),
    }
)


def view_problems(view: Any) -> Sequence[Problem]:
    return under("/view", _VIEWS(view))


def sentences(problems: Sequence[Problem]) -> list[str]:
    """Problems as Slack words them in ``errors``."""
    return [f"{what} [json-pointer:{pointer}]" for pointer, what in problems]
