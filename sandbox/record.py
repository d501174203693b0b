"""The record: every call the app made, in the order in which Slack got them."""

from dataclasses import dataclass
from typing import Any

from sandbox.changes import Changes


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `status` is the HTTP status, 0 when the connection was dropped instead.

    `done`: what Slack really did and would have answered, whatever came back; None for nothing.
    `at`: seconds since 1970 on the workspace's clock.
    """

    method: str
    params: dict[str, Any]
    response: dict[str, Any]
    status: int
    done: dict[str, Any] | None = None
    at: float = 0.0

    @property
    def ok(self) -> bool:
        return self.status == 200 and self.response.get("ok", False) is True  # noqa: PLR2004


class Record:
    def __init__(self, changes: Changes) -> None:
        self._calls: list[Call] = []
        self._changes = changes

    def keep(self, call: Call) -> None:
        self._calls.append(call)
        self._changes.happened()

    def calls(self, method: str | None = None) -> list[Call]:
        return [call for call in self._calls if method in (None, call.method)]

    def forget(self) -> None:
        self._calls.clear()
