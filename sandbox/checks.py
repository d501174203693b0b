"""Small checks that add up to a schema: each takes a value and returns what is wrong with it.

A problem is (JSON pointer below the value, sentence); the good case builds nothing. The limits
themselves are in `block_kit`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Problem = tuple[str, str]
Check = Callable[[Any], Sequence[Problem]]
FINE: tuple[Problem, ...] = ()


def string(most: int, least: int = 0) -> Check:
    def check(value: Any) -> Sequence[Problem]:
        if not isinstance(value, str):
            return (("", "must be a string"),)
        return FINE if least <= len(value) <= most else _length(len(value), least, most)

    return check


def _length(length: int, least: int, most: int) -> Sequence[Problem]:
    if length > most:
        return (("", f"must be less than {most + 1} characters"),)
    return (("", f"must be more than {least - 1} characters"),)


def flag(value: Any) -> Sequence[Problem]:
    return FINE if isinstance(value, bool) else (("", "must be a boolean"),)


def whole(least: int, most: int) -> Check:
    def check(value: Any) -> Sequence[Problem]:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return FINE
        return (("", f"must be a whole number from {least} to {most}"),)

    return check


def one_of(*allowed: object) -> Check:
    def check(value: Any) -> Sequence[Problem]:
        return FINE if value in allowed else (("", f"must be one of {list(allowed)}"),)

    return check


def anything(_value: Any) -> Sequence[Problem]:
    return FINE


def many(item: Check, least: int, most: int) -> Check:
    def check(value: Any) -> Sequence[Problem]:
        if not isinstance(value, list):
            return (("", "must be an array"),)
        if len(value) > most:
            return (("", f"no more than {most} items allowed"),)
        if len(value) < least:
            return (("", f"must provide at least {least} items"),)
        found: Sequence[Problem] = FINE
        for index, one in enumerate(value):
            if problems := item(one):
                found = [*found, *under(f"/{index}", problems)]
        return found

    return check


def record(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *also: Check,
) -> Check:
    """An object with these keys and no others; `also` are rules over the whole object."""
    known = {**required, **(optional or {})}

    def check(value: Any) -> Sequence[Problem]:
        if not isinstance(value, dict):
            return (("", "must provide an object"),)
        found: list[Problem] = []
        for key, inside in value.items():
            if key not in known:
                found.append(("", f"invalid additional property: {key}"))
            elif problems := known[key](inside):
                found.extend(under(f"/{key}", problems))
        found.extend(("", f"missing required field: {key}") for key in required if key not in value)
        if not found:  # rules over the whole may rely on the parts
            for rule in also:
                found.extend(rule(value))
        return found

    return check


def tagged(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check holds."""

    def check(value: Any) -> Sequence[Problem]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            return (("", "must provide an object with a type"),)
        if (inner := kinds.get(kind)) is None:
            return (("/type", f"unsupported type: {kind}"),)
        return inner(value)

    return check


def under(pointer: str, problems: Sequence[Problem]) -> list[Problem]:
    return [(pointer + below, what) for below, what in problems]


def distinct(values: Sequence[Any], what: str, pointer: str = "") -> Sequence[Problem]:
    if len(set(values)) == len(values):
        return FINE
    twice = next(value for value in values if values.count(value) > 1)
    return ((pointer, f"`{what}` {twice!r} is used more than once"),)
