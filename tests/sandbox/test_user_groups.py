"""User groups: who is in them, which are in use, and what a free plan says."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import SandboxError, SettableClock, Unknown, Workspace
from sandbox.__main__ import furnished


@pytest.fixture
def guild(workspace: Workspace) -> Workspace:
    people = ["Ben Carter", "U04DAN", "U02BEN"]
    workspace.add_user_group("S01ML", "ml-guild", name="ML guild", members=people)
    workspace.add_user_group("S02OLD", "old-guild", members=["U01AMARA"], disabled=True)
    return workspace


async def test_groups_are_told_as_slack_tells_them(
    guild: Workspace, client: AsyncWebClient
) -> None:
    [group] = (await client.usergroups_list())["usergroups"]
    assert group == {
        "id": "S01ML",
        "team_id": "T0NORTHWIND",
        "is_usergroup": True,
        "name": "ML guild",
        "handle": "ml-guild",
        "description": "",
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": 0,
    }


async def test_members_and_their_number_are_told_when_they_are_asked_for(
    guild: Workspace, client: AsyncWebClient
) -> None:
    answer = await client.usergroups_list(include_users=True, include_count=True)
    [group] = answer["usergroups"]
    assert (group["users"], group["user_count"]) == (["U02BEN", "U04DAN"], 2)


async def test_a_disabled_group_is_told_only_to_those_who_ask_and_has_a_date(
    guild: Workspace, client: AsyncWebClient, clock: SettableClock
) -> None:
    groups = (await client.usergroups_list(include_disabled=True))["usergroups"]
    told = {group["handle"]: group["date_delete"] for group in groups}
    assert told == {"ml-guild": 0, "old-guild": int(clock().timestamp())}
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup="S02OLD")
    answer = await client.usergroups_users_list(usergroup="S02OLD", include_disabled=True)
    assert answer["users"] == ["U01AMARA"]


async def test_a_group_s_people_come_and_go_and_deactivated_ones_stay(
    guild: Workspace, client: AsyncWebClient
) -> None:
    answer = await client.usergroups_users_list(usergroup="S01ML")
    assert answer["users"] == ["U02BEN", "U04DAN"]
    guild.change_user_group("@ml-guild", members=["Amara Okafor"])
    assert (await client.usergroups_users_list(usergroup="S01ML"))["users"] == ["U01AMARA"]
    guild.change_user_group("S01ML", members=[])
    assert (await client.usergroups_users_list(usergroup="S01ML"))["users"] == []


async def test_a_group_is_taken_out_of_use_and_back(
    guild: Workspace, client: AsyncWebClient
) -> None:
    guild.change_user_group("ml-guild", disabled=True)
    assert (await client.usergroups_list())["usergroups"] == []
    guild.change_user_group("ml-guild", disabled=False)
    [group] = (await client.usergroups_list(include_users=True))["usergroups"]
    assert (group["date_delete"], group["users"]) == (0, ["U02BEN", "U04DAN"])


async def test_a_free_plan_has_no_groups(guild: Workspace, client: AsyncWebClient) -> None:
    guild.paid = False
    for ask in (client.usergroups_list(), client.usergroups_users_list(usergroup="S01ML")):
        with pytest.raises(SlackApiError, match="plan_upgrade_required"):
            await ask
    assert not Workspace(paid=False).paid


def test_ids_and_handles_are_used_once_and_members_exist(guild: Workspace) -> None:
    for group_id, handle in (("S01ML", "other"), ("S03", "ml-guild")):
        with pytest.raises(SandboxError, match="already a user group"):
            guild.add_user_group(group_id, handle)
    with pytest.raises(Unknown):
        guild.add_user_group("S03", "nobodies", members=["Nobody"])
    with pytest.raises(Unknown, match="no user group 'S03'"):
        guild.change_user_group("S03", disabled=True)


def test_a_team_file_may_have_groups(clock: SettableClock) -> None:
    team = {
        "members": [{"id": "U02BEN", "name": "Ben Carter"}],
        "user_groups": [{"id": "S01ML", "handle": "ml-guild", "members": ["U02BEN"]}],
    }
    group = furnished(team, None, clock).directory.user_group("@ml-guild")
    assert (group.id, group.members) == ("S01ML", ("U02BEN",))
