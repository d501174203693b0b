"""Method sections 1 to 5: the worked examples, then what holds for any answers."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import ranges
from questionnaires.errors import NoSuchQuestion
from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Questionnaire, Rater, Rating, Tier
from questionnaires.scoring import level_of, measure, measure_with_roles, own_scores

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Rows = Sequence[Sequence[int | str | None]]

THREE = ("q1", "q2", "q3")
EX1: Rows = [(3, 2, 1), (2, 2, 0), (4, 3, 1)]
EX2: Rows = [(3, 2, 1), (2, 2, "dk"), (4, 3, 1)]
EX4: Rows = [(3, 2, 1), (2, "dk", 0), (4, 3, 1)]
SIX: Rows = [(3, 2, 2), (2, 2, 1), (3, 3, 2), (2, 1, 1), (3, 2, 3), (2, 2, 1)]
ROLES = ("DS", "DS", "PL")
EVEN = {"DS": 0.5, "PL": 0.5}
CLOSE = 0.005


def raters(count: int, roles: Sequence[str | None] | None = None) -> list[Rater]:
    return [Rater(place + 1, roles[place] if roles else None) for place in range(count)]


@pytest.fixture
def score(build: Build, say: Say) -> Callable[[Rows], Measurement]:
    def scored(rows: Rows) -> Measurement:
        return measure(build(THREE), raters(len(rows)), say(THREE, *rows), invited=len(rows))

    return scored


@pytest.fixture
def score_by_role(build: Build, say: Say) -> Callable[[Rows], Measurement]:
    def scored(rows: Rows) -> Measurement:
        return measure_with_roles(
            build(THREE), raters(3, ROLES), say(THREE, *rows), invited=3, role_weights=EVEN
        )

    return scored


@pytest.mark.parametrize(
    ("points", "level"),
    [(0, 0), (12.4, 0), (12.5, 1), (37.5, 2), (62.4, 2), (62.5, 3), (87.5, 4), (100, 4)],
)
def test_the_level_beside_a_score_rounds_half_up(points: float, level: int) -> None:
    assert level_of(points) == level


def test_a_sum_of_thirds_is_not_rounded_down_by_its_last_digit() -> None:
    assert level_of(37.49999999999999) == 2


@pytest.mark.parametrize(("rows", "expected"), [(EX1, 50.0), (EX2, 52.78), (EX4, 51.39)])
def test_one_role_averages_people_then_questions(
    score: Callable[[Rows], Measurement], rows: Rows, expected: float
) -> None:
    found = score(rows)
    assert found.dimensions[0].score == pytest.approx(expected, abs=CLOSE)
    assert found.overall == found.dimensions[0].score
    assert not found.by_role


def test_question_means_are_in_points(score: Callable[[Rows], Measurement]) -> None:
    means = [question.mean for question in score(EX1).questions]
    assert means == pytest.approx([75, 58.33, 16.67], abs=CLOSE)


def test_roles_are_averaged_before_they_are_weighed(
    score_by_role: Callable[[Rows], Measurement],
) -> None:
    found = score_by_role(EX1)
    assert [cell.mean for cell in found.questions] == [81.25, 62.5, 18.75]
    assert found.dimensions[0].score == pytest.approx(54.17, abs=CLOSE)
    assert found.by_role


def test_a_role_keeps_its_weight_when_one_of_it_does_not_know(
    score_by_role: Callable[[Rows], Measurement],
) -> None:
    assert score_by_role(EX4).questions[1].mean == 62.5


@pytest.mark.parametrize(
    ("third", "expected", "floor"),
    [(("na", 0, "na"), 66.67, 44.44), ((1, 0, "na"), 48.61, 48.61)],
)
def test_a_question_leaves_every_denominator_when_most_say_it_does_not_apply(
    score: Callable[[Rows], Measurement],
    third: tuple[int | str, ...],
    expected: float,
    floor: float,
) -> None:
    rows = [(*row[:2], said) for row, said in zip(EX1, third, strict=True)]
    found = score(rows).dimensions[0]
    assert found.score == pytest.approx(expected, abs=CLOSE)
    assert found.floor_score == pytest.approx(floor, abs=CLOSE)


def test_half_saying_not_applicable_is_not_most(score: Callable[[Rows], Measurement]) -> None:
    cell = score([(1, 1, 4), (1, 1, "na")]).questions[2]
    assert cell.applicable
    assert (cell.levels, cell.not_applicable, cell.mean) == (1, 1, 100)


@pytest.mark.parametrize(
    ("rows", "error", "low", "high"),
    [
        (EX1, 9.6225, 8.60, 91.40),
        (EX2, 8.9293, 14.36, 91.20),
        (SIX, 5.8597, 36.33, 66.45),
        ([(2, 2, 2)] * 5, 1.8634, 44.83, 55.17),
    ],
)
def test_the_range_takes_the_rater_as_its_unit(
    score: Callable[[Rows], Measurement], rows: Rows, error: float, low: float, high: float
) -> None:
    found = score(rows).dimensions[0].range
    assert found is not None
    assert found.standard_error == pytest.approx(error, abs=0.00005)
    assert (found.low, found.high) == pytest.approx((low, high), abs=CLOSE)
    assert found.degrees_of_freedom == len(rows) - 1


def test_six_raters_score_as_worked_out(score: Callable[[Rows], Measurement]) -> None:
    assert score(SIX).overall == pytest.approx(51.39, abs=CLOSE)


def test_spread_is_pooled_within_roles(score_by_role: Callable[[Rows], Measurement]) -> None:
    found = score_by_role(EX1).dimensions[0].range
    assert found is not None
    assert found.standard_error == pytest.approx(7.2169, abs=0.00005)
    assert found.degrees_of_freedom == 1


def test_as_many_roles_as_raters_leave_no_range(build: Build, say: Say) -> None:
    found = measure_with_roles(
        build(THREE),
        raters(2, ("DS", "PL")),
        say(THREE, *EX1[:2]),
        invited=2,
        role_weights={},
    )
    assert found.dimensions[0].range is None


def test_a_range_is_cut_to_the_scale(score: Callable[[Rows], Measurement]) -> None:
    found = score([(4, 4, 4), (4, 4, 4), (0, 0, 1)]).dimensions[0].range
    assert found is not None
    assert (found.low, found.high) == (0, 100)


def test_overall_is_the_mean_of_the_dimensions_and_names_the_weakest(
    build: Build, say: Say
) -> None:
    """The article's values, as 20 people could give them over one question each."""
    points = (75, 90, 30, 70, 20, 95)
    names = [f"q{place}" for place in range(6)]
    rows = [tuple(4 if person < score / 5 else 0 for score in points) for person in range(20)]
    found = measure(build(*([name] for name in names)), raters(20), say(names, *rows), invited=20)
    assert [cell.score for cell in found.dimensions] == list(points)
    assert found.overall == pytest.approx(63.33, abs=CLOSE)
    assert found.weakest == "d4"


def test_dimension_and_question_weights_count(build: Build, say: Say) -> None:
    names = ("a1", "a2", "b1", "b2")
    small = build(names[:2], names[2:], changed={"a1": {"weight": 3.0}}, weights=(1.0, 3.0))
    found = measure(small, raters(2), say(names, (4, 0, 1, 1), (4, 0, 1, 1)), invited=2)
    assert [cell.score for cell in found.dimensions] == [75, 25]
    assert found.overall == 37.5


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(1, 2, 4), (1, 2, "dk")], True),  # two questions of three have two levels
        ([(1, 2, 4), (1, "dk", "dk")], False),
        ([(1, 2, "na"), (1, "dk", "na")], False),  # one of two that apply
        ([("na", "na", "na"), ("na", "na", "na")], False),
        ([("dk", "dk", "dk")] * 4, False),
    ],
)
def test_two_thirds_of_the_questions_that_apply_need_two_levels(
    score: Callable[[Rows], Measurement], rows: Rows, *, expected: bool
) -> None:
    found = score(rows)
    assert (found.dimensions[0].score is not None) is expected
    assert (found.overall is not None) is expected
    assert (found.weakest is not None) is expected


def test_deep_dive_questions_are_counted_and_stay_out_of_the_score(build: Build, say: Say) -> None:
    small = build(THREE, changed={"q3": {"tier": Tier.DEEP_DIVE}})
    found = measure(small, raters(3), say(THREE, *EX1), invited=3)
    assert found.dimensions[0].score == pytest.approx(66.67, abs=CLOSE)
    assert found.questions[2].mean == pytest.approx(16.67, abs=CLOSE)
    assert found.respondents == 3


def test_who_only_says_dont_know_or_answers_nothing_is_no_respondent(
    score: Callable[[Rows], Measurement],
) -> None:
    found = score([(1, 2, 3), ("dk", "na", "dk"), (None, None, None), (0, None, None)])
    assert (found.invited, found.respondents) == (4, 2)
    assert found.dimensions[0].raters == 2


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["DS"] * 3 + ["PL"] * 3, True),
        (["DS"] * 4 + ["PL"] * 2, False),
        (["DS"] * 4 + ["PL", "OPS"], False),
        (["DS"] * 3 + ["PL"] * 2 + [None], False),
        (["DS"] * 6, False),
        ([None] * 6, False),
    ],
)
def test_roles_weigh_evenly_only_when_each_has_three_respondents(
    build: Build, say: Say, roles: list[str | None], *, expected: bool
) -> None:
    found = measure(build(THREE), raters(6, roles), say(THREE, *SIX), invited=6)
    assert found.by_role is expected


def test_a_role_of_three_with_one_who_did_not_answer_is_a_role_of_two(
    build: Build, say: Say
) -> None:
    rows = [*SIX[:5], ("dk", "dk", "dk")]
    roles = ["DS"] * 3 + ["PL"] * 3
    found = measure(build(THREE), raters(6, roles), say(THREE, *rows), invited=6)
    assert not found.by_role


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_role_weight_is_a_positive_number(build: Build, weight: float) -> None:
    with pytest.raises(ValueError, match="role DS weighs"):
        measure(build(THREE), [], [], invited=0, role_weights={"DS": weight})


def test_what_does_not_belong_is_refused(build: Build, say: Say) -> None:
    small = build(THREE)
    answers = say(THREE, *EX1)
    with pytest.raises(ValueError, match="3 is not among"):
        measure(small, raters(2), answers, invited=3)
    with pytest.raises(ValueError, match="answered q1 twice"):
        measure(small, raters(3), [*answers, answers[0]], invited=3)
    with pytest.raises(ValueError, match="given twice"):
        measure(small, [*raters(3), Rater(1)], answers, invited=3)
    with pytest.raises(NoSuchQuestion):
        measure(small, raters(3), [Answer(1, "q9", Rating.of_level(1))], invited=3)


def test_own_scores_need_two_thirds_of_the_questions_that_apply(build: Build) -> None:
    small = build(THREE, ("q4", "q5"), ("q6", "q7"), ("q8", "q9"))
    ratings = {
        "q1": Rating.of_level(4),
        "q2": Rating.of_level(1),
        "q3": Rating.dont_know(),
        "q4": Rating.of_level(3),
        "q5": Rating.not_applicable("none"),
        "q6": Rating.of_level(3),
    }
    assert own_scores(small, ratings) == {"d0": 62.5, "d1": 75, "d2": None, "d3": None}


def test_own_scores_refuse_an_unknown_question(build: Build) -> None:
    with pytest.raises(NoSuchQuestion):
        own_scores(build(THREE), {"q9": Rating.of_level(1)})


NAMES = ("a1", "a2", "a3", "b1", "b2", "c1", "c2", "c3")
DIMENSIONS = (NAMES[:3], NAMES[3:5], NAMES[5:])
WEIGHTS = {"a2": {"weight": 0.7}, "c1": {"weight": 1.3}}
said = st.sampled_from([0, 1, 2, 3, 4, "dk", "na", None])
rounds = st.lists(st.tuples(*([said] * len(NAMES))), min_size=1, max_size=12)
role_lists = st.lists(st.sampled_from(["DS", "PL", "OPS"]), min_size=12, max_size=12)


@given(rows=rounds, roles=role_lists, seed=st.randoms(use_true_random=False))
def test_the_order_of_raters_answers_and_questions_never_matters(
    build: Build, say: Say, rows: Rows, roles: list[str], seed: Random
) -> None:
    small = build(*DIMENSIONS, changed=WEIGHTS, weights=(1.0, 0.3, 2.1))
    people, answers = raters(len(rows), roles), say(NAMES, *rows)
    weights = {"DS": 0.7, "PL": 0.1}
    first = measure_with_roles(small, people, answers, invited=12, role_weights=weights)
    turned = build(
        *(names[::-1] for names in DIMENSIONS[::-1]), changed=WEIGHTS, weights=(2.1, 0.3, 1.0)
    )
    seed.shuffle(people)
    seed.shuffle(answers)
    other = measure_with_roles(turned, people, answers, invited=12, role_weights=weights)
    assert other.overall == first.overall
    assert other.overall_range == first.overall_range
    questions = {cell.question_id: cell for cell in other.questions}
    assert [questions[cell.question_id] for cell in first.questions] == list(first.questions)
    scores = [cell.score for cell in other.dimensions][::-1]
    assert scores == [cell.score for cell in first.dimensions]
    ranges = [cell.range for cell in other.dimensions][::-1]
    assert ranges == [cell.range for cell in first.dimensions]
    agreements = [cell.agreement for cell in other.dimensions][::-1]
    assert agreements == [cell.agreement for cell in first.dimensions]


@given(rows=rounds, roles=role_lists)
def test_every_score_lies_on_the_scale(
    build: Build, say: Say, rows: Rows, roles: list[str]
) -> None:
    small = build(*DIMENSIONS, changed=WEIGHTS, weights=(1.0, 0.3, 2.1))
    weights = {"DS": 0.7, "PL": 0.1}
    found = measure_with_roles(
        small, raters(len(rows), roles), say(NAMES, *rows), invited=12, role_weights=weights
    )
    numbers = [found.overall]
    for cell in found.dimensions:
        numbers += [cell.score, cell.floor_score]
        numbers += [cell.range.low, cell.range.high] if cell.range else []
    numbers += [question.mean for question in found.questions]
    assert all(0 <= number <= 100 for number in numbers if number is not None)


@given(rows=rounds)
def test_a_missing_answer_never_acts_as_a_number(build: Build, say: Say, rows: Rows) -> None:
    small, people = build(*DIMENSIONS), raters(len(rows))
    found = measure(small, people, say(NAMES, *rows), invited=12)
    if not all(question.applicable for question in found.questions):
        return
    levels = [tuple(it if isinstance(it, int) else None for it in row) for row in rows]
    kept = measure(small, people, say(NAMES, *levels), invited=12)
    assert [cell.mean for cell in kept.questions] == [cell.mean for cell in found.questions]
    assert kept.dimensions == found.dimensions
    assert (kept.overall, kept.overall_range) == (found.overall, found.overall_range)
    assert kept.respondents == found.respondents


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(3, 3.1824), (4, 2.7764), (5, 2.5706), (6, 2.4469), (7, 2.3646), (8, 2.3060), (9, 2.2622)],
)
def test_a_range_is_as_wide_as_students_t_says(freedom: int, quantile: float) -> None:
    assert ranges.student_t(freedom) == pytest.approx(quantile, abs=5e-5)
