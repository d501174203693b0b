"""What came of one press, command or submit, as far as the person can tell."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.screen import Message


@dataclass(slots=True)
class Outcome:
    """`error` is what Slack itself would complain of to the person; None when the app answered.

    operation_timeout      no acknowledgement in time
    dispatch_failed        no socket was connected, or the request was not answered with 200
    unknown_command        the command is not in the manifest
    unknown_shortcut       no global shortcut of that name is in the manifest
    interactivity_disabled the manifest does not allow it
    no_request_url         Socket Mode is off, and the manifest names no URL for this
    invalid_response: ...  the app acknowledged with something that Slack refuses

    `errors` are the sentences under the fields of a modal, by block_id.
    """

    member: str
    ack: dict[str, Any] | None = None
    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    _ephemerals: list[Message] = field(default_factory=list, repr=False)
    _since: int = field(default=0, repr=False)

    @property
    def ok(self) -> bool:
        return self.error is None and not self.errors

    @property
    def shown(self) -> list[Message]:
        """The ephemeral messages that only this person got since the press, oldest first."""
        new = self._ephemerals[self._since :]
        return [message for message in new if message.ephemeral_to == self.member]

    @property
    def text(self) -> str:
        """What they say, line by line; grows while the app goes on answering."""
        return "\n".join(message.text or message.reads for message in self.shown)
