"""Slack's limits on blocks and views: each refused one step past the limit, accepted at it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, Workspace

Block = dict[str, Any]


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def button(**more: Any) -> Block:
    return {"type": "button", "text": plain(5), **more}


def actions(*elements: Block, **more: Any) -> Block:
    return {"type": "actions", "elements": list(elements), **more}


def options(count: int, **more: Any) -> list[Block]:
    return [{"text": plain(5), "value": str(number), **more} for number in range(count)]


def select(**more: Any) -> Block:
    return {"type": "static_select", "options": options(2), **more}


def confirm(**lengths: int) -> Block:
    fits = {"title": 5, "text": 5, "confirm": 5, "deny": 5} | lengths
    return button(confirm={key: plain(length) for key, length in fits.items()})


def field(element: Block, **more: Any) -> Block:
    return {"type": "input", "label": plain(5), "element": element, **more}


def text_input(**more: Any) -> Block:
    return {"type": "plain_text_input", **more}


IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}

AT_THE_LIMIT: list[tuple[str, list[Block]]] = [
    ("50 blocks", [{"type": "divider"}] * 50),
    ("section text", [{"type": "section", "text": mrkdwn(3000)}]),
    ("ten fields", [{"type": "section", "fields": [mrkdwn(2000)] * 10}]),
    ("header", [{"type": "header", "text": plain(150)}]),
    ("context", [{"type": "context", "elements": [mrkdwn(10)] * 10}]),
    ("25 buttons", [actions(*[button(action_id=str(n)) for n in range(25)])]),
    ("button", [actions(button(text=plain(75), value="x" * 2000, action_id="x" * 255))]),
    ("confirm", [actions(confirm(title=100, text=300, confirm=30, deny=30))]),
    ("100 options", [actions(select(options=options(100)))]),
    ("ten radio buttons", [actions({"type": "radio_buttons", "options": options(10)})]),
    ("five in an overflow", [actions({"type": "overflow", "options": options(5)})]),
    ("alt text", [{**IMAGE, "alt_text": "x" * 2000, "title": plain(2000)}]),
    ("markdown", [{"type": "markdown", "text": "x" * 12000}]),
    ("block_id", [{"type": "divider", "block_id": "x" * 255}]),
]

PAST_THE_LIMIT: list[tuple[str, list[Block], str]] = [
    ("51 blocks", [{"type": "divider"}] * 51, ""),
    ("section text", [{"type": "section", "text": mrkdwn(3001)}], "/0/text/text"),
    ("empty text", [{"type": "section", "text": mrkdwn(0)}], "/0/text/text"),
    ("empty section", [{"type": "section"}], "/0"),
    ("eleven fields", [{"type": "section", "fields": [mrkdwn(1)] * 11}], "/0/fields"),
    ("a long field", [{"type": "section", "fields": [mrkdwn(2001)]}], "/0/fields/0/text"),
    ("header", [{"type": "header", "text": plain(151)}], "/0/text/text"),
    ("a mrkdwn header", [{"type": "header", "text": mrkdwn(5)}], "/0/text/type"),
    ("eleven in context", [{"type": "context", "elements": [mrkdwn(1)] * 11}], "/0/elements"),
    ("26 buttons", [actions(*[button(action_id=str(n)) for n in range(26)])], "/0/elements"),
    ("no buttons", [actions()], "/0/elements"),
    ("button text", [actions(button(text=plain(76)))], "/0/elements/0/text/text"),
    ("button value", [actions(button(value="x" * 2001))], "/0/elements/0/value"),
    ("button url", [actions(button(url="x" * 3001))], "/0/elements/0/url"),
    ("button style", [actions(button(style="loud"))], "/0/elements/0/style"),
    ("mrkdwn on a button", [actions(button(text=mrkdwn(5)))], "/0/elements/0/text/type"),
    ("action_id", [actions(button(action_id="x" * 256))], "/0/elements/0/action_id"),
    ("one action_id twice", [actions(button(action_id="a"), button(action_id="a"))], "/0/elements"),
    ("block_id", [{"type": "divider", "block_id": "x" * 256}], "/0/block_id"),
    ("one block_id twice", [{"type": "divider", "block_id": "a"}] * 2, ""),
    ("confirm title", [actions(confirm(title=101))], "/0/elements/0/confirm/title/text"),
    ("confirm text", [actions(confirm(text=301))], "/0/elements/0/confirm/text/text"),
    ("confirm yes", [actions(confirm(confirm=31))], "/0/elements/0/confirm/confirm/text"),
    ("confirm no", [actions(confirm(deny=31))], "/0/elements/0/confirm/deny/text"),
    ("101 options", [actions(select(options=options(101)))], "/0/elements/0/options"),
    ("no options", [actions(select(options=[]))], "/0/elements/0/options"),
    (
        "option text",
        [actions(select(options=options(1, text=plain(76))))],
        "/0/elements/0/options/0/text/text",
    ),
    (
        "option value",
        [actions(select(options=options(1, value="x" * 151)))],
        "/0/elements/0/options/0/value",
    ),
    (
        "option description",
        [actions(select(options=options(1, description=plain(76))))],
        "/0/elements/0/options/0/description/text",
    ),
    (
        "one option value twice",
        [actions(select(options=options(2, value="a")))],
        "/0/elements/0/options",
    ),
    ("neither options nor groups", [actions({"type": "static_select"})], "/0/elements/0"),
    ("a strange initial option", [actions(select(initial_option=options(3)[2]))], "/0/elements/0"),
    (
        "group label",
        [
            actions(
                {
                    "type": "static_select",
                    "option_groups": [{"label": plain(76), "options": options(1)}],
                }
            )
        ],
        "/0/elements/0/option_groups/0/label/text",
    ),
    ("placeholder", [actions(select(placeholder=plain(151)))], "/0/elements/0/placeholder/text"),
    (
        "eleven radio buttons",
        [actions({"type": "radio_buttons", "options": options(11)})],
        "/0/elements/0/options",
    ),
    (
        "eleven checkboxes",
        [actions({"type": "checkboxes", "options": options(11)})],
        "/0/elements/0/options",
    ),
    (
        "six in an overflow",
        [actions({"type": "overflow", "options": options(6)})],
        "/0/elements/0/options",
    ),
    (
        "a url in a select",
        [actions(select(options=options(1, url="https://example.com")))],
        "/0/elements/0/options/0",
    ),
    ("a text input as a button", [actions(text_input())], "/0/elements/0/type"),
    ("no alt text", [{"type": "image", "image_url": "https://example.com/a.png"}], "/0"),
    ("alt text", [{**IMAGE, "alt_text": "x" * 2001}], "/0/alt_text"),
    ("an image without a source", [{"type": "image", "alt_text": "a"}], "/0"),
    (
        "an accessory without alt text",
        [
            {
                "type": "section",
                "text": mrkdwn(5),
                "accessory": {"type": "image", "image_url": "https://example.com/a.png"},
            }
        ],
        "/0/accessory",
    ),
    (
        "a slack_file nobody has",
        [{"type": "image", "alt_text": "a", "slack_file": {"id": "F0NOBODY000"}}],
        "/0/slack_file",
    ),
    ("markdown", [{"type": "markdown", "text": "x" * 12001}], "/0/text"),
    ("markdown together", [{"type": "markdown", "text": "x" * 6001}] * 2, ""),
    ("two tables", [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2, ""),
    (
        "101 rows",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]] * 101}],
        "/0/rows",
    ),
    ("an alert in a message", [{"type": "alert", "text": mrkdwn(5)}], "/0/type"),
    ("an unknown block", [{"type": "marquee"}], "/0/type"),
    ("an unknown property", [{"type": "divider", "colour": "red"}], "/0"),
    ("label of an input", [field(text_input(), label=plain(2001))], "/0/label/text"),
    ("hint of an input", [field(text_input(), hint=plain(2001))], "/0/hint/text"),
    ("max_length", [field(text_input(max_length=3001))], "/0/element/max_length"),
    ("min above max", [field(text_input(min_length=5, max_length=4))], "/0/element/min_length"),
]


@pytest.mark.parametrize("blocks", [b for _, b in AT_THE_LIMIT], ids=[n for n, _ in AT_THE_LIMIT])
async def test_a_message_at_the_limit_is_accepted(
    client: AsyncWebClient, blocks: list[Block]
) -> None:
    answer = await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=blocks)
    assert answer["ok"]


@pytest.mark.parametrize(
    ("blocks", "pointer"),
    [case[1:] for case in PAST_THE_LIMIT],
    ids=[case[0] for case in PAST_THE_LIMIT],
)
async def test_a_message_past_the_limit_is_refused_with_a_pointer(
    client: AsyncWebClient, blocks: list[Block], pointer: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=blocks)
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert f"[json-pointer:/blocks{pointer}]" in answer["response_metadata"]["messages"][0]
    assert answer["errors"][0] in answer["response_metadata"]["messages"][0]


async def test_blocks_that_are_no_list_have_the_wrong_format(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks='["a"]')


async def test_missing_ids_are_made_up_as_slack_does(client: AsyncWebClient, ben: Member) -> None:
    await client.chat_postMessage(channel=ben.id, text="x", blocks=[actions(button(), button())])
    [block] = ben.screen()[0].blocks
    assert block["block_id"]
    assert len({element["action_id"] for element in block["elements"]}) == 2


def modal(**more: Any) -> Block:
    return {"type": "modal", "title": plain(5), "blocks": [{"type": "divider"}], **more}


REFUSED_VIEWS: list[tuple[str, Block, str]] = [
    ("101 blocks", modal(blocks=[{"type": "divider"}] * 101), "/view/blocks"),
    ("no title", {"type": "modal", "blocks": []}, "/view"),
    ("title", modal(title=plain(25)), "/view/title/text"),
    ("submit", modal(submit=plain(25)), "/view/submit/text"),
    ("close", modal(close=plain(25)), "/view/close/text"),
    ("private_metadata", modal(private_metadata="x" * 3001), "/view/private_metadata"),
    ("callback_id", modal(callback_id="x" * 256), "/view/callback_id"),
    ("external_id", modal(external_id="x" * 256), "/view/external_id"),
    ("inputs and no submit", modal(blocks=[field(text_input())]), "/view/submit"),
    (
        "alert text",
        modal(blocks=[{"type": "alert", "text": mrkdwn(201)}]),
        "/view/blocks/0/text/text",
    ),
    ("markdown", modal(blocks=[{"type": "markdown", "text": "x"}]), "/view/blocks/0/type"),
    ("a Home tab", {"type": "home", "blocks": []}, "/view/type"),
    ("nothing", {}, "/view"),
]


@pytest.mark.parametrize(
    ("view", "pointer"),
    [case[1:] for case in REFUSED_VIEWS],
    ids=[case[0] for case in REFUSED_VIEWS],
)
async def test_a_modal_past_the_limit_is_refused_with_a_pointer(
    workspace: Workspace, client: AsyncWebClient, ben: Member, view: Block, pointer: str
) -> None:
    trigger = workspace.permits.trigger(ben.id, None)
    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id=trigger, view=view)
    answer = refused.value.response
    assert answer["error"] == "invalid_arguments"
    assert f"[json-pointer:{pointer}]" in answer["response_metadata"]["messages"][0]
    assert ben.modal is None


async def test_a_view_of_250_kilobytes_is_too_large(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    trigger = workspace.permits.trigger(ben.id, None)
    view = modal(blocks=[{"type": "section", "text": mrkdwn(3000)}] * 90)
    with pytest.raises(SlackApiError, match="view_too_large"):
        await client.views_open(trigger_id=trigger, view=view)


async def test_a_home_tab_holds_100_blocks(client: AsyncWebClient, ben: Member) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}] * 100}
    await client.views_publish(user_id=ben.id, view=home)
    home["blocks"] = [{"type": "divider"}] * 101
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id=ben.id, view=home)
