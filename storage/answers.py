"""Answers and comments. One row per participant and question, however often it is clicked."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from sys import intern
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, select

from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Kind, Rating
from questionnaires.result_json import measurement_as_json, measurement_from_json
from storage.database import upsert
from storage.tables import AnswerRow, CommentRow, ParticipantRow, ResultRow

# What each click asks is built once, and asks for columns: they need no session.
RATINGS = select(AnswerRow.question_id, AnswerRow.kind, AnswerRow.level, AnswerRow.reason).where(
    col(AnswerRow.participant_id) == bindparam("participant")
)

ANSWERS = (
    select(AnswerRow.participant_id, AnswerRow.question_id, AnswerRow.kind, AnswerRow.level)
    .add_columns(col(AnswerRow.reason))
    .join(ParticipantRow, col(ParticipantRow.id) == col(AnswerRow.participant_id))
    .where(col(ParticipantRow.round_id) == bindparam("round"))
)

COMMENT = select(CommentRow.body).where(
    col(CommentRow.participant_id) == bindparam("participant"),
    col(CommentRow.question_id) == bindparam("question"),
)


def save_answer(
    session: Session,
    team_id: str,
    *,
    participant_id: int,
    question_id: str,
    rating: Rating,
    now: datetime,
) -> None:
    row = AnswerRow(
        participant_id=participant_id,
        question_id=question_id,
        team_id=team_id,
        kind=rating.kind.value,
        level=rating.level,
        reason=rating.reason,
        answered_at=now,
    )
    upsert(session, row)


def ratings(session: Session, participant_id: int) -> dict[str, Rating]:
    """What one person has said so far, by question id."""
    found = session.connection().execute(RATINGS, {"participant": participant_id})
    return {row.question_id: rating_of(row) for row in found}


def answers(
    session: Session, round_id: int, numbers: Mapping[int, int] | None = None
) -> list[Answer]:
    """Everything that was answered in a round, in no particular order.

    `numbers`: what to call participants by, other than their ids. Of what is equal, one object
    stands for all: half a million answers take less room and time.
    """
    people = dict(numbers or {})
    rating = cache(_rating)
    found = session.connection().execute(ANSWERS, {"round": round_id})
    return [
        Answer(people.setdefault(who, who), intern(question_id), rating(kind, level, reason))
        for who, question_id, kind, level, reason in found
    ]


def save_comment(
    session: Session, team_id: str, *, participant_id: int, question_id: str, body: str
) -> None:
    """An empty body takes the comment back."""
    if body:
        row = CommentRow(
            participant_id=participant_id, question_id=question_id, team_id=team_id, body=body
        )
        upsert(session, row)
        return
    session.exec(
        delete(CommentRow).where(
            col(CommentRow.participant_id) == participant_id,
            col(CommentRow.question_id) == question_id,
        )
    )


def comment(session: Session, participant_id: int, question_id: str) -> str | None:
    asked = {"participant": participant_id, "question": question_id}
    body: str | None = session.connection().execute(COMMENT, asked).scalar()
    return body


def comments(session: Session, round_id: int) -> list[tuple[str | None, str]]:
    """All remarks of a round: question id and text; the wishes at the end have no question."""
    of_round = col(ParticipantRow.round_id) == round_id
    remarks = session.exec(
        select(CommentRow.question_id, CommentRow.body)
        .join(ParticipantRow, col(ParticipantRow.id) == col(CommentRow.participant_id))
        .where(of_round)
    )
    wishes = session.exec(select(ParticipantRow.fix_first).where(of_round))
    return [*remarks, *((None, wish) for wish in wishes if wish)]


def save_result(
    session: Session, team_id: str, round_id: int, measurement: Measurement, now: datetime
) -> None:
    """Freeze what a round came to; a second time is an error of ours and fails."""
    row = ResultRow(
        round_id=round_id,
        team_id=team_id,
        method_version=measurement.method_version,
        measurement=measurement_as_json(measurement),
        computed_at=now,
    )
    session.add(row)
    session.flush()


def save_without_figures(session: Session, round_id: int) -> None:
    """Answers of the round are being erased: nothing is kept from which they would follow."""
    row = session.get(ResultRow, round_id)
    if row is not None:
        kept = measurement_from_json(row.measurement).without_figures()
        row.measurement = measurement_as_json(kept)
        session.add(row)


def measurement(session: Session, round_id: int) -> Measurement | None:
    found = session.get(ResultRow, round_id)
    return measurement_from_json(found.measurement) if found else None


def rating_of(row: Any) -> Rating:
    """From an AnswerRow, or a row with the same columns."""
    return _rating(row.kind, row.level, row.reason)


def _rating(kind: str, level: int | None, reason: str | None) -> Rating:
    return Rating(Kind(kind), level=level, reason=reason)
