"""A message as it hangs on people's screens. Who may change it is decided in `web_api.chat`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.controls import labels
from sandbox.reading import NameOf, lines, plain
from sandbox.uploads import File

State = dict[tuple[str, str], dict[str, Any]]


@dataclass(slots=True, eq=False)
class Message:
    """Alive: when the app turns the message, this object turns too. `copy()` stands still."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]]
    name_of: NameOf = field(repr=False)
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    files: list[File] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    edited: bool = False
    deleted: bool = False
    by_app: Mapping[str, str] | None = None
    picked: dict[str, State] = field(default_factory=dict, repr=False)

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def reads(self) -> str:
        """All that can be read on it, one line per thing; buttons as [label]."""
        if self.blocks:
            said = lines(self.blocks, self.name_of)
        else:
            said = [plain(self.text, self.name_of)] if self.text else []
        said += [
            plain(str(a.get("text") or a.get("fallback", "")), self.name_of)
            for a in self.attachments
        ]
        return "\n".join([*said, *(f"(file: {file.title})" for file in self.files)])

    @property
    def buttons(self) -> list[str]:
        return labels(self.blocks)

    def copy(self) -> "Message":
        """What the person still sees who has not got the next version of the message."""
        return replace(self, files=list(self.files), picked=dict(self.picked))

    def turn(self, text: str, blocks: list[dict[str, Any]]) -> None:
        self.text, self.blocks, self.edited = text, blocks, True

    def as_json(self, team_id: str) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": team_id,
        }
        if self.by_app is not None:
            shown.update(self.by_app)
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.edited and not self.blocks:
            shown["edited"] = {"user": self.user, "ts": self.ts}
        if self.attachments:
            shown["attachments"] = self.attachments
        if self.files:
            shown["files"] = [file.as_json() for file in self.files]
        return shown
