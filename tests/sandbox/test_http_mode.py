"""Slack's requests over HTTP: signed, in Slack's three shapes, answered within three seconds."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from sandbox import SettableClock, Workspace

Json = dict[str, Any]


class App:
    """An app that keeps what it was sent and answers what it is told to."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status, self.text, self.delay = 200, "", 0.0
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.delay)
        return web.Response(status=self.status, text=self.text)

    @property
    def fields(self) -> Json:
        return {key: one for key, (one,) in parse_qs(self.requests[-1][1].decode()).items()}


@pytest.fixture
async def app() -> AsyncIterator[App]:
    built, site = App(), web.Application()
    site.add_routes([web.post("/slack/events", built.take)])
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    built.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield built
    await runner.cleanup()


@pytest.fixture
async def workspace(clock: SettableClock, app: App) -> AsyncIterator[Workspace]:
    command = {"command": "/scorecard", "url": app.url}
    manifest = {
        "features": {
            "slash_commands": [command],
            "shortcuts": [
                {
                    "name": "Start a round",
                    "type": "global",
                    "callback_id": "start",
                    "description": "Ask your team",
                }
            ],
            "app_home": {"messages_tab_enabled": True},
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "users:read"]}},
        "settings": {
            "socket_mode_enabled": False,
            "interactivity": {"is_enabled": True, "request_url": app.url},
            "event_subscriptions": {"request_url": app.url, "bot_events": ["user_change"]},
        },
    }
    built = Workspace(manifest=manifest, now=clock, ack_seconds=0.5)
    built.add_member("U02BEN", "Ben Carter")
    async with built.serving():
        yield built


async def test_a_command_is_a_form(workspace: Workspace, app: App) -> None:
    assert (await workspace.member("U02BEN").command("/scorecard status")).ok
    assert app.fields["command"] == "/scorecard"
    assert app.fields["text"] == "status"
    assert app.fields["user_id"] == "U02BEN"


async def test_a_shortcut_is_json_in_a_form_s_field(workspace: Workspace, app: App) -> None:
    assert (await workspace.member("U02BEN").shortcut("Start a round")).ok
    payload = json.loads(app.fields["payload"])
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "start")
    assert payload["user"]["id"] == "U02BEN"
    assert not payload.keys() & {"channel", "response_url"}


async def test_an_event_is_json(workspace: Workspace, app: App) -> None:
    await workspace.change_member("U02BEN", title="Engineer")
    headers, body = app.requests[-1]
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body)["event"]["type"] == "user_change"


async def test_every_request_is_signed_over_its_time_and_body(
    workspace: Workspace, app: App, clock: SettableClock
) -> None:
    await workspace.member("U02BEN").command("/scorecard")
    headers, body = app.requests[-1]
    timestamp = headers["X-Slack-Request-Timestamp"]
    assert timestamp == str(int(clock().timestamp()))
    base = f"v0:{timestamp}:".encode() + body
    expected = hmac.new(workspace.signing_secret.encode(), base, sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={expected}"


@pytest.mark.parametrize("status", [301, 401, 404, 500, 503])
async def test_any_answer_but_200_is_a_failure(workspace: Workspace, app: App, status: int) -> None:
    app.status = status
    outcome = await workspace.member("U02BEN").command("/scorecard")
    assert outcome.error == "dispatch_failed"


async def test_an_app_that_is_too_slow_times_out(workspace: Workspace, app: App) -> None:
    app.delay = 1.0
    outcome = await workspace.member("U02BEN").command("/scorecard")
    assert outcome.error == "operation_timeout"


async def test_an_answer_in_plain_text_is_what_the_person_reads(
    workspace: Workspace, app: App
) -> None:
    app.text = "Nothing waits for you."
    outcome = await workspace.member("U02BEN").command("/scorecard")
    assert outcome.ack == {"text": "Nothing waits for you."}


async def test_without_a_url_nothing_is_sent(workspace: Workspace, app: App) -> None:
    workspace.install({"features": {"slash_commands": [{"command": "/scorecard"}]}})
    outcome = await workspace.member("U02BEN").command("/scorecard")
    assert outcome.error == "no_request_url"
    assert app.requests == []
