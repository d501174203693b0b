"""The Web API: which method is called, by whom, with which scope. One module per family."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox.errors import Refusal
from sandbox.scopes import NEEDED
from sandbox.web_api import chat, conversations, files, places, users, views
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

Method = Callable[["Workspace", Arguments], dict[str, Any]]
APP_TOKEN_METHODS = frozenset({"apps.connections.open"})

METHODS: Mapping[str, Method] = {
    **users.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **files.METHODS,
}


def call(
    workspace: "Workspace", method: str, params: Mapping[str, Any], token: str | None
) -> dict[str, Any]:
    """Answer one call as Slack does: refusals are answers, not exceptions."""
    try:
        permit(workspace, method, token)
        return {"ok": True, **METHODS[method](workspace, Arguments(params))}
    except Refusal as refusal:
        return refusal.answer()


def permit(workspace: "Workspace", method: str, token: str | None) -> None:
    if method not in METHODS:
        raise Refusal("unknown_method", req_method=method)
    if not token:
        raise Refusal("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise Refusal("invalid_auth")
    if (token == workspace.app_token) != (method in APP_TOKEN_METHODS):
        raise Refusal("not_allowed_token_type")
    if (scope := NEEDED.get(method)) is not None:
        places.require_scope(workspace, scope)
