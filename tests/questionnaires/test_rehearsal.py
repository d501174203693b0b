"""Made-up colleagues: the same each time, as varied as people are, and enough of them."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import catalog, disclosure, rehearsal, scoring
from questionnaires.model import Answer, Kind, Questionnaire, Rater
from questionnaires.rehearsal import Ending
from questionnaires.roles import ASKED_FROM, Role
from questionnaires.rounds import Manner, Round, RoundState

ALL = tuple(catalog.load_all().values())
SEEDS = st.integers(1, 2**31 - 1)
NUMBERS = st.sampled_from(rehearsal.COLLEAGUES)
QUICK = settings(max_examples=60, deadline=None)
OPENED = datetime(2027, 1, 18, 12, 0, tzinfo=UTC)
ROUND = Round(
    id=7,
    team_id="T1",
    scorecard_id=3,
    number=1,
    team_name="Rehearsal",
    title="January 2027",
    state=RoundState.OPEN,
    questionnaire_id="mlops-scorecard",
    questionnaire_version=1,
    k=5,
    zone="UTC",
    hour=10,
    results_channel="",
    opened_by="U1",
    opened_at=OPENED,
    closes_at=OPENED + rehearsal.LASTS,
    manner=Manner.REHEARSAL,
)


@QUICK
@given(st.sampled_from(ALL), NUMBERS, SEEDS)
def test_everybody_made_up_has_answered_everything_as_a_card_offers_it(
    questions: Questionnaire, number: int, seed: int
) -> None:
    found = rehearsal.colleagues(questions, number, seed)
    assert len({one.user_id for one in found}) == number
    for one in found:
        assert set(one.ratings) == {question.id for question in questions.core}
        for rating in one.ratings.values():
            questions.check(rating)
    said = [rating for one in found for rating in one.ratings.values()]
    levels = Counter(rating.level for rating in said if rating.kind is Kind.LEVEL)
    assert len(levels) > 1
    assert any(rating.kind is Kind.DONT_KNOW for rating in said)
    assert sum(one.comment is not None for one in found) == 2


@QUICK
@given(st.sampled_from(ALL), NUMBERS, SEEDS)
def test_the_same_round_has_the_same_colleagues(
    questions: Questionnaire, number: int, seed: int
) -> None:
    once = rehearsal.colleagues(questions, number, seed)
    assert once == rehearsal.colleagues(questions, number, seed)
    assert once != rehearsal.colleagues(questions, number, seed + 1)


@QUICK
@given(st.sampled_from(ALL), NUMBERS, SEEDS)
def test_their_result_can_be_shown_whatever_the_one_real_person_says(
    questions: Questionnaire, number: int, seed: int
) -> None:
    found = rehearsal.colleagues(questions, number, seed)
    said = [
        Answer(place, question_id, rating)
        for place, one in enumerate(found)
        for question_id, rating in one.ratings.items()
    ]
    raters = [Rater(place) for place in range(number + 1)]
    measured = scoring.measure(questions, raters, said, invited=number + 1)
    assert measured.can_be_shown
    shown = disclosure.disclose(
        measured,
        questions,
        k=4,
        team_name="Rehearsal",
        round_title="January 2027",
        closed_on=OPENED.date(),
        comments=[one.comment for one in found if one.comment],
    )
    assert shown.overall is not None
    assert len(shown.comments) == 2


def test_no_id_of_theirs_looks_like_one_of_slacks() -> None:
    for one in rehearsal.colleagues(ALL[0], rehearsal.COLLEAGUES[-1], 1):
        assert not re.fullmatch(r"[A-Z0-9]+", one.user_id)


@pytest.mark.parametrize(
    ("people", "k", "number"),
    [(1, 5, 4), (3, 5, 4), (8, 5, 7), (40, 5, 11), (-5, 3, 4), (8, 10, 9), (2**31, 3, 11)],
)
def test_as_many_are_made_up_as_would_be_asked_beside_one_within_limits(
    people: int, k: int, number: int
) -> None:
    assert rehearsal.colleagues_of(people, k) == number


@pytest.mark.parametrize("number", [4, 8, 9, 11])
def test_they_have_roles_only_where_roles_are_asked(number: int) -> None:
    roles = {one.role for one in rehearsal.colleagues(ALL[0], number, 1)}
    assert roles == (set(Role) if number + 1 >= ASKED_FROM else {None})


def test_everything_is_headed_by_what_it_is() -> None:
    assert rehearsal.called(None) == "Rehearsal"
    assert rehearsal.called("Northwind ML") == "Rehearsal · Northwind ML"


def test_why_it_is_over_follows_from_how_it_was_closed() -> None:
    early = replace(ROUND, state=RoundState.CLOSED, closed_at=OPENED + timedelta(hours=1))
    late = replace(early, closed_at=ROUND.closes_at)
    assert rehearsal.ending_of(early, has_result=True) is Ending.DONE
    assert rehearsal.ending_of(early, has_result=False) is Ending.EDITED
    assert rehearsal.ending_of(late, has_result=False) is Ending.LAPSED


def test_after_two_days_it_goes_in_any_case() -> None:
    assert not rehearsal.is_overdue(ROUND, OPENED + timedelta(hours=47))
    assert rehearsal.is_overdue(ROUND, OPENED + timedelta(hours=48))
