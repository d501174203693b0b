"""usergroups.*: who belongs to which group. A paid plan has them, and they come without pages."""

from typing import TYPE_CHECKING, Any

from sandbox.directory import UserGroup
from sandbox.errors import Refusal
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def _groups(workspace: "Workspace", given: Arguments) -> list[UserGroup]:
    if not workspace.paid:
        raise Refusal("plan_upgrade_required")
    disabled_too = given.flag("include_disabled")
    groups = workspace.directory.user_groups.values()
    return [group for group in groups if disabled_too or not group.disabled_at]


def shown(workspace: "Workspace", group: UserGroup, *, users: bool, count: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": group.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": group.description,
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": group.disabled_at,
    }
    if users:
        told["users"] = list(group.members)
    if count:
        told["user_count"] = len(group.members)
    return told


def list_all(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    users, count = given.flag("include_users"), given.flag("include_count")
    groups = _groups(workspace, given)
    return {"usergroups": [shown(workspace, g, users=users, count=count) for g in groups]}


def users_list(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    """Deactivated members stay in their groups and are named like the others."""
    wanted = given.text("usergroup")
    for group in _groups(workspace, given):
        if group.id == wanted:
            return {"users": list(group.members)}
    raise Refusal("no_such_subteam")


METHODS = {
    "usergroups.list": list_all,
    "usergroups.users.list": users_list,
}
