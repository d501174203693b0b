"""Every state of every screen looks as its golden file does, and Slack would take it."""

from collections.abc import Callable

import pytest
from slack_sdk.models.views import View

from bot.blocks.message import TEXT_MOST, Content
from sandbox.block_kit import block_problems, view_problems
from tests.bot.blocks.golden import FOLDER, assert_golden
from tests.bot.blocks.states import MESSAGES, VIEWS


@pytest.mark.parametrize(("name", "build"), MESSAGES.items(), ids=MESSAGES.keys())
def test_a_message_looks_like_its_golden_file(name: str, build: Callable[[], Content]) -> None:
    shown = build()
    assert_golden(name, {"text": shown.text, "blocks": shown.blocks})
    assert not block_problems(shown.blocks, "message")
    assert 0 < len(shown.text) <= TEXT_MOST


@pytest.mark.parametrize(("name", "build"), VIEWS.items(), ids=VIEWS.keys())
def test_a_modal_or_home_tab_looks_like_its_golden_file(
    name: str, build: Callable[[], View]
) -> None:
    shown = build().to_dict()
    assert_golden(name, shown)
    assert not view_problems(shown)


def test_no_golden_file_is_left_over() -> None:
    others = {"refusals", "own_file"}
    assert {file.stem for file in FOLDER.glob("*.json")} == {*MESSAGES, *VIEWS} | others


def test_nothing_is_interpreted_but_our_own_marks() -> None:
    for name, build in MESSAGES.items():
        text = str(build().blocks)
        assert text.count("'type': 'mrkdwn'") == text.count("'verbatim': True"), name
