"""What can go wrong: for the person who writes a test, and for the app that calls Slack.

SandboxError
├── NotOnScreen     the person cannot press, choose or fill what is not there
└── Unknown         no such member, group, channel or message in this workspace
Refusal             Slack's answer to an app: ``{"ok": false, "error": ...}``; never shown to a test
"""

from collections.abc import Sequence
from typing import Any


class SandboxError(Exception):
    """The test asked for something that cannot happen in Slack."""


class Unknown(SandboxError):
    """There is no such member, group, channel or message in this workspace."""


class NotOnScreen(SandboxError):
    """Nothing by that name is in front of the person; `present` is what is."""

    def __init__(self, wanted: str, present: Sequence[str], where: str) -> None:
        self.wanted = wanted
        self.present = list(present)
        there = ", ".join(f"[{label}]" for label in self.present) or "nothing of the kind"
        super().__init__(f"{wanted!r} is not {where}. There is: {there}")


class Refusal(Exception):
    """Slack says no: `error` is its name, `details` the other keys of the answer."""

    def __init__(self, error: str, **details: Any) -> None:
        self.error = error
        self.details = details
        super().__init__(error)

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}
