"""The Web API at its HTTP edge: tokens, scopes, channels, messages, people, history."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, SettableClock, Workspace

Buttons = Callable[..., list[dict[str, Any]]]
Ask = Callable[[AsyncWebClient], Awaitable[Any]]


def api(method: str, **params: Any) -> Ask:
    return lambda client: client.api_call(method, json=params)


POST = "chat.postMessage"
LONG_AGO = "1000000000.000001"

REFUSALS: list[tuple[str, Ask]] = [
    ("unknown_method", api("chat.shout")),
    ("no_text", api(POST, channel="C01MLTEAM")),
    ("no_text", api(POST, channel="C01MLTEAM", text="  ")),
    ("channel_not_found", api(POST, channel="C0NOWHERE", text="x")),
    ("channel_not_found", api(POST, channel="ml-team", text="x")),
    ("channel_not_found", api(POST, channel="C03SECRET", text="x")),
    ("is_archived", api(POST, channel="C04OLD", text="x")),
    ("cannot_dm_bot", api(POST, channel="USLACKBOT", text="x")),
    ("thread_not_found", api(POST, channel="C01MLTEAM", text="x", thread_ts=LONG_AGO)),
    ("too_many_attachments", api(POST, channel="C01MLTEAM", text="x", attachments=[{}] * 101)),
    ("invalid_metadata_format", api(POST, channel="C01MLTEAM", text="x", metadata={"a": 1})),
    (
        "metadata_too_large",
        api(
            POST,
            channel="C01MLTEAM",
            text="x",
            metadata={"event_type": "a", "event_payload": {"b": "x" * 9000}},
        ),
    ),
    ("invalid_arguments", api(POST, text="x")),
    ("channel_not_found", api("chat.update", channel="U02BEN", ts=LONG_AGO, text="x")),
    ("message_not_found", api("chat.update", channel="C01MLTEAM", ts=LONG_AGO, text="x")),
    ("message_not_found", api("chat.delete", channel="C01MLTEAM", ts=LONG_AGO)),
    ("user_not_found", api("chat.postEphemeral", channel="C01MLTEAM", user="U0", text="x")),
    (
        "user_not_in_channel",
        api("chat.postEphemeral", channel="C01MLTEAM", user="U03CHLOE", text="x"),
    ),
    ("message_not_found", api("chat.getPermalink", channel="C01MLTEAM", message_ts=LONG_AGO)),
    ("users_list_not_supplied", api("conversations.open")),
    ("user_not_found", api("conversations.open", users="U0NOBODY")),
    ("user_disabled", api("conversations.open", users="U04DAN")),
    ("cannot_dm_bot", api("conversations.open", users="USLACKBOT")),
    ("channel_not_found", api("conversations.info", channel="C03SECRET")),
    ("channel_not_found", api("conversations.members", channel="C0NOWHERE")),
    ("invalid_cursor", api("conversations.members", channel="C01MLTEAM", cursor="page two")),
    ("invalid_types", api("conversations.list", types="secret_channel")),
    ("is_archived", api("conversations.join", channel="C04OLD")),
    ("channel_not_found", api("conversations.join", channel="C03SECRET")),
    ("not_in_channel", api("conversations.history", channel="C02RANDOM")),
    ("thread_not_found", api("conversations.replies", channel="C01MLTEAM", ts=LONG_AGO)),
    ("user_not_found", api("users.info", user="U0NOBODY")),
    ("user_not_found", api("views.publish", user_id="U0", view={"type": "home", "blocks": []})),
    ("not_found", api("views.update", view_id="V0", view={})),
    ("invalid_trigger_id", api("views.open", trigger_id="1.2.x", view={})),
    ("no_such_subteam", api("usergroups.users.list", usergroup="S0NOBODY")),
    ("invalid_arguments", api("usergroups.users.list")),
    ("not_allowed_token_type", api("apps.connections.open")),
]


@pytest.mark.parametrize(
    ("error", "ask"), REFUSALS, ids=[f"{n}-{case[0]}" for n, case in enumerate(REFUSALS)]
)
async def test_slack_refuses_by_name(client: AsyncWebClient, error: str, ask: Ask) -> None:
    with pytest.raises(SlackApiError) as refused:
        await ask(client)
    assert refused.value.response["error"] == error


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-somebody-else", "auth.test", "invalid_auth"),
        ("", "auth.test", "not_authed"),
        ("xapp-1-A0SANDBOX-sandbox", "auth.test", "not_allowed_token_type"),
        ("xapp-somebody-else", "apps.connections.open", "invalid_auth"),
    ],
)
async def test_a_token_opens_only_its_own_doors(
    workspace: Workspace, token: str, method: str, error: str
) -> None:
    client = AsyncWebClient(token=token, base_url=workspace.api_url)
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method)
    assert refused.value.response["error"] == error


NEEDED = [
    ("chat:write", api(POST, channel="C01MLTEAM", text="x")),
    ("im:write", api("conversations.open", users="U02BEN")),
    ("channels:join", api("conversations.join", channel="C02RANDOM")),
    ("channels:read", api("conversations.info", channel="C01MLTEAM")),
    ("channels:read", api("conversations.members", channel="C01MLTEAM")),
    ("groups:read", api("conversations.list", types="public_channel,private_channel")),
    ("channels:history", api("conversations.history", channel="C01MLTEAM")),
    ("im:history", api("conversations.history", channel="D0SBX000001")),
    ("users:read", api("users.list")),
    ("users:read", api("users.info", user="U02BEN")),
    ("usergroups:read", api("usergroups.list")),
    ("usergroups:read", api("usergroups.users.list", usergroup="S01ML")),
    ("files:write", api("files.getUploadURLExternal", filename="a.png", length=1)),
    ("files:read", api("files.info", file="F0")),
]


@pytest.mark.parametrize(("scope", "ask"), NEEDED)
async def test_a_missing_scope_is_named(
    workspace: Workspace, client: AsyncWebClient, scope: str, ask: Ask
) -> None:
    await client.conversations_open(users="U02BEN")
    workspace.scopes.remove(scope)
    with pytest.raises(SlackApiError) as refused:
        await ask(client)
    answer = refused.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")
    assert "commands" in answer["provided"].split(",")


async def test_scopes_are_those_of_the_manifest_optional_ones_included(
    clock: SettableClock,
) -> None:
    scopes = {"bot": ["chat:write", "im:history"], "bot_optional": ["im:history", "im:read"]}
    workspace = Workspace(manifest={"oauth_config": {"scopes": scopes}}, now=clock)
    assert workspace.scopes == {"chat:write", "im:history"}


async def test_auth_test_tells_who_the_app_is_and_its_scopes(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    answer = await client.auth_test()
    assert answer["team_id"] == "T0NORTHWIND"
    assert answer["user_id"] == workspace.bot_user_id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert (await client.team_info())["team"]["name"] == "Northwind ML"


async def test_a_person_s_id_opens_the_direct_messages(client: AsyncWebClient, ben: Member) -> None:
    answer = await client.chat_postMessage(channel=ben.id, text="Hello")
    assert answer["channel"].startswith("D")
    assert [message.text for message in ben.screen()] == ["Hello"]
    again = await client.conversations_open(users=ben.id)
    assert again["channel"]["id"] == answer["channel"]
    assert again["already_open"]


async def test_posting_to_a_deactivated_person_succeeds_silently(
    client: AsyncWebClient,
) -> None:
    assert (await client.chat_postMessage(channel="U04DAN", text="Hello"))["ok"]


async def test_the_bot_posts_only_where_it_is_a_member(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.scopes.remove("chat:write.public")
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postMessage(channel="C02RANDOM", text="x")
    await client.conversations_join(channel="C02RANDOM")
    await client.chat_postMessage(channel="C02RANDOM", text="x")
    workspace.scopes.add("chat:write.public")
    await workspace.change_channel("random", with_bot=False)
    await client.chat_postMessage(channel="C02RANDOM", text="x")


async def test_text_is_cut_when_posted_and_refused_when_updated(
    client: AsyncWebClient, ben: Member
) -> None:
    answer = await client.chat_postMessage(channel=ben.id, text="x" * 40_001)
    assert len(ben.screen()[0].text) == 40_000
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel=answer["channel"], ts=answer["ts"], text="x" * 4001)


async def test_an_update_without_blocks_takes_the_blocks_away(
    client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    answer = await client.chat_postMessage(channel=ben.id, text="a", blocks=buttons("Start"))
    await client.chat_update(channel=answer["channel"], ts=answer["ts"], text="b")
    [message] = ben.screen()
    assert (message.text, message.blocks, message.edited) == ("b", [], True)


async def test_only_own_messages_can_be_changed(client: AsyncWebClient, ben: Member) -> None:
    await ben.say("mine", in_channel="ml-team")
    [message] = ben.screen("ml-team")
    for method, error in (
        ("chat.update", "cant_update_message"),
        ("chat.delete", "cant_delete_message"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.api_call(
                method, json={"channel": "C01MLTEAM", "ts": message.ts, "text": "theirs"}
            )


async def test_a_deleted_message_leaves_the_screen(client: AsyncWebClient, ben: Member) -> None:
    answer = await client.chat_postMessage(channel=ben.id, text="a")
    await client.chat_delete(channel=answer["channel"], ts=answer["ts"])
    assert ben.screen() == []


async def test_an_ephemeral_message_is_for_one_and_cannot_be_updated(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    answer = await client.chat_postEphemeral(channel="C01MLTEAM", user=ben.id, text="psst")
    assert [m.ephemeral for m in ben.screen("ml-team")] == [True]
    assert workspace.member("Amara Okafor").screen("ml-team") == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="C01MLTEAM", ts=answer["message_ts"], text="x")


async def test_a_permalink_names_channel_and_message(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C01MLTEAM", text="a")
    answer = await client.chat_getPermalink(channel="C01MLTEAM", message_ts=posted["ts"])
    expected = f"https://northwind-ml.slack.com/archives/C01MLTEAM/p{posted['ts']}"
    assert answer["permalink"] == expected.replace(".00", "00")


async def test_message_times_are_unique_and_ordered_while_the_clock_stands(
    client: AsyncWebClient,
) -> None:
    times = [(await client.chat_postMessage(channel="C01MLTEAM", text="a"))["ts"] for _ in range(3)]
    assert times == sorted(set(times))


async def test_messages_need_the_messages_tab_and_home_views_the_home_tab(
    clock: SettableClock, furnish: Callable[[Workspace], None]
) -> None:
    scopes = {"bot": ["chat:write"]}
    workspace = Workspace(manifest={"oauth_config": {"scopes": scopes}}, now=clock)
    furnish(workspace)
    async with workspace.serving():
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        with pytest.raises(SlackApiError, match="messages_tab_disabled"):
            await client.chat_postMessage(channel="U02BEN", text="x")
        with pytest.raises(SlackApiError, match="not_enabled"):
            await client.views_publish(user_id="U02BEN", view={"type": "home", "blocks": []})


async def test_history_is_newest_first_keeps_block_ids_and_comes_in_pages(
    client: AsyncWebClient, ben: Member
) -> None:
    blocks = [{"type": "divider", "block_id": "key-1"}]
    first = await client.chat_postMessage(
        channel=ben.id,
        text="first",
        blocks=blocks,
        metadata={"event_type": "key", "event_payload": {"k": 1}},
    )
    dm = first["channel"]
    for text in ("second", "third"):
        await client.chat_postMessage(channel=dm, text=text)
    await client.chat_postMessage(channel=dm, text="in the thread", thread_ts=first["ts"])
    page = await client.conversations_history(channel=dm, limit=2)
    assert [m["text"] for m in page["messages"]] == ["third", "second"]
    assert page["has_more"]
    cursor = page["response_metadata"]["next_cursor"]
    last = await client.conversations_history(
        channel=dm, limit=2, cursor=cursor, include_all_metadata=True
    )
    [message] = last["messages"]
    assert message["blocks"][0]["block_id"] == "key-1"
    assert message["metadata"]["event_payload"] == {"k": 1}
    assert message["bot_id"]
    thread = await client.conversations_replies(channel=dm, ts=first["ts"])
    assert [m["text"] for m in thread["messages"]] == ["first", "in the thread"]
    newer = await client.conversations_history(channel=dm, oldest=first["ts"])
    assert len(newer["messages"]) == 2


async def test_members_and_people_come_in_pages(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    people = []
    async for page in await client.users_list(limit=2):
        assert len(page["members"]) <= 2
        people += [member["id"] for member in page["members"]]
    assert people == [
        "USLACKBOT",
        workspace.bot_user_id,
        "U01AMARA",
        "U02BEN",
        "U03CHLOE",
        "U04DAN",
    ]
    first = await client.conversations_members(channel="C01MLTEAM", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_members(channel="C01MLTEAM", limit=2, cursor=cursor)
    assert [*first["members"], *rest["members"]] == ["U01AMARA", "U02BEN", workspace.bot_user_id]


async def test_pages_can_be_made_so_small_that_only_a_patient_reader_sees_everybody(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    async def sizes(first: Any, key: str) -> list[int]:
        return [len(page[key]) async for page in await first]

    workspace.largest_page = 2
    assert await sizes(client.users_list(limit=200), "members") == [2, 2, 2]
    assert await sizes(client.users_list(), "members") == [2, 2, 2]
    assert await sizes(client.conversations_members(channel="C01MLTEAM"), "members") == [2, 1]
    assert await sizes(client.conversations_list(), "channels") == [2, 1]
    workspace.largest_page = None
    assert await sizes(client.users_list(), "members") == [6]


async def test_a_person_is_told_with_zone_title_and_standing(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.add_member("U05EVE", "Eve Stone", stranger=True)
    shown = {user["id"]: user for user in (await client.users_list())["members"]}
    ben = shown["U02BEN"]
    assert (ben["tz"], ben["tz_offset"]) == ("America/New_York", -5 * 3600)
    assert ben["profile"]["real_name"] == "Ben Carter"
    assert ben["profile"]["title"] == "Data scientist"
    assert ben["profile"]["email"] == "ben.carter@example.com"
    assert shown["U01AMARA"]["is_admin"]
    assert shown["U03CHLOE"]["is_restricted"]
    assert not shown["U03CHLOE"]["is_ultra_restricted"]
    assert shown["U04DAN"]["deleted"]
    assert shown["U05EVE"]["is_stranger"]
    assert not shown["USLACKBOT"]["is_bot"]
    assert shown[workspace.bot_user_id]["is_bot"]
    workspace.scopes.remove("users:read.email")
    assert "email" not in (await client.users_info(user="U02BEN"))["user"]["profile"]


async def test_strangers_cannot_be_written_to(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.add_member("U05EVE", "Eve Stone", stranger=True)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel="U05EVE", text="x")
    with pytest.raises(SlackApiError, match="user_not_visible"):
        await client.conversations_open(users="U05EVE")


async def test_channels_are_listed_with_what_the_bot_may_know(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.add_channel("C05PARTNER", "partner", shared=True)
    workspace.add_channel("C06TEAM", "team-only", private=True)
    listed = await client.conversations_list(
        types="public_channel,private_channel", exclude_archived=True
    )
    channels = {channel["name"]: channel for channel in listed["channels"]}
    assert set(channels) == {"ml-team", "random", "partner", "team-only"}
    assert channels["partner"]["is_ext_shared"]
    assert channels["team-only"]["is_private"]
    assert not channels["random"]["is_member"]
    info = await client.conversations_info(channel="C01MLTEAM", include_num_members=True)
    assert info["channel"]["num_members"] == 3
    info = await client.conversations_info(channel="C01MLTEAM")
    assert "num_members" not in info["channel"]
    own = await client.users_conversations(types="public_channel,private_channel")
    assert {c["name"] for c in own["channels"]} == {"ml-team", "old", "partner", "team-only"}


async def test_joining_twice_is_only_a_warning(client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C02RANDOM")
    again = await client.conversations_join(channel="C02RANDOM")
    assert again["warning"] == "already_in_channel"


async def test_every_call_is_recorded_without_tokens(
    workspace: Workspace, client: AsyncWebClient, buttons: Buttons
) -> None:
    await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=buttons("Start"))
    with pytest.raises(SlackApiError):
        await client.users_info(user="U0NOBODY")
    posted, asked = workspace.calls()
    assert posted.ok
    assert posted.params["blocks"][0]["elements"][0]["text"]["text"] == "Start"
    assert (asked.method, asked.params) == ("users.info", {"user": "U0NOBODY"})
    assert asked.response == {"ok": False, "error": "user_not_found"}
    assert (asked.status, asked.ok) == (200, False)
    assert workspace.calls(POST) == [posted]


async def test_a_token_in_the_body_works_and_is_not_recorded(workspace: Workspace) -> None:
    client = AsyncWebClient(base_url=workspace.api_url)
    assert (await client.api_call("auth.test", params={"token": workspace.bot_token}))["ok"]
    assert workspace.calls()[0].params == {}


async def test_the_record_keeps_what_the_app_sent_and_not_what_slack_made_of_it(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    blocks = [
        {
            "type": "actions",
            "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Start"}}],
        }
    ]
    await client.chat_postMessage(channel=ben.id, text="x", blocks=blocks)
    assert workspace.calls()[0].params["blocks"] == blocks
    assert ben.screen()[0].blocks != blocks
