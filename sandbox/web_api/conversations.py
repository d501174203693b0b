"""conversations.* and users.conversations: channels, direct messages and what was said there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sandbox.directory import Conversation
from sandbox.errors import Refusal
from sandbox.scopes import HISTORY_BY_KIND, READ_BY_KIND
from sandbox.screen import Message
from sandbox.web_api import places
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def shown(workspace: "Workspace", conversation: Conversation, *, count: bool) -> dict[str, Any]:
    if conversation.kind == "im":
        return {
            "id": conversation.id,
            "is_im": True,
            "user": conversation.name,
            "is_archived": False,
            "created": 0,
        }
    private = conversation.kind == "private"
    channel: dict[str, Any] = {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": not private,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_archived": conversation.archived,
        "is_ext_shared": conversation.shared,
        "is_shared": conversation.shared,
        "is_org_shared": False,
        "is_general": False,
        "is_member": places.is_in(workspace, conversation),
        "created": 0,
        "creator": workspace.bot_user_id,
        "topic": {"value": ""},
        "purpose": {"value": ""},
        "context_team_id": workspace.team_id,
    }
    if count:
        channel["num_members"] = len(conversation.members)
    return channel


def _readable(workspace: "Workspace", given: Arguments) -> Conversation:
    conversation = places.visible(workspace, given.text("channel"))
    places.require_scope(workspace, READ_BY_KIND[conversation.kind])
    return conversation


def info(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = _readable(workspace, given)
    count = given.flag("include_num_members")
    return {"channel": shown(workspace, conversation, count=count)}


def members(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = _readable(workspace, given)
    page, more = given.page(list(conversation.members), default=100, most=1000)
    return {"members": page, **more}


def list_all(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    return _listed(workspace, given, workspace.bot_user_id, only_own=False)


def users_conversations(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    member = given.maybe("user") or workspace.bot_user_id
    places.account(workspace, member)
    return _listed(workspace, given, member, only_own=True)


def _listed(
    workspace: "Workspace", given: Arguments, member: str, *, only_own: bool
) -> dict[str, Any]:
    kinds = given.names("types") or ["public_channel"]
    if not set(kinds) <= set(KINDS):
        raise Refusal("invalid_types")
    for kind in kinds:
        places.require_scope(workspace, READ_BY_KIND[KINDS[kind]])
    found = [
        conversation
        for conversation in workspace.directory.of_kinds(kinds)
        if (conversation.kind == "public" or places.is_in(workspace, conversation))
        and (not only_own or member in conversation.members)
        and not (conversation.archived and given.flag("exclude_archived"))
    ]
    page, more = given.page(found, default=100, most=1000)
    return {"channels": [shown(workspace, c, count=not only_own) for c in page], **more}


def join(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = places.visible(workspace, given.text("channel"))
    if conversation.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    if conversation.archived:
        raise Refusal("is_archived")
    warning = {"warning": "already_in_channel"} if places.is_in(workspace, conversation) else {}
    conversation.members[workspace.bot_user_id] = None
    workspace.changes.happened()
    return {"channel": shown(workspace, conversation, count=False), **warning}


def open_direct(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    users = given.names("users")
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("too_many_users")  # group messages are not played here
    account = places.account(workspace, users[0])
    workspace.troubles.require_reachable(account.id)
    if account.deleted:
        raise Refusal("user_disabled")
    if account.is_robot:
        raise Refusal("cannot_dm_bot")
    if account.stranger:
        raise Refusal("user_not_visible")
    already = workspace.directory.direct(account.id) is not None
    conversation = workspace.direct_with(account.id)
    channel = {"id": conversation.id}
    if given.flag("return_im"):
        channel = shown(workspace, conversation, count=False)
    return {"channel": channel, "already_open": already, "no_op": already}


def history(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = _with_history(workspace, given)
    found = [m for m in reversed(conversation.messages) if not (m.ephemeral or m.thread_ts)]
    return _told(workspace, given, _between(found, given))


def replies(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    conversation = _with_history(workspace, given)
    ts = given.text("ts")
    if conversation.at(ts) is None:
        raise Refusal("thread_not_found")
    found = [m for m in conversation.messages if not m.ephemeral and ts in (m.ts, m.thread_ts)]
    return _told(workspace, given, _between(found, given))


def _with_history(workspace: "Workspace", given: Arguments) -> Conversation:
    conversation = places.visible(workspace, given.text("channel"))
    places.require_scope(workspace, HISTORY_BY_KIND[conversation.kind])
    if not places.is_in(workspace, conversation):
        raise Refusal("not_in_channel")
    return conversation


def _between(messages: Iterable[Message], given: Arguments) -> list[Message]:
    oldest, latest = float(given.maybe("oldest") or 0), float(given.maybe("latest") or "inf")
    edges = given.flag("inclusive")
    return [
        message
        for message in messages
        if oldest < (ts := float(message.ts)) < latest or (edges and ts in (oldest, latest))
    ]


def _told(workspace: "Workspace", given: Arguments, found: list[Message]) -> dict[str, Any]:
    page, more = given.page(found, default=100, most=999)
    messages = [message.as_json(workspace.team_id) for message in page]
    if given.flag("include_all_metadata"):
        for said, message in zip(messages, page, strict=True):
            if message.metadata:
                said["metadata"] = message.metadata
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": messages, "has_more": has_more, **more}


METHODS = {
    "conversations.open": open_direct,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.list": list_all,
    "conversations.join": join,
    "conversations.history": history,
    "conversations.replies": replies,
    "users.conversations": users_conversations,
}
