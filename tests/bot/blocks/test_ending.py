"""The end of the card: every answer at a glance, however many there are, and never too long."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import card
from bot.blocks.message import TEXT_MOST
from questionnaires.conversation import Finish
from questionnaires.roles import Role
from sandbox.block_kit import block_problems
from tests.bot.blocks import made_up
from tests.bot.blocks.made_up import FINISH, FINISH_MANY, QUESTIONS

SLACK_REFUSES = 13_000  # characters of all blocks together, as far as anybody knows


def elements(shown: Finish) -> list[dict[str, Any]]:
    blocks = card.face(shown).blocks
    return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]


def buttons(shown: Finish) -> list[dict[str, Any]]:
    """Those that change an answer."""
    return [one for one in elements(shown) if one["action_id"].startswith("answer.change.")]


def test_there_is_a_button_for_each_answer_in_the_order_of_asking() -> None:
    said = [json.loads(one["value"]) for one in buttons(FINISH)]
    assert said == [[7, question.id, None] for question in QUESTIONS.core]


def test_a_button_says_the_answer_before_the_question_and_is_heard_in_full() -> None:
    by_title = {one["text"]["text"]: one["accessibility_label"] for one in buttons(FINISH)}
    assert (
        by_title["4 · Undoing a bad update"] == "Change Deployment 3, now 4: Undoing a bad update"
    )
    assert "Don't know · Finding wrong or outdated data" in by_title
    assert "Doesn't apply · Feedback from users" in by_title


def test_scores_come_before_answers() -> None:
    first, *rest = [
        block["text"]["text"] for block in card.face(FINISH).blocks if block["type"] == "section"
    ]
    assert first.startswith("*Done, thank you!*")
    assert "*58* Governance" in first
    assert rest[0].startswith("*Your answers.* Press one to change it")


def test_who_hears_the_end_hears_scores_role_and_every_answer() -> None:
    heard = card.face(replace(FINISH, asks_role=True, role=Role.PLATFORM)).text
    assert "Governance: 58" in heard
    assert "Your role: platform and operations." in heard
    assert all(f"{one.label}: " in heard for one in FINISH.answers)


@pytest.mark.parametrize("number", range(1, 49))
def test_however_many_answers_there_are_the_message_is_short_enough(number: int) -> None:
    shown = replace(FINISH_MANY, answers=FINISH_MANY.answers[:number])
    content = card.face(shown)
    assert len(json.dumps(content.blocks)) < SLACK_REFUSES
    assert len(content.text) <= TEXT_MOST
    assert not block_problems(content.blocks, "message")
    if number <= 30:
        assert len(buttons(shown)) == number


def test_many_answers_in_one_dimension_stand_in_several_blocks() -> None:
    answers = tuple(replace(one, dimension="Everything") for one in FINISH_MANY.answers[:30])
    shown = replace(FINISH, answers=answers)
    assert len(buttons(shown)) == 30
    assert not block_problems(card.face(shown).blocks, "message")


def test_too_many_answers_for_buttons_are_offered_in_a_list() -> None:
    assert buttons(FINISH_MANY) == []
    (menu,) = [one for one in elements(FINISH_MANY) if one["action_id"] == "answer.change"]
    assert len(menu["options"]) == len(made_up.EVERYTHING.core)
