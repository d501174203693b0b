"""A card in the preview reads as the real one does in front of a person."""

import pytest

from bot.by_file import cards, plain_text
from questionnaires import catalog
from questionnaires.model import Questionnaire
from sandbox.reading import lines
from tests.bot.blocks.reading import NAMES, words
from tests.bot.blocks.states import MESSAGES

CARDS = [name for name in MESSAGES if name.startswith("card")]


@pytest.mark.parametrize("name", CARDS)
def test_our_blocks_read_as_the_stand_in_for_slack_reads_them(name: str) -> None:
    blocks = MESSAGES[name]().blocks
    assert plain_text.lines(blocks) == "\n".join(lines(blocks, NAMES.get)).splitlines()
    assert plain_text.words(blocks) == words(blocks)


@pytest.mark.parametrize("questions", catalog.load_all().values(), ids=lambda one: one.id)
def test_every_question_has_one_card_and_ours_are_short(questions: Questionnaire) -> None:
    shown = cards.every(questions)
    asked = [one.id for dimension in questions.dimensions for one in dimension.questions]
    assert sorted(one.question.id for one in shown) == sorted(asked)
    assert [one.question.id for one in cards.core(questions)] == [one.id for one in questions.core]
    assert [one.question.id for one in shown if one.is_long] == []
