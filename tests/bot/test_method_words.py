"""docs/method.md explains what the bot really says: each of its words is one of the bot's."""

import re
from pathlib import Path

import pytest

from bot.blocks import change_words, how_to_read, result
from questionnaires.disclosure.blunting import high_end, low_end
from questionnaires.model import Scale
from questionnaires.results import NoChange
from sandbox import reading
from tests.questionnaires.documents import page, rows
from tests.worked_example import JANUARY, NEXT, OCTOBER, example

PAPER = page("method.md")
GOLDEN = Path(__file__).parents[1] / "golden"
SCORES = [end(Scale.FIVE_LEVELS).text for end in (low_end, high_end)]
EVERYTHING_SAID = "\n".join(
    (*SCORES, *(path.read_text("utf-8") for path in sorted(GOLDEN.glob("*.json"))))
)
POSTS = re.findall(r"^```\n(.*?)\n```$", PAPER, re.MULTILINE | re.DOTALL)


def posted(title: str) -> str:
    """What the channel reads of the example."""
    blocks = result.summary(example().shown[title], NEXT[title]).blocks
    return "\n".join(reading.lines(blocks, lambda _: None))


def quoted(table: str) -> list[str]:
    """What stands between backticks in a table, all over it."""
    return [
        word
        for head, cells in rows(PAPER)
        if head == table
        for word in re.findall("`([^`]+)`", " ".join(cells))
    ]


def test_the_posts_are_those_that_the_example_comes_to() -> None:
    assert [posted(JANUARY), posted(OCTOBER)] == POSTS


@pytest.mark.parametrize("words", quoted("It says"))
def test_what_the_post_says_is_explained_in_its_words(words: str) -> None:
    assert words in posted(JANUARY)


def test_every_line_of_the_post_is_explained() -> None:
    """All but the button, which leads to these explanations."""
    explained = [
        line for line in posted(JANUARY).splitlines() if any(w in line for w in quoted("It says"))
    ]
    scores = [line for line in posted(JANUARY).splitlines() if line[0] in "█░"]
    rest = set(posted(JANUARY).splitlines()) - {*explained, *scores}
    assert rest == {"[How to read this]"}


def test_only_what_is_bold_is_more_than_noise() -> None:
    assert " *+16*" in str(result.summary(example().shown[JANUARY], None).blocks)
    assert " *+4*" not in str(result.summary(example().shown[JANUARY], None).blocks)


@pytest.mark.parametrize("words", quoted("It may say"))
def test_what_else_may_be_said_is_said_somewhere(words: str) -> None:
    assert words in EVERYTHING_SAID


def test_every_reason_for_no_change_is_explained() -> None:
    explained = [cells[0] for head, cells in rows(PAPER) if head == "Reason"]
    assert explained == [change_words.WHY_NONE[reason] for reason in NoChange]


def test_how_to_read_this_leads_to_the_page() -> None:
    assert "docs/method.md" in "".join(how_to_read.PARAGRAPHS)


def test_how_to_read_this_holds_for_a_quick_check_too() -> None:
    assert "yes, partly or no, which are levels 4, 2 and 0" in how_to_read.PARAGRAPHS[0]
    assert "Those count as levels 4, 2 and 0." in PAPER
