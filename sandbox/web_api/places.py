"""Where the app may look and where it may post: the rules that several methods share."""

from typing import TYPE_CHECKING

from sandbox.directory import Account, Conversation
from sandbox.errors import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def visible(workspace: "Workspace", conversation_id: str) -> Conversation:
    """A conversation the app knows of: private channels only where it is a member."""
    found = workspace.directory.conversations.get(conversation_id)
    if found is None or (found.kind == "private" and not is_in(workspace, found)):
        raise Refusal("channel_not_found")
    return found


def is_in(workspace: "Workspace", conversation: Conversation) -> bool:
    return workspace.bot_user_id in conversation.members


def for_posting(workspace: "Workspace", conversation_id: str) -> Conversation:
    """Where a message may go; a person's id opens the direct messages with them."""
    if conversation_id in workspace.directory.accounts:
        conversation = direct_by_posting(workspace, conversation_id)
    else:
        conversation = visible(workspace, conversation_id)
    require_reachable(workspace, conversation)
    if conversation.archived:
        raise Refusal("is_archived")
    if conversation.kind == "im" and not workspace.manifest.messages_tab:
        raise Refusal("messages_tab_disabled")
    outside = not is_in(workspace, conversation)
    if outside and "chat:write.public" not in workspace.scopes:
        raise Refusal("not_in_channel")
    return conversation


def direct_by_posting(workspace: "Workspace", member_id: str) -> Conversation:
    """Posting to a deactivated person works, silently: nobody will ever read it."""
    workspace.troubles.require_reachable(member_id)
    account = workspace.directory.accounts[member_id]
    if account.is_robot:
        raise Refusal("cannot_dm_bot")
    if account.stranger:
        raise Refusal("channel_not_found")
    return workspace.direct_with(member_id)


def require_reachable(workspace: "Workspace", conversation: Conversation) -> None:
    if conversation.kind == "im":
        workspace.troubles.require_reachable(conversation.name)


def account(workspace: "Workspace", member_id: str) -> Account:
    found = workspace.directory.accounts.get(member_id)
    if found is None:
        raise Refusal("user_not_found")
    return found


def require_scope(workspace: "Workspace", scope: str) -> None:
    if scope not in workspace.scopes:
        provided = ",".join(sorted(workspace.scopes))
        raise Refusal("missing_scope", needed=scope, provided=provided)
