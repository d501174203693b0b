"""Filled in together: one person stands for the team, and what was agreed is shown as it is."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import together
from questionnaires.disclosure import disclose, own
from questionnaires.errors import NoSuchQuestion
from questionnaires.hiding import digest_of
from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Questionnaire, Rater, Rating
from questionnaires.result_json import as_json, measurement_as_json, measurement_from_json
from questionnaires.results import Result
from questionnaires.rounds import Manner
from questionnaires.scoring import measure
from tests.disclosed import a_comment, a_score

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]

NA, DK = Rating.not_applicable("We have none"), Rating.dont_know()
NAMES = ("a1", "a2", "a3", "b1", "b2", "b3")
said = st.sampled_from([*map(Rating.of_level, range(5)), DK, NA])


@pytest.fixture
def small(build: Build) -> Questionnaire:
    """Two dimensions of three questions; a3 weighs double, the second dimension triple."""
    return build(NAMES[:3], NAMES[3:], changed={"a3": {"weight": 2.0}}, weights=(1.0, 3.0))


def agreed(**levels: int | Rating) -> dict[str, Rating]:
    return {
        name: level if isinstance(level, Rating) else Rating.of_level(level)
        for name, level in levels.items()
    }


def show(
    measurement: Measurement,
    questionnaire: Questionnaire,
    *comments: tuple[str | None, str],
    manner: Manner = Manner.TOGETHER,
    hidden: Collection[str] = (),
) -> Result:
    return disclose(
        measurement,
        questionnaire,
        k=5,
        team_name="Northwind ML",
        round_title="January 2027",
        closed_on=date(2027, 2, 1),
        comments=comments,
        manner=manner,
        hidden=hidden,
    )


def test_a_score_is_the_weighted_mean_of_the_agreed_levels(small: Questionnaire) -> None:
    found = together.measure(small, agreed(a1=4, a2=1, a3=3, b1=0, b2=2, b3=0))

    # (100 + 25 + 2 * 75) / 4 and (0 + 50 + 0) / 3; together 1 to 3.
    assert [cell.score for cell in found.dimensions] == [68.75, pytest.approx(50 / 3)]
    assert found.overall == pytest.approx((68.75 + 3 * 50 / 3) / 4)
    assert found.weakest == "d1"
    assert (found.invited, found.respondents, found.together) == (1, 1, True)


def test_what_was_agreed_is_shown_exactly_at_the_ends_too(small: Questionnaire) -> None:
    shown = show(together.measure(small, agreed(a1=4, a2=4, a3=4, b1=0, b2=0, b3=0)), small)

    assert [one.score for one in shown.dimensions] == [a_score(100, "100"), a_score(0, "0")]
    assert shown.overall == a_score(25, "25")
    assert shown.overall_level == 1
    assert [one.level for one in shown.questions] == ["4", "4", "4", "0", "0", "0"]
    assert [one.step for one in shown.proposals][:3] == ["b1 from 0", "b2 from 0", "b3 from 0"]


def test_there_is_no_range_and_no_agreement(small: Questionnaire) -> None:
    shown = show(together.measure(small, agreed(a1=4, a2=0, a3=4, b1=0, b2=4, b3=0)), small)

    assert shown.overall_range is None
    assert not any(one.range or one.views_differ for one in shown.dimensions)
    assert not any(one.agreement for one in shown.questions)
    assert (shown.manner, shown.together) == (Manner.TOGETHER, True)
    assert '"manner": "together"' in as_json(shown)


def test_under_two_thirds_of_what_applies_there_is_no_score(small: Questionnaire) -> None:
    found = together.measure(small, agreed(a1=4, a2=DK, b1=2, b2=NA, b3=3))

    assert [cell.score for cell in found.dimensions] == [None, 62.5]
    assert found.overall == 62.5
    assert found.can_be_shown
    shown = show(found, small)
    assert [one.applicable for one in shown.questions] == [True, True, True, True, False, True]
    assert [one.find_out_first for one in shown.questions] == [False, True] + [False] * 4
    # Counting what doesn't apply as 0: (50 + 0 + 75) / 3.
    assert shown.dimension("d1").floor_score == a_score(42, "42")


def test_a_round_that_was_not_finished_shows_no_score(small: Questionnaire) -> None:
    started = together.measure(small, agreed(a1=4, b1=2))
    untouched = together.measure(small, {})

    assert (started.can_be_shown, started.respondents) == (False, 1)
    assert (untouched.can_be_shown, untouched.respondents) == (False, 0)
    for found in (started, untouched):
        shown = show(found, small)
        assert (shown.overall, shown.weakest, shown.proposals) == (None, None, ())
        assert [one.score for one in shown.dimensions] == [None, None]


def test_only_dont_knows_and_waivers_give_no_score(small: Questionnaire) -> None:
    found = together.measure(small, dict.fromkeys(NAMES[:3], NA) | dict.fromkeys(NAMES[3:], DK))

    assert (found.overall, found.respondents) == (None, 0)


def test_notes_can_be_hidden_as_comments_can(small: Questionnaire) -> None:
    notes = [("b1", "Two days."), (None, "Alerts.")]
    shown = show(
        together.measure(small, agreed(a1=2, b1=2)),
        small,
        *notes,
        hidden=[digest_of(None, "Alerts.")],
    )

    assert (shown.comments, shown.comments_hidden) == ((a_comment("About b1", "Two days."),), 1)


def test_comments_are_the_teams_notes_in_the_order_of_asking(small: Questionnaire) -> None:
    notes = ((None, "Alerts."), ("b1", "Two days."), ("a2", "Nobody owns it."))
    shown = show(together.measure(small, agreed(a1=1, a2=1, a3=1)), small, *notes)

    assert shown.comments == (
        a_comment("About a2", "Nobody owns it."),
        a_comment("About b1", "Two days."),
        a_comment(None, "Alerts."),
    )


def test_what_is_no_question_is_refused(small: Questionnaire) -> None:
    with pytest.raises(NoSuchQuestion):
        together.measure(small, agreed(zz=1))
    with pytest.raises(NoSuchQuestion):
        show(together.measure(small, {}), small, ("zz", "Oops."))


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, said)))
def test_the_scores_are_those_one_person_would_read_as_their_own(
    build: Build, ratings: dict[str, Rating]
) -> None:
    small = build(NAMES[:3], NAMES[3:], changed={"a3": {"weight": 2.0}})
    found = together.measure(small, ratings)
    shown = show(found, small)

    assert [one.score for one in shown.dimensions] == [one.score for one in own(small, ratings)]
    assert measurement_from_json(measurement_as_json(found)) == found
    assert all(cell.score is None or 0 <= cell.score <= 100 for cell in found.dimensions)


# Never for people who answered on their own


@pytest.mark.parametrize("people", [1, 2])
def test_one_or_two_who_answered_on_their_own_still_show_nothing(
    build: Build, say: Say, people: int
) -> None:
    small = build(NAMES[:3], NAMES[3:])
    rows = [[1, 2, 3, 4, 3, 2], [2, 2, 3, 3, 3, 1]][:people]
    found = measure(small, [Rater(1), Rater(2)][:people], say(NAMES, *rows), invited=people)

    assert not found.can_be_shown
    shown = show(found, small, ("a1", "Mine."), manner=Manner.APART)
    assert (shown.overall, shown.questions, shown.comments, shown.proposals) == (None, (), (), ())
    assert all(one.score is None and one.raters == 0 for one in shown.dimensions)


@pytest.mark.parametrize("manner", [Manner.APART, Manner.REHEARSAL])
def test_a_measurement_is_shown_in_its_own_manner_only(
    small: Questionnaire, say: Say, manner: Manner
) -> None:
    alone = measure(small, [Rater(1)], say(NAMES, [1, 2, 3, 4, 3, 2]), invited=1)
    with pytest.raises(ValueError, match="answered together"):
        show(alone, small, manner=Manner.TOGETHER)
    entered = together.measure(small, agreed(a1=1, a2=1, a3=1))
    with pytest.raises(ValueError, match=f"answered {manner}"):
        show(entered, small, manner=manner)


def test_a_result_frozen_by_an_older_version_was_answered_apart(
    small: Questionnaire, say: Say
) -> None:
    found = measure(small, [Rater(1)], say(NAMES, [1, 2, 3, 4, 3, 2]), invited=1)
    older = measurement_as_json(found).replace(',\n  "together": false', "")
    assert "together" not in older
    assert measurement_from_json(older) == replace(found, together=False)
