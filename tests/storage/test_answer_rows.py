"""Answers, comments and results: one row each, the last word counts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from questionnaires.measurements import DimensionCell, Measurement, QuestionCell, Range
from questionnaires.model import Answer, Rating
from questionnaires.rounds import Participant, Round
from storage import answers, participants
from storage.database import Database

AtOnce = Callable[..., list[Any]]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

MEASUREMENT = Measurement(
    method_version=1,
    invited=9,
    respondents=7,
    by_role=False,
    overall=1 / 3,
    overall_range=Range(0.1, 99.9, 2 / 3, 6),
    weakest=None,
    dimensions=(DimensionCell("data", 7, 52.5, None, None, 0.25),),
    questions=(
        QuestionCell(
            "q1", 6, 1, 0, applicable=True, mean=50.0, average_deviation=0.1 + 0.2, spread=3
        ),
    ),
)


def save(session: Session, who: Participant, question: str, rating: Rating) -> None:
    answers.save_answer(
        session, "T1", participant_id=who.id, question_id=question, rating=rating, now=NOW
    )


def comment(session: Session, who: Participant, question: str, body: str) -> None:
    answers.save_comment(session, "T1", participant_id=who.id, question_id=question, body=body)


@pytest.mark.parametrize(
    "rating",
    [Rating.of_level(0), Rating.of_level(4), Rating.dont_know(), Rating.not_applicable("no GPU")],
    ids=str,
)
def test_every_kind_of_rating_comes_back(
    database: Database, asked: list[Participant], rating: Rating
) -> None:
    with database.writing() as session:
        save(session, asked[0], "q1", rating)
    with database.reading() as session:
        assert answers.ratings(session, asked[0].id) == {"q1": rating}
        assert answers.ratings(session, asked[1].id) == {}


def test_a_double_click_is_one_answer(
    database: Database, asked: list[Participant], at_once: AtOnce
) -> None:
    def click() -> None:
        with database.writing() as session:
            save(session, asked[0], "q1", Rating.of_level(3))

    at_once(click, click)
    with database.reading() as session:
        assert answers.answers(session, asked[0].round_id) == [
            Answer(asked[0].id, "q1", Rating.of_level(3))
        ]


def test_two_different_clicks_at_once_leave_one_whole_answer(
    database: Database, asked: list[Participant], at_once: AtOnce
) -> None:
    choices = [Rating.of_level(1), Rating.dont_know(), Rating.not_applicable("no models yet")]

    def click(rating: Rating) -> None:
        with database.writing() as session:
            save(session, asked[0], "q1", rating)

    at_once(*(lambda rating=rating: click(rating) for rating in choices))
    with database.reading() as session:
        [found] = answers.answers(session, asked[0].round_id)
    assert found.rating in choices


def test_who_changes_their_mind_keeps_the_last_answer(
    database: Database, asked: list[Participant]
) -> None:
    with database.writing() as session:
        for rating in (Rating.not_applicable("no"), Rating.of_level(2), Rating.dont_know()):
            save(session, asked[0], "q1", rating)
            assert answers.ratings(session, asked[0].id) == {"q1": rating}


def test_all_answers_of_a_round_and_of_no_other(
    database: Database, asked: list[Participant], opened: Round
) -> None:
    ann, ben = asked
    with database.writing() as session:
        save(session, ben, "q1", Rating.of_level(1))
        save(session, ann, "q2", Rating.dont_know())
        save(session, ann, "q1", Rating.of_level(0))
    with database.reading() as session:
        found = answers.answers(session, opened.id)
        assert len(found) == 3
        assert set(found) == {
            Answer(ann.id, "q1", Rating.of_level(0)),
            Answer(ann.id, "q2", Rating.dont_know()),
            Answer(ben.id, "q1", Rating.of_level(1)),
        }
        assert answers.answers(session, opened.id + 1) == []


def test_participants_can_be_called_by_other_numbers(
    database: Database, asked: list[Participant], opened: Round
) -> None:
    ann, ben = asked
    with database.writing() as session:
        save(session, ann, "q1", Rating.of_level(3))
        save(session, ben, "q1", Rating.of_level(1))
    with database.reading() as session:
        found = answers.answers(session, opened.id, {ann.id: -7})
    assert set(found) == {
        Answer(-7, "q1", Rating.of_level(3)),
        Answer(ben.id, "q1", Rating.of_level(1)),
    }


def test_equal_answers_of_a_round_are_one_rating(
    database: Database, asked: list[Participant], opened: Round
) -> None:
    """But two reasons stay two."""
    reasons = ("no models yet", "no models")
    with database.writing() as session:
        for who, reason in zip(asked, reasons, strict=True):
            save(session, who, "q1", Rating.of_level(3))
            save(session, who, "q2", Rating.not_applicable(reason))
    with database.reading() as session:
        found = answers.answers(session, opened.id)
    given = {(one.participant, one.question_id): one.rating for one in found}
    ann, ben = (one.id for one in asked)
    assert given[ann, "q1"] is given[ben, "q1"]
    assert [given[who, "q2"].reason for who in (ann, ben)] == list(reasons)


def test_an_answer_of_nobody_is_refused(database: Database, asked: list[Participant]) -> None:
    def stray() -> None:
        with database.writing() as session:
            answers.save_answer(
                session,
                "T1",
                participant_id=999,
                question_id="q1",
                rating=Rating.dont_know(),
                now=NOW,
            )

    with pytest.raises(IntegrityError):
        stray()


def test_a_comment_is_kept_changed_and_taken_back(
    database: Database, asked: list[Participant]
) -> None:
    ann = asked[0]
    with database.writing() as session:
        for body in ("first", "second"):
            comment(session, ann, "q1", body)
            assert answers.comment(session, ann.id, "q1") == body
        comment(session, ann, "q1", "")
        assert answers.comment(session, ann.id, "q1") is None
        comment(session, ann, "q1", "")  # nothing there to take back


def test_a_comment_may_come_before_its_answer(database: Database, asked: list[Participant]) -> None:
    with database.writing() as session:
        comment(session, asked[0], "q1", "wait and see")
    with database.reading() as session:
        assert answers.ratings(session, asked[0].id) == {}
        assert answers.comment(session, asked[0].id, "q1") == "wait and see"


def test_remarks_and_wishes_of_a_round_come_together(
    database: Database, asked: list[Participant], opened: Round
) -> None:
    with database.writing() as session:
        comment(session, asked[0], "q1", "too slow")
        participants.set_fix_first(session, asked[1].id, "the feature store")
    with database.reading() as session:
        assert answers.comments(session, opened.id) == [
            ("q1", "too slow"),
            (None, "the feature store"),
        ]
        assert answers.comments(session, opened.id + 1) == []


def test_a_measurement_comes_back_exactly(database: Database, opened: Round) -> None:
    with database.writing() as session:
        assert answers.measurement(session, opened.id) is None
        answers.save_result(session, "T1", opened.id, MEASUREMENT, NOW)
    with database.reading() as session:
        assert answers.measurement(session, opened.id) == MEASUREMENT


def test_a_result_is_frozen(database: Database, opened: Round) -> None:
    def freeze() -> None:
        with database.writing() as session:
            answers.save_result(session, "T1", opened.id, MEASUREMENT, NOW + timedelta(minutes=1))

    freeze()
    with pytest.raises(IntegrityError):
        freeze()
