"""A method's arguments, read as Slack reads them whether they came as JSON or as a form."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sandbox.errors import Refusal

T = TypeVar("T")
STRUCTURED = frozenset({"blocks", "attachments", "view", "files", "metadata"})


def decoded(params: Mapping[str, Any]) -> dict[str, Any]:
    """Structured arguments are JSON text in a form. Unreadable ones are left as text."""
    return {
        key: _loaded(value) if key in STRUCTURED and isinstance(value, str) else value
        for key, value in params.items()
    }


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


class Arguments:
    """`largest_page` cuts every page shorter still, however much is asked for."""

    def __init__(self, params: Mapping[str, Any], largest_page: int | None = None) -> None:
        self.all = params
        self._largest_page = largest_page

    def text(self, name: str) -> str:
        """A required argument."""
        value = self.maybe(name)
        if value is None:
            messages = [f"[ERROR] missing required field: {name}"]
            raise Refusal("invalid_arguments", response_metadata={"messages": messages})
        return value

    def maybe(self, name: str) -> str | None:
        value = self.all.get(name)
        return None if value in (None, "") else str(value)

    def structure(self, name: str) -> Any:
        if name not in self.all:
            self.text(name)
        return self.all[name]

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.all.get(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else str(value).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        try:
            number = int(self.all.get(name, default))
        except (TypeError, ValueError):
            raise Refusal("invalid_arguments") from None
        if number <= 0:
            return default
        return min(number, most)

    def names(self, name: str) -> list[str]:
        """A list that may be written with commas."""
        value = self.all.get(name) or []
        return value.split(",") if isinstance(value, str) else list(value)

    def page(
        self, everything: Sequence[T], default: int, most: int
    ) -> tuple[list[T], dict[str, Any]]:
        """Cut one page; the cursor says where it starts and is nobody's business."""
        start = _position(self.maybe("cursor"))
        end = start + min(self.number("limit", default, most), self._largest_page or most)
        more = end < len(everything)
        cursor = base64.b64encode(f"next:{end}".encode()).decode() if more else ""
        return list(everything[start:end]), {"response_metadata": {"next_cursor": cursor}}


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise Refusal("invalid_cursor")
