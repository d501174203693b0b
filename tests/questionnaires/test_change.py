"""Method sections 9 and 10 on rounds: what is compared, with whose answers, and the verdict."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.change import Sitting, compare, composition
from questionnaires.measurements import Change, DimensionChange
from questionnaires.model import Answer, Questionnaire, Rater, Scale
from questionnaires.results import Verdict
from questionnaires.scoring import measure, measure_with_roles
from questionnaires.together import measure as measure_together

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Row = Sequence[int | str | None]

THREE = ("q1", "q2", "q3")
NEW = ("q1", "q2", "q4")
OCTOBER = [(3, 2, 1), (2, 2, 0), (4, 3, 1)]
JANUARY = [(3, 3, 2), (3, 2, 1), (4, 3, 2)]
K = 3
CLOSE = 0.005


@pytest.fixture(scope="module")
def sit(build: Build, say: Say) -> Callable[..., Sitting]:
    """A sitting of one dimension: rows of answers of people 1, 2, ..., or of those given."""

    def sitting(
        names: Sequence[str],
        rows: Sequence[Row],
        people: Sequence[int] = (),
        asked: Questionnaire | None = None,
    ) -> Sitting:
        numbers = list(people) or list(range(1, len(rows) + 1))
        asked = asked or build(names)
        answers = [
            replace(answer, participant=numbers[answer.participant - 1])
            for answer in say(names, *rows)
        ]
        raters = [Rater(number) for number in numbers]
        measured = measure(asked, raters, answers, invited=len(rows))
        return Sitting(asked, measured, raters, answers)

    return sitting


def only(found: Change) -> DimensionChange:
    (cell,) = found.dimensions
    return cell


def changed(then: Sitting, now: Sitting, k: int = K, first: Collection[str] = ()) -> Change:
    return compare(then, now, since=1, k=k, tested_first=first)


def test_a_question_retired_and_one_new_leave_what_was_asked_both_times(
    sit: Callable[..., Sitting],
) -> None:
    then, now = sit(THREE, OCTOBER), sit(NEW, JANUARY)
    found = only(changed(then, now))
    before, after = (one.measurement.dimensions[0].score for one in (then, now))
    assert found.common == ("q1", "q2")
    assert before == pytest.approx(50.00, abs=CLOSE)
    assert after == pytest.approx(63.89, abs=CLOSE)
    assert found.everybodys == pytest.approx(8.33, abs=CLOSE)
    assert composition(before or 0, after or 0, found.everybodys or 0) == pytest.approx(
        5.56, abs=CLOSE
    )


def test_the_change_is_theirs_who_answered_both_and_three_prove_nothing(
    sit: Callable[..., Sitting],
) -> None:
    found = changed(sit(THREE, OCTOBER), sit(NEW, JANUARY))
    assert (found.same_people, found.people, found.can_tell) == (True, 3, False)
    assert only(found).theirs == pytest.approx(8.33, abs=CLOSE)
    assert only(found).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("dimensions", "people", "can_tell"), [(1, 5, False), (1, 6, True), (6, 7, False), (6, 8, True)]
)
def test_six_people_can_tell_one_dimension_and_eight_can_tell_six(
    build: Build, say: Say, dimensions: int, people: int, *, can_tell: bool
) -> None:
    names = [(f"a{n}", f"b{n}") for n in range(dimensions)]
    asked, flat = build(*names), [name for pair in names for name in pair]
    raters = [Rater(n + 1) for n in range(people)]

    def sitting(level: int) -> Sitting:
        answers = say(flat, *[[level] * len(flat)] * people)
        return Sitting(asked, measure(asked, raters, answers, invited=people), raters, answers)

    found = changed(sitting(1), sitting(2), k=5)
    assert found.can_tell is can_tell
    expected = Verdict.CHANGED if can_tell else Verdict.NOT_TESTED
    assert {cell.verdict for cell in found.dimensions} == {expected}
    assert {cell.everybodys for cell in found.dimensions} == {25}


def test_dimensions_with_an_action_are_tested_first_and_alone(build: Build, say: Say) -> None:
    asked, names = build(("a", "b"), ("c", "d")), ("a", "b", "c", "d")
    raters = [Rater(n) for n in range(1, 7)]

    def sitting(level: int) -> Sitting:
        answers = say(names, *[[level] * 4] * 6)
        return Sitting(asked, measure(asked, raters, answers, invited=6), raters, answers)

    # After Holm six people reach .03125 on one dimension and .0625 on two.
    assert not changed(sitting(1), sitting(2)).can_tell
    acted, other = changed(sitting(1), sitting(2), first={"d0"}).dimensions
    assert (acted.verdict, acted.p_adjusted) == (Verdict.CHANGED, 0.03125)
    assert (other.verdict, other.p) == (Verdict.NOT_TESTED, None)
    assert other.everybodys == 25


def test_a_clear_change_of_less_than_five_points_is_none(sit: Callable[..., Sitting]) -> None:
    names = tuple(f"q{n}" for n in range(7))
    then, now = [[2] * 7] * 8, [[3, *[2] * 6]] * 8
    found = only(changed(sit(names, then), sit(names, now)))
    assert found.everybodys == pytest.approx(25 / 7)
    assert found.p_adjusted == 2 / 2**8
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("then", "now", "same_people"),
    [
        (range(1, 11), range(1, 11), True),
        (range(1, 11), range(3, 13), True),  # 8 of 10
        (range(1, 11), range(4, 14), False),  # 7 of 10
        (range(1, 9), range(1, 11), True),  # 8 of 8, 8 of 10
        (range(1, 9), range(1, 12), False),  # 8 of 11
        (range(1, 5), range(1, 5), False),  # fewer than k
    ],
)
def test_the_same_people_are_at_least_k_and_four_fifths_of_either_round(
    sit: Callable[..., Sitting], then: range, now: range, *, same_people: bool
) -> None:
    rows = [(2, 2, 1), (3, 1, 2)] * 6
    one = sit(THREE, rows[: len(then)], list(then))
    found = changed(one, sit(THREE, rows[: len(now)], list(now)), k=5)
    assert found.same_people is same_people
    assert (only(found).theirs is not None) is same_people


def test_partly_other_people_are_compared_by_their_means(sit: Callable[..., Sitting]) -> None:
    low, high = [(1, 1, 1), (1, 1, 2)] * 4, [(3, 3, 3), (3, 3, 2)] * 4
    found = changed(sit(THREE, low), sit(THREE, high, range(101, 109)), k=5)
    assert (found.same_people, found.people, found.can_tell) == (False, 0, True)
    assert (only(found).verdict, only(found).raters) == (Verdict.CHANGED, 16)
    assert only(found).theirs is None


def test_too_few_people_in_either_round_are_not_tested(sit: Callable[..., Sitting]) -> None:
    few = sit(THREE, [(1, 1, 1)] * 4, range(101, 105))
    found = changed(few, sit(THREE, [(4, 4, 4)] * 9), k=5)
    assert (found.can_tell, only(found).everybodys) == (False, 75)
    assert only(found).p is None


@pytest.mark.parametrize(
    ("then", "now", "comparable"),
    [
        (("a", "b", "c"), ("a", "b", "d"), True),
        (("a", "b", "c"), ("a", "d", "e"), False),  # one in common
        (("a", "b", "c", "d"), ("a", "b", "e", "f"), True),  # half of both
        (("a", "b", "c", "d", "e"), ("a", "b"), False),  # less than half of what was asked then
        (("a", "b"), ("a", "b", "c", "d", "e"), False),
    ],
)
def test_two_questions_and_half_of_both_rounds_have_to_be_in_common(
    sit: Callable[..., Sitting], then: Sequence[str], now: Sequence[str], *, comparable: bool
) -> None:
    rows = [[2] * 5] * 5
    one = sit(then, [row[: len(then)] for row in rows])
    found = changed(one, sit(now, [row[: len(now)] for row in rows]))
    assert (only(found).everybodys == 0) is comparable


def test_a_question_that_does_not_count_in_one_round_is_not_in_common(
    sit: Callable[..., Sitting],
) -> None:
    then = sit(THREE, [(1, 1, "na"), (2, 1, "na"), (3, 1, 4)])
    now = sit(THREE, [(1, 2, 4), (2, 2, 4), (3, 2, 4)])
    found = only(changed(then, now))
    assert found.common == ("q1", "q2")
    assert found.everybodys == 12.5


def test_a_dimension_without_a_score_in_one_round_has_no_change(
    sit: Callable[..., Sitting],
) -> None:
    nothing = sit(THREE, [(1, "dk", "dk"), ("dk", "dk", "dk"), ("dk", "dk", "dk")])
    assert only(changed(nothing, sit(THREE, JANUARY))).everybodys is None
    assert only(changed(sit(THREE, JANUARY), nothing)).everybodys is None


def test_a_new_dimension_and_another_scale_have_nothing_in_common(
    build: Build, sit: Callable[..., Sitting]
) -> None:
    then, rows = sit(THREE, OCTOBER), [(4, 2, 0), (2, 2, 4), (4, 4, 4)]
    three_ways = sit(THREE, rows, asked=build(THREE, scale=Scale.YES_PARTLY_NO))
    assert only(changed(then, three_ways)).everybodys is None
    asked = build(THREE)
    (dimension,) = asked.dimensions
    renamed = replace(asked, dimensions=(replace(dimension, id="new"),))
    assert only(changed(then, sit(THREE, JANUARY, asked=renamed))).common == ()


def test_roles_weigh_evenly_only_when_they_do_in_both_rounds(build: Build, say: Say) -> None:
    asked = build(("q1", "q2"))
    rows_then = [(1, 1)] * 6 + [(3, 3)] * 3
    rows_now = [(2, 2)] * 6 + [(3, 3)] * 3
    answers_then, answers_now = say(("q1", "q2"), *rows_then), say(("q1", "q2"), *rows_now)
    plain = [Rater(n) for n in range(1, 10)]
    told = [Rater(n, "DS" if n <= 6 else "PL") for n in range(1, 10)]

    def sitting(raters: list[Rater], answers: list[Answer]) -> Sitting:
        return Sitting(asked, measure(asked, raters, answers, invited=9), raters, answers)

    evenly = changed(sitting(told, answers_then), sitting(told, answers_now))
    assert only(evenly).everybodys == 12.5
    assert only(evenly).theirs == 12.5
    people_count = changed(sitting(plain, answers_then), sitting(told, answers_now))
    assert only(people_count).everybodys == pytest.approx(25 * 6 / 9)


def test_once_answers_were_erased_the_change_is_of_what_the_round_had_come_to(
    sit: Callable[..., Sitting],
) -> None:
    rows = [(1, 1, 1)] * 9
    then, now = sit(THREE, rows), sit(THREE, [(3, 3, 3)] * 9)
    erased = Sitting(then.questionnaire, then.measurement)
    found = changed(erased, now)
    assert (found.answers_erased, found.can_tell, found.same_people) == (True, False, False)
    assert only(found).everybodys == only(changed(then, now)).everybodys == 50


def test_once_answers_of_the_later_round_were_erased_nothing_is_tested_either(
    sit: Callable[..., Sitting],
) -> None:
    then, now = sit(THREE, [(1, 1, 1)] * 9), sit(THREE, [(3, 3, 3)] * 9)
    erased = Sitting(now.questionnaire, now.measurement)
    for before in (then, Sitting(then.questionnaire, then.measurement)):
        found = changed(before, erased)
        assert (found.answers_erased, found.can_tell, found.people) == (True, False, 0)
        assert only(found).everybodys == only(changed(then, now)).everybodys == 50
        assert (only(found).p, only(found).theirs) == (None, None)


def test_without_the_answers_then_there_is_no_change_to_a_round_that_counts_otherwise(
    build: Build, say: Say
) -> None:
    asked, names = build(THREE), THREE
    raters = [Rater(n, "DS" if n <= 3 else "PL") for n in range(1, 7)]
    answers = say(names, *[(2, 2, 2)] * 6)
    evenly = measure_with_roles(asked, raters, answers, invited=6, role_weights={})
    plain = [Rater(n) for n in range(1, 7)]
    now = Sitting(asked, measure(asked, plain, answers, invited=6), plain, answers)
    assert only(changed(Sitting(asked, evenly), now)).everybodys is None


def test_what_a_team_agreed_is_compared_and_never_tested(build: Build, say: Say) -> None:
    asked = build(THREE)

    def agreed(row: Row) -> Sitting:
        answers = say(THREE, row)
        found = measure_together(asked, {one.question_id: one.rating for one in answers})
        return Sitting(asked, found, [Rater(1)], answers)

    found = changed(agreed((1, 1, 1)), agreed((2, 2, 2)))
    assert (only(found).everybodys, found.can_tell, found.same_people) == (25, False, False)


@given(st.randoms(use_true_random=False), st.integers(2, 12), st.integers(2, 12))
def test_the_order_of_people_and_answers_never_matters(
    build: Build, say: Say, chance: Random, many: int, later: int
) -> None:
    asked = build(THREE)

    def sitting(people: int) -> tuple[list[Rater], list[Answer]]:
        rows = [[chance.choice([0, 1, 2, 3, 4, "dk", None]) for _ in THREE] for _ in range(people)]
        return [Rater(n + 1) for n in range(people)], say(THREE, *rows)

    rounds = [sitting(many), sitting(later)]

    def compared(*, shuffle: bool) -> Change:
        found = []
        for people, given_ in rounds:
            raters, answers = list(people), list(given_)
            if shuffle:
                chance.shuffle(raters)
                chance.shuffle(answers)
            measured = measure(asked, raters, answers, invited=len(raters))
            found.append(Sitting(asked, measured, raters, answers))
        then, now = found
        return changed(then, now)

    assert compared(shuffle=False) == compared(shuffle=True)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=6, max_size=9))
def test_a_round_against_itself_has_not_changed(
    sit: Callable[..., Sitting], rows: list[list[int]]
) -> None:
    found = only(changed(sit(THREE, rows), sit(THREE, rows)))
    assert (found.everybodys, found.verdict) == (0, Verdict.NO_CLEAR_CHANGE)
