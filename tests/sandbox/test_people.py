"""People press only what is on their screen, and the app is told as Slack would tell it."""

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, NotOnScreen, SandboxError, SettableClock, Unknown, Workspace

Json = dict[str, Any]
Buttons = Callable[..., list[Json]]
Furnish = Callable[[Workspace], None]
Connect = Callable[[Workspace, AsyncApp], AbstractAsyncContextManager[Any]]


@pytest.fixture
def heard(app: AsyncApp, running: AsyncApp) -> list[Json]:
    """Everything that the app was told, acknowledged at once."""
    bodies: list[Json] = []

    async def take(body: Json, ack: Any) -> None:
        bodies.append(body)
        await ack()

    app.action(re.compile(".*"))(take)
    app.event("message")(take)
    app.event("app_home_opened")(take)
    app.event("user_change")(take)
    return bodies


@pytest.fixture
async def card(running: AsyncApp, client: AsyncWebClient, ben: Member, buttons: Buttons) -> None:
    """Two messages in front of Ben, the newer one with two buttons."""
    await client.chat_postMessage(channel=ben.id, text="old", blocks=buttons("Start", "Skip"))
    await client.chat_postMessage(channel=ben.id, text="new", blocks=buttons("Start", "Later"))


async def test_a_press_carries_what_slack_sends(
    workspace: Workspace, card: None, heard: list[Json], ben: Member
) -> None:
    outcome = await ben.press("Start")
    assert outcome.ok
    [body] = heard
    message = ben.screen()[-1]
    assert body["user"] == {
        "id": "U02BEN",
        "username": "ben.carter",
        "name": "ben.carter",
        "team_id": "T0NORTHWIND",
    }
    assert body["team"] == {"id": "T0NORTHWIND", "domain": "northwind-ml"}
    assert body["api_app_id"] == workspace.app_id
    assert body["channel"] == {"id": message.channel, "name": "directmessage"}
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == message.ts
    assert body["message"]["blocks"] == message.blocks
    assert body["message"]["bot_id"] == workspace.bot_id
    [action] = body["actions"]
    assert action["value"] == "value of Start"
    assert (action["block_id"], action["action_id"]) == ("buttons", "start")
    assert action["type"] == "button"
    assert action["action_ts"] > message.ts


async def test_every_press_brings_a_fresh_trigger_and_response_url(
    card: None, heard: list[Json], ben: Member
) -> None:
    await ben.press("Start")
    await ben.press("Start")
    for key in ("trigger_id", "response_url"):
        assert len({body[key] for body in heard}) == 2


async def test_the_newest_button_is_pressed_and_an_older_one_on_request(
    card: None, heard: list[Json], ben: Member
) -> None:
    await ben.press("Skip")
    await ben.press("Start", on=ben.screen()[0])
    assert [body["message"]["text"] for body in heard] == ["old", "old"]


async def test_what_is_not_on_the_screen_cannot_be_pressed(card: None, ben: Member) -> None:
    with pytest.raises(NotOnScreen, match=r"'Stop' is not on Ben Carter's screen.*\[Later\]"):
        await ben.press("Stop")
    with pytest.raises(NotOnScreen):
        await ben.press("Start", in_channel="ml-team")


async def test_nobody_presses_on_another_person_s_screen(
    workspace: Workspace, card: None, ben: Member
) -> None:
    with pytest.raises(NotOnScreen):
        await workspace.member("Amara Okafor").press("Start")
    with pytest.raises(SandboxError, match="cannot see #secret"):
        ben.screen("secret")
    with pytest.raises(Unknown):
        workspace.member("Nobody")


async def test_an_old_copy_of_a_message_can_still_be_pressed(
    card: None, heard: list[Json], ben: Member, client: AsyncWebClient
) -> None:
    stale = ben.screen()[-1].copy()
    await client.chat_update(channel=stale.channel, ts=stale.ts, text="done")
    with pytest.raises(NotOnScreen):
        await ben.press("Later")
    await ben.press("Later", on=stale)
    assert heard[0]["actions"][0]["action_id"] == "later"
    assert heard[0]["message"]["text"] == "new"


async def test_a_deleted_message_cannot_be_pressed_but_a_copy_of_it_can(
    card: None, heard: list[Json], ben: Member, client: AsyncWebClient
) -> None:
    message = ben.screen()[-1]
    stale = message.copy()
    await client.chat_delete(channel=message.channel, ts=message.ts)
    with pytest.raises(NotOnScreen):
        await ben.press("Later", on=message)
    assert (await ben.press("Later", on=stale)).ok


async def test_the_press_on_an_ephemeral_message_comes_without_the_message(
    heard: list[Json], client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    await client.chat_postEphemeral(
        channel="C01MLTEAM", user=ben.id, text="psst", blocks=buttons("Yes")
    )
    await ben.press("Yes", in_channel="ml-team")
    assert "message" not in heard[0]
    assert heard[0]["container"]["is_ephemeral"]


async def test_a_raw_payload_goes_out_as_it_is(card: None, heard: list[Json], ben: Member) -> None:
    payload = ben.payload_of_press("Start")
    payload["actions"][0]["value"] = "somebody else's"
    await ben.press_raw(payload)
    assert heard[0]["actions"][0]["value"] == "somebody else's"


async def test_selects_and_menus_are_chosen_by_their_words(
    heard: list[Json], client: AsyncWebClient, ben: Member
) -> None:
    choices = [
        {"text": {"type": "plain_text", "text": text}, "value": text}
        for text in ("Governance 1: who decides", "Governance 2: who knows", "Deployment 1")
    ]
    select = {
        "type": "static_select",
        "action_id": "change",
        "options": choices,
        "placeholder": {"type": "plain_text", "text": "Change an answer"},
    }
    menu = {
        "type": "overflow",
        "action_id": "menu",
        "options": [{"text": {"type": "plain_text", "text": "Manage"}, "value": "m"}],
    }
    people = {
        "type": "users_select",
        "action_id": "who",
        "placeholder": {"type": "plain_text", "text": "Pick a person"},
    }
    await client.chat_postMessage(
        channel=ben.id,
        text="x",
        blocks=[{"type": "actions", "block_id": "b", "elements": [select, menu, people]}],
    )
    await ben.select("Change an answer", "Governance 1: who ...")
    await ben.select("Manage")
    await ben.select("Pick a person", "Amara Okafor")
    chosen = [body["actions"][0] for body in heard]
    assert chosen[0]["selected_option"] == choices[0]
    assert chosen[1]["selected_option"]["value"] == "m"
    assert chosen[2]["selected_user"] == "U01AMARA"
    state = heard[2]["state"]["values"]["b"]
    assert state["change"]["selected_option"] == choices[0]
    with pytest.raises(NotOnScreen, match="among the options"):
        await ben.select("Change an answer", "Governance")
    with pytest.raises(NotOnScreen, match="to choose"):
        await ben.select("Change the weather", "Sun")


async def test_a_command_reaches_the_app_and_its_answer_is_for_one_person(
    workspace: Workspace, app: AsyncApp, running: AsyncApp, ben: Member
) -> None:
    commands: list[Json] = []

    @app.command("/scorecard")
    async def answer(ack: Any, command: Json) -> None:
        commands.append(command)
        await ack(text="Only you see this", blocks=[])

    outcome = await ben.command("/scorecard start now", channel="ml-team")
    assert outcome.text == "Only you see this"
    [command] = commands
    assert (command["command"], command["text"]) == ("/scorecard", "start now")
    assert (command["channel_id"], command["channel_name"]) == ("C01MLTEAM", "ml-team")
    assert command["user_id"] == "U02BEN"
    assert ben.screen("ml-team")[-1].ephemeral
    assert workspace.member("Amara Okafor").screen("ml-team") == []
    await ben.command("/scorecard")
    assert commands[1]["channel_name"] == "directmessage"


async def test_an_in_channel_answer_is_for_everybody(
    workspace: Workspace, app: AsyncApp, running: AsyncApp, ben: Member
) -> None:
    @app.command("/scorecard")
    async def answer(ack: Any) -> None:
        await ack(text="Hello all", response_type="in_channel")

    await ben.command("/scorecard", channel="ml-team")
    assert workspace.member("Amara Okafor").screen("ml-team")[0].text == "Hello all"


async def test_an_answer_that_slack_refuses_is_an_error_to_the_person(
    app: AsyncApp, running: AsyncApp, ben: Member
) -> None:
    @app.command("/scorecard")
    async def answer(ack: Any) -> None:
        await ack(text="x", blocks=[{"type": "marquee"}])

    outcome = await ben.command("/scorecard")
    assert outcome.error == "invalid_response: invalid_blocks"


async def test_an_app_that_does_not_answer_in_time_is_an_error_to_the_person(
    workspace: Workspace, app: AsyncApp, card: None, ben: Member
) -> None:
    @app.action("start")
    async def too_slow(ack: Any) -> None:
        await asyncio.sleep(0.1)
        await ack()

    workspace.sockets.ack_seconds = 0.03
    assert (await ben.press("Start")).error == "operation_timeout"


async def test_without_a_connection_nothing_is_delivered(
    client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    await client.chat_postMessage(channel=ben.id, text="x", blocks=buttons("Start"))
    assert (await ben.press("Start")).error == "dispatch_failed"
    assert (await ben.command("/scorecard")).error == "dispatch_failed"


def manifest(**settings: Any) -> Json:
    return {
        "features": {
            "app_home": {"messages_tab_enabled": True},
            "slash_commands": [{"command": "/scorecard", "should_escape": True}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": settings,
    }


@pytest.mark.parametrize(
    ("settings", "errors"),
    [
        ({}, ("no_request_url", "interactivity_disabled")),
        ({"interactivity": {"is_enabled": True}}, ("no_request_url", "no_request_url")),
        ({"socket_mode_enabled": True}, ("dispatch_failed", "interactivity_disabled")),
        (
            {"socket_mode_enabled": True, "interactivity": {"is_enabled": True}},
            ("dispatch_failed", "dispatch_failed"),
        ),
    ],
)
async def test_the_manifest_decides_what_is_delivered(
    clock: SettableClock,
    furnish: Furnish,
    buttons: Buttons,
    settings: Json,
    errors: tuple[str, str],
) -> None:
    workspace = Workspace(manifest=manifest(**settings), now=clock)
    furnish(workspace)
    ben = workspace.member("U02BEN")
    async with workspace.serving():
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        await client.chat_postMessage(channel=ben.id, text="x", blocks=buttons("Start"))
        assert (await ben.command("/other")).error == "unknown_command"
        command, press = await ben.command("/scorecard"), await ben.press("Start")
        assert (command.error, press.error) == errors
        assert (await ben.open_home()).error == "home_tab_disabled"
        assert (await ben.say("hello")).ok  # nobody listens, nobody is told


async def test_names_become_ids_where_the_manifest_asks_for_it(
    clock: SettableClock, furnish: Furnish, connect: Connect
) -> None:
    settings = {"socket_mode_enabled": True, "interactivity": {"is_enabled": True}}
    workspace = Workspace(manifest=manifest(**settings), now=clock)
    furnish(workspace)
    texts = []
    async with workspace.serving():
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        app = AsyncApp(client=client, signing_secret="unused")

        @app.command("/scorecard")
        async def answer(ack: Any, command: Json) -> None:
            texts.append(command["text"])
            await ack()

        async with connect(workspace, app):
            await workspace.member("U02BEN").command("/scorecard @Amara Okafor #ml-team @nobody")
    assert texts == ["<@U01AMARA|amara.okafor> <#C01MLTEAM|ml-team> @nobody"]


async def test_a_deactivated_person_does_nothing(workspace: Workspace) -> None:
    dan = workspace.member("Dan Novak")
    with pytest.raises(SandboxError, match="deactivated"):
        await dan.command("/scorecard")


async def test_words_home_visits_and_changes_are_events(
    workspace: Workspace, heard: list[Json], ben: Member
) -> None:
    await ben.say("hello")
    await ben.open_home()
    await workspace.change_member("Ben Carter", tz="Asia/Tokyo")
    events = [body["event"] for body in heard]
    assert [event["type"] for event in events] == ["message", "app_home_opened", "user_change"]
    assert (events[0]["text"], events[0]["channel_type"]) == ("hello", "im")
    assert events[2]["user"]["tz"] == "Asia/Tokyo"
    assert len({body["event_id"] for body in heard}) == 3
    assert ben.account.tz == "Asia/Tokyo"


async def test_a_home_tab_is_read_and_pressed(
    heard: list[Json], client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    assert ben.home is None
    view = {
        "type": "home",
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Your scorecards*"}},
            *buttons("New scorecard"),
        ],
    }
    await client.views_publish(user_id=ben.id, view=view)
    home = ben.home
    assert home is not None
    assert home.reads == "Your scorecards\n[New scorecard]"
    assert home.buttons == ["New scorecard"]
    await ben.press("New scorecard", on=home)
    assert heard[0]["view"]["type"] == "home"
    assert heard[0]["container"] == {"type": "view", "view_id": home.view.id}
    assert "response_url" not in heard[0]


async def test_until_gives_what_it_waited_for_and_names_the_last_calls(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    async def later() -> None:
        await asyncio.sleep(0.01)
        await client.chat_postMessage(channel=ben.id, text="Hello")

    task = asyncio.create_task(later())
    [message] = await workspace.until(ben.screen)
    await task
    assert message.text == "Hello"
    with pytest.raises(TimeoutError, match=r"within 0.01 s.*chat\.postMessage"):
        await workspace.until(lambda: ben.modal, timeout=0.01)
