"""A response_url: what may be done with it, how often, and for how long."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox import Member, SettableClock, Workspace

Buttons = Callable[..., list[dict[str, Any]]]


@pytest.fixture
async def url(client: AsyncWebClient, ben: Member, buttons: Buttons) -> str:
    """The response_url of a press on a card in front of Ben."""
    await client.chat_postMessage(channel=ben.id, text="card", blocks=buttons("Start"))
    return str(ben.payload_of_press("Start")["response_url"])


@pytest.fixture
def hook(url: str) -> AsyncWebhookClient:
    return AsyncWebhookClient(url)


async def test_a_reply_is_for_the_person_who_pressed(
    hook: AsyncWebhookClient, ben: Member, workspace: Workspace
) -> None:
    answer = await hook.send(text="only you")
    assert (answer.status_code, answer.body) == (200, '{"ok": true}')
    assert [(m.text, m.ephemeral) for m in ben.screen()] == [("card", False), ("only you", True)]
    [call] = workspace.calls("response_url")
    assert call.params == {"text": "only you"}


async def test_the_original_can_be_replaced_and_deleted(
    hook: AsyncWebhookClient, ben: Member, buttons: Buttons
) -> None:
    await hook.send(text="turned", blocks=buttons("Next"), replace_original=True)
    [card] = ben.screen()
    assert (card.text, card.buttons, card.user) == ("turned", ["Next"], card.user)
    await hook.send(delete_original=True)
    assert ben.screen() == []
    answer = await hook.send(text="again", replace_original=True)
    assert (answer.status_code, "message_not_found" in answer.body) == (400, True)


async def test_a_replacement_turns_the_message_even_when_an_old_copy_was_pressed(
    hook: AsyncWebhookClient, ben: Member, client: AsyncWebClient, buttons: Buttons
) -> None:
    stale = ben.screen()[0].copy()
    await client.chat_update(channel=stale.channel, ts=stale.ts, text="turned once")
    payload = ben.payload_of_press("Start", on=stale)
    await AsyncWebhookClient(payload["response_url"]).send(text="twice", replace_original=True)
    assert [message.text for message in ben.screen()] == ["twice"]


async def test_a_reply_can_be_for_the_channel_and_in_a_thread(
    client: AsyncWebClient, ben: Member, buttons: Buttons, workspace: Workspace
) -> None:
    posted = await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=buttons("Start"))
    payload = ben.payload_of_press("Start", in_channel="ml-team")
    hook = AsyncWebhookClient(payload["response_url"])
    await hook.send_dict({"text": "all", "response_type": "in_channel", "thread_ts": posted["ts"]})
    message = workspace.member("Amara Okafor").screen("ml-team")[-1]
    assert (message.text, message.thread_ts) == ("all", posted["ts"])
    refused = await hook.send_dict({"text": "x", "thread_ts": "1.2"})
    assert "thread_not_found" in refused.body


async def test_the_sixth_use_is_refused(hook: AsyncWebhookClient, ben: Member) -> None:
    for _ in range(5):
        assert (await hook.send(text="again")).status_code == 200
    answer = await hook.send(text="again")
    assert (answer.status_code, answer.body) == (404, "used_url")
    assert len(ben.screen()) == 6


async def test_after_half_an_hour_it_is_refused(
    hook: AsyncWebhookClient, clock: SettableClock
) -> None:
    clock.advance(minutes=30)
    assert (await hook.send(text="still")).status_code == 200
    clock.advance(seconds=1)
    answer = await hook.send(text="late")
    assert (answer.status_code, answer.body) == (404, "expired_url")


async def test_what_slack_refuses_is_no_use_of_it(hook: AsyncWebhookClient) -> None:
    for _ in range(6):
        answer = await hook.send(text="x", blocks=[{"type": "marquee"}])
        assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)
    assert (await hook.send(text="")).status_code == 400
    assert (await hook.send(text="fine")).status_code == 200


async def test_bolt_s_respond_shows_in_the_outcome(
    app: AsyncApp, running: AsyncApp, workspace: Workspace, ben: Member
) -> None:
    @app.command("/scorecard")
    async def answer(ack: Any, respond: Any) -> None:
        await ack()
        await respond("In a moment")
        await respond("Here it is", replace_original=True)

    outcome = await ben.command("/scorecard")
    await workspace.until(lambda: "Here it is" in outcome.text)
    assert outcome.text == "In a moment\nHere it is"
