"""Putting messages on screens: what Slack accepts as a message, and how it gets there.

Every way to post ends here: chat methods, response_url, a command's answer, a shared file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.block_kit import block_problems, sentences
from sandbox.checks import Problem
from sandbox.directory import Conversation
from sandbox.errors import Refusal
from sandbox.outcome import Outcome
from sandbox.screen import Message
from sandbox.uploads import File
from sandbox.views import named

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

POSTED_TEXT = 40_000  # longer text is cut off
UPDATED_TEXT = 4_000  # longer text is refused
MOST_ATTACHMENTS = 100
METADATA_BYTES = 8_000


@dataclass(slots=True)
class Content:
    """The part of a message that the app writes."""

    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.blocks or self.attachments)


def invalid_blocks(problems: list[str]) -> Refusal:
    messages = [f"[ERROR] {problem}" for problem in problems]
    return Refusal("invalid_blocks", errors=problems, response_metadata={"messages": messages})


class Posts:
    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self.ephemerals: list[Message] = []

    def accept(self, given: Mapping[str, Any]) -> Content:
        """Read and check what an app wants to say. Raises Refusal as Slack would."""
        blocks = given.get("blocks") or []
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise Refusal("invalid_blocks_format")
        attachments = given.get("attachments") or []
        if len(attachments) > MOST_ATTACHMENTS:
            raise Refusal("too_many_attachments")
        problems = [*block_problems(blocks, "message")] or list(self._unready_pictures(blocks))
        if problems:
            raise invalid_blocks(sentences([(f"/blocks{at}", what) for at, what in problems]))
        text = given.get("text")
        content = Content(
            str(text if text is not None else "")[:POSTED_TEXT],
            blocks,
            attachments,
            _metadata(given.get("metadata")),
        )
        if content.empty:
            raise Refusal("no_text")
        content.blocks = named(blocks, self._workspace.stamps)
        return content

    def _unready_pictures(self, blocks: list[dict[str, Any]]) -> Iterator[Problem]:
        """A picture that Slack is still processing is refused just like one it never had."""
        for index, block in enumerate(blocks):
            for pointer, image in _pictures(block):
                slack_file = image["slack_file"]
                file = self._workspace.uploads.by_any_name(slack_file)
                if file is not None:
                    file.settle(self._workspace.stamps.seconds())
                if file is None or not (file.processed and file.is_picture):
                    yield f"/{index}{pointer}/slack_file", "invalid slack file"

    def post(
        self,
        conversation: Conversation,
        content: Content,
        *,
        thread_ts: str | None = None,
        only_for: str | None = None,
        files: list[File] | None = None,
        user: str | None = None,
    ) -> Message:
        """Hang a message up, ephemeral when it is `only_for` one member; the bot's by default."""
        workspace = self._workspace
        message = Message(
            ts=workspace.stamps.ts(),
            channel=conversation.id,
            user=user or workspace.bot_user_id,
            text=content.text,
            blocks=content.blocks,
            name_of=workspace.directory.name_of,
            thread_ts=thread_ts,
            ephemeral_to=only_for,
            files=files or [],
            metadata=content.metadata,
            attachments=content.attachments,
            by_app=None if user else workspace.as_app,
        )
        conversation.add(message)
        if only_for is not None:
            self.ephemerals.append(message)
        workspace.changes.happened()
        return message

    def say(self, conversation: Conversation, member: str, text: str) -> Message:
        """A person's own words."""
        return self.post(conversation, Content(text=text), user=member)

    def outcome(self, member: str) -> Outcome:
        """An outcome that watches from now on for what only this person is shown."""
        ephemerals = self.ephemerals
        return Outcome(member, _ephemerals=ephemerals, _since=len(ephemerals))

    def turn(self, message: Message, content: Content) -> None:
        message.turn(content.text, content.blocks)
        message.attachments = content.attachments
        if content.metadata is not None:
            message.metadata = content.metadata
        self._workspace.changes.happened()

    def remove(self, message: Message) -> None:
        self._workspace.directory.conversations[message.channel].remove(message)
        self._workspace.changes.happened()


def _pictures(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every image in a block that shows a Slack file, with the pointer to it."""
    candidates: list[tuple[str, Any]] = [("", block), ("/accessory", block.get("accessory"))]
    if block["type"] == "context":
        candidates += [(f"/elements/{i}", item) for i, item in enumerate(block["elements"])]
    for pointer, item in candidates:
        if item is not None and item["type"] == "image" and "slack_file" in item:
            yield pointer, item


def _metadata(given: Any) -> dict[str, Any] | None:
    if given is None:
        return None
    shaped = isinstance(given, dict) and isinstance(given.get("event_type"), str)
    if not shaped or not isinstance(given.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(given)) > METADATA_BYTES:
        raise Refusal("metadata_too_large")
    metadata: dict[str, Any] = given
    return metadata
