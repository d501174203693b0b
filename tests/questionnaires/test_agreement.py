"""Method section 6, with its worked examples."""

import pytest

from questionnaires.agreement import average_deviation, band, views_differ, within_group
from questionnaires.model import Scale
from questionnaires.results import Agreement

EX1 = [(3, 2, 4), (2, 2, 3), (1, 0, 1)]
EX2 = [(3, 2, 4), (2, 2, 3), (1, 1)]


@pytest.mark.parametrize(("levels", "expected"), [(EX1[0], 0.6667), (EX1[1], 0.4444), ((3,), 0.0)])
def test_average_deviation_is_the_mean_distance_from_the_mean(
    levels: tuple[int, ...], expected: float
) -> None:
    assert average_deviation(levels) == pytest.approx(expected, abs=0.00005)


def test_no_levels_have_no_average_deviation() -> None:
    with pytest.raises(ValueError, match="no levels"):
        average_deviation(())


@pytest.mark.parametrize(("questions", "expected"), [(EX1, 0.7222), (EX2, 0.7778)])
def test_agreement_of_a_dimension_compares_variances_with_no_agreement_at_all(
    questions: list[tuple[int, ...]], expected: float
) -> None:
    assert within_group(questions, Scale.FIVE_LEVELS) == pytest.approx(expected, abs=0.00005)


def test_a_question_with_one_level_says_nothing_about_agreement() -> None:
    assert within_group([(2, 2), (4,)], Scale.FIVE_LEVELS) == 1
    assert within_group([(4,), ()], Scale.FIVE_LEVELS) is None


@pytest.mark.parametrize(
    ("scale", "evenly"),
    [(Scale.FIVE_LEVELS, (0, 1, 2, 3, 4)), (Scale.YES_PARTLY_NO, (0, 2, 4))],
)
def test_evenly_used_answers_agree_no_more_than_chance(
    scale: Scale, evenly: tuple[int, ...]
) -> None:
    """With so many raters that the sample variance is the population's."""
    assert within_group([evenly * 10_000], scale) == pytest.approx(0, abs=0.0001)


@pytest.mark.parametrize(
    ("deviation", "spread", "expected"),
    [
        (0.0, 0, Agreement.HIGH),
        (0.4, 2, Agreement.HIGH),
        (0.4 + 1e-12, 2, Agreement.HIGH),
        (0.41, 1, Agreement.MEDIUM),
        (0.83, 2, Agreement.MEDIUM),
        (0.84, 2, Agreement.LOW),
        (0.1, 3, Agreement.LOW),
    ],
)
def test_the_band_follows_the_deviation_unless_the_ends_are_three_levels_apart(
    deviation: float, spread: int, expected: Agreement
) -> None:
    assert band(deviation, spread) is expected


@pytest.mark.parametrize(
    ("r", "expected"),
    [(0.7, False), (0.5, False), (0.5 - 1e-12, False), (0.49, True), (-1.0, True), (None, False)],
)
def test_views_differ_in_a_split_dimension_only(r: float | None, *, expected: bool) -> None:
    assert views_differ(r) is expected
