"""Yes, partly and no: levels 4, 2 and 0, and nothing in between can be picked."""

from collections.abc import Callable
from math import sqrt

import pytest

from questionnaires import catalog, conversation
from questionnaires.errors import LevelOutOfScale
from questionnaires.model import Answer, Question, Questionnaire, Rater, Rating, Scale
from questionnaires.scoring import measure

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]

FOUND = catalog.load_all()
SCORECARD, QUICK = FOUND["mlops-scorecard"], FOUND["mlops-quick-check"]


def pairs() -> list[tuple[Question, Question]]:
    return list(zip(SCORECARD.core, QUICK.core, strict=True))


def test_the_quick_check_has_the_core_questions_under_ids_of_its_own() -> None:
    assert [one.id for one in QUICK.core] == [f"QC-{one.id}" for one in SCORECARD.core]
    assert [(one.id, one.title) for one in QUICK.dimensions] == [
        (one.id, one.title) for one in SCORECARD.dimensions
    ]
    assert QUICK.period == SCORECARD.period


@pytest.mark.parametrize(("whole", "quick"), pairs(), ids=lambda one: one.id)
def test_the_quick_check_says_word_for_word_what_the_scorecard_says(
    whole: Question, quick: Question
) -> None:
    assert quick.statement == whole.statement
    assert quick.short_title == whole.short_title
    assert quick.not_applicable == whole.not_applicable
    assert (quick.effort, quick.importance) == (whole.effort, whole.importance)
    assert quick.depends_on == tuple(f"QC-{name}" for name in whole.depends_on)
    assert quick.next_steps == (whole.next_steps[0], whole.next_steps[2])


def test_yes_partly_and_no_are_four_two_and_nothing() -> None:
    assert Scale.YES_PARTLY_NO.offered == (4, 2, 0)
    assert Scale.FIVE_LEVELS.offered == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("level", [1, 3])
def test_a_level_in_between_is_refused(level: int) -> None:
    with pytest.raises(LevelOutOfScale):
        QUICK.check(Rating.of_level(level))
    SCORECARD.check(Rating.of_level(level))


@pytest.mark.parametrize("rating", [Rating.dont_know(), Rating.not_applicable("We have none")])
def test_what_is_no_level_is_never_off_the_scale(rating: Rating) -> None:
    QUICK.check(rating)


@pytest.mark.parametrize(
    ("level", "step"), [(0, 0), (0.5, 0), (1, 0), (1.5, 0), (2, 1), (2.5, 1), (3.5, 1)]
)
def test_the_next_step_leads_from_no_or_from_partly(level: float, step: int) -> None:
    question = QUICK.core[0]
    assert question.next_step(level) == question.next_steps[step]


@pytest.mark.parametrize(("level", "step"), [(0, 0), (0.5, 0), (1, 1), (2.5, 2), (3, 3), (3.5, 3)])
def test_the_next_step_leads_from_the_level_that_is_fully_reached(level: float, step: int) -> None:
    question = SCORECARD.core[0]
    assert question.next_step(level) == question.next_steps[step]


def test_ten_seconds_are_enough_for_yes_or_no() -> None:
    assert conversation.minutes(18, Scale.FIVE_LEVELS) == 9
    assert conversation.minutes(18, Scale.YES_PARTLY_NO) == 3


@pytest.mark.parametrize(("scale", "points"), [(Scale.FIVE_LEVELS, 25), (Scale.YES_PARTLY_NO, 50)])
def test_a_range_is_never_narrower_than_one_answer_of_rounding(
    build: Build, say: Say, scale: Scale, points: int
) -> None:
    """Five people of one mind on three questions: SE = points / sqrt(12 n Q), section 4."""
    names = ("q1", "q2", "q3")
    raters = [Rater(person) for person in range(1, 6)]
    found = measure(build(names, scale=scale), raters, say(names, *[(2, 2, 2)] * 5), invited=5)
    assert found.overall_range is not None
    assert found.overall_range.standard_error == pytest.approx(points / sqrt(12 * 5 * 3))
