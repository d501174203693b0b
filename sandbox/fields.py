"""Inputs: how each kind of element starts, takes what a person enters, and checks it.

A state value is what Slack sends under ``state.values[block_id][action_id]``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Literal

How = Literal["typed", "date", "time", "moment", "option", "user", "conversation", "channel"]
REQUIRED = "Please complete this required field."


@dataclass(frozen=True, slots=True)
class Field:
    """Where a kind of input keeps its first value and its present one."""

    how: How
    initial: str
    state: str
    many: bool = False


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "plain_text_input": Field("typed", "initial_value", "value"),
        "email_text_input": Field("typed", "initial_value", "value"),
        "url_text_input": Field("typed", "initial_value", "value"),
        "number_input": Field("typed", "initial_value", "value"),
        "datepicker": Field("date", "initial_date", "selected_date"),
        "timepicker": Field("time", "initial_time", "selected_time"),
        "datetimepicker": Field("moment", "initial_date_time", "selected_date_time"),
        "static_select": Field("option", "initial_option", "selected_option"),
        "radio_buttons": Field("option", "initial_option", "selected_option"),
        "checkboxes": Field("option", "initial_options", "selected_options", many=True),
        "multi_static_select": Field("option", "initial_options", "selected_options", many=True),
        "users_select": Field("user", "initial_user", "selected_user"),
        "multi_users_select": Field("user", "initial_users", "selected_users", many=True),
        "conversations_select": Field(
            "conversation", "initial_conversation", "selected_conversation"
        ),
        "multi_conversations_select": Field(
            "conversation", "initial_conversations", "selected_conversations", many=True
        ),
        "channels_select": Field("channel", "initial_channel", "selected_channel"),
        "multi_channels_select": Field(
            "channel", "initial_channels", "selected_channels", many=True
        ),
    }
)


def initial(element: dict[str, Any]) -> dict[str, Any]:
    """The state value before anybody touched the element."""
    known = FIELDS[element["type"]]
    return value_of(element, element.get(known.initial, [] if known.many else None))


def value_of(element: dict[str, Any], entered: Any) -> dict[str, Any]:
    kind = element["type"]
    return {"type": kind, FIELDS[kind].state: entered}


def entered(value: dict[str, Any]) -> Any:
    return value[FIELDS[value["type"]].state]


def complaint(element: dict[str, Any], value: dict[str, Any], *, optional: bool) -> str | None:
    """What Slack itself says under the field before it tells the app anything."""
    given = entered(value)
    if given in (None, "", []):
        return None if optional else REQUIRED
    kind = element["type"]
    if kind == "number_input":
        return _number(element, str(given))
    if FIELDS[kind].how == "typed":
        return _typed(element, str(given))
    return _other(kind, given, element)


def _typed(element: dict[str, Any], given: str) -> str | None:
    if len(given) < element.get("min_length", 0):
        return f"Please use at least {element['min_length']} characters."
    if len(given) > element.get("max_length", 3000):
        return f"Please use at most {element.get('max_length', 3000)} characters."
    if element["type"] == "email_text_input" and not re.fullmatch(r"\S+@\S+\.\S+", given):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not re.fullmatch(r"https?://\S+", given):
        return "Please enter a valid URL."
    return None


def _number(element: dict[str, Any], given: str) -> str | None:
    try:
        number = Decimal(given)
    except InvalidOperation:
        return "Please enter a valid number."
    if not number.is_finite():
        return "Please enter a valid number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _other(kind: str, given: Any, element: dict[str, Any]) -> str | None:
    readers = {"datepicker": date.fromisoformat, "timepicker": time.fromisoformat}
    if kind in readers:
        try:
            readers[kind](given)
        except ValueError:
            return "Please enter a valid date." if kind == "datepicker" else "Please enter a time."
    if isinstance(given, list) and len(given) > element.get("max_selected_items", len(given)):
        return f"Please choose at most {element['max_selected_items']}."
    return None


def moment(written: str) -> int:
    """A datetimepicker keeps epoch seconds; people give an ISO time with its offset."""
    return int(datetime.fromisoformat(written).timestamp())
