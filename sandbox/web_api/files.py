"""files.*: announcing, completing, asking after and deleting uploads."""

from typing import TYPE_CHECKING, Any

from sandbox.directory import Conversation
from sandbox.errors import Refusal
from sandbox.posts import Content
from sandbox.uploads import File
from sandbox.web_api import places
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

ALT_TEXT = 1000
MOST_CHANNELS = 100


def get_upload_url(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    name = given.text("filename")
    length = given.number("length", 0, 2**40)
    if length == 0:
        raise Refusal("missing_argument")
    alt_text = given.maybe("alt_txt") or ""
    if len(alt_text) > ALT_TEXT:
        raise Refusal("alt_txt_too_large")
    file = File(workspace.stamps.id("F"), name, length, workspace.bot_user_id, alt_text)
    workspace.uploads.add(file)
    return {"upload_url": workspace.upload_url(file.id), "file_id": file.id}


def complete_upload(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    """Works once: a second completion finds no file that waits for one (file_not_found)."""
    files = _waiting_files(workspace, given)
    targets = _targets(workspace, given)
    content = _content(workspace, given)
    now = workspace.stamps.seconds()
    for file, entry in files:
        file.title = str(entry.get("title") or file.name)
        file.completed_at = now
        file.channels = [conversation.id for conversation in targets]
    for conversation in targets:
        workspace.posts.post(
            conversation,
            content,
            thread_ts=given.maybe("thread_ts"),
            files=[file for file, _ in files],
        )
    return {"files": [{"id": file.id, "title": file.title} for file, _ in files]}


def _waiting_files(workspace: "Workspace", given: Arguments) -> list[tuple[File, dict[str, Any]]]:
    entries = given.structure("files")
    if not isinstance(entries, list) or not entries:
        raise Refusal("invalid_arguments")
    waiting = []
    for entry in entries:
        file = workspace.uploads.get(str(entry.get("id")))
        if file is None or file.completed_at is not None or file.content is None:
            raise Refusal("file_not_found", file=entry.get("id"))
        waiting.append((file, entry))
    return waiting


def _targets(workspace: "Workspace", given: Arguments) -> list[Conversation]:
    """`channel_id` takes no person's id; `channels` does. Both need the bot to be a member."""
    one, several = given.maybe("channel_id"), given.names("channels")
    if len(several) > MOST_CHANNELS:
        raise Refusal("too_many_channels")
    targets = [places.visible(workspace, one)] if one else []
    accounts = workspace.directory.accounts
    for name in several:
        direct = name in accounts
        targets.append(
            places.direct_by_posting(workspace, name) if direct else places.visible(workspace, name)
        )
    thread_ts = given.maybe("thread_ts")
    for conversation in targets:
        _accepts_files(workspace, conversation)
        if thread_ts is not None and conversation.at(thread_ts) is None:
            raise Refusal("thread_not_found")
    return targets


def _accepts_files(workspace: "Workspace", conversation: Conversation) -> None:
    places.require_reachable(workspace, conversation)
    if conversation.archived:
        raise Refusal("is_archived")
    if not places.is_in(workspace, conversation):
        raise Refusal("not_in_channel")
    if conversation.kind == "im" and not workspace.manifest.messages_tab:
        raise Refusal("messages_tab_disabled")


def _content(workspace: "Workspace", given: Arguments) -> Content:
    """`blocks` are ignored beside an `initial_comment`."""
    comment = given.maybe("initial_comment")
    if comment is not None:
        return Content(text=comment)
    blocks = given.all.get("blocks")
    return workspace.posts.accept({"blocks": blocks}) if blocks else Content()


def info(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    file = _completed(workspace, given)
    file.polls += 1
    file.settle(workspace.stamps.seconds())
    return {"file": file.as_json(), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    file = _completed(workspace, given)
    for channel in file.channels:
        for message in list(workspace.directory.conversations[channel].messages):
            if file in message.files:
                message.files.remove(file)
                if not (message.text or message.blocks or message.files):
                    workspace.posts.remove(message)
    workspace.uploads.remove(file)
    workspace.changes.happened()
    return {}


def _completed(workspace: "Workspace", given: Arguments) -> File:
    file = workspace.uploads.get(given.text("file"))
    if file is None or file.completed_at is None:
        raise Refusal("file_not_found")
    return file


METHODS = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
}
