"""Method section 7: what is shown of a round, and what is not."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.disclosure import disclose, hideable, own
from questionnaires.disclosure.floors import within_range
from questionnaires.errors import NoSuchQuestion
from questionnaires.hiding import digest_of
from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Questionnaire, Rater, Rating, Tier
from questionnaires.results import Agreement, HideableComment, Result, Seal, ShownScore
from questionnaires.scoring import measure
from tests.disclosed import a_comment, a_range, a_score, resealed

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
Row = Sequence[int | str | None]
Show = Callable[..., Result]

THREE = ("q1", "q2", "q3")
SIX = [(3, 2, 2), (2, 2, 1), (3, 3, 2), (2, 1, 1), (3, 2, 3), (2, 2, 1)]


@pytest.fixture(scope="session")
def show(build: Build, say: Say) -> Show:
    def shown(
        rows: Sequence[Row],
        *dimensions: Sequence[str],
        k: int = 5,
        comments: Sequence[tuple[str | None, str]] = (),
        changed: dict[str, dict[str, object]] | None = None,
        weights: Sequence[float] = (),
        hidden: Collection[str] = (),
    ) -> Result:
        dimensions = dimensions or (THREE,)
        small = build(*dimensions, changed=changed, weights=weights)
        names = [name for names in dimensions for name in names]
        people = [Rater(place + 1) for place in range(len(rows))]
        return disclose(
            measure(small, people, say(names, *rows), invited=len(rows) + 1),
            small,
            k=k,
            team_name="Northwind ML",
            round_title="January 2025",
            closed_on=date(2025, 2, 7),
            comments=comments,
            hidden=hidden,
        )

    return shown


def steps(shown: Result) -> tuple[str | None, ...]:
    """Of what is proposed, most urgent first."""
    return tuple(one.step for one in shown.proposals)


@pytest.mark.parametrize("k", [2, 11, 0, -5])
def test_k_is_from_three_to_ten(show: Show, k: int) -> None:
    with pytest.raises(ValueError, match=f"k is {k}"):
        show(SIX, k=k)
    assert [within_range(least) for least in range(3, 11)] == list(range(3, 11))


def test_six_raters_are_shown_in_full(show: Show) -> None:
    result = show(SIX)
    dimension = result.dimension("d0")
    assert dimension.score == a_score(51.0, "51")
    assert dimension.range == a_range(36, 66)
    assert (dimension.raters, dimension.views_differ, dimension.floor_score) == (6, False, None)
    assert (result.overall, result.overall_level) == (a_score(51.0, "51"), 2)
    assert result.overall_range == a_range(36, 66)
    assert (result.weakest, result.invited, result.respondents) == ("d0", 7, 6)
    assert [found.level for found in result.questions] == ["2.5", "2", "1.5"]
    assert [found.answered for found in result.questions] == [6, 6, 6]
    assert (result.questionnaire, result.questionnaire_version, result.k) == ("Small", 3, 5)
    assert (result.team_name, result.round_title) == ("Northwind ML", "January 2025")
    assert (result.method_version, result.closed_on) == (1, date(2025, 2, 7))


@pytest.mark.parametrize("people", range(6))
def test_what_is_kept_when_answers_are_erased_shows_the_same(
    build: Build, say: Say, people: int
) -> None:
    """Of one or two the figures go, and nobody sees a difference; of more all of it stays."""
    small, rows = build(THREE), SIX[:people]
    raters = [Rater(place + 1) for place in range(people)]
    measured = measure(small, raters, say(THREE, *rows), invited=6)
    kept = measured.without_figures()

    def shown(found: Measurement) -> Result:
        return disclose(
            found,
            small,
            k=3,
            team_name="Northwind ML",
            round_title="January 2025",
            closed_on=date(2025, 2, 7),
            comments=[],
        )

    assert shown(kept) == shown(measured)
    assert (kept != measured) is (people in (1, 2))
    if people < 3:
        figures = [(cell.levels, cell.mean) for cell in kept.questions]
        assert {*figures, (kept.overall, kept.weakest)} == {(0, None), (None, None)}


def test_below_k_respondents_scores_are_rounded_to_five_and_no_question_is_shown(
    show: Show,
) -> None:
    result = show(SIX[:4], comments=[("q1", "Who owns this?")])
    dimension = result.dimension("d0")
    assert dimension.score == a_score(50.0, "50")
    assert (dimension.range, dimension.floor_score) == (None, None)
    assert (result.overall, result.overall_range) == (a_score(50.0, "50"), None)
    assert {(found.level, found.agreement) for found in result.questions} == {(None, None)}
    assert [found.answered for found in result.questions] == [4, 4, 4]
    assert result.comments == ()


def test_below_k_there_is_a_plan_that_says_nothing_about_single_questions(show: Show) -> None:
    rows = [(0, 4, 2), (0, 4, 3), (1, 4, 1)]
    assert steps(show(rows)) == ("q1 from 2", "q2 from 2", "q3 from 2")
    assert steps(show([(4, 4, 4)] * 3)) == ("q1 from 3", "q2 from 3", "q3 from 3")


def test_below_three_respondents_there_is_nothing_but_the_count(show: Show) -> None:
    result = show([*SIX[:2], ("dk", "dk", "na")], k=3, comments=[(None, "Hm")])
    assert (result.invited, result.respondents) == (4, 2)
    assert (result.overall, result.overall_level, result.overall_range) == (None, None, None)
    assert (result.weakest, result.questions) == (None, ())
    assert (result.proposals, result.comments) == ((), ())
    assert [(found.score, found.raters) for found in result.dimensions] == [(None, 0)]


def test_a_dimension_needs_three_raters_in_its_own_cells(show: Show) -> None:
    rows = [(1, 1, 3, 3), (1, 1, 3, 3), *[(1, 1, "dk", "dk")] * 3]
    result = show(rows, ("a1", "a2"), ("b1", "b2"))
    assert result.dimension("d0").score == a_score(25.0, "25")
    assert (result.dimension("d1").score, result.dimension("d1").raters) == (None, 2)


def test_the_overall_score_gives_no_hidden_dimension_away(show: Show) -> None:
    rows = [(1, 1, 4, 4), (1, 1, 4, 4), *[(1, 1, "dk", "dk")] * 3]
    result = show(rows, ("a1", "a2"), ("b1", "b2"))
    assert (result.overall, result.overall_range) == (a_score(25.0, "25"), None)


def test_the_overall_score_gives_no_blunt_dimension_away(show: Show) -> None:
    names = [("a1", "a2"), ("b1", "b2")]
    unanimous = show([(2, 2, 4, 4)] * 5, *names)
    nearly = show([(2, 2, 4, 4)] * 4 + [(2, 2, 4, 3)], *names)
    assert unanimous.overall == nearly.overall == a_score(74.0, "74")
    assert unanimous.overall_range is None
    assert unanimous.dimensions == nearly.dimensions


def test_a_score_on_one_question_is_not_shown(show: Show) -> None:
    assert show([(2, "na", "na")] * 3 + [(3, "na", "na")] * 3).dimension("d0").score is None


def test_a_range_needs_three_questions(show: Show) -> None:
    rows = [(1, 2), (2, 3), (1, 1), (3, 2), (2, 2), (3, 3)]
    assert show(rows, ("a1", "a2")).dimension("d0").range is None
    assert show(rows, ("a1", "a2")).overall_range is None


@pytest.mark.parametrize(
    ("rows", "text", "value", "level"),
    [
        ([(0, 0, 0)] * 5, "under 5", 2.5, 0),
        ([(0, 0, 0)] * 4 + [(0, 1, 1)], "under 5", 2.5, 0),
        ([(0, 0, 0)] * 4 + [(1, 1, 1)], "5", 5.0, 0),
        ([(4, 4, 4)] * 4 + [(3, 3, 3)], "95", 95.0, 4),
        ([(4, 4, 4)] * 4 + [(3, 3, 4)], "over 95", 97.5, 4),
        ([(4, 4, 4)] * 5, "over 95", 97.5, 4),
    ],
)
def test_the_ends_of_a_score_are_blunt(
    show: Show, rows: list[Row], text: str, value: float, level: int
) -> None:
    result = show(rows)
    assert result.dimension("d0").score == a_score(value, text)
    assert result.overall == a_score(value, text)
    assert result.overall_level == level
    if "er " in text:
        assert result.dimension("d0").range is None
        assert result.overall_range is None


def test_small_rounds_have_blunt_ends_too(show: Show) -> None:
    result = show([(0, 0, 0)] * 3 + [(0, 0, 1)])
    assert result.dimension("d0").score == a_score(2.5, "under 5")


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ((1, 1, 1, 0, 0), "about 0"),
        ((1, 1, 1, 1, 0), "1"),
        ((2, 2, 1, 1, 1), "1.5"),
        ((2, 2, 2, 2, 2), "2"),
        ((3, 3, 3, 3, 3), "3"),
        ((4, 4, 3, 3, 3), "about 4"),
        ((4, 4, 4, 4, 3), "about 4"),
    ],
)
def test_a_question_shows_half_levels_with_blunt_ends(
    show: Show, levels: tuple[int, ...], text: str
) -> None:
    rows = [(level, 1 + place % 3, 2 + place % 2) for place, level in enumerate(levels)]
    assert show(rows).questions[0].level == text


def test_a_question_needs_k_levels(show: Show) -> None:
    result = show([*SIX[:5], (2, "dk", 3)], k=6)
    assert [found.level for found in result.questions] == ["2.5", None, "2"]
    assert result.questions[1].answered == 5


def test_a_score_and_two_levels_do_not_settle_the_third_question(show: Show) -> None:
    """Others at the edge of what their levels allow leave room for 0 (or 4) alone."""
    low = [(0, 2, 1)] * 4
    assert [found.level for found in show([*low, (0, 2, 1)]).questions] == ["about 0", "2", "1"]
    assert [found.level for found in show([*low, (0, 1, 0)]).questions] == [None, None, None]
    high = [(4, 2, 3)] * 4
    assert [found.level for found in show([*high, (4, 2, 3)]).questions] == ["about 4", "2", "3"]
    assert [found.level for found in show([*high, (4, 3, 4)]).questions] == [None, None, None]


def test_a_dimension_whose_levels_are_kept_back_has_a_coarse_score(show: Show) -> None:
    result = show([*[(0, 2, 1)] * 4, (0, 1, 0)])
    dimension = result.dimension("d0")
    assert (dimension.score, dimension.range) == (a_score(20.0, "20"), None)
    assert (result.overall, result.overall_range) == (a_score(20.0, "20"), None)
    assert steps(result) == ("q1 from 1", "q2 from 1", "q3 from 1")


def test_agreement_has_a_band_from_five_levels_on(show: Show) -> None:
    rows = [(2, 1, 1), (2, 2, 4), (2, 3, 1), (2, 1, 2), (2, 3, 1)]
    bands = [found.agreement for found in show(rows).questions]
    assert bands == [Agreement.HIGH, Agreement.MEDIUM, Agreement.LOW]
    assert {found.agreement for found in show(rows[:4], k=3).questions} == {None}


def test_a_blunt_level_has_no_band(show: Show) -> None:
    rows = [(0, 1, 2), (0, 2, 3), (1, 3, 1), (1, 1, 2), (0, 2, 2)]
    found = show(rows).questions[0]
    assert (found.level, found.agreement) == ("about 0", None)


def test_views_differ_is_said_from_k_raters_on(show: Show) -> None:
    split = [(0, 4, 1), (4, 0, 3), (0, 4, 4), (4, 0, 0), (2, 2, 2)]
    assert show(split).dimension("d0").views_differ
    assert not show(split, k=6).dimension("d0").views_differ
    assert not show([(2, 2, 2)] * 5).dimension("d0").views_differ


def test_find_out_first_needs_three_dont_knows_that_are_half_at_least(show: Show) -> None:
    rows = [(1, "dk", "dk"), (2, "dk", "dk"), (1, "dk", 1), (2, 1, 2), (1, 2, 3), (2, 2, 2)]
    assert [found.find_out_first for found in show(rows).questions] == [False, True, False]
    assert not any(found.find_out_first for found in show(rows, k=7).questions)


def test_a_question_that_does_not_apply_is_said_from_k_on(show: Show) -> None:
    rows = [(1, 2, "na"), (2, 1, "na"), (2, 2, "na"), (1, 1, 4), (2, 2, 0)]
    assert [found.applicable for found in show(rows).questions] == [True, True, False]
    assert [found.applicable for found in show(rows, k=6).questions] == [True, True, True]
    assert show(rows).questions[2].level is None


def test_the_floor_score_is_shown_where_it_differs(show: Show) -> None:
    rows = [(3, 2, "na"), (2, 2, "na"), (4, 3, "na"), (3, 3, "na"), (2, 2, 1)]
    dimension = show(rows).dimension("d0")
    assert (dimension.score, dimension.floor_score) == (
        a_score(65.0, "65"),
        a_score(43.0, "43"),
    )
    assert show([(4, 4, "na")] * 5).dimension("d0").floor_score is None


def test_ranges_are_blunt_at_both_ends(show: Show) -> None:
    rows = [(0, 1, 0), (4, 4, 3), (0, 0, 1), (4, 3, 4), (0, 1, 1)]
    assert show(rows).dimension("d0").range == a_range(0, 100)


def test_the_weakest_dimension_is_the_lowest_as_shown_and_the_first_of_equals(show: Show) -> None:
    rows = [(2, 2, 1, 2), (1, 1, 2, 1), (2, 2, 1, 2), (1, 1, 2, 1)]
    result = show([*rows, (0, 0, 0, 0)], ("a1", "a2"), ("b1", "b2"), k=6)
    assert [found.score for found in result.dimensions] == [a_score(30.0, "30")] * 2
    assert result.weakest == "d0"


def test_comments_show_from_k_on_in_an_order_that_follows_from_their_texts(show: Show) -> None:
    comments = [("q1", "Who owns this?"), (None, "More tests"), ("q3", "No alerts"), ("q3", "Ok")]
    shown = show(SIX, comments=comments).comments
    assert show(SIX, comments=comments[::-1]).comments == shown
    assert a_comment("About q1", "Who owns this?") in shown
    assert a_comment(None, "More tests") in shown
    assert len(shown) == 4
    assert show(SIX, comments=comments, k=7).comments == ()
    with pytest.raises(NoSuchQuestion):
        show(SIX, comments=[("q9", "What?")])


COMMENTS = (("q1", "Ok"), ("q1", "Ok"), ("q2", "Ok"), (None, "Ok"), ("q2", "Ask Ben."))


def test_hidden_comments_are_left_out_and_counted_equal_ones_together(show: Show) -> None:
    whole = show(SIX, comments=COMMENTS)
    ok, ask = digest_of("q1", "Ok"), digest_of("q2", "Ask Ben.")
    some = show(SIX, comments=COMMENTS, hidden={ok, ask, digest_of("q3", "Ok")})
    assert (whole.comments_hidden, some.comments_hidden) == (0, 3)
    assert set(some.comments) == {a_comment("About q2", "Ok"), a_comment(None, "Ok")}
    assert some.comments == tuple(one for one in whole.comments if one in some.comments)
    assert resealed(some, comments=whole.comments, comments_hidden=0) == whole


def test_all_comments_can_be_hidden_and_below_k_not_even_their_number_shows(show: Show) -> None:
    hidden = [digest_of(*said) for said in COMMENTS]
    all_ = show(SIX, comments=COMMENTS, hidden=hidden)
    few = show(SIX, comments=COMMENTS, hidden=hidden, k=7)
    assert (all_.comments, all_.comments_hidden) == ((), 5)
    assert (few.comments, few.comments_hidden) == ((), 0)


def test_what_can_be_hidden_is_what_is_shown_in_its_order_hidden_ones_in_their_places(
    build: Build, say: Say, show: Show
) -> None:
    small = build(THREE)
    measured = measure(small, [Rater(place + 1) for place in range(6)], say(THREE, *SIX), invited=7)

    def seen(k: int = 5) -> tuple[HideableComment, ...]:
        hidden = {digest_of("q1", "Ok")}
        return hideable(measured, small, k=k, comments=COMMENTS, hidden=hidden)

    assert tuple(one.comment for one in seen()) == show(SIX, comments=COMMENTS).comments
    assert [one.comment for one in seen() if one.hidden] == [a_comment("About q1", "Ok")] * 2
    assert {one.digest for one in seen()} == {digest_of(*said) for said in COMMENTS}
    assert seen(k=7) == ()


@given(st.none() | st.text(max_size=9), st.text(), st.none() | st.text(max_size=9), st.text())
def test_a_digest_stands_for_the_question_and_the_words(
    about: str | None, text: str, other: str | None, others: str
) -> None:
    same = (about, text) == (other, others)
    assert (digest_of(about, text) == digest_of(other, others)) is same
    assert re.fullmatch("[0-9a-f]{64}", digest_of(about, text))


def test_next_steps_start_from_the_lowest_question_then_the_least_effort(show: Show) -> None:
    rows = [(2, 1, 1), (2, 2, 2), (2, 1, 1), (3, 1, 1), (3, 2, 2)]
    effort: dict[str, dict[str, object]] = {"q2": {"effort": 3}, "q3": {"effort": 1}}
    assert steps(show(rows)) == ("q2 from 1", "q3 from 1", "q1 from 2")
    assert steps(show(rows, changed=effort)) == ("q3 from 1", "q2 from 1", "q1 from 2")


def test_next_steps_come_from_the_weakest_dimension_and_leave_out_what_is_about_four(
    show: Show,
) -> None:
    rows = [(4, 1, 3, 3), (4, 2, 3, 3), (3, 1, 3, 3), (4, 1, 3, 3), (3, 3, 3, 2)]
    result = show(rows, ("a1", "a2"), ("b1", "b2"))
    assert (result.weakest, steps(result)) == ("d0", ("a2 from 1",))


@pytest.mark.parametrize(
    ("needed", "expected"), [(1, ("b1 from 1", "a2 from 1")), (3, ("a1 from 1", "a2 from 1"))]
)
def test_a_question_gives_way_to_a_prerequisite_that_stands_below_two(
    show: Show, needed: int, expected: tuple[str, ...]
) -> None:
    rows = [(1, 1, needed, 4), (1, 1, needed, 4), (1, 2, needed, 3), (1, 1, needed, 3)]
    rows += [(1, 1, needed, 4)]
    changed: dict[str, dict[str, object]] = {"a1": {"depends_on": ("b1",)}}
    assert steps(show(rows, ("a1", "a2"), ("b1", "b2"), changed=changed)) == expected


def test_two_questions_with_the_same_prerequisite_name_it_once(show: Show) -> None:
    changed: dict[str, dict[str, object]] = {
        "q2": {"depends_on": ("q1",)},
        "q3": {"depends_on": ("q2",)},
    }
    rows = [(1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 2), (1, 1, 1)]
    assert steps(show(rows, changed=changed)) == ("q1 from 1",)


def test_when_no_question_of_the_weakest_may_be_shown_the_plan_is_unranked(show: Show) -> None:
    rows: list[Row] = [(1, 1, "dk"), (1, "dk", 2), ("dk", 1, 1), (1, 2, 2), (2, 2, 1)]
    assert steps(show(rows)) == ("q1 from 1", "q2 from 1", "q3 from 1")


def test_deep_dive_questions_stand_in_the_details_once_somebody_answered(show: Show) -> None:
    deep: dict[str, dict[str, object]] = {"q4": {"tier": Tier.DEEP_DIVE}}
    names = (*THREE, "q4")
    silent = show([(*row, None) for row in SIX], names, changed=deep)
    asked = show([(*row, 2) for row in SIX], names, changed=deep)
    assert [found.id for found in silent.questions] == list(THREE)
    assert (asked.questions[3].id, asked.questions[3].level) == ("q4", "2")
    assert silent.dimensions == asked.dimensions


def test_own_scores_are_exact_for_their_authors_eyes(build: Build) -> None:
    small = build(THREE, ("q4", "q5"), ("q6", "q7"))
    ratings = {name: Rating.of_level(level) for name, level in [("q1", 3), ("q2", 3), ("q3", 2)]}
    ratings |= {"q4": Rating.of_level(4), "q5": Rating.of_level(4), "q6": Rating.dont_know()}
    found = own(small, ratings)
    assert [it.score for it in found] == [a_score(67.0, "67"), a_score(100.0, "100"), None]
    assert [it.raters for it in found] == [1, 1, 0]


NAMES = ("a1", "a2", "a3", "b1", "b2", "c1", "c2", "c3")
DIMENSIONS = (NAMES[:3], NAMES[3:5], NAMES[5:])
row = st.tuples(*([st.sampled_from([0, 0, 1, 2, 3, 4, 4, "dk", "na", None])] * len(NAMES)))
levels_only = st.tuples(*([st.sampled_from([0, 4])] * len(NAMES)))
some_rows = st.lists(row | levels_only, max_size=12)


def shown_scores(result: Result) -> list[ShownScore]:
    scores = [result.overall]
    for found in result.dimensions:
        scores += [found.score, found.floor_score]
    return [score for score in scores if score is not None]


@given(rows=some_rows, k=st.integers(3, 10))
def test_no_score_is_ever_0_or_100(show: Show, rows: list[Row], k: int) -> None:
    for score in shown_scores(show(rows, *DIMENSIONS, k=k)):
        assert score.text not in {"0", "100"}
        assert 2.5 <= score.value <= 97.5


@given(rows=some_rows, k=st.integers(3, 10))
def test_nothing_is_said_of_a_question_below_k_levels(show: Show, rows: list[Row], k: int) -> None:
    result = show(rows, *DIMENSIONS, k=k)
    for found in result.questions:
        if found.answered < k:
            assert (found.level, found.agreement) == (None, None)
    if result.respondents < k:
        assert not any(found.find_out_first or not found.applicable for found in result.questions)
        assert not any(found.range or found.views_differ for found in result.dimensions)
        assert all(score.value % 5 in {0, 2.5} for score in shown_scores(result))


@given(rows=st.lists(row | levels_only, max_size=2), k=st.integers(3, 10))
def test_nothing_at_all_is_said_below_three_respondents(
    show: Show, rows: list[Row], k: int
) -> None:
    result = show(rows, *DIMENSIONS, k=k, comments=[(None, "Hm")])
    assert result == show(
        [(2,) * 8] * result.respondents + [("dk",) * 8] * (len(rows) - result.respondents),
        *DIMENSIONS,
        k=k,
    )


@given(rows=some_rows, seed=st.randoms(use_true_random=False))
def test_who_answered_what_first_makes_no_difference(
    show: Show, rows: list[Row], seed: Random
) -> None:
    turned = list(rows)
    seed.shuffle(turned)
    assert show(turned, *DIMENSIONS) == show(rows, *DIMENSIONS)


def test_nothing_else_can_build_or_change_what_may_be_shown(show: Show) -> None:
    class Forged(Seal):
        pass

    shown = show([(2, 2, 2)] * 6)
    with pytest.raises(TypeError, match="disclosure"):
        ShownScore(51.0, "51", seal=Forged())
    with pytest.raises((TypeError, ValueError), match="seal"):
        replace(shown, overall=None)  # type: ignore[call-arg]


def test_nobody_else_has_a_seal() -> None:
    root = Path(__file__).parents[2]
    makers = [
        path.relative_to(root).as_posix()
        for package in ("bot", "storage", "questionnaires", "benchmarks", "tests")
        for path in (root / package).rglob("*.py")
        if re.search(r"(?<!class )\bSeal\(", path.read_text())
    ]
    assert makers == ["questionnaires/disclosure/seal.py"]


def test_a_deep_dive_has_a_score_of_its_own_and_leaves_the_dimensions_alone(show: Show) -> None:
    further = {name: {"tier": Tier.DEEP_DIVE} for name in ("x1", "x2")}
    names = (*THREE, "x1", "x2")
    rows = [(*row, 3, 2 + place % 2) for place, row in enumerate(SIX)]
    shown, plain = show(rows, names, changed=further).dimension("d0"), show(SIX).dimension("d0")
    assert shown.deep_dive == a_score(69.0, "69")
    assert (shown.score, shown.range) == (plain.score, plain.range)
    assert plain.deep_dive is None


@pytest.mark.parametrize(
    "answers",
    [
        [*[(0, 2, 1)] * 4, (0, 1, 0)],  # with the levels it says that all said 0 to the first
        [("dk", "dk", 3)] * 5,  # on one question alone it would be that question's mean
    ],
)
def test_the_score_of_a_deep_dive_is_left_out_where_it_would_tell_answers(
    show: Show, answers: Sequence[Row]
) -> None:
    names = ("x1", "x2", "x3")
    further = {name: {"tier": Tier.DEEP_DIVE} for name in names}
    rows = [(*row, *own) for row, own in zip(SIX[:5], answers, strict=True)]
    shown = show(rows, (*THREE, *names), changed=further).dimension("d0")
    assert shown.score is not None
    assert shown.deep_dive is None


def test_below_k_respondents_a_deep_dive_has_no_score(show: Show) -> None:
    further = {name: {"tier": Tier.DEEP_DIVE} for name in ("x1", "x2")}
    rows = [(*row, 3, 2) for row in SIX[:4]]
    assert show(rows, (*THREE, "x1", "x2"), changed=further).dimension("d0").deep_dive is None
