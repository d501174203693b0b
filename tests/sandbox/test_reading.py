"""What a person reads on a message."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member
from sandbox.reading import plain

NAMES = {"U02BEN": "Ben Carter", "C01MLTEAM": "ml-team"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*bold* _slanted_ ~struck~ `code`", "bold slanted struck code"),
        ("rollback_script and 2 * 3 * 4", "rollback_script and 2 * 3 * 4"),
        ("<@U02BEN> in <#C01MLTEAM>", "@Ben Carter in #ml-team"),
        ("<@U0NOBODY|somebody> <#C0NOWHERE>", "@somebody #C0NOWHERE"),
        ("<https://example.com|the page> <https://example.com>", "the page https://example.com"),
        ("<!date^1767603600^{date}|5 Jan> <!here>", "5 Jan @here"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
)
def test_markup_reads_as_it_is_seen(written: str, read: str) -> None:
    assert plain(written, NAMES.get) == read


def text(words: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": words}


def button(label: str) -> dict[str, Any]:
    return {"type": "button", "text": text(label, "plain_text")}


async def test_every_block_is_read_in_its_order(client: AsyncWebClient, ben: Member) -> None:
    option = {
        "text": text("One", "plain_text"),
        "value": "1",
        "description": text("the first", "plain_text"),
    }
    await client.chat_postMessage(
        channel=ben.id,
        text="the notification",
        blocks=[
            {"type": "header", "text": text("Scores", "plain_text")},
            {"type": "divider"},
            {
                "type": "section",
                "text": text("*53* of 100"),
                "fields": [text("left"), text("right")],
                "accessory": button("See the plan"),
            },
            {
                "type": "context",
                "elements": [
                    text("_small_"),
                    {
                        "type": "image",
                        "image_url": "https://example.com/a.png",
                        "alt_text": "a dot",
                    },
                ],
            },
            {
                "type": "image",
                "image_url": "https://example.com/a.png",
                "alt_text": "A radar",
                "title": text("Radar", "plain_text"),
            },
            {
                "type": "actions",
                "elements": [
                    button("0"),
                    button("1"),
                    {
                        "type": "static_select",
                        "options": [option],
                        "placeholder": text("Change", "plain_text"),
                    },
                    {"type": "overflow", "options": [option]},
                ],
            },
            {
                "type": "input",
                "label": text("Which?", "plain_text"),
                "element": {"type": "radio_buttons", "options": [option]},
            },
            {"type": "markdown", "text": "**as it is**"},
            {
                "type": "table",
                "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]],
            },
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "Hi "},
                            {"type": "user", "user_id": "U02BEN"},
                            {"type": "text", "text": " in "},
                            {"type": "channel", "channel_id": "C01MLTEAM"},
                            {"type": "emoji", "name": "tada"},
                        ],
                    },
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "text", "text": "item"}],
                            }
                        ],
                    },
                ],
            },
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "feedback_buttons",
                        "action_id": "f",
                        "positive_button": {"text": text("Good", "plain_text"), "value": "+"},
                        "negative_button": {"text": text("Bad", "plain_text"), "value": "-"},
                    }
                ],
            },
        ],
    )
    [message] = ben.screen()
    assert message.reads.splitlines() == [
        "Scores",
        "53 of 100",
        "left",
        "right",
        "[See the plan]",
        "small (picture: a dot)",
        "Radar",
        "(picture: A radar)",
        "[0] [1] [Change] [...]",
        "Which?",
        "( ) One: the first",
        "**as it is**",
        "a | b",
        "Hi @Ben Carter in #ml-team:tada:",
        "- item",
        "[Good] [Bad]",
    ]
    assert message.buttons == ["See the plan", "0", "1"]


async def test_without_blocks_the_text_is_read_with_its_attachments(
    client: AsyncWebClient, ben: Member
) -> None:
    await client.chat_postMessage(
        channel=ben.id, text="Hello <@U02BEN>", attachments=[{"text": "*more*"}]
    )
    assert ben.screen()[0].reads == "Hello @Ben Carter\nmore"
