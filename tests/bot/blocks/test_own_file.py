"""Somebody's own file: all of it in words, whatever people wrote."""

import json

import pytest

from bot.blocks import own_file
from questionnaires.messages import IN_CHANNEL, Kind
from tests.bot.blocks import made_up
from tests.bot.blocks.golden import assert_golden

REHEARSED = {kind for kind in Kind if kind.startswith("rehears")}


def test_it_looks_like_its_golden_file() -> None:
    assert_golden("own_file", json.loads(own_file.content(made_up.KEPT)))


def test_every_message_that_a_person_gets_has_words() -> None:
    assert own_file.MESSAGES.keys() == set(Kind) - IN_CHANNEL - REHEARSED


@pytest.mark.parametrize(
    "text", ['"', "\\", "\u2028", "\ud800", "=1+1", "Zoë\n{}", "\x00"], ids=ascii
)
def test_it_can_be_read_whatever_somebody_wrote(text: str) -> None:
    read = json.loads(own_file.content(made_up.kept(wish=text)).decode("utf-8"))
    expected = text.encode("utf-8", "replace").decode("utf-8")
    assert read["rounds"][0]["what you would fix first"] == expected
