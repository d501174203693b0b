"""chat.*: posting, turning and removing messages."""

from typing import TYPE_CHECKING, Any

from sandbox.directory import Conversation
from sandbox.errors import Refusal
from sandbox.posts import UPDATED_TEXT
from sandbox.screen import Message
from sandbox.web_api import places
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def post_message(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = places.for_posting(workspace, given.text("channel"))
    content = workspace.posts.accept(given.all)
    thread_ts = _thread(conversation, given)
    message = workspace.posts.post(conversation, content, thread_ts=thread_ts)
    shown = message.as_json(workspace.team_id)
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def _thread(conversation: Conversation, given: Arguments) -> str | None:
    thread_ts = given.maybe("thread_ts")
    if thread_ts is not None and conversation.at(thread_ts) is None:
        raise Refusal("thread_not_found")
    return thread_ts


def update(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = places.visible(workspace, given.text("channel"))
    message = _message(conversation, given.text("ts"))
    if message.user != workspace.bot_user_id:
        raise Refusal("cant_update_message")
    if conversation.archived:
        raise Refusal("is_archived")
    if len(given.maybe("text") or "") > UPDATED_TEXT:
        raise Refusal("msg_too_long")
    workspace.posts.turn(message, workspace.posts.accept(given.all))
    shown = message.as_json(workspace.team_id)
    return {"channel": conversation.id, "ts": message.ts, "text": message.text, "message": shown}


def _message(conversation: Conversation, ts: str) -> Message:
    message = conversation.at(ts)
    if message is None or message.ephemeral:
        raise Refusal("message_not_found")
    return message


def delete(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = places.visible(workspace, given.text("channel"))
    message = _message(conversation, given.text("ts"))
    if message.user != workspace.bot_user_id:
        raise Refusal("cant_delete_message")
    workspace.posts.remove(message)
    return {"channel": conversation.id, "ts": message.ts}


def post_ephemeral(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = places.for_posting(workspace, given.text("channel"))
    account = places.account(workspace, given.text("user"))
    if account.id not in conversation.members:
        raise Refusal("user_not_in_channel")
    content = workspace.posts.accept(given.all)
    thread_ts = _thread(conversation, given)
    message = workspace.posts.post(conversation, content, thread_ts=thread_ts, only_for=account.id)
    return {"message_ts": message.ts}


def get_permalink(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = places.visible(workspace, given.text("channel"))
    message = _message(conversation, given.text("message_ts"))
    link = f"https://{workspace.domain}.slack.com/archives/{conversation.id}/"
    link += f"p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={conversation.id}"
    return {"channel": conversation.id, "permalink": link}


METHODS = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
