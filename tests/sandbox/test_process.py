"""The sandbox as its own process, driven through the control API."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
TEAM = {
    "team_id": "T0NORTHWIND",
    "name": "Northwind ML",
    "members": [{"id": "U02BEN", "name": "Ben Carter", "tz": "America/New_York"}],
    "channels": [{"id": "C01MLTEAM", "name": "ml-team", "members": ["U02BEN"]}],
}
MODAL = {
    "type": "modal",
    "callback_id": "new",
    "title": {"type": "plain_text", "text": "New"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "a"},
        },
        {
            "type": "input",
            "block_id": "who",
            "label": {"type": "plain_text", "text": "Who"},
            "element": {"type": "multi_users_select", "action_id": "a"},
        },
    ],
}
CARD: list[Json] = [
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Ready?*"},
        "accessory": {
            "type": "overflow",
            "action_id": "menu",
            "options": [{"text": {"type": "plain_text", "text": "Manage"}, "value": "m"}],
        },
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "start",
                "text": {"type": "plain_text", "text": "Start"},
            }
        ],
    },
]


class Remote:
    """The control API, asked over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, facts: Json) -> None:
        self.facts = facts
        self._session = session
        self._base = f"http://127.0.0.1:{facts['port']}/control/"

    async def post(self, what: str, **given: Any) -> Json:
        async with self._session.post(self._base + what, json=given) as answer:
            said: Json = await answer.json()
            return said

    async def get(self, what: str, **given: str) -> Json:
        async with self._session.get(self._base + what, params=given) as answer:
            said: Json = await answer.json()
            return said


@pytest.fixture
async def remote(tmp_path: Path) -> AsyncIterator[Remote]:
    team = tmp_path / "team.json"
    team.write_text(json.dumps(TEAM), encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--team",
        str(team),
        "--clock",
        "2026-01-05T09:00:00+00:00",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    facts = json.loads(await process.stdout.readline())
    async with aiohttp.ClientSession() as session:
        yield Remote(session, facts)
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


@pytest.fixture
async def bot(remote: Remote) -> AsyncIterator[AsyncWebClient]:
    """An app in this process, connected to the sandbox in the other one."""
    client = AsyncWebClient(token=remote.facts["bot_token"], base_url=remote.facts["api_url"])
    app = AsyncApp(client=client, signing_secret="unused")

    @app.command("/scorecard")
    async def start(ack: Any, command: Json, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=command["user_id"], text="Ready?", blocks=CARD)
        await ack("Look at our conversation.")

    @app.shortcut("new")
    @app.action("start")
    async def open_modal(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack()

    @app.action("menu")
    async def menu(ack: Any, respond: Any) -> None:
        await respond("Managed")
        await ack()

    @app.action("home_menu")
    @app.event("message")
    @app.event("app_home_opened")
    async def take(ack: Any) -> None:
        await ack()

    @app.view("new")
    async def submit(ack: Any) -> None:
        await ack()

    handler = AsyncSocketModeHandler(app, remote.facts["app_token"])
    await handler.connect_async()  # type: ignore[no-untyped-call]
    yield client
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_another_process_can_press_type_and_submit(
    remote: Remote, bot: AsyncWebClient
) -> None:
    ben = {"member": "Ben Carter"}
    assert (await remote.get("team"))["members"] == [{"id": "U02BEN", "name": "Ben Carter"}]
    answer = await remote.post("command", **ben, text="/scorecard start", channel="ml-team")
    assert answer["text"] == "Look at our conversation."
    screen = await remote.get("screen", **ben)
    assert screen["messages"][0]["reads"] == "Ready?\n[...]\n[Start]"
    assert (await remote.post("select", **ben, select="Manage"))["text"] == "Managed"
    answer = await remote.post("press", **ben, label="Start")
    assert answer["modal"]["labels"] == ["Name", "Who"]
    answer = await remote.post("submit", **ben, fill={"Name": "North"})
    assert answer["errors"] == {"who": "Please complete this required field."}
    answer = await remote.post("submit", **ben, choose={"Who": ["Ben Carter"]})
    assert (answer["error"], answer["errors"], answer["modal"]) == (None, {}, None)
    [call] = (await remote.get("calls", method="views.open"))["calls"]
    assert call["params"]["view"]["callback_id"] == "new"


async def test_another_process_can_close_say_and_look_at_home(
    remote: Remote, bot: AsyncWebClient
) -> None:
    ben = {"member": "U02BEN"}
    answer = await remote.post("press", **ben, label="Start", home=True)
    assert answer["error"] == "SandboxError: Ben Carter has no Home tab"
    question, start = deepcopy(CARD)
    question["accessory"]["action_id"] = "home_menu"
    home = {"type": "home", "blocks": [question, start]}
    await bot.views_publish(user_id="U02BEN", view=home)
    answer = await remote.post("select", **ben, select="Manage", home=True)
    assert (answer["ok"], answer["error"], answer["text"]) == (True, None, "")
    answer = await remote.post("press", **ben, label="Start", home=True)
    assert answer["home"] == {"reads": "Ready?\n[...]\n[Start]", "buttons": ["Start"]}
    assert answer["modal"]["title"] == "New"
    assert (await remote.post("close", **ben))["modal"] is None
    for verb in ("home", "say"):
        answer = await remote.post(verb, **ben, text="hello")
        assert answer["ok"]


async def test_another_process_can_pick_a_shortcut(remote: Remote, bot: AsyncWebClient) -> None:
    answer = await remote.post("shortcut", member="Ben Carter", name="new")
    assert (answer["error"], answer["modal"]["title"]) == (None, "New")


async def test_trouble_and_time_are_made_from_outside(remote: Remote, bot: AsyncWebClient) -> None:
    await remote.post("fail", method="auth.test", error="internal_error", times=None)
    assert not (await _ok(bot))
    await remote.post("heal")
    assert await _ok(bot)
    posted = await bot.chat_postMessage(channel="U02BEN", text="x")
    await remote.post("clock", iso="2026-04-06T09:00:00+00:00")
    later = await bot.chat_postMessage(channel="U02BEN", text="x")
    assert float(later["ts"]) - float(posted["ts"]) > 90 * 24 * 3600
    assert (await remote.post("disconnect", reason="warning"))["ok"]


async def _ok(client: AsyncWebClient) -> bool:
    try:
        return bool((await client.auth_test())["ok"])
    except SlackApiError:
        return False


async def test_what_cannot_be_done_is_answered_with_the_reason(remote: Remote) -> None:
    answer = await remote.post("press", member="Ben Carter", label="Start")
    assert not answer["ok"]
    assert answer["error"].startswith("NotOnScreen: 'Start' is not on Ben Carter's screen")
    for verb, given in (
        ("press", {"member": "Nobody", "label": "x"}),
        ("submit", {"member": "U02BEN"}),
        ("press", {}),
        ("fail", {"method": "auth.test"}),
    ):
        assert not (await remote.post(verb, **given))["ok"]
