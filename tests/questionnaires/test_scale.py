"""Yes, partly and no: levels 4, 2 and 0, and nothing in between can be picked."""

from collections.abc import Callable
from dataclasses import Field, fields, replace
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


EACH = pytest.mark.parametrize("quick", QUICK.core, ids=lambda one: one.id)


def test_the_quick_check_has_the_core_questions_under_ids_of_its_own() -> None:
    assert [one.id for one in QUICK.core] == [f"QC-{one.id}" for one in SCORECARD.core], (
        "The quick check asks the scorecard's core questions, in their order: what is core in "
        "mlops-scorecard.toml stands in mlops-quick-check.toml too, with QC- before its id."
    )
    assert [(one.id, one.title) for one in QUICK.dimensions] == [
        (one.id, one.title) for one in SCORECARD.dimensions
    ]
    assert QUICK.period == SCORECARD.period


@EACH
def test_the_quick_check_says_word_for_word_what_the_scorecard_says(quick: Question) -> None:
    whole = SCORECARD.question(quick.id.removeprefix("QC-"))
    expected = replace(
        whole,
        id=quick.id,
        levels=(),
        next_steps=(whole.next_steps[0], whole.next_steps[2]),
        depends_on=tuple(f"QC-{name}" for name in whole.depends_on),
    )
    differing = [field.name for field in fields(quick) if _of(quick, field) != _of(expected, field)]
    assert not differing, (
        f"{quick.id} in mlops-quick-check.toml and {whole.id} in mlops-scorecard.toml differ in "
        f"{', '.join(differing)}: say it in both alike. (The quick check's next steps are the "
        "scorecard's first and third.)"
    )


def _of(question: Question, field: Field[object]) -> object:
    return getattr(question, field.name)


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
