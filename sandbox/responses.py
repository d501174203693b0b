"""What an app may answer to an interaction: by response_url, or in a command's acknowledgement."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.directory import Conversation
from sandbox.errors import Refusal
from sandbox.permits import ResponseUrl
from sandbox.screen import Message

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


class Responses:
    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def take(self, url_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """One post to a response_url. Raises Refusal; only accepted posts are counted as used."""
        url = self._workspace.permits.redeem(url_id)
        if given.get("delete_original"):
            self._workspace.posts.remove(self._original(url))
        elif given.get("replace_original"):
            self._replace(url, given)
        else:
            conversation = self._workspace.directory.conversations[url.conversation]
            self.show(conversation, url.member, given)
        url.uses += 1
        return {"ok": True}

    def _replace(self, url: ResponseUrl, given: Mapping[str, Any]) -> None:
        content = self._workspace.posts.accept(given)
        if url.origin is None:  # a command has no original: its answer is a new message
            conversation = self._workspace.directory.conversations[url.conversation]
            self.show(conversation, url.member, given)
            return
        self._workspace.posts.turn(self._original(url), content)

    def _original(self, url: ResponseUrl) -> Message:
        if url.origin is None:
            raise Refusal("message_not_found")
        conversation = self._workspace.directory.conversations[url.conversation]
        hanging = conversation.at(url.origin.ts)  # the press may have been on a person's old copy
        if hanging is None:
            raise Refusal("message_not_found")
        return hanging

    def show(self, conversation: Conversation, member: str, given: Mapping[str, Any]) -> Message:
        """A new message, for the person alone unless it says in_channel."""
        content = self._workspace.posts.accept(given)
        thread_ts = given.get("thread_ts")
        if thread_ts is not None and conversation.at(str(thread_ts)) is None:
            raise Refusal("thread_not_found")
        only_for = None if given.get("response_type") == "in_channel" else member
        return self._workspace.posts.post(
            conversation, content, thread_ts=thread_ts, only_for=only_for
        )
