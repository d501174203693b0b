"""auth.test, team.info, apps.connections.open and users.*: who is who."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sandbox.directory import Account
from sandbox.errors import Refusal
from sandbox.web_api import places
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def auth_test(workspace: "Workspace", _given: Arguments) -> dict[str, Any]:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.directory.accounts[workspace.bot_user_id].handle,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def team_info(workspace: "Workspace", _given: Arguments) -> dict[str, Any]:
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "domain": workspace.domain,
            "email_domain": "",
        }
    }


def connections_open(workspace: "Workspace", _given: Arguments) -> dict[str, Any]:
    if not workspace.manifest.socket_mode:
        raise Refusal("socket_mode_not_enabled")
    return {"url": workspace.socket_url(workspace.sockets.issue_ticket())}


def shown(workspace: "Workspace", account: Account) -> dict[str, Any]:
    """A member as Slack tells it: a deactivated one has lost the time zone."""
    profile = {
        "real_name": account.real_name,
        "real_name_normalized": account.real_name,
        "display_name": account.handle,
        "title": account.title,
        "team": workspace.team_id,
    }
    if "users:read.email" in workspace.scopes and not account.is_robot:
        profile["email"] = account.email or f"{account.handle}@example.com"
    user: dict[str, Any] = {
        "id": account.id,
        "team_id": workspace.team_id,
        "name": account.handle,
        "deleted": account.deleted,
        "profile": profile,
        "is_bot": account.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if account.stranger:
        user["is_stranger"] = True
    if account.deleted:
        return user
    offset = workspace.now().astimezone(ZoneInfo(account.tz)).utcoffset()
    user.update(
        real_name=account.real_name,
        tz=account.tz,
        tz_label=account.tz,
        tz_offset=int(offset.total_seconds()) if offset is not None else 0,
        is_admin=account.admin or account.owner,
        is_owner=account.owner,
        is_primary_owner=False,
        is_restricted=account.guest or account.single_channel_guest,
        is_ultra_restricted=account.single_channel_guest,
    )
    return user


def users_list(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    everybody = list(workspace.directory.accounts.values())
    page, more = given.page(everybody, default=1000, most=1000)
    members = [shown(workspace, account) for account in page]
    return {"members": members, "cache_ts": int(workspace.stamps.seconds()), **more}


def users_info(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    return {"user": shown(workspace, places.account(workspace, given.text("user")))}


METHODS = {
    "auth.test": auth_test,
    "team.info": team_info,
    "apps.connections.open": connections_open,
    "users.list": users_list,
    "users.info": users_info,
}
