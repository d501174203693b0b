"""What of a change is shown: method sections 7, 9 and 10."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import change
from questionnaires.change import Sitting
from questionnaires.disclosure import disclose
from questionnaires.disclosure.changes import Before
from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Questionnaire, Rater
from questionnaires.results import (
    DimensionResult,
    NoChange,
    ProposalKind,
    Result,
    ShownChange,
    Verdict,
)
from questionnaires.rounds import Manner
from questionnaires.scoring import measure
from questionnaires.tailoring import Tailoring, tailored
from questionnaires.together import measure as measure_together
from tests.disclosed import a_score, resealed

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Row = Sequence[int | str | None]

THREE = ("q1", "q2", "q3")
NEW = ("q1", "q2", "q4")
EIGHT = [(2, 2, 1), (1, 2, 2), (3, 2, 2), (2, 1, 1), (2, 3, 2), (2, 2, 2), (1, 1, 2), (2, 2, 3)]


def higher(rows: Sequence[Row], by: int = 1) -> list[tuple[int, ...]]:
    return [tuple(int(level or 0) + by for level in row) for row in rows]


@pytest.fixture(scope="module")
def show(build: Build, say: Say) -> Callable[..., Result]:
    """The second of two rounds of one dimension, as it is shown."""

    def shown(
        then: Sequence[Row],
        now: Sequence[Row],
        *,
        names: tuple[Sequence[str], Sequence[str]] = (THREE, THREE),
        roles: tuple[Sequence[str | None], Sequence[str | None]] = ((), ()),
        k: int = 5,
        asked: tuple[Questionnaire, Questionnaire] | None = None,
        erased: bool = False,
        chosen: bool = False,
    ) -> Result:
        old, new = asked or (build(names[0]), build(names[1]))
        sittings = []
        for small, ids, rows, held in zip((old, new), names, (then, now), roles, strict=True):
            raters = [Rater(place + 1, held[place] if held else None) for place in range(len(rows))]
            answers = say(ids, *rows)
            measured = measure(small, raters, answers, invited=len(rows))
            sittings.append(Sitting(small, measured, raters, answers))
        before, after = sittings
        if erased:
            before = replace(before, answers=None)
        found = change.compare(before, after, since=1, k=k)
        first = disclosed(before.measurement, old, "October 2026", k=k)
        return disclosed(
            replace(after.measurement, change=found),
            new,
            "January 2027",
            k=k,
            before=Before(first, before.measurement, old, chosen),
        )

    return shown


def disclosed(
    measured: Measurement,
    questionnaire: Questionnaire,
    title: str,
    *,
    k: int = 5,
    before: Before | None = None,
    manner: Manner = Manner.APART,
) -> Result:
    return disclose(
        measured,
        questionnaire,
        k=k,
        team_name="Northwind ML",
        round_title=title,
        closed_on=date(2027, 1, 5),
        comments=(),
        before=before,
        manner=manner,
    )


def only(found: Result) -> DimensionResult:
    (dimension,) = found.dimensions
    return dimension


def changed(found: Result) -> ShownChange:
    """Of the one dimension, where there is a change."""
    change_ = only(found).change
    assert change_ is not None, only(found).no_change
    return change_


def test_a_change_of_the_same_questions_is_the_difference_of_the_scores_that_are_shown(
    show: Callable[..., Result],
) -> None:
    found = show(EIGHT, higher(EIGHT))
    assert changed(found).points == 25
    assert changed(found).before == a_score(47.0, "47")
    assert changed(found).composition == 0
    assert changed(found).verdict is Verdict.CHANGED
    assert found.since is not None
    assert (found.since.round_title, found.since.respondents) == ("October 2026", 8)
    assert (found.since.same_people, found.since.people, found.since.can_tell) == (True, 8, True)
    assert found.since.overall == a_score(47.0, "47")


@given(
    st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=5, max_size=8),
    st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=5, max_size=8),
    st.sampled_from([THREE, NEW]),
)
def test_of_a_pair_that_somebody_chose_a_number_is_the_difference_of_scores_or_none(
    show: Callable[..., Result], then: list[Row], now: list[Row], names: tuple[str, ...]
) -> None:
    found = only(show(then, now, names=(THREE, names), chosen=True))
    if names == THREE:
        assert found == only(show(then, now))
    else:
        assert (found.change, found.no_change is None) == (None, False)


def test_other_questions_leave_a_number_for_the_round_before_only(
    show: Callable[..., Result],
) -> None:
    rounds = (EIGHT, higher(EIGHT))
    assert changed(show(*rounds, names=(THREE, NEW))).points == 25
    chosen = only(show(*rounds, names=(THREE, NEW), chosen=True))
    assert chosen.no_change is NoChange.GIVES_ANSWERS_AWAY


@given(
    st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=5, max_size=8),
    st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=5, max_size=8),
)
def test_over_the_same_questions_nothing_new_is_told(
    show: Callable[..., Result], then: list[Row], now: list[Row]
) -> None:
    found = only(show(then, now))
    assert (found.change is None) is (found.no_change is not None)
    if found.change is not None:
        assert found.score is not None
        assert found.change.before.value == found.score.value - found.change.points
        assert found.change.composition == 0


def test_what_those_who_answered_both_came_to_is_no_number_of_its_own(
    show: Callable[..., Result],
) -> None:
    """Nine then, of whom eight come back with a tenth: the change of the eight is +25."""
    then, now = [*EIGHT, (4, 4, 3)], [*higher(EIGHT), (0, 0, 1)]
    names = [(*row, "dk") for row in then], [(*row, "dk") for row in now]
    asked = (("q1", "q2", "q3", "d"),) * 2
    found = show(*names, names=asked)
    then_score, now_score = changed(found).before, only(found).score
    assert now_score is not None
    assert changed(found).points == now_score.value - then_score.value < 25


def test_a_new_question_leaves_the_change_of_the_others_and_what_it_does_to_the_score(
    show: Callable[..., Result],
) -> None:
    now = [(q1 + 1, q2 + 1, 4 - (place % 2)) for place, (q1, q2, _) in enumerate(EIGHT)]
    found = only(show(EIGHT, now, names=(THREE, NEW)))
    assert found.change is not None
    assert found.score is not None
    assert found.change.points == 25
    assert found.change.composition == found.score.value - 47 - 25
    assert found.change.before.value == found.score.value - 25


def test_a_new_question_that_could_be_worked_out_from_it_hides_the_change(
    show: Callable[..., Result],
) -> None:
    """Three questions then, two of them now: what is left of the first score is the third's."""
    rows = [(2, 2, 0), (1, 2, 0), (3, 2, 0), (2, 1, 0), (2, 3, 1)]
    found = only(show(rows, [row[:2] for row in rows], names=(THREE, ("q1", "q2"))))
    assert found.no_change in (None, NoChange.GIVES_ANSWERS_AWAY)
    settled = [(2, 2, 0), (1, 2, 0), (3, 2, 0), (2, 1, 0), (2, 3, 0)]
    found = only(show(settled, [row[:2] for row in settled], names=(THREE, ("q1", "q2"))))
    assert (found.change, found.no_change) == (None, NoChange.GIVES_ANSWERS_AWAY)


def test_near_an_end_there_is_no_change(show: Callable[..., Result]) -> None:
    low = [(0, 0, 1), (0, 0, 0), (0, 0, 0), (0, 1, 0), (0, 0, 0), (0, 0, 0)]
    for then, now in ((low, EIGHT), (EIGHT, low)):
        assert only(show(then, now)).no_change is NoChange.NEAR_AN_END


def test_where_roles_weigh_evenly_in_one_round_only_there_is_no_change(
    show: Callable[..., Result],
) -> None:
    told = ("data_science",) * 5 + ("platform",) * 3
    found = show(EIGHT, higher(EIGHT), roles=((), told))
    assert only(found).no_change is NoChange.COUNTED_OTHERWISE
    assert only(show(EIGHT, higher(EIGHT), roles=(told, told))).change is not None


def test_few_answers_have_a_coarse_change_of_the_same_questions_and_no_verdict(
    show: Callable[..., Result],
) -> None:
    found = show(EIGHT[:4], higher(EIGHT[:4]))
    assert changed(found).points % 5 == 0
    assert changed(found).verdict is Verdict.NOT_TESTED
    assert found.since is not None
    assert not found.since.can_tell
    other = show(EIGHT[:4], higher(EIGHT[:4]), names=(THREE, NEW))
    assert only(other).no_change is NoChange.GIVES_ANSWERS_AWAY


def test_after_too_few_answers_then_there_is_a_score_and_no_change(
    show: Callable[..., Result],
) -> None:
    found = show([(1, "dk", "dk"), ("dk", "dk", "dk"), ("dk", 2, "dk")], EIGHT)
    assert only(found).no_change is NoChange.NO_SCORE_BEFORE


def test_other_questions_and_other_weights_have_no_change(
    build: Build, show: Callable[..., Result]
) -> None:
    others = show(EIGHT, EIGHT, names=(THREE, ("q1", "x", "y")))
    assert only(others).no_change is NoChange.OTHER_QUESTIONS
    plain = build(THREE)
    own = tailored(plain, Tailoring(importance={"q1": 3}))
    assert only(show(EIGHT, higher(EIGHT), asked=(plain, own))).no_change is (
        NoChange.GIVES_ANSWERS_AWAY
    )


def test_erased_answers_leave_the_number_and_take_the_verdict(
    show: Callable[..., Result],
) -> None:
    found = show(EIGHT, higher(EIGHT), erased=True)
    assert found.since is not None
    assert (found.since.answers_erased, found.since.can_tell) == (True, False)
    tested = changed(show(EIGHT, higher(EIGHT)))
    assert changed(found) == resealed(tested, verdict=Verdict.NOT_TESTED)


def test_what_a_team_agreed_is_compared_as_it_was_entered(build: Build, say: Say) -> None:
    old, new = build(THREE), build(("q1", "q2"))

    def agreed(small: Questionnaire, names: Sequence[str], row: Row) -> Sitting:
        answers = say(names, row)
        found = measure_together(small, {one.question_id: one.rating for one in answers})
        return Sitting(small, found, [Rater(1)], answers)

    then, now = agreed(old, THREE, (0, 0, 0)), agreed(new, ("q1", "q2"), (2, 1))
    found = change.compare(then, now, since=1, k=5)
    together = Manner.TOGETHER
    first = disclosed(then.measurement, old, "October 2026", manner=together)
    shown = disclosed(
        replace(now.measurement, change=found),
        new,
        "January 2027",
        before=Before(first, then.measurement, old),
        manner=together,
    )
    assert (changed(shown).points, changed(shown).verdict) == (38, Verdict.NOT_TESTED)


def test_without_the_round_before_no_change_is_shown(build: Build, say: Say) -> None:
    small = build(THREE)
    raters = [Rater(place + 1) for place in range(8)]
    answers = say(THREE, *EIGHT)
    measured = measure(small, raters, answers, invited=8)
    sitting = Sitting(small, measured, raters, answers)
    found = change.compare(sitting, sitting, since=1, k=5)
    shown = disclosed(replace(measured, change=found), small, "January 2027")
    assert (shown.since, only(shown).change, only(shown).no_change) == (None, None, None)


def test_what_many_do_not_know_comes_first_and_where_views_differ_is_talked_about(
    build: Build, say: Say
) -> None:
    small = build(THREE)
    rows: list[Row] = [(4, "dk", 2), (0, "dk", 2), (0, "dk", 2), (4, 1, 2), (0, 1, 2), (4, "dk", 2)]
    raters = [Rater(place + 1) for place in range(len(rows))]
    measured = measure(small, raters, say(THREE, *rows), invited=6)
    found = disclosed(measured, small, "January 2027").proposals
    assert [(one.question_id, one.kind) for one in found] == [
        ("q2", ProposalKind.FIND_OUT_FIRST),
        ("q3", ProposalKind.DO_NEXT),  # as far below its target as q1, and people agree
        ("q1", ProposalKind.AGREE_FIRST),
    ]
    assert [one.step for one in found] == [None, "q3 from 2", "q1 from 2"]
