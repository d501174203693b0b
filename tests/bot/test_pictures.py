"""Every kind of picture stands in each of the tables that it has to stand in."""

import pytest

from bot.charts import alt_text, captions
from bot.demo.folder import FILES
from bot.picturing import DRAW, SHAPES
from bot.use_cases.outgoing import SHARED_BESIDE
from questionnaires import messages
from questionnaires.messages import (
    AWAITED,
    FOLLOWED_BY,
    IN_CHANNEL,
    IN_THREAD,
    PICTURES,
    Kind,
)

WORDS = {
    Kind.INVITATION,
    Kind.WISHED,
    Kind.REMINDER,
    Kind.CARD,
    Kind.PREVIEW,
    Kind.SUMMARY,
    Kind.DETAILS,
    Kind.NOT_POSTED,
    Kind.MAYBE_TWICE,
    Kind.CHANNEL_CLOSED,
    Kind.NOT_OPENED,
    Kind.AWAY,
    Kind.FACILITATOR_NAMED,
    Kind.ERASED,
    Kind.REHEARSAL,
    Kind.REHEARSED,
    Kind.REHEARSED_DETAILS,
    Kind.REHEARSAL_OVER,
}
MESSAGES = "questionnaires/messages.py"
WITH_THE_PAST = [Kind.TREND, Kind.QUESTION_MAP]  # from the third result on


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_of_message_is_either_words_or_a_picture(kind: Kind) -> None:
    assert (kind in WORDS) != (kind in messages.FILES), (
        f"{kind.name} would be sent as words. A picture belongs into PICTURES in {MESSAGES}; "
        "a message of words into Drawing.words in bot/drawing.py and into WORDS in this test."
    )


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_a_picture_can_be_drawn_and_described(kind: Kind) -> None:
    assert kind in SHAPES, f"{kind.name} has no line in SHAPES in bot/picturing.py."
    shape = SHAPES[kind]
    assert shape in DRAW, f'"{shape}" has no line in DRAW in bot/picturing.py.'
    assert shape in alt_text.KINDS, f'"{shape}" has no line in KINDS in bot/charts/alt_text.py.'
    assert shape in captions.SEEN, f'"{shape}" has no line in SEEN in bot/charts/captions.py.'


@pytest.mark.parametrize("kind", sorted(PICTURES - {Kind.OWN_RADAR}))
def test_a_picture_of_a_result_follows_another_message(kind: Kind) -> None:
    assert kind in FOLLOWED_BY.values(), (
        f"Nobody would ever get {kind.name}: FOLLOWED_BY in {MESSAGES} says after which message."
    )


def test_what_follows_the_summary_goes_to_the_channel_and_ends_with_what_was_before() -> None:
    said = [Kind.SUMMARY]
    while said[-1] in FOLLOWED_BY:
        said.append(FOLLOWED_BY[said[-1]])
    assert set(said) == IN_CHANNEL, (
        f"What FOLLOWED_BY leads to from SUMMARY and IN_CHANNEL in {MESSAGES} differ by "
        f"{sorted(kind.name for kind in set(said) ^ IN_CHANNEL)}."
    )
    assert said[-3:] == [Kind.DETAILS, *WITH_THE_PAST]
    in_sight = IN_CHANNEL - IN_THREAD
    assert in_sight == {Kind.SUMMARY, Kind.RADAR}, (
        f"The channel has a summary and one picture; the rest goes into IN_THREAD in {MESSAGES}."
    )


def test_a_rehearsal_ends_as_the_channel_does_and_then_says_that_it_is_over() -> None:
    real, rehearsed = [Kind.SUMMARY], [Kind.REHEARSED]
    for said in (real, rehearsed):
        while said[-1] in FOLLOWED_BY:
            said.append(FOLLOWED_BY[said[-1]])
    assert rehearsed.pop() is Kind.REHEARSAL_OVER
    real = [kind for kind in real if kind not in WITH_THE_PAST]  # a rehearsal has none
    assert [SHAPES.get(kind) for kind in rehearsed] == [SHAPES.get(kind) for kind in real]
    assert set(rehearsed) <= AWAITED
    assert {kind for kind in rehearsed if kind in PICTURES} <= SHARED_BESIDE.keys()


@pytest.mark.parametrize("kind", sorted(PICTURES & IN_CHANNEL - set(WITH_THE_PAST)))
def test_the_demo_leaves_every_picture_of_the_channel(kind: Kind) -> None:
    name = f"{SHAPES[kind]}.png"
    assert name in FILES, f"{name} has no line in FILES in bot/demo/folder.py, so no demo keeps it."
