"""The Home tab: pressed and chosen from as Slack tells it, and published as Slack allows it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Home, Member, NotOnScreen, Workspace

Json = dict[str, Any]
Buttons = Callable[..., list[Json]]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def home_of(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "callback_id": "home", "blocks": list(blocks), **more}


CHOICES: Json = {
    "type": "actions",
    "block_id": "choices",
    "elements": [
        {
            "type": "static_select",
            "action_id": "team",
            "placeholder": plain("Team"),
            "options": [option("North"), option("South")],
        },
        {"type": "overflow", "action_id": "menu", "options": [option("Pause")]},
    ],
}
NAME: Json = {
    "type": "input",
    "block_id": "name",
    "label": plain("Name"),
    "element": {"type": "static_select", "action_id": "a", "options": [option("Kai")]},
}


@pytest.fixture
def heard(app: AsyncApp, running: AsyncApp) -> list[Json]:
    bodies: list[Json] = []

    @app.action(re.compile(".*"))
    async def take(body: Json, ack: Any) -> None:
        bodies.append(body)
        await ack()

    return bodies


def seen_by(member: Member) -> Home:
    assert member.home is not None
    return member.home


async def publish(client: AsyncWebClient, member: Member, *blocks: Json, **more: Any) -> Home:
    await client.views_publish(user_id=member.id, view=home_of(*blocks, **more))
    return seen_by(member)


async def test_a_press_on_home_carries_the_view_and_no_place(
    heard: list[Json], client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    home = await publish(client, ben, CHOICES, *buttons("New"), private_metadata="kept")

    assert (await ben.press("New", on=home)).ok

    [body] = heard
    assert (body["type"], body["user"]["id"]) == ("block_actions", "U02BEN")
    assert body["container"] == {"type": "view", "view_id": home.view.id}
    assert not body.keys() & {"channel", "message", "response_url", "state"}
    assert body["actions"][0]["action_id"] == "new"
    view = body["view"]
    assert (view["id"], view["root_view_id"], view["previous_view_id"]) == (
        home.view.id,
        home.view.id,
        None,
    )
    assert (view["type"], view["hash"]) == ("home", home.view.hash)
    assert (view["callback_id"], view["private_metadata"]) == ("home", "kept")
    assert view["blocks"] == home.blocks
    assert view["state"] == {
        "values": {"choices": {"team": {"type": "static_select", "selected_option": None}}}
    }


async def test_what_is_chosen_on_home_is_in_its_state_until_the_select_is_gone(
    heard: list[Json], client: AsyncWebClient, ben: Member
) -> None:
    home = await publish(client, ben, CHOICES)
    await ben.select("Team", "South", on=home)
    await publish(client, ben, {"type": "divider"}, CHOICES)
    await ben.select("Pause", on=home)
    await publish(client, ben, {"type": "divider"})
    await publish(client, ben, CHOICES)
    await ben.select("Pause", on=home)

    assert [body["actions"][0]["selected_option"] for body in heard] == [
        option("South"),
        option("Pause"),
        option("Pause"),
    ]
    chosen = [body["view"]["state"]["values"]["choices"] for body in heard]
    assert [state["team"]["selected_option"] for state in chosen] == [
        option("South"),
        option("South"),
        None,
    ]
    assert all(state.keys() == {"team"} for state in chosen)  # an overflow menu holds nothing
    assert "response_url" not in heard[0]


async def test_an_input_on_home_tells_the_app_only_where_it_asked_for_that(
    heard: list[Json], client: AsyncWebClient, ben: Member
) -> None:
    home = await publish(client, ben, NAME)
    with pytest.raises(NotOnScreen):
        await ben.select("Name", "Kai", on=home)

    await publish(client, ben, {**NAME, "dispatch_action": True})
    await ben.select("Name", "Kai", on=home)

    [body] = heard
    assert body["view"]["state"]["values"]["name"]["a"]["selected_option"] == option("Kai")


async def test_an_old_copy_of_home_can_still_be_pressed(
    heard: list[Json], client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    home = await publish(client, ben, *buttons("New"))
    stale = home.copy()
    await publish(client, ben, *buttons("Other"))

    with pytest.raises(NotOnScreen):
        await ben.press("New", on=home)
    await ben.press("New", on=stale)

    assert heard[0]["view"]["hash"] == stale.view.hash != home.view.hash


async def test_a_press_on_home_opens_a_modal_but_pushes_none(
    heard: list[Json], client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    modal = {"type": "modal", "title": plain("New"), "blocks": []}
    home = await publish(client, ben, *buttons("New"))
    await ben.press("New", on=home)
    [body] = heard

    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=body["trigger_id"], view=modal)
    await client.views_open(trigger_id=body["trigger_id"], view=modal)

    assert ben.modal is not None
    assert seen_by(ben).buttons == ["New"]


async def test_everybody_has_their_own_home(
    workspace: Workspace, client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    amara = workspace.member("Amara Okafor")
    await publish(client, ben, *buttons("For Ben"))
    await publish(client, amara, *buttons("For Amara"))

    assert (seen_by(ben).buttons, seen_by(amara).buttons) == (["For Ben"], ["For Amara"])
    assert seen_by(ben).view.id != seen_by(amara).view.id


@pytest.mark.parametrize(
    "more",
    [
        {"submit": plain("Save")},
        {"close": plain("Close")},
        {"title": plain("Home")},
        {"clear_on_close": True},
        {"notify_on_close": True},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"type": "modal"},
    ],
)
async def test_what_only_a_modal_has_is_refused_on_home(
    client: AsyncWebClient, ben: Member, more: Json
) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await publish(client, ben, **more)
    assert ben.home is None


async def test_inputs_need_no_submit_button_on_home(client: AsyncWebClient, ben: Member) -> None:
    assert "Name" in (await publish(client, ben, NAME)).reads


async def test_a_home_over_250_kilobytes_is_too_large(client: AsyncWebClient, ben: Member) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    with pytest.raises(SlackApiError, match="view_too_large"):
        await publish(client, ben, *[section] * 90)


async def test_a_refused_home_leaves_the_old_one(
    client: AsyncWebClient, ben: Member, buttons: Buttons
) -> None:
    home = await publish(client, ben, *buttons("New"))
    before = home.view.hash

    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await publish(client, ben, *[{"type": "divider"}] * 101)

    assert (home.buttons, home.view.hash) == (["New"], before)


async def test_a_hash_that_is_not_the_newest_is_a_conflict(
    client: AsyncWebClient, ben: Member
) -> None:
    with pytest.raises(SlackApiError, match="hash_conflict"):  # nothing to compare with
        await client.views_publish(user_id=ben.id, view=home_of(), hash="1.H1")
    first = (await publish(client, ben)).view.hash

    await client.views_publish(user_id=ben.id, view=home_of(NAME), hash=first)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=ben.id, view=home_of(), hash=first)

    assert "Name" in seen_by(ben).reads
