"""The elements inside blocks, and the small objects inside elements, with Slack's limits.

Whole blocks, messages and views are in `block_kit`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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
    whole,
)


def plain(most: int, least: int = 1) -> Check:
    required = {"type": one_of("plain_text"), "text": string(most, least)}
    return record(required, {"emoji": flag})


def mrkdwn(most: int) -> Check:
    return record({"type": one_of("mrkdwn"), "text": string(most, 1)}, {"verbatim": flag})


def text(most: int) -> Check:
    return tagged({"plain_text": plain(most), "mrkdwn": mrkdwn(most)})


ACTION_ID = string(255)
CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def _option(words: Check, description: Check, **more: Check) -> Check:
    return record({"text": words, "value": string(150)}, {"description": description, **more})


SELECT_OPTION = _option(plain(75), plain(75))
RICH_OPTION = _option(text(75), text(75))
OVERFLOW_OPTION = _option(plain(75), plain(75), url=string(3000))
OPTION_GROUP = record({"label": plain(75), "options": many(SELECT_OPTION, 1, 100)})


def _options(element: dict[str, Any]) -> list[dict[str, Any]]:
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(o for group in groups for o in group["options"])]


def _distinct_options(element: dict[str, Any]) -> Sequence[Problem]:
    return distinct([option["value"] for option in _options(element)], "value", "/options")


def _options_or_groups(element: dict[str, Any]) -> Sequence[Problem]:
    if ("options" in element) == ("option_groups" in element):
        return (("", "must have either `options` or `option_groups`"),)
    return FINE


def _initial_is_an_option(element: dict[str, Any]) -> Sequence[Problem]:
    first = element.get("initial_options", [element.get("initial_option")])
    options = _options(element)
    if all(option is None or option in options for option in first):
        return FINE
    return (("", "the initial option is not among the options"),)


def _lengths_fit(element: dict[str, Any]) -> Sequence[Problem]:
    if element.get("min_length", 0) > element.get("max_length", 3000):
        return (("/min_length", "must not be more than max_length"),)
    return FINE


def one_picture(element: dict[str, Any]) -> Sequence[Problem]:
    if ("image_url" in element) == ("slack_file" in element):
        return (("", "must have either `image_url` or `slack_file`"),)
    return FINE


def _one_file_name(value: dict[str, Any]) -> Sequence[Problem]:
    return FINE if ("id" in value) != ("url" in value) else (("", "must have either id or url"),)


_SHARED: Mapping[str, Check] = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": flag}
_PLACEHOLDER = plain(150)
PICTURE_SOURCE: Mapping[str, Check] = {
    "image_url": string(3000, 1),
    "slack_file": record({}, {"id": string(255, 1), "url": string(3000, 1)}, _one_file_name),
}


def _element(
    kind: str, required: Mapping[str, Check], optional: Mapping[str, Check], *also: Check
) -> Check:
    return record({"type": one_of(kind), **required}, {**_SHARED, **optional}, *also)


def _select(kind: str, most: Mapping[str, Check], *also: Check) -> Check:
    return _element(kind, {}, {"placeholder": _PLACEHOLDER, **most}, *also)


def _static(kind: str, more: Mapping[str, Check]) -> Check:
    fields = {"options": many(SELECT_OPTION, 1, 100), "option_groups": many(OPTION_GROUP, 1, 100)}
    rules = (_options_or_groups, _distinct_options, _initial_is_an_option)
    return _select(kind, {**fields, **more}, *rules)


def _typed(kind: str, required: Mapping[str, Check] | None = None, **more: Check) -> Check:
    optional = {"placeholder": _PLACEHOLDER, "dispatch_action_config": anything, **more}
    return _element(kind, required or {}, optional, _lengths_fit)


def _ten_options(kind: str, initial: str, check: Check) -> Check:
    return _element(
        kind,
        {"options": many(RICH_OPTION, 1, 10)},
        {initial: check},
        _distinct_options,
        _initial_is_an_option,
    )


_ID = string(255, 1)
_IDS = many(_ID, 0, 10_000)
_ITEMS: Mapping[str, Check] = {"max_selected_items": whole(1, 10_000)}
_CONVERSATIONS: Mapping[str, Check] = {
    "default_to_current_conversation": flag,
    "filter": record(
        {},
        {
            "include": many(one_of("im", "mpim", "private", "public"), 1, 4),
            "exclude_external_shared_channels": flag,
            "exclude_bot_users": flag,
        },
    ),
}
BUTTON = _element(
    "button",
    {"text": plain(75)},
    {
        "value": string(2000),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
_FEEDBACK = record({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

PRESSED: Mapping[str, Check] = {
    "button": BUTTON,
    "overflow": _element(
        "overflow", {"options": many(OVERFLOW_OPTION, 1, 5)}, {}, _distinct_options
    ),
}
CHOSEN: Mapping[str, Check] = {
    "static_select": _static("static_select", {"initial_option": SELECT_OPTION}),
    "multi_static_select": _static(
        "multi_static_select", {"initial_options": many(SELECT_OPTION, 1, 100), **_ITEMS}
    ),
    "users_select": _select("users_select", {"initial_user": _ID}),
    "multi_users_select": _select("multi_users_select", {"initial_users": _IDS, **_ITEMS}),
    "conversations_select": _select(
        "conversations_select",
        {"initial_conversation": _ID, "response_url_enabled": flag, **_CONVERSATIONS},
    ),
    "multi_conversations_select": _select(
        "multi_conversations_select", {"initial_conversations": _IDS, **_ITEMS, **_CONVERSATIONS}
    ),
    "channels_select": _select(
        "channels_select", {"initial_channel": _ID, "response_url_enabled": flag}
    ),
    "multi_channels_select": _select("multi_channels_select", {"initial_channels": _IDS, **_ITEMS}),
    "radio_buttons": _ten_options("radio_buttons", "initial_option", RICH_OPTION),
    "checkboxes": _ten_options("checkboxes", "initial_options", many(RICH_OPTION, 1, 10)),
    "datepicker": _select("datepicker", {"initial_date": string(10, 10)}),
    "timepicker": _select("timepicker", {"initial_time": string(5, 5), "timezone": string(255)}),
    "datetimepicker": _element(
        "datetimepicker", {}, {"initial_date_time": whole(1_000_000_000, 9_999_999_999)}
    ),
}
TYPED: Mapping[str, Check] = {
    "plain_text_input": _typed(
        "plain_text_input",
        multiline=flag,
        initial_value=string(3000),
        min_length=whole(0, 3000),
        max_length=whole(1, 3000),
    ),
    "email_text_input": _typed("email_text_input", initial_value=string(3000)),
    "url_text_input": _typed("url_text_input", initial_value=string(3000)),
    "number_input": _typed(
        "number_input",
        {"is_decimal_allowed": flag},
        initial_value=string(255),
        min_value=string(255),
        max_value=string(255),
    ),
}
PICTURE = record(
    {"type": one_of("image"), "alt_text": string(2000, 1)}, PICTURE_SOURCE, one_picture
)
ACTIONS = tagged({**PRESSED, **CHOSEN})
ACCESSORY = tagged({**PRESSED, **CHOSEN, "image": PICTURE})
INPUTS = tagged({**CHOSEN, **TYPED})
NOTES = tagged({"plain_text": plain(3000), "mrkdwn": mrkdwn(3000), "image": PICTURE})
FEEDBACK = tagged(
    {
        "feedback_buttons": record(
            {"type": anything, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
            {"action_id": ACTION_ID},
        ),
        "icon_button": _element(
            "icon_button",
            {"icon": one_of("trash"), "text": plain(75)},
            {"value": string(2000), "visible_to_user_ids": _IDS, "accessibility_label": string(75)},
        ),
    }
)
