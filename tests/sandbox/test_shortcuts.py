"""Global shortcuts: picked by name, told without a place, and good for one modal."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, SandboxError, SettableClock, Workspace

Json = dict[str, Any]
SETTINGS = {"socket_mode_enabled": True, "interactivity": {"is_enabled": True}}
REHEARSE = {
    "name": "Rehearse a round",
    "type": "global",
    "callback_id": "rehearse",
    "description": "See what your team will see",
}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Rehearse"}, "blocks": []}


def manifest(*shortcuts: Json, **settings: Any) -> Json:
    return {"features": {"shortcuts": list(shortcuts)}, "settings": settings or SETTINGS}


@pytest.fixture
def heard(app: AsyncApp, running: AsyncApp) -> list[Json]:
    bodies: list[Json] = []

    async def take(body: Json, ack: Any) -> None:
        bodies.append(body)
        await ack()

    app.shortcut("rehearse")(take)
    return bodies


async def test_a_shortcut_carries_what_slack_sends_and_no_place(
    workspace: Workspace, heard: list[Json], ben: Member
) -> None:
    workspace.install(manifest(REHEARSE))

    assert (await ben.shortcut("Rehearse a round")).ok

    [body] = heard
    assert float(body.pop("action_ts")) >= workspace.now().timestamp()
    assert body.pop("trigger_id")
    assert body == {
        "type": "shortcut",
        "token": "legacy-verification-token",
        "team": {"id": "T0NORTHWIND", "domain": "northwind-ml"},
        "user": {"id": "U02BEN", "username": "ben.carter", "team_id": "T0NORTHWIND"},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": "rehearse",
    }


async def test_without_a_manifest_the_name_is_the_callback_id(
    heard: list[Json], ben: Member
) -> None:
    assert (await ben.shortcut("rehearse")).ok

    assert [body["callback_id"] for body in heard] == ["rehearse"]


async def test_its_trigger_opens_one_modal_within_three_seconds(
    heard: list[Json], client: AsyncWebClient, ben: Member, clock: SettableClock
) -> None:
    await ben.shortcut("rehearse")
    await ben.shortcut("rehearse")
    first, second = (body["trigger_id"] for body in heard)

    await client.views_open(trigger_id=first, view=MODAL)
    assert ben.modal is not None
    assert ben.modal.title == "Rehearse"
    with pytest.raises(SlackApiError, match="trigger_exchanged"):
        await client.views_open(trigger_id=first, view=MODAL)
    clock.advance(seconds=3.1)
    with pytest.raises(SlackApiError, match="trigger_expired"):
        await client.views_open(trigger_id=second, view=MODAL)


async def test_its_trigger_cannot_push_a_modal(
    heard: list[Json], client: AsyncWebClient, ben: Member
) -> None:
    await ben.shortcut("rehearse")

    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=heard[0]["trigger_id"], view=MODAL)


@pytest.mark.parametrize(
    ("features", "error"),
    [
        (manifest({**REHEARSE, "name": "Another"}), "unknown_shortcut"),
        (manifest({**REHEARSE, "type": "message"}), "unknown_shortcut"),
        ({"features": {}, "settings": SETTINGS}, "unknown_shortcut"),
        (manifest(REHEARSE, socket_mode_enabled=True), "interactivity_disabled"),
        (manifest(REHEARSE, interactivity={"is_enabled": True}), "no_request_url"),
    ],
)
async def test_what_the_manifest_does_not_offer_reaches_nobody(
    workspace: Workspace, heard: list[Json], ben: Member, features: Json, error: str
) -> None:
    workspace.install(features)

    assert (await ben.shortcut("Rehearse a round")).error == error
    assert heard == []


async def test_a_shortcut_s_callback_id_is_not_its_name(
    workspace: Workspace, heard: list[Json], ben: Member
) -> None:
    workspace.install(manifest(REHEARSE))

    assert (await ben.shortcut("rehearse")).error == "unknown_shortcut"


async def test_a_shortcut_that_nobody_listens_to_fails(
    workspace: Workspace, running: AsyncApp, ben: Member
) -> None:
    workspace.sockets.ack_seconds = 0.03
    assert (await ben.shortcut("rehearse")).error == "operation_timeout"


async def test_a_deactivated_person_picks_no_shortcut(workspace: Workspace) -> None:
    with pytest.raises(SandboxError, match="deactivated"):
        await workspace.member("Dan Novak").shortcut("rehearse")


def test_the_longest_shortcut_that_slack_saves() -> None:
    longest = {"name": "n" * 24, "callback_id": "c" * 255, "description": "d" * 150}

    assert Workspace(manifest=manifest({**REHEARSE, **longest}))


@pytest.mark.parametrize(
    ("shortcuts", "where"),
    [
        ([{**REHEARSE, "name": "n" * 25}], "/0/name must be less than 25 characters"),
        ([{**REHEARSE, "name": ""}], "/0/name must be more than 0"),
        ([REHEARSE, {**REHEARSE, "type": "local"}], "/1/type must be one of"),
        ([{**REHEARSE, "callback_id": "c" * 256}], "/0/callback_id must be less"),
        ([{**REHEARSE, "description": "d" * 151}], "/0/description must be less"),
        ([{**REHEARSE, "url": "https://example.com"}], "/0 invalid additional property: url"),
        ([{"name": "x", "type": "global"}], "/0 missing required field: callback_id"),
        ([REHEARSE] * 11, " no more than 10 items allowed"),
        ([], " must provide at least 1 items"),
    ],
)
def test_a_manifest_whose_shortcuts_slack_would_not_save_is_refused(
    shortcuts: list[Json], where: str
) -> None:
    with pytest.raises(SandboxError, match=f"/features/shortcuts{where}"):
        Workspace(manifest=manifest(*shortcuts))
