"""The Web API: which method is called, by whom, with which scope. One module per family."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox.errors import Refusal
from sandbox.scopes import NEEDED
from sandbox.web_api import chat, conversations, files, places, usergroups, users, views
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

Method = Callable[["Workspace", Arguments], dict[str, Any]]
APP_TOKEN_METHODS = frozenset({"apps.connections.open"})

METHODS: Mapping[str, Method] = {
    **users.METHODS,
    **usergroups.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **files.METHODS,
}


def call(
    workspace: "Workspace", method: str, params: Mapping[str, Any], token: str | None
) -> dict[str, Any]:
    """Answer one call as Slack does: refusals are answers, not exceptions."""
    given = Arguments(params, workspace.largest_page)
    try:
        permit(workspace, method, token)
        return {"ok": True, **METHODS[method](workspace, given)}
    except Refusal as refusal:
        return refusal.answer()


def is_alive(workspace: "Workspace", token: str | None) -> bool:
    """Whether Slack knows whose call this is: then it is counted, and chance may strike it."""
    revoked = workspace.troubles.revoked is not None
    return token == workspace.app_token or (token == workspace.bot_token and not revoked)


def to_wait(workspace: "Workspace", method: str, params: Mapping[str, Any]) -> int:
    """Whole seconds until this call is within the limits; 0 is now, and counts the call."""
    if workspace.limits is None:
        return 0
    conversation = workspace.directory.one_name(str(params.get("channel")))
    return workspace.limits.admit(method, conversation, workspace.now())


def permit(workspace: "Workspace", method: str, token: str | None) -> None:
    if method not in METHODS:
        raise Refusal("unknown_method", req_method=method)
    if not token:
        raise Refusal("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise Refusal("invalid_auth")
    if (token == workspace.app_token) != (method in APP_TOKEN_METHODS):
        raise Refusal("not_allowed_token_type")
    if token == workspace.bot_token:
        workspace.troubles.require_installation()
    if (scope := NEEDED.get(method)) is not None:
        places.require_scope(workspace, scope)
